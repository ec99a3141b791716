import StageKit
import Testing

@testable import Dedupe

@Suite("The index of articles")
struct ArticleIndexTests {
  private func print(_ seed: UInt64) throws -> Fingerprint {
    try Fingerprint(of: Array(Story.text(seed: seed, sentences: 4).utf8))
  }

  private func entry(_ seed: UInt64, arrival: Int64 = 0) throws -> IndexEntry {
    let fingerprint = try print(seed)
    return IndexEntry(
      number: 0, sequence: seed, arrival: arrival, textHash: fingerprint.textHash, id: Array("id\(seed)".utf8),
      isIndexed: true, sketch: fingerprint.sketch)
  }

  private func candidates(_ seed: UInt64, in index: inout ArticleIndex) throws -> [ArticleReference] {
    try index.candidates(from: print(seed), id: [], odds: KeyOdds(share: 0.4)).similar
  }

  @Test("An entry comes back as it was", arguments: [1, 20, 300])
  func coding(sentences: Int) throws {
    let sketch = try Fingerprint(of: Array(Story.text(seed: 5, sentences: sentences).utf8)).sketch
    let sides = EntrySides(names: [1, 0xFFFF, 7], numbers: [9], leadNames: 2)
    for published in [nil, 0, -3000, 17_000] as [Int64?] {
      for sequence in [nil, 0, 1 << 40] as [UInt64?] {
        let entry = IndexEntry(
          number: 7, sequence: sequence, arrival: 1_700_000_000, published: published, textHash: .max,
          bodyHash: sequence ?? 0,
          id: Array("an id".utf8), cluster: sequence == 0 ? Array("another".utf8) : nil, isIndexed: true,
          supersedes: sequence, cameOut: sequence == 0, sketch: sketch, sides: sides,
          standing: sequence == nil ? [] : [3, 1 << 25])
        let bytes = EntryHead.encode(entry)
        #expect(IndexEntry(bytes.span) == entry)
        var former = entry
        (former.isFormer, former.cameOut, former.sides, former.standing) = (true, true, EntrySides(), [])
        former.sketch = Sketch(hashes: sketch.hashes, isComplete: sketch.isComplete, keys: [])
        #expect(IndexEntry(EntryHead.encode(former).span) == former)
        for end in stride(from: 0, to: bytes.count, by: 13) {
          let part = Array(bytes[..<end])
          _ = IndexEntry(part.span)
        }
      }
    }
  }

  @Test("Gaps of any size keep their numbers", arguments: [[0], [5], [0, 1, 2], [0, 67_108_863], [67_108_863]])
  func riceCode(numbers: [UInt32]) {
    var bytes: [UInt8] = []
    RiceCode.encode(numbers, into: &bytes)
    #expect(decoded(bytes, numbers.count) == numbers)
    let uneven = (0..<500).map { UInt32($0) } + [60_000_000, 67_000_000]
    bytes = []
    RiceCode.encode(uneven, into: &bytes)
    #expect(decoded(bytes, uneven.count) == uneven)
    #expect(decoded(Array(bytes.dropLast(1)), uneven.count) == nil)
  }

  private func decoded(_ bytes: [UInt8], _ count: Int) -> [UInt32]? {
    var numbers = [UInt32](repeating: 0, count: count)
    var span = numbers.mutableSpan
    return RiceCode.decode(bytes.span, from: 0, count: count, into: &span) == count ? numbers : nil
  }

