import StageKit
import Testing

@testable import Dedupe

@Suite("The index of articles")
struct ArticleIndexTests {
  private func print(_ seed: UInt64) throws -> Fingerprint {
    try Fingerprint(of: Array(Story.text(seed: seed, sentences: 4).utf8))
  }

  private func insert(_ seed: UInt64, into index: inout ArticleIndex) throws {
    let id = Array("id\(seed)".utf8)
    index.insert(try print(seed), id: id, cluster: id, sequence: seed, isIndexed: true)
  }

  @Test("Every article is found again after the buckets were doubled many times")
  func growth() throws {
    var index = ArticleIndex(maxArticles: 100_000)
    for seed in 1...3000 as ClosedRange<UInt64> { try insert(seed, into: &index) }
    #expect(index.count == 3000)
    for seed in stride(from: 1, through: 3000, by: 7) as StrideThrough<UInt64> {
      let reference = try #require(index.candidates(for: print(seed).sketch).first)
      let (block, place) = try #require(index[reference])
      #expect(block.id(place) == Array("id\(seed)".utf8) && block.sequence(place) == seed)
    }
  }

  @Test("The oldest are forgotten beyond the limit, and the newest never", arguments: [1, 20, 160])
  func forgetting(limit: Int) throws {
    var index = ArticleIndex(maxArticles: limit)
    for seed in 1...1000 as ClosedRange<UInt64> {
      try insert(seed, into: &index)
      #expect(index.count <= limit + max(1, limit / 16))
    }
    #expect(index.count >= limit)
    for seed in 1...1000 as ClosedRange<UInt64> {
      let found = try index.candidates(for: print(seed).sketch).contains { reference in
        index[reference].map { $0.block.sequence($0.place) == seed } ?? false
      }
      if seed > 1000 - UInt64(limit) { #expect(found) }
      if seed + UInt64(limit + limit / 16 + 1) <= 1000 { #expect(!found) }
      #expect(try found == (index.first(withText: print(seed).textHash) != nil))
      #expect(found == (index.last(withID: Array("id\(seed)".utf8)) != nil))
    }
  }

  @Test("A shingle that every article has costs a bounded look-up and hides nothing else")
  func stockPhrase() throws {
    let line = try Line()
    let footer = Story.text(seed: 99, sentences: 3)
    for seed in 1...2000 as ClosedRange<UInt64> {
      try line.send("\(seed)", Story.text(seed: seed, sentences: 8) + " " + footer)
    }
    let copy = try line.send("copy", Story.text(seed: 3, sentences: 8))
    #expect(copy.ids == ["3"])
  }

  @Test("At most so many candidates, those with the most shared shingles first")
  func candidateLimit() throws {
    var index = ArticleIndex(maxArticles: 10_000)
    for _ in 0..<200 { try insert(1, into: &index) }
    #expect(try index.candidates(for: print(1).sketch).count == ArticleIndex.mostCandidates)
  }
}
