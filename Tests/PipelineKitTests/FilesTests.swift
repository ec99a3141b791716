import Entities
import Glibc
import PipelineKit
import Segment
import StageKit
import Testing

/// A directory that is removed when it goes out of use.
final class TemporaryDirectory {
  let path: String

  init() throws {
    var template = Array("/tmp/linecaster-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure() }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    guard let directory = opendir(path) else { return }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      unlink("\(path)/\(name)")
    }
    closedir(directory)
    rmdir(path)
  }

  func write(_ name: String, _ text: String) {
    let descriptor = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    _ = text.withCString { Glibc.write(descriptor, $0, strlen($0)) }
    close(descriptor)
  }

  struct Failure: Error {}
}

@Suite struct FilesTests {
  private let directory: TemporaryDirectory
  init() throws { directory = try TemporaryDirectory() }

  private func load(_ paths: [String]) -> LoadedPipelines {
    Pipeline.load(paths: paths, registry: registry, context: .installed)
  }

  @Test func aDirectoryStandsForItsFilesByName() {
    directory.write("b.yaml", "name: b\ninbox: {path: b}\nstages: [cut]")
    directory.write("a.yml", "name: a\nstages: [cut]")
    directory.write(".hidden.yaml", "nonsense")
    directory.write("notes.txt", "nonsense")
    let loaded = load([directory.path, directory.path + "/b.yaml"])
    #expect(loaded.diagnostics == [])
    #expect(loaded.pipelines.map(\.name) == ["a", "b"])
    #expect(loaded.pipelines.map(\.file) == ["\(directory.path)/a.yml", "\(directory.path)/b.yaml"])
  }

  @Test func whatCannotBeReadIsNamed() throws {
    directory.write("large.yaml", String(repeating: "#", count: (1 << 20) + 1))
    mkfifo("\(directory.path)/pipe", 0o600)
    let paths = ["\(directory.path)/none.yaml", "\(directory.path)/pipe", "\(directory.path)/large.yaml", "/dev/null"]
    #expect(
      load(paths).diagnostics.map(\.message) == [
        "cannot be opened: No such file or directory", "not a regular file",
        "the file is larger than 1MiB, the most that is read", "not a regular file",
      ])
    let empty = try TemporaryDirectory()
    #expect(load([empty.path]).diagnostics.map(\.message) == ["no pipeline here: the directory holds no *.yaml file"])
  }

  @Test func filesOfOptionsLieBesideThePipelineAndCountForTheDigest() throws {
    let registry = StageRegistry([SegmentStage.self, EntitiesStage.self])
    directory.write("a.yaml", "name: a\nstages: [segment, {entities: {gazetteers: [list.tsv]}}]")
    func load() -> LoadedPipelines {
      Pipeline.load(paths: [directory.path + "/a.yaml"], registry: registry, context: StageContext())
    }
    #expect(
      load().diagnostics.map(\.message) == [
        "‘entities’ cannot start: \(directory.path)/list.tsv: cannot be opened: No such file or directory"
      ])
    directory.write("list.tsv", "Zorv\tORG\n")
    let first = try #require(load().pipelines.first)
    #expect(load().pipelines.first?.digest == first.digest)
    directory.write("list.tsv", "Zorv\tLOC\n")
    #expect(load().pipelines.first?.digest != first.digest)
    directory.write("list.tsv", "Zorv\tTOWN\n")
    #expect(
      load().diagnostics.map(\.message) == [
        "‘entities’ cannot start: list.tsv:1: ‘TOWN’ is no type of names: write PERSON, ORG, LOC or MISC"
      ])
  }
}