  @Test("Every article is found again, in slices that grow and in complete ones")
  func growth() throws {
    var index = ArticleIndex(window: 1000, mostInMemory: .max)
    for seed in 1...3000 as ClosedRange<UInt64> { _ = try index.insert(entry(seed, arrival: Int64(seed) / 6)) }
    #expect(index.count == 3000 && index.slices.count == 9)
    for seed in stride(from: 1, through: 3000, by: 7) as StrideThrough<UInt64> {
      let reference = try #require(candidates(seed, in: &index).first)
      let slice = try #require(index[reference])
      let (id, sequence) = try #require(
        index.withEntry(reference, slice) { _, head, bytes in (head.id(bytes), head.sequence) })
      #expect(id == Array("id\(seed)".utf8) && sequence == seed)
    }
  }

  @Test("What is older than the window is forgotten, at most a sixteenth of it later")
  func forgetting() throws {
    var index = ArticleIndex(window: 160)
    for seed in 1...1000 as ClosedRange<UInt64> { _ = try index.insert(entry(seed, arrival: Int64(seed))) }
    #expect(index.count >= 160 && index.count <= 171)
    for seed in 1...1000 as ClosedRange<UInt64> {
      let found = try !candidates(seed, in: &index).filter { reference in
        index[reference].map { slice in index.withEntry(reference, slice) { _, head, _ in head.sequence } == seed }
          ?? false
      }.isEmpty
      let candidates = try index.candidates(from: print(seed), id: Array("id\(seed)".utf8), odds: nil)
      if seed >= 840 { #expect(found) }
      if seed < 829 { #expect(!found) }
      #expect(
        found == (candidates.sameText != nil) && found == (candidates.sameID != nil) && candidates.similar.isEmpty)
    }
    #expect(!index.takeForgotten().isEmpty && index.takeForgotten().isEmpty)
  }

  @Test("Without a disk the number of articles is bounded")
  func bounded() throws {
    var index = ArticleIndex(window: 1600, mostInMemory: 500)
    for seed in 1...2000 as ClosedRange<UInt64> {
      _ = try index.insert(entry(seed, arrival: Int64(seed)))
      #expect(index.count <= 501)
    }
    #expect(index.count >= 400)
  }

  @Test("A shingle that every article has costs a bounded look-up and hides nothing else")
  func stockPhrase() throws {
    let line = try Line()
    let footer = Story.text(seed: 99, sentences: 3)
    for seed in 1...2000 as ClosedRange<UInt64> {
      line.clock += 2000
      try line.send("\(seed)", Story.text(seed: seed, sentences: 8) + " " + footer)
    }
    #expect(try line.send("copy", Story.text(seed: 1990, sentences: 8)).ids.first == "1990")
    #expect(try line.send("copy", Story.text(seed: 1200, sentences: 8)).ids.first == "1200")
  }

  @Test("At most so many candidates, those with the most shared shingles first, then the oldest")
  func candidateLimit() throws {
    var index = ArticleIndex(window: 160)
    for n in 0..<200 { _ = try index.insert(entry(1, arrival: Int64(n))) }
    let found = try candidates(1, in: &index)
    #expect(found.count == CandidateSearch.mostCandidates)
    #expect(found == found.sorted())
  }

  @Test("The window by publication holds archives apart")
  func windowByPublication() throws {
    let line = try Line {
      $0.windowBy = .published
      $0.windowMilliseconds = 10 * 86_400_000
    }
    let text = Story.text(seed: 1)
    try line.send("a", text, published: "2016-02-25")
    #expect(try line.send("b", text, published: "2016-03-07").status == .unique)
    #expect(try line.send("c", text, published: "2016-03-06").ids == ["a", "b"])
    #expect(try line.send("d", text).ids == ["a", "b", "c"])
  }

  @Test("Dropping sets exact and near copies aside, partial ones never")
  func action() throws {
    let line = try Line { $0.action = .setAside }
    var first = Story(seed: 1), second = Story(seed: 2)
    let lines = first.sentences(20)
    try line.send("a", lines.joined(separator: " "))
    #expect(!line.decision.isSetAside)
    #expect(try line.send("b", lines.joined(separator: " ")).status == .exact && line.decision.isSetAside)
    #expect(try line.send("c", lines[0..<18].joined(separator: " ")).status == .near && line.decision.isSetAside)
    let partial = try line.send("d", (lines[0..<10] + second.sentences(10)).joined(separator: " "))
    #expect(partial.status == .partial && !line.decision.isSetAside)
    let corrected = try line.send("a", lines.dropLast().joined(separator: " ") + " This corrects the last sentence.")
    #expect(corrected.status == .near && line.decision.revisionOf == 1 && !line.decision.isSetAside)
  }
}
