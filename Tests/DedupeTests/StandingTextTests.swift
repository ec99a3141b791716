import StageKit
import Testing

@testable import Dedupe

@Suite("Standing text")
struct StandingTextTests {
  private static let notice = Story.text(seed: 99, sentences: 5)

  private func noted(_ seed: UInt64, atHead: Bool = false) -> String {
    let own = Story.text(seed: seed, sentences: 5)
    return atHead ? Self.notice + "\n\n" + own : own + "\n\n" + Self.notice
  }

  @Test("is left out once two unrelated articles had it, at the foot and at the head", arguments: [false, true])
  func learned(atHead: Bool) throws {
    let line = try Line()
    for seed in 1...2 as ClosedRange<UInt64> { try line.send("\(seed)", noted(seed, atHead: atHead)) }
    for seed in 3...40 as ClosedRange<UInt64> {
      #expect(try line.send("\(seed)", noted(seed, atHead: atHead)).status == .unique, "\(seed)")
    }
    for seed in [1, 2, 17] as [UInt64] {
      let copy = try line.send("copy", "A new beginning. " + noted(seed, atHead: atHead))
      #expect(copy.status == .near && copy.ids.first == "\(seed)", "\(seed)")
      #expect(copy.matches.first.map { $0.shareOfThis > 0.8 && $0.shareOfMatch > 0.8 } == true)
    }
  }

  @Test("is known through the journal, and in each slice that tells of it")
  func remembered() throws {
    let line = try Line { $0.windowMilliseconds = 1_600_000 }
    for seed in 1...60 as ClosedRange<UInt64> {
      line.clock += 100
      try line.send("\(seed)", noted(seed))
    }
    let replayed = DuplicateIndex(window: 1600)
    for change in line.changes { replayed.replay(change) }
    let next = try Line(over: replayed) { $0.windowMilliseconds = 1_600_000 }
    next.clock = line.clock
    #expect(try next.send("next", noted(77)).status == .unique)
  }

  @Test("is no report that several print, each with a paragraph of its own")
  func report() throws {
    let line = try Line()
    let report = Story.text(seed: 5, sentences: 20)
    for seed in 11...20 as ClosedRange<UInt64> {
      let found = try line.send("\(seed)", report + "\n\n" + Story.text(seed: seed, sentences: 4))
      #expect(found.status == (seed == 11 ? .unique : .near))
    }
    #expect(try line.send("alone", report).status == .near)
  }

  @Test(
    "is told by its words where nobody has seen it before",
    arguments: [
      """
      © 2031 The Northern Lamp. All rights reserved. No part of this page may be reproduced without written permission. The views \
      expressed here are the author's own.
      """,
      """
      Start Home News Sport Weather Opinion Podcasts Newsletters Log in Subscribe Contact us Privacy policy
      """,
      """
      You have two free articles left this month. Log in or subscribe now for unlimited access to the Lamp, its newsletters and podcasts.
      """,
      """
      © 2031 Die Nordlampe. Alle Rechte vorbehalten. Impressum, Datenschutz, Newsletter, Cookies.
      """,
    ])
  func byWords(notice: String) throws {
    let line = try Line()
    try line.send("a", Story.text(seed: 1, sentences: 2) + "\n\n" + notice)
    #expect(try line.send("b", Story.text(seed: 2, sentences: 2) + "\n\n" + notice).status == .unique)
    #expect(try line.send("c", Story.text(seed: 1, sentences: 2)).ids == ["a"])
  }
}
