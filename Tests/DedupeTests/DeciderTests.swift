import Bytes
import StageKit
import Testing

@testable import Dedupe

@Suite("Decisions on copies")
struct DeciderTests {
  @Test("The first article, and one about other things, is unique")
  func unique() throws {
    let line = try Line()
    for seed in 1...20 as ClosedRange<UInt64> {
      let duplicates = try line.send("a\(seed)", Story.text(seed: seed))
      #expect(duplicates == Duplicates(status: .unique, matches: [], cluster: Array("a\(seed)".utf8)))
    }
  }

  @Test("Equal words are exact, whatever the punctuation")
  func exact() throws {
    let line = try Line()
    let text = Story.text(seed: 1)
    try line.send("a", text)
    let duplicates = try line.send("b", "HARTVIK (Coastal News) — " + text.replacing(".", with: " –"))
    #expect(duplicates.status == .exact && duplicates.ids == ["a"] && duplicates.clusterName == "a")
    let match = try #require(duplicates.matches.first)
    #expect(match.similarity == 1 && match.containment == 1 && match.shareOfThis == 1 && match.shareOfMatch == 1)
    #expect(match.sequence == 1)
  }

  @Test("A headline above one of them does not count, another headline does", arguments: [true, false])
  func headline(first: Bool) throws {
    let line = try Line()
    let body = Story.text(seed: 1), titled = "A headline of eight words above the report\n\n" + body
    try line.send("a", first ? titled : body)
    #expect(try line.send("b", first ? body : titled).status == .exact)
    #expect(try line.send("c", "Another headline over the same report\n\n" + body).ids.first == (first ? "b" : "a"))
    try line.send("d", "Yet a third that nobody else has\n\n" + Story.text(seed: 2))
    #expect(try line.send("e", "And a fourth one\n\n" + Story.text(seed: 2)).status == .near)
  }

  @Test("A few other words are near")
  func near() throws {
    let line = try Line()
    var story = Story(seed: 1)
    var lines = story.sentences(20)
    try line.send("a", lines.joined(separator: " "))
    lines[4] = "A sentence that an editor has put in its place."
    let duplicates = try line.send("b", lines.joined(separator: " "))
    #expect(duplicates.status == .near && duplicates.ids == ["a"] && duplicates.clusterName == "a")
    let match = try #require(duplicates.matches.first)
    #expect(match.similarity < 1 && match.similarity > 0.8)
    #expect(match.shareOfThis > match.similarity && match.shareOfMatch > match.similarity)
  }

  @Test("Half of another's words in a text of one's own is partial, and starts a cluster")
  func partial() throws {
    let line = try Line()
    var first = Story(seed: 1), second = Story(seed: 2)
    let lines = first.sentences(20)
    try line.send("a", lines.joined(separator: " "))
    let duplicates = try line.send("b", (lines[0..<10] + second.sentences(10)).joined(separator: " "))
    #expect(duplicates.status == .partial && duplicates.ids == ["a"] && duplicates.clusterName == "b")
    let match = try #require(duplicates.matches.first)
    #expect(abs(match.shareOfThis - 0.5) < 0.05 && abs(match.shareOfMatch - 0.5) < 0.05)
  }

  @Test(
    "Near takes both shares: a half that stands in its original is partial, two thirds are near", arguments: [10, 13])
  func bothShares(sentences: Int) throws {
    let line = try Line()
    var story = Story(seed: 1)
    let lines = story.sentences(20)
    try line.send("a", lines.joined(separator: " "))
    let duplicates = try line.send("b", lines[0..<sentences].joined(separator: " "))
    let match = try #require(duplicates.matches.first)
    #expect(match.shareOfThis == 1 && match.similarity > 0.45)
    #expect(duplicates.status == (sentences == 10 ? .partial : .near))
  }

  @Test("A near copy stands before a partial one that is more similar")
  func nearFirst() throws {
    let line = try Line()
    var first = Story(seed: 1), second = Story(seed: 2)
    let lines = first.sentences(20), others = second.sentences(8)
    try line.send("half", lines[0..<10].joined(separator: " "))
    try line.send("mixed", (lines[0..<13] + others).joined(separator: " "))
    let duplicates = try line.send("whole", lines.joined(separator: " "))
    #expect(duplicates.ids == ["mixed", "half"] && duplicates.status == .near && duplicates.clusterName == "mixed")
    #expect(duplicates.matches[0].similarity < duplicates.matches[1].similarity)
  }

  @Test("A trimmed tail is found, before its original and after it", arguments: [true, false])
  func trimmedTail(originalFirst: Bool) throws {
    let line = try Line()
    var story = Story(seed: 5)
    let lines = story.sentences(60)
    let original = lines.joined(separator: " "), trimmed = lines[0..<18].joined(separator: " ")
    try line.send("a", originalFirst ? original : trimmed)
    let duplicates = try line.send("b", originalFirst ? trimmed : original)
    #expect(duplicates.status == .partial && duplicates.ids == ["a"])
    let match = try #require(duplicates.matches.first)
    let (short, long) =
      originalFirst ? (match.shareOfThis, match.shareOfMatch) : (match.shareOfMatch, match.shareOfThis)
    #expect(short == 1 && abs(long - 0.3) < 0.1 && match.containment == 1)
  }

