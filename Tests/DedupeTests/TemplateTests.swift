import StageKit
import Testing

@testable import Dedupe

/// Items that a newsroom writes by template: alike in form, and no copies of each other.
private struct Template {
  private var state: UInt64
  private var story: Story

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    story = Story(seed: seed &* 31 &+ 7)
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return range.lowerBound + Int(state >> 33) % range.count
  }

  private mutating func pick(_ words: String) -> String {
    let words = words.split(separator: " ").map(String.init)
    return words[number(0...(words.count - 1))]
  }

  private mutating func place() -> String {
    pick("Holmvik Ellery Tarnsund Brackwater Osmar Veldt Corrin Dunholt Maresk")
  }
  private mutating func day() -> String { pick("Monday Tuesday Wednesday Thursday Friday Saturday Sunday") }
  private mutating func name() -> String {
    pick("Ada Bram Cosima Dirk Elin Fenna Goran Hedda Ivo Jonna") + " "
      + pick("Corr Lund Marsh Okoro Petrov Quist Reyes Stahl Tamm Ulrich")
  }
  private mutating func sky() -> String { pick("sunny cloudy wet dry windy misty bright stormy") }
  private mutating func prose(_ sentences: Int) -> String { story.sentences(sentences).joined(separator: " ") }

  mutating func weather() -> String {
    var text = "The forecast for \(place()) and the coast from the weather office on \(day()). "
    for _ in 0..<4 {
      text += "\(day()) will be \(sky()) with a high of \(number(-5...32)) degrees and a low near \(number(-15...12)), "
      text += "winds from the \(pick("north south east west")) at \(number(5...80)) kilometres an hour, "
      text +=
        "and a \(number(0...100)) percent chance of \(pick("rain snow showers thunder")) in the \(pick("morning evening night afternoon")). "
    }
    return text
  }

  mutating func marketClose() -> String {
    """
    Shares in \(place()) closed \(pick("higher lower mixed flat")) on \(day()), with the main index \
    \(pick("up down")) \(number(0...3)).\(number(0...9)) percent at \(number(2000...9000)) points as \
    \(pick("miners banks retailers carmakers insurers")) \(pick("led trailed gained slid")). \(prose(1)) \
    \(name()), an analyst at \(place()) Securities, said that \(prose(1)) Of the \(number(100...400)) shares traded, \
    \(number(20...200)) rose and \(number(20...200)) fell. Brent crude was at \(number(40...120)).\(number(10...99)) \
    dollars a barrel and gold at \(number(1000...3000)) dollars an ounce. The \(pick("crown mark florin thaler")) \
    stood at 1.\(number(1000...1999)) to the euro.
    """
  }

  mutating func match() -> String {
    let (home, guests) = (place(), place())
    return """
      \(home) \(pick("beat held lost drew")) \(guests) \(number(0...6))-\(number(0...6)) on \(day()) in front of \
      \(number(900...60_000)) spectators. \(name()) scored in the \(number(1...44))th minute after a pass from \(name()), \
      and \(name()) made it \(number(1...4))-\(number(0...3)) from the spot \(number(2...30)) minutes later. \(prose(2)) \
      Referee \(name()) showed \(number(0...8)) yellow cards. \(home) stay in \(pick("first second third fourth fifth")) \
      place with \(number(3...70)) points; \(guests) play \(place()) next \(day()).
      """
  }

  mutating func obituary() -> String {
    let who = name()
    return """
      \(who), a \(pick("teacher painter farmer sailor nurse printer")) from \(place()), died on \(day()) at the age of \
      \(number(50...99)). Born in \(place()) in \(number(1925...1970)), \(who) \(prose(3)) \(who) is survived by \
      \(number(1...6)) children and \(number(0...14)) grandchildren. The funeral will be held on \(day()) at \
      \(number(9...16)) o'clock in \(place()).
      """
  }

  mutating func liveBlog() -> String {
    """
    Follow our live coverage of the vote count with the latest updates from our reporters across the country. \
    Update at \(number(6...23)):\(number(10...59)). \(prose(6)) You can read how the votes are counted, and who stands where, on our election page.
    """
  }

  mutating func withFooter() -> String {
    prose(12) + " "
      + """
      This report was produced by the Coastal News Agency, which is solely responsible for its content. It may not be \
      sold on, archived or changed without leave in writing. Editors who wish to use pictures with this report will find \
      them in our library under the same number. For questions call the night desk in Port Ellery, which is staffed at \
      all hours, or write to the editor on duty.
      """
  }
}

@Suite("Templated items")
struct TemplateTests {
  private static let kinds: [(name: String, make: @Sendable (inout Template) -> String)] = [
    ("weather", { $0.weather() }), ("market close", { $0.marketClose() }), ("match report", { $0.match() }),
    ("obituary", { $0.obituary() }), ("live blog", { $0.liveBlog() }), ("agency footer", { $0.withFooter() }),
  ]

  /// The true share of 5-grams that two texts have in common, of the one of which it is more.
  private func containment(_ a: String, _ b: String) throws -> Double {
    func shingles(_ text: String) throws -> Set<UInt32> {
      let bytes = Array(text.utf8)
      var shingles = Shingles(byteCount: bytes.count)
      try WordScanner.scan(bytes.span, from: 0, to: bytes.count, into: &shingles, deadline: .none)
      return Set(shingles.hashes)
    }
    let (a, b) = (try shingles(a), try shingles(b))
    return Double(a.intersection(b).count) / Double(min(a.count, b.count))
  }

  @Test("None of 300 pairs is near or exact, and partial only what truly shares two fifths", arguments: 0..<6)
  func pairs(kind: Int) throws {
    for seed in 0..<50 as Range<UInt64> {
      var first = Template(seed: 2 * seed + 1), second = Template(seed: 2 * seed + 2)
      let (a, b) = (Self.kinds[kind].make(&first), Self.kinds[kind].make(&second))
      let line = try Line()
      try line.send("a", a)
      let found = try line.send("b", b)
      let place = "\(Self.kinds[kind].name), seed \(seed)"
      #expect(found.status == .unique || found.status == .partial, "\(place): \(a)\n\n\(b)")
      if found.status == .partial { #expect(try containment(a, b) >= 0.4, "\(place)") }
    }
  }

  @Test("Beside thousands of its kind an item is still no copy, and its own copy is found", arguments: 0..<6)
  func crowd(kind: Int) throws {
    let line = try Line()
    var texts: [String] = []
    for seed in 0..<300 as Range<UInt64> {
      var template = Template(seed: seed + 1000)
      texts.append(Self.kinds[kind].make(&template))
      let found = try line.send("\(seed)", texts[Int(seed)])
      #expect(found.status == .unique || found.status == .partial)
    }
    for n in stride(from: 0, to: 300, by: 29) {
      let copy = try line.send("copy\(n)", "PORT ELLERY (Coastal News) — " + texts[n])
      #expect(copy.status == .exact && copy.ids.first == "\(n)")
    }
  }
}
