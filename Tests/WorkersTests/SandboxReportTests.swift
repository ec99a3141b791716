import Glibc
import Testing

@testable import Workers

@Suite("What is said of the sandbox")
struct SandboxReportTests {
  @Test("it comes over as two numbers")
  func numbers() {
    let reports = [
      SandboxReport(landlock: .inForce(version: 7), filter: .inForce(version: 1)),
      SandboxReport(landlock: .refused(code: ENOSYS), filter: .refused(code: EPERM)),
      SandboxReport(landlock: .leftOut, filter: .leftOut),
    ]
    for report in reports { #expect(SandboxReport(numbers: report.numbers) == report) }
    #expect(SandboxReport(numbers: [1]) == nil)
    #expect(SandboxReport(numbers: [.min, .min]) != nil)
  }

  @Test("an old kernel is told from a filter above, with its mend")
  func reasons() {
    let old = SandboxReport(landlock: .refused(code: ENOSYS), filter: .inForce(version: 1))
    #expect(old.sentences[0].contains("this kernel does not have it"))
    #expect(!old.isWhole)
    let above = SandboxReport(landlock: .refused(code: EPERM), filter: .refused(code: EPERM))
    #expect(above.sentences.allSatisfy { $0.contains("above this process") && $0.contains("SystemCallFilter=") })
    let off = SandboxReport(landlock: .refused(code: EOPNOTSUPP), filter: .refused(code: EINVAL))
    #expect(off.sentences[0].contains("lsm=") && off.sentences[1].contains("CONFIG_SECCOMP_FILTER"))
    #expect(SandboxReport(landlock: .inForce(version: 2), filter: .inForce(version: 1)).isWhole)
  }
}
