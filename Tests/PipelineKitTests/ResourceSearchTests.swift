import Foundation
import PipelineKit
import StageKit
import Testing

@Suite struct ResourceSearchTests {
  private func message(_ search: ResourceSearch, _ name: String) -> String? {
    do throws(StageError) {
      _ = try search.find(name)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func theFirstFolderThatHasItCounts() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in [("a", "first"), ("b", "second")] {
      let place = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place.appendingPathComponent("x.model"))
    }
    let search = ResourceSearch(folders: ["c", "b", "a"].map { folder.appendingPathComponent($0).path })
    #expect(try search.find("x.model").copy == Array("second".utf8))
    #expect(try search.find(folder.path + "/a/x.model").copy == Array("first".utf8))
    let one = try search.find(folder.path + "/a/x.model")
    #expect(one.identity != (try search.find("x.model").identity))
  }

  @Test func whatIsMissingIsToldWithThePlaces() throws {
    let search = ResourceSearch(folders: ["/nowhere/one", "/nowhere/two"])
    #expect(
      message(search, "x.model")
        == "there is no ‘x.model’ in /nowhere/one, /nowhere/two: put it into one of them, or name its path")
    #expect(message(search, "/nowhere/x.model")?.hasPrefix("/nowhere/x.model cannot be opened: ") == true)
    #expect(message(search, "/tmp/") == "/tmp/ is no regular file")
  }

  @Test func theModelOfThePackageIsFound() throws {
    #expect(try ResourceSearch.installed.find("entities.model").bytes.count > 64)
  }
}
