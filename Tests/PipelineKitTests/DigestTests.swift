import PipelineKit
import StageKit
import Testing

@Suite struct DigestTests {
  private func digest(_ text: String) throws -> String { try #require(load([text]).pipelines.first?.digest) }

  @Test func onlyTheMeaningCounts() throws {
    let plain = try digest("name: a\nstages:\n  - cut\n  - names: {limit: 5, share: 0.5}\n")
    let same = try digest(
      """
      # another order, other quotes, a comment, defaults written out, a test
      stages: ["cut", {names: {share: 0.50, limit: 5, mode: fast}}]
      name: 'a'
      inbox: {settle: 500ms, max_input: 65536KiB}
      tests: [{name: x, input: y, expect: {}}]
      """)
    #expect(plain == same)
    #expect(plain.utf8.count == 24)
  }

  @Test(arguments: [
    "name: b\nstages: [cut, names]", "name: a\nstages: [cut]", "name: a\nstages: [cut, {names: {limit: 6}}]",
    "name: a\nstages: [cut, names, seen]", "name: a\nstages: [body, cut, names]",
    "name: a\nstages: [cut, names]\noutbox: {offsets: utf8}", "name: a\nstages: [cut, names]\noutbox: {keys: [text]}",
    "name: a\nstages: [cut, {names: {also: [x]}}]",
    "name: a\nstages: [cut, {names: {list: people}}]",
  ])
  func everySettingCounts(text: String) throws {
    #expect(try digest("name: a\nstages: [cut, names]") != digest(text))
  }

  @Test func theContentOfAListCounts() throws {
    func digest(_ content: String) throws -> String {
      let file = SourceFile(path: "a.yaml", bytes: Array("name: a\nstages: [cut, {names: {list: l}}]".utf8))
      let loaded = Pipeline.load(
        [file], registry: registry, context: StageContext { Resource(path: $0, copying: Array(content.utf8)) })
      return try #require(loaded.pipelines.first?.digest)
    }
    #expect(try digest("Ann") != digest("Bob"))
    #expect(try digest("Ann") == digest("Ann"))
  }

  private func stages(_ text: String, list: String = "Ann") throws -> [StageDigest] {
    let loaded = Pipeline.load(
      [SourceFile(path: "a.yaml", bytes: Array(text.utf8))], registry: registry,
      context: StageContext { Resource(path: $0, copying: Array(list.utf8)) })
    return try #require(loaded.pipelines.first).chain.stageDigests
  }

  @Test func aStageHasADigestOfItsOwn() throws {
    let plain = try stages("name: a\nstages: [cut, {names: {list: l}}, seen]")
    #expect(plain.map(\.stage) == ["cut", "names", "seen"])
    #expect(Set(plain.map(\.digest)).count == 3 && plain.allSatisfy { $0.digest.utf8.count == 24 })
    // What is not the stage's leaves its digest alone: the pipeline's settings, other stages, their models.
    let others = [
      try stages("name: b\noutbox: {offsets: utf8}\nstages: [cut, {names: {list: l}}, seen]"),
      try stages("name: a\nstages: [body, cut, {names: {list: l, limit: 5}}, seen]"),
    ]
    for other in others { #expect(other.suffix(3) == plain[...]) }
    for changed in [
      try stages("name: a\nstages: [cut, {names: {list: l}}, seen]", list: "Bob"),
      try stages("name: a\nstages: [cut, {names: {list: m}}, seen]"),
      try stages("name: a\nstages: [cut, {names: {list: l, limit: 6}}, seen]"),
    ] {
      #expect(zip(changed, plain).map { $0 == $1 } == [true, false, true])
    }
  }

  @Test func whatIsNotMadeHasNoDigest() throws {
    let file = SourceFile(path: "a.yaml", bytes: Array("name: a\nstages: [cut, names]".utf8))
    let pipeline = try #require(Pipeline.load([file], registry: registry, context: nil).pipelines.first)
    #expect(pipeline.digest == nil && pipeline.chain.stageDigests.isEmpty)
  }
}
