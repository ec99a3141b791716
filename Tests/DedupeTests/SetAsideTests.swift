import StageKit
import Testing

@testable import Dedupe

@Suite("Setting copies aside")
struct SetAsideTests {
  @Test("A page that changes bit by bit loses none of its stories")
  func rollingPage() throws {
    let line = try Line { $0.action = .setAside }
    var story = Story(seed: 4)
    let posts = (0..<24).map { _ in story.sentences(5).joined(separator: " ") }
    var seen: Set<String> = []
    for state in 0..<16 {
      let page = Array(posts[state..<(state + 8)])
      try line.send("\(state)", page.joined(separator: "\n\n"))
      if !line.decision.isSetAside { seen.formUnion(page) }
      // Of what this state shows most has come out.
      #expect(page.count { seen.contains($0) } >= 5, "state \(state)")
    }
    #expect(line.decision.status == .near)
  }

  @Test("An article that a rule discards is nobody's original")
  func discarded() throws {
    let line = try Line { $0.action = .setAside }
    let text = Story.text(seed: 1)
    try line.send("a", text, discarded: true)
    try line.send("b", text)
    #expect(line.decision.status == .exact && !line.decision.isSetAside)
    try line.send("c", text)
    #expect(line.decision.isSetAside)
  }

  @Test("set_aside: exact leaves near copies in the outbox")
  func onlyExact() throws {
    let line = try Line {
      $0.action = .setAside
      $0.setAside = .exact
    }
    let text = Story.text(seed: 1)
    try line.send("a", text)
    try line.send("b", text + " One sentence more.")
    #expect(line.decision.status == .near && !line.decision.isSetAside)
    try line.send("c", text)
    #expect(line.decision.isSetAside)
  }

  @Test("What came out is remembered through the journal and from the records")
  func remembered() throws {
    let options = { (options: inout DedupeOptions) in options.action = .setAside }
    let line = try Line(options)
    var story = Story(seed: 9)
    let sentences = story.sentences(30)
    func state(_ n: Int) -> String { sentences[(3 * n)..<(3 * n + 12)].joined(separator: " ") }
    try line.send("0", state(0))
    try line.send("1", state(1))
    #expect(line.decision.isSetAside)
    let replayed = DuplicateIndex(window: DedupeOptions().windowSeconds)
    for change in line.changes { replayed.replay(change) }
    let read = DuplicateIndex(window: DedupeOptions().windowSeconds)
    var dedupe = DedupeOptions()
    dedupe.action = .setAside
    let reader = DuplicateDecider(options: dedupe, index: read)
    for n in 0..<2 {
      var arrival = Arrival(id: Array("\(n)".utf8), sequence: UInt64(n + 1), time: 0, published: nil)
      arrival.isSetAside = n == 1
      try reader.restore(arrival, Fingerprint(of: Array(state(n).utf8)), decided: RecordNode(.null, path: ""))
    }
    for index in [replayed, read] {
      let next = try Line(over: index, options)
      // Near to the one that was set aside, and not to the one that came out.
      let found = try next.send("2", state(2))
      #expect(found.status == .near && found.ids.first == "1" && !next.decision.isSetAside)
    }
  }

  @Test("A correction stays, and names what it corrects, outside a spool too")
  func correction() throws {
    let line = try Line { $0.action = .setAside }
    let text = Story.text(seed: 1)
    try line.send("a", text, numbered: false)
    let corrected = try line.send("a", text + " This version corrects the date.", numbered: false)
    #expect(corrected.status == .near && !line.decision.isSetAside)
    #expect(corrected.revises == Array("a".utf8) && line.decision.revisionOf == nil)
    #expect(try line.send("a", text, numbered: false).revises == Array("a".utf8))
    #expect(try line.send("b", text, numbered: false).revises == nil)
  }
}
