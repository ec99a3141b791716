import Disk
import Testing

@testable import Spool

@Suite struct RunNoteTests {
  private let boot = Array("3a9c0f7e-0000-4000-8000-5b1d".utf8)

  private func test() throws -> TestSpool {
    var test = TestSpool(seed: 1)
    test.settings.boot = boot
    try test.open().close()
    return test
  }

  @Test func aCleanEndLeavesNoSuspicion() throws {
    let test = try test()
    let spool = try test.open()
    #expect(!spool.followsUncleanEnd)
    spool.runAlone(7, line: 0, now: 1)
    try spool.close()
    let next = try test.open()
    #expect(!next.followsUncleanEnd)
    #expect(next.accused == nil)
  }

  @Test func aKillWhileAloneIsAStrike() throws {
    let test = try test()
    try test.open().runAlone(7, line: 3, now: 100)
    for strikes in 1...3 {
      test.disk.restart(.afterKill)
      let spool = try test.open()
      #expect(spool.followsUncleanEnd)
      #expect(spool.accused == Accusation(claim: 7, line: 3, strikes: strikes, signal: 0, since: 100))
      #expect(spool.accused?.isProven == (strikes == 3))
      // An end before it runs again counts for nothing.
      test.disk.restart(.afterKill)
      let idle = try test.open()
      #expect(idle.accused?.strikes == strikes)
      // Reading the file before is no acquittal.
      idle.runAlone(7, line: 0, now: 150)
      idle.runAlone(7, line: 3, now: 200)
    }
  }

  @Test func aFaultWhileAloneIsProof() throws {
    let test = try test()
    let spool = try test.open()
    spool.runAlone(7, line: 0, now: 100)
    try test.disk.write(Array("signal 11".utf8), to: spool.crashNote.file, at: spool.crashNote.offset)
    test.disk.restart(.afterKill)
    let accused = try #require(try test.open().accused)
    #expect(accused == Accusation(claim: 7, line: 0, strikes: 1, signal: 11, since: 100))
    #expect(accused.isProven)
  }

  @Test func whatWasAloneWithoutHarmIsCleared() throws {
    let test = try test()
    let spool = try test.open()
    spool.runAlone(7, line: 0, now: 100)
    spool.endAlone()
    test.disk.restart(.afterKill)
    #expect(try test.open().accused == nil)
  }

  @Test func anotherBootClearsSuspicion() throws {
    var test = try test()
    try test.open().runAlone(7, line: 0, now: 100)
    test.disk.restart(.afterKill)
    test.settings.boot = Array("another".utf8)
    let spool = try test.open()
    #expect(!spool.followsUncleanEnd)
    #expect(spool.accused == nil)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>) func aTornNoteIsNoNote(seed: UInt64) throws {
    var test = TestSpool(seed: seed)
    test.settings.boot = boot
    try test.open().runAlone(7, line: 0, now: 100)
    test.disk.restart(.afterPowerCut)
    test.settings.boot = Array("another".utf8)
    #expect(try test.open().accused == nil)
  }
}
