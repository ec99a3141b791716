import CLinux
import Disk
import Glibc
import PipelineKit

/// What the process of a plugin may do: read the system's programs and its own folder, write a folder of its own that goes with it, and
/// what its manifest names beside that.
struct PluginSandbox {
  private let manifest: PluginManifest
  /// A private folder for temporary files.
  private let folder: String

  /// The descriptor that the plugin finds its socket at.
  static let socket: CInt = 3
  static let path = "/usr/local/bin:/usr/bin:/bin"

  /// What every program may read: programs and libraries, and what of the system runtimes look at.
  private static let readable = [
    "/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime",
    "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/loadavg", "/sys/devices/system/cpu", "/dev/urandom",
    "/dev/random",
  ]
  private static let writable = ["/dev/null", "/dev/zero"]
  /// What names are resolved and certificates checked by.
  private static let forNetwork = [
    "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf", "/etc/services",
    "/etc/protocols", "/etc/ssl", "/etc/ca-certificates", "/etc/pki", "/run/systemd/resolve",
  ]

  /// Makes the private folder.
  init(_ manifest: PluginManifest) throws(PluginProblem) {
    self.manifest = manifest
    var template = Array("/tmp/linecaster-\(manifest.name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw PluginProblem("a folder in /tmp cannot be made: \(String(cString: strerror(errno)))")
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes the private folder and what is in it.
  func remove() { PosixFileSystem().removeTree(Path(folder)) }

  /// Where the Python module for plugins lies, which comes with the program.
  private static let pythonModule = ResourceSearch.installed.pythonModule

  var environment: [String] {
    (Self.pythonModule.map { ["PYTHONPATH=\($0)", "PYTHONDONTWRITEBYTECODE=1"] } ?? []) + [
      "PATH=\(Self.path)", "LANG=C.UTF-8", "HOME=\(folder)", "TMPDIR=\(folder)", "LINECASTER_PLUGIN=\(manifest.name)",
      "LINECASTER_SOCKET=\(Self.socket)",
    ]
  }

  /// Where a program lies: from the plugin's folder, or on the path; `nil` where it is nowhere.
  func program(_ name: String) -> String? {
    if name.hasPrefix("/") { return name }
    if name.contains("/") { return "\(manifest.folder)/\(name)" }
    let folders = Self.path.split(separator: ":").map(String.init)
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// In the child, right before the program: takes everything else away, for good.
  ///
  /// - Returns: what could not be done; `nil` where all was.
  func enter() -> String? {
    let settings = manifest.settings
    let memory = settings.memory == 0 ? UInt64.max : UInt64(settings.memory)
    let seconds = settings.cpuMilliseconds == 0 ? UInt64.max : UInt64(max(1, settings.cpuMilliseconds / 1000))
    guard linux_set_plugin_limits(memory, 1 << 32, 1024, seconds) == 0 else {
      return "its limits cannot be set: \(String(cString: strerror(errno)))"
    }
    guard linux_drop_capabilities() == 0, linux_forbid_new_privileges() == 0 else {
      return "its privileges cannot be taken: \(String(cString: strerror(errno)))"
    }
    // Where the kernel has no Landlock the rest stands; `doctor` tells.
    let version = min(linux_landlock_version(), SandboxLimits.latestLandlock)
    if version > 0, let problem = confineFiles(version) { return problem }
    guard linux_filter_plugin_calls(manifest.access.network ? 1 : 0) == 0 || errno == ENOTSUP || errno == EINVAL else {
      return "its system calls cannot be filtered: \(String(cString: strerror(errno)))"
    }
    return nil
  }

  private func confineFiles(_ version: Int32) -> String? {
    let rules = linux_landlock_begin(version, manifest.access.network ? 1 : 0)
    guard rules >= 0 else { return "Landlock refuses its rules: \(String(cString: strerror(errno)))" }
    let reading =
      Self.readable + [manifest.folder] + (Self.pythonModule.map { [$0] } ?? [])
      + (manifest.access.network ? Self.forNetwork : [])
    for path in reading { _ = linux_landlock_allow(rules, version, path, 0) }
    for path in Self.writable + [folder] { _ = linux_landlock_allow(rules, version, path, 1) }
    for (paths, writing) in [(manifest.access.read, Int32(0)), (manifest.access.write, 1)] {
      for path in paths where linux_landlock_allow(rules, version, path, writing) != 0 {
        return "‘access’ names \(path), which cannot be opened: \(String(cString: strerror(errno)))"
      }
    }
    guard linux_landlock_enter(rules) == 0 else {
      return "Landlock cannot be put in force: \(String(cString: strerror(errno)))"
    }
    return nil
  }
}
