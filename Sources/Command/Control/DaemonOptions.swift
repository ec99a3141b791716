import ArgumentParser
import Disk
import Glibc

/// Which running daemon is asked.
struct DaemonOptions: ParsableArguments {
  @OptionGroup var spool: SpoolOptions

  @Option(
    help: """
      A socket on which the daemon answers, in place of state/control of the spool. (default for a spool /var/lib/linecaster whose \
      state cannot be entered: /run/linecaster/control, or read beside it)
      """, completion: .file())
  var socket: String?

  /// `nil` for the spool's own.
  var address: Path? {
    if let socket { return Path(socket).absolute }
    return Self.passed(for: spool.path)
  }

  /// One of the sockets that the installed units make, for whoever may not enter the spool: `control` for those who change things,
  /// `read` for those who look.
  static func passed(for root: Path) -> Path? {
    let parts = root.bytes.split(separator: UInt8(ascii: "/"))
    guard parts.count == 3, parts[0].elementsEqual("var".utf8), parts[1].elementsEqual("lib".utf8),
      parts[2].starts(with: "linecaster".utf8), access("\(root)/state/control", R_OK | W_OK) != 0
    else { return nil }
    let folder = Path("/run") / Array(parts[2])
    return [folder / "control", folder / "read"].first { access("\($0)", R_OK | W_OK) == 0 }
  }
}