  @Test("A report that stands in a page ten times as long is found")
  func containedInLong() throws {
    let line = try Line()
    var story = Story(seed: 11)
    let lines = story.sentences(400)
    try line.send("digest", lines.joined(separator: " "))
    #expect(try line.send("report", lines[100..<140].joined(separator: " ")).ids == ["digest"])
  }

  @Test("One shared paragraph below the threshold is no match")
  func sharedParagraph() throws {
    let line = try Line()
    var a = Story(seed: 1), b = Story(seed: 2), footer = Story(seed: 3)
    let shared = footer.sentences(5)
    try line.send("a", (a.sentences(20) + shared).joined(separator: " "))
    #expect(try line.send("b", (b.sentences(20) + shared).joined(separator: " ")).status == .unique)
  }

  @Test("The thresholds mean what they say")
  func thresholds() throws {
    var first = Story(seed: 1), second = Story(seed: 2)
    let lines = first.sentences(20)
    let copy = (lines[0..<10] + second.sentences(10)).joined(separator: " ")
    let strict = try Line { ($0.containment, $0.similarity) = (0.6, 0.7) }
    try strict.send("a", lines.joined(separator: " "))
    #expect(try strict.send("b", copy).status == .unique)
    let lax = try Line { ($0.containment, $0.similarity) = (0.3, 0.3) }
    try lax.send("a", lines.joined(separator: " "))
    #expect(try lax.send("b", copy).status == .near)
  }

  @Test("A text shorter than min_words matches only when it is equal")
  func shortText() throws {
    let line = try Line()
    try line.send("a", "The ferry will not sail on Sunday.")
    #expect(try line.send("b", "The ferry will not sail on Sunday morning.").status == .unique)
    let again = try line.send("c", "THE FERRY WILL NOT SAIL ON SUNDAY")
    #expect(again.status == .exact && again.ids == ["a"])
  }

  @Test("A text without words is no copy of another", arguments: ["", " \n", "—"])
  func empty(text: String) throws {
    let line = try Line()
    try line.send("a", text)
    #expect(try line.send("b", text) == Duplicates(status: .unique, matches: [], cluster: Array("b".utf8)))
  }

  @Test("At most twenty matches, the best first, among equals the oldest")
  func twentyMatches() throws {
    let line = try Line()
    let text = Story.text(seed: 1)
    for n in 1...30 { try line.send("exact\(n)", text) }
    try line.send("near", text + " And another sentence that only this one has.")
    let duplicates = try line.send("last", text)
    #expect(duplicates.ids == (1...20).map { "exact\($0)" })
    let near = try line.send("near again", text + " And another sentence that only this one has.")
    #expect(near.status == .exact && near.ids.first == "near" && near.ids.count == 20)
  }

  @Test("The first copy is named even when thousands followed")
  func manyCopies() throws {
    let line = try Line()
    let text = Story.text(seed: 1)
    for n in 0..<5000 { try line.send("\(n)", text) }
    let duplicates = try line.send("last", text)
    #expect(duplicates.ids.first == "0" && duplicates.clusterName == "0" && duplicates.ids.count == 20)
  }

  @Test("Clusters take in near copies of near copies, and are never merged")
  func clusters() throws {
    let line = try Line()
    var one = Story(seed: 1), two = Story(seed: 2)
    let a = one.sentences(20), b = two.sentences(20)
    try line.send("a", a.joined(separator: " "))
    try line.send("b", b.joined(separator: " "))
    #expect(try line.send("a2", a[0..<16].joined(separator: " ")).clusterName == "a")
    #expect(try line.send("a3", a[0..<13].joined(separator: " ")).clusterName == "a")
    // Most of both: near to one of them, joins that one, and leaves both clusters as they were.
    let both = try line.send("ab", (a[0..<20] + b[0..<12]).joined(separator: " "))
    #expect(both.status == .near && both.clusterName == "a" && both.ids.contains("b"))
    #expect(try line.send("b2", b.joined(separator: " ")).clusterName == "b")
  }

  @Test("A partial copy's own copies join the partial copy")
  func partialDoesNotChain() throws {
    let line = try Line()
    var one = Story(seed: 1), two = Story(seed: 2)
    let a = one.sentences(20), mixed = Array(a[0..<10] + two.sentences(10))
    try line.send("a", a.joined(separator: " "))
    #expect(try line.send("p", mixed.joined(separator: " ")).clusterName == "p")
    let copy = try line.send("p2", mixed.joined(separator: " "))
    #expect(copy.clusterName == "p" && copy.ids == ["p", "a"])
  }

