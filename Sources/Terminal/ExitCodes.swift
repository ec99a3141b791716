import ArgumentParser

extension ExitCode {
  /// 65, EX_DATAERR of sysexits.h.
  public static let badInput = ExitCode(65)
  /// 69, EX_UNAVAILABLE.
  public static let unavailable = ExitCode(69)
  /// 74, EX_IOERR.
  public static let inputOutput = ExitCode(74)
  /// 75, EX_TEMPFAIL.
  public static let temporary = ExitCode(75)
  /// 78, EX_CONFIG.
  public static let badConfiguration = ExitCode(78)
}
