import BuiltinStages
import Glibc
import PipelineKit
import StageKit
import TestSupport
import Testing

@Suite struct FilesTests: ~Copyable {
  private let directory = TemporaryDirectory()

  private func load(_ paths: [String]) -> LoadedPipelines {
    Pipeline.load(paths: paths, registry: registry, context: .installed)
  }

  @Test func aDirectoryStandsForItsFilesByName() throws {
    try directory.write("b.yaml", "name: b\ninbox: {path: b}\nstages: [cut]")
    try directory.write("a.yml", "name: a\nstages: [cut]")
    try directory.write(".hidden.yaml", "nonsense")
    try directory.write("notes.txt", "nonsense")
    let loaded = load(["\(directory.path)", "\(directory.path)/b.yaml"])
    #expect(loaded.diagnostics == [])
    #expect(loaded.pipelines.map(\.name) == ["a", "b"])
    #expect(loaded.pipelines.map(\.file) == ["\(directory.path)/a.yml", "\(directory.path)/b.yaml"])
  }

  @Test func whatCannotBeReadIsNamed() throws {
    try directory.write("large.yaml", String(repeating: "#", count: (1 << 20) + 1))
    mkfifo("\(directory.path)/pipe", 0o600)
    let paths = ["\(directory.path)/none.yaml", "\(directory.path)/pipe", "\(directory.path)/large.yaml", "/dev/null"]
    #expect(
      load(paths).diagnostics.map(\.message) == [
        "cannot be opened: No such file or directory", "not a regular file",
        "the file is larger than 1MiB, the most that is read", "not a regular file",
      ])
    let empty = TemporaryDirectory()
    #expect(
      load(["\(empty.path)"]).diagnostics.map(\.message) == ["no pipeline here: the directory holds no *.yaml file"])
  }

  @Test func filesOfOptionsLieBesideThePipelineAndCountForTheDigest() throws {
    try directory.write("a.yaml", "name: a\nstages: [segment, {entities: {gazetteers: [list.tsv]}}]")
    func load() -> LoadedPipelines {
      Pipeline.load(paths: ["\(directory.path)/a.yaml"], registry: .builtin, context: .installed)
    }
    #expect(
      load().diagnostics.map(\.message) == [
        "‘entities’ cannot start: \(directory.path)/list.tsv: cannot be opened: No such file or directory"
      ])
    try directory.write("list.tsv", "Zorv\tORG\n")
    let first = try #require(load().pipelines.first)
    #expect(load().pipelines.first?.digest == first.digest)
    try directory.write("list.tsv", "Zorv\tLOC\n")
    #expect(load().pipelines.first?.digest != first.digest)
    try directory.write("list.tsv", "Zorv\tTOWN\n")
    #expect(
      load().diagnostics.map(\.message) == [
        "‘entities’ cannot start: list.tsv:1: ‘TOWN’ is no type of names: write PERSON, ORG, LOC or MISC"
      ])
  }
}
