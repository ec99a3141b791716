import Disk
import TestSupport
import Testing

@Suite struct SimulatedDiskTests {
  private func write(_ text: String, _ path: Path, _ disk: SimulatedDisk, sync: Bool = false) throws {
    let file = try disk.open(path, for: .creating)
    defer { disk.close(file) }
    try disk.write(Array(text.utf8), to: file, at: 0)
    if sync { try disk.sync(file) }
  }

  private func read(_ path: Path, _ disk: SimulatedDisk) throws -> String? {
    guard try disk.status(at: path) != nil else { return nil }
    let file = try disk.open(path, for: .reading)
    defer { disk.close(file) }
    return String(decoding: try disk.readAll(file), as: UTF8.self)
  }

  @Test func aKillKeepsWhatProcessesSaw() throws {
    let disk = SimulatedDisk(seed: 1)
    try write("text", "/a", disk)
    disk.restart(.afterKill)
    #expect(try read("/a", disk) == "text")
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>) func aPowerCutKeepsWhatWasSynced(seed: UInt64) throws {
    let disk = SimulatedDisk(seed: seed, inOrder: seed % 2 == 0)
    try write("text", "/a", disk, sync: true)
    try disk.syncDirectory("/")
    let file = try disk.open("/a", for: .updating)
    try disk.write(Array(" and more".utf8), to: file, at: 4)
    try disk.rename("/a", to: "/b", replacing: false)
    disk.restart(.afterPowerCut)
    let found = try read("/a", disk) ?? read("/b", disk)
    #expect(found?.hasPrefix("text") == true)
    #expect(try (disk.status(at: "/a") == nil) != (disk.status(at: "/b") == nil))
  }

  @Test func unsyncedNamesCanBeLost() throws {
    var survived = Set<Bool>()
    for seed in 1...40 as ClosedRange<UInt64> {
      let disk = SimulatedDisk(seed: seed)
      try write("text", "/a", disk, sync: true)
      disk.restart(.afterPowerCut)
      survived.insert(try disk.status(at: "/a") != nil)
    }
    #expect(survived == [true, false])
  }

  @Test func stopsAtTheOperationAndStaysDown() throws {
    let disk = SimulatedDisk(seed: 1)
    try write("text", "/a", disk)
    disk.crash(at: disk.operations + 1)
    #expect(throws: DiskError.self) { try disk.rename("/a", to: "/b", replacing: false) }
    #expect(throws: DiskError.self) { try disk.list("/") }
    disk.restart(.afterKill)
    #expect(try read("/a", disk) == "text")
  }

  @Test func aLockEndsWithItsHolder() throws {
    let disk = SimulatedDisk(seed: 1)
    #expect(try disk.lock("/lock", content: []) != nil)
    #expect(try disk.lock("/lock", content: []) == nil)
    disk.restart(.afterKill)
    #expect(try disk.lock("/lock", content: []) != nil)
  }
}
