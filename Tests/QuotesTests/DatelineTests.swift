import Testing

@testable import Quotes

@Suite("Before the dash of a dateline or a headline")
struct DatelineTests {
  @Test(
    "A verb of speech is no cue",
    arguments: [
      "Lund Adding — The ferry came in.", "BERGEN, Tuesday (Writing Ada Lund) — It snowed.",
      "Harbour Chief Warning Crews – What Now", "MAYOR CALLING FOR CALM – SOURCES", "Insisting —", "Announcing-",
      "Corr (Claiming) – no", "The ferry came in.\n\nTelling – so.", "Ada Lund Said – it snowed",
      "According To – it snowed",
      "Claiming That – it snowed", "Asked – why",
    ])
  func none(text: String) throws { #expect(lines(try quoted(text)) == []) }

  @Test(
    "What stands behind it is read",
    arguments: [
      ("HOLM, Monday (Reporting Corr) — Ada Lund said that it snowed.", ["indirect | Ada Lund | said | it snowed"]),
      ("Adding – “We sail,” Corr said.", ["direct | Corr | said | We sail,"]),
      ("MUMBAI: It snowed in Holm, Lund said.", ["indirect | Lund | said | It snowed in Holm"]),
      ("HOLM (Saying Corr) – It snowed in Holm, Lund said.", ["indirect | Lund | said | It snowed in Holm"]),
    ])
  func behind(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }
}

@Suite("Before the colon of a heading")
struct ColonLineTests {
  @Test(
    "What the text is speaks not, and is no cue",
    arguments: [
      "Warning: the old pier is closed today", "Claim: the old pier is closed today",
      "Report: the old pier is closed today", "Flood Warning: the old pier is closed today",
      "Statement: the old pier is closed today", "Claims: the old pier is closed today",
      "Reporting: the old pier is closed today", "Alert: the old pier is closed today",
      "Correction: the old pier is closed today", "HOLM — Warning: the old pier is closed today",
    ])
  func none(text: String) throws { #expect(lines(try quoted(text)) == []) }

  @Test(
    "Who speaks does",
    arguments: [
      ("Lund: the old pier is closed today", ["indirect | Lund | : | the old pier is closed today"]),
      ("Mayor Ada Lund: the old pier is closed", ["indirect | Mayor Ada Lund | : | the old pier is closed"]),
      ("Sea Board: the old pier is closed today", ["indirect | Sea Board | : | the old pier is closed today"]),
      ("Corr left, warning: “We sail.”", ["direct | Corr | warning | We sail."]),
    ])
  func speakers(text: String, expected: [String]) throws { #expect(lines(try quoted(text)) == expected) }
}
