import Glibc

/// Where the other programs of Linecaster lie.
struct Programs {
  private let folders: [String]

  /// Beside this one; for one in `libexec/linecaster`, in the `bin` next to that; and on the PATH.
  init() {
    var folders: [String] = []
    if let executable = realpath("/proc/self/exe", nil) {
      defer { free(executable) }
      let parts = String(cString: executable).split(separator: "/").dropLast()
      folders.append("/" + parts.joined(separator: "/"))
      if parts.suffix(2) == ["libexec", "linecaster"] {
        folders.append("/" + (parts.dropLast(2) + ["bin"]).joined(separator: "/"))
      }
    }
    if let path = variable("PATH") { folders += path.split(separator: ":").map(String.init) }
    self.folders = folders
  }

  func find(_ name: String) -> String? {
    folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}

/// Where the SQLite file of a spool lies, unless another place is named.
enum DatabasePlace {
  /// In the service's state folder, else in the user's. The spool is the daemon's alone.
  static func path(spool: String) throws -> String {
    if let state = variable("STATE_DIRECTORY") { return "\(state)/desk.sqlite" }
    let home = variable("HOME") ?? "/tmp"
    let base = variable("XDG_STATE_HOME") ?? "\(home)/.local/state"
    guard let real = realpath(spool, nil) else {
      throw MissingSpool(path: spool, reason: String(cString: strerror(errno)))
    }
    defer { free(real) }
    let name = String(cString: real).split(separator: "/").joined(separator: "-")
    var folder = ""
    for part in "\(base)/linecaster".split(separator: "/") {
      folder += "/\(part)"
      mkdir(folder, 0o700)
    }
    return "\(folder)/\(name).sqlite"
  }
}

struct MissingSpool: Error, CustomStringConvertible {
  let path: String
  let reason: String

  var description: String { "\(path) is no spool: \(reason)" }
}
