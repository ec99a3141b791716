import StageKit
import TestSupport
import Testing

@testable import PipelineKit

/// One pipeline's file on top of another.
@Suite struct ExtendedFileTests: ~Copyable {
  private let directory = TemporaryDirectory()

  private func load(_ name: String) -> LoadedPipelines {
    Pipeline.load(paths: ["\(directory.path)/\(name)"], registry: registry, context: .installed)
  }

  private func said(_ loaded: LoadedPipelines) -> [String] {
    loaded.diagnostics.filter { $0.severity != .note }.map { diagnostic in
      let file = diagnostic.file.split(separator: "/").last ?? ""
      return "\(file):\(diagnostic.start.line):\(diagnostic.start.column) \(diagnostic.message)"
    }
  }

  private static let base = """
    name: news
    deadline: 3s
    outbox: {offsets: utf16, roll: {size: 1MiB}}
    stages:
      - cut
      - names: {limit: 3}

    """

  @Test func whatIsNotGivenIsThatOfTheOther() throws {
    try directory.write("news.yaml", Self.base)
    try directory.write(
      "sport.yaml",
      "extends: news.yaml\nname: sport\ninbox: {path: sport}\noutbox: {roll: {every: 2h}}\nstages: [cut]\n")
    let loaded = load("sport.yaml")
    #expect(said(loaded) == [])
    let pipeline = try #require(loaded.pipelines.first)
    #expect(pipeline.name == "sport" && pipeline.inbox.path == "sport" && pipeline.deadline == .seconds(3))
    #expect(
      pipeline.outbox.offsets == .utf16 && pipeline.outbox.roll.size == 1 << 20
        && pipeline.outbox.roll.every == .seconds(7200))
    #expect(pipeline.chain.links.map(\.kind.name) == ["cut"])
    #expect(pipeline.bases == [Array(Self.base.utf8)])
    // Three on top of each other; side by side they need inboxes of their own.
    try directory.write("cup.yaml", "extends: sport.yaml\nname: cup\n")
    let cup = load("cup.yaml")
    #expect(cup.pipelines.first?.chain.links.count == 1 && cup.pipelines.first?.deadline == .seconds(3))
    let both = load("")
    #expect(both.pipelines.map(\.name) == ["cup", "news"])
    #expect(
      said(both).count == 1 && said(both)[0].hasPrefix("sport.yaml:3:15 the inbox ‘sport’ is read by "), "\(said(both))"
    )
  }

  @Test func whatIsWrongIsSaidInItsFile() throws {
    try directory.write("news.yaml", Self.base.replacing("limit: 3", with: "limt: 3") + "inbox: {settle: \"${X:1}\"}\n")
    try directory.write("sport.yaml", "extends: news.yaml\nname: sport\nfailed: {kep: 1d}\n")
    #expect(
      said(load("sport.yaml")) == [
        "sport.yaml:3:10 unknown key ‘kep’ in ‘failed’; did you mean ‘keep’?",
        "news.yaml:6:13 unknown key ‘limt’ in ‘names’; did you mean ‘limit’?",
        "news.yaml:7:17 ‘1’ has no unit: write 1ms, 1s, 1m, 1h or 1d",
      ])
  }

  @Test(arguments: [
    ("extends: none.yaml\nname: a\nstages: [cut]", "none.yaml: cannot be opened"),
    ("extends: a.yaml\nname: a\nstages: [cut]", "a.yaml: it extends itself"),
    ("extends: loop.yaml\nname: a\nstages: [cut]", "a.yaml: it extends itself"),
    ("extends: ~\nname: a\nstages: [cut]", "‘extends’ names the pipeline’s file"),
    ("extends: [a]\nname: a\nstages: [cut]", "‘extends’ names the pipeline’s file"),
    ("extends: bad.yaml\nname: a\nstages: [cut]", "‘]’"), ("extends: .\nname: a\nstages: [cut]", "not a regular file"),
  ])
  func whatCannotBeExtendedIsTold(text: String, words: String) throws {
    try directory.write("a.yaml", text)
    try directory.write("loop.yaml", "extends: a.yaml\nname: b\n")
    try directory.write("bad.yaml", "stages: [cut\n")
    let loaded = load("a.yaml")
    #expect(loaded.hasErrors && said(loaded).contains { $0.contains(words) }, "\(said(loaded))")
  }
}