  @Test("The same id with other words is a revision of the last one; with the same words an exact copy")
  func revision() throws {
    let line = try Line()
    let text = Story.text(seed: 1)
    try line.send("a", text)
    let again = try line.send("a", text)
    #expect(again.status == .exact && again.ids == ["a"] && line.decision.revisionOf == nil)
    let corrected = try line.send("a", text + " This version corrects the date.")
    #expect(corrected.status == .near && line.decision.revisionOf == 2 && corrected.clusterName == "a")
    try line.send("a", Story.text(seed: 2))
    #expect(line.decision.revisionOf == 3)
  }

  @Test("An article that supersedes its own half is no copy of it, and neither are later ones")
  func superseded() throws {
    let line = try Line()
    var story = Story(seed: 1)
    let lines = story.sentences(20)
    let half = lines[0..<18].joined(separator: " "), whole = lines.joined(separator: " ")
    try line.send("half", half)
    let revised = try line.send("whole", whole, superseding: 1)
    #expect(revised.status == .unique && revised.ids.isEmpty && line.decision.revisionOf == 1)
    #expect(!line.decision.isSetAside)
    #expect(try line.send("copy", whole).ids == ["whole"])
    #expect(try line.send("copy of the half", half).ids == ["whole", "copy"])
    // The same from the journal, and from what was published.
    let options = DedupeOptions()
    let replayed = DuplicateIndex(window: options.windowSeconds)
    for change in line.changes { replayed.replay(change) }
    let read = DuplicateIndex(window: options.windowSeconds)
    let reader = DuplicateDecider(options: options, index: read)
    for (n, (id, text)) in [("half", half), ("whole", whole), ("copy", whole)].enumerated() {
      let arrival = Arrival(
        id: Array(id.utf8), sequence: UInt64(n + 1), time: 0, published: nil, supersedes: n == 1 ? 1 : nil)
      try reader.restore(arrival, Fingerprint(of: Array(text.utf8)), decided: RecordNode(.null, path: ""))
    }
    for index in [replayed, read] {
      let decider = DuplicateDecider(options: options, index: index)
      let arrival = Arrival(id: Array("again".utf8), sequence: 9, time: 0, published: nil)
      let layer = decider.decide(arrival, try Fingerprint(of: Array(half.utf8))).layer
      #expect(!(try Duplicates(RecordNode(JSONValue(parsing: layer), path: ""))).ids.contains("half"))
    }
  }

  @Test("Which of two is the copy depends on the order alone")
  func order() throws {
    let text = Story.text(seed: 1)
    let texts = [("a", text), ("b", text + " One more sentence.")]
    let forward = try Line(), backward = try Line()
    let first = try texts.map { try forward.send($0, $1) }
    let second = try texts.reversed().map { try backward.send($0, $1) }
    #expect(first.map(\.status) == second.map(\.status))
    #expect(first[1].ids == ["a"] && second[1].ids == ["b"])
  }

  @Test("A line rebuilt from its records decides as the one that never stopped")
  func restore() throws {
    let texts = (0..<60).map { n -> (String, String) in
      var story = Story(seed: UInt64(n % 12 + 1))
      let lines = story.sentences(20)
      return ("id\(n % 50)", lines[0..<(20 - n / 8)].joined(separator: " "))
    }
    let whole = try Line(), options = DedupeOptions()
    let restored = DuplicateDecider(options: options, index: DuplicateIndex(window: options.windowSeconds))
    for (n, (id, text)) in texts.enumerated() {
      let expected = try whole.send(id, text)
      let arrival = Arrival(id: Array(id.utf8), sequence: UInt64(n + 1), time: 0, published: nil)
      let fingerprint = try Fingerprint(of: Array(text.utf8))
      if n < 40 {
        try restored.restore(arrival, fingerprint, decided: RecordNode(JSONValue(parsing: expected.json), path: ""))
      } else {
        #expect(restored.decide(arrival, fingerprint).layer == expected.json)
      }
    }
  }

  @Test("A fingerprint comes through its bytes, and bytes that it cannot have made are refused")
  func handover() throws {
    var random = SeededGenerator(state: 11)
    for sentences in [0, 1, 20, 900] {
      let fingerprint = try Fingerprint(of: Array(Story.text(seed: 3, sentences: sentences).utf8))
      let bytes = fingerprint.bytes
      #expect(try Fingerprint(bytes) == fingerprint)
      #expect(throws: HandoverProblem.self) { try Fingerprint(Array(bytes.dropLast())) }
      #expect(throws: HandoverProblem.self) { try Fingerprint(bytes + [0]) }
      for _ in 0..<200 {
        var damaged = bytes
        damaged[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
        // Read as another one or refused; never a trap.
        if let other = try? Fingerprint(damaged) { #expect(other.bytes.count == bytes.count) }
      }
    }
    #expect(throws: HandoverProblem("a fingerprint of version 9, where version 2 is read")) { try Fingerprint([9]) }
    #expect(throws: HandoverProblem.self) { try Fingerprint([]) }
  }
}
