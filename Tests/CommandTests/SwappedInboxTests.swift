import Foundation
import Testing

/// A symbolic link as inbox that leads from one file system to another while the daemon runs, as a disk that is mounted
/// later does.
@Suite struct SwappedInboxTests {
  @Test(.timeLimit(.minutes(5))) func thePlacesAreWorkedOutAnew() throws {
    let memory = URL(fileURLWithPath: "/dev/shm/linecaster-\(UUID().uuidString)")
    guard (try? FileManager.default.createDirectory(at: memory, withIntermediateDirectories: false)) != nil else {
      return
    }
    defer { try? FileManager.default.removeItem(at: memory) }
    let folder = try Folder()
    let link = folder.url.appendingPathComponent("link").path
    func lead(to place: URL) throws {
      try FileManager.default.createSymbolicLink(atPath: link + "-new", withDestinationPath: place.path)
      #expect(rename(link + "-new", link) == 0)
    }
    let near = folder.url.appendingPathComponent("near")
    try FileManager.default.createDirectory(at: near, withIntermediateDirectories: false)
    try lead(to: near)
    let spool = try CommandSpool(settings: "inbox: {path: \(link), settle: 10ms}\n")
    let daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    func put(_ name: String, in place: URL) throws {
      try Data((CommandSpool.story + " \(name)").utf8).write(to: place.appendingPathComponent(name))
    }
    try put("a.txt", in: near)
    try spool.waitForRecords(1)
    try lead(to: memory)
    try put("b.txt", in: memory)
    try spool.waitForRecords(2)
    #expect(spool.log.contains("\(link) lies on another file system now"))
    try lead(to: near)
    try put("c.txt", in: near)
    try spool.waitForRecords(3)
    daemon.terminate()
    daemon.waitUntilExit()
    #expect(daemon.terminationStatus == 0)
    let names = try spool.records().compactMap { $0["source"]?["name"]?.string }
    #expect(names == ["a.txt", "b.txt", "c.txt"])
    for place in [near, memory] {
      let left = try FileManager.default.contentsOfDirectory(atPath: place.path).filter { !$0.hasPrefix(".") }
      #expect(left == [])
    }
  }
}
