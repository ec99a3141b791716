import ArgumentParser

extension ExitCode {
  /// 65, EX_DATAERR of sysexits.h.
  package static let badInput = ExitCode(65)
  /// 69, EX_UNAVAILABLE.
  package static let unavailable = ExitCode(69)
  /// 74, EX_IOERR.
  package static let inputOutput = ExitCode(74)
  /// 75, EX_TEMPFAIL.
  package static let temporary = ExitCode(75)
  /// 78, EX_CONFIG.
  package static let badConfiguration = ExitCode(78)
}
