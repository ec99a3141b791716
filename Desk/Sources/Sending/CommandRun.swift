import Glibc

/// A command that is run once for each record, which it gets on its standard input.
struct CommandRun {
  enum Ending: Equatable, Sendable {
    case code(Int32)
    case signal(Int32)
    case late
    /// It could not be started: errno.
    case notStarted(Int32)

    var description: String {
      switch self {
      case .code(let code): "it ended with code \(code)"
      case .signal(let number): "signal \(number) ended it"
      case .late: "it took too long"
      case .notStarted(let code): "it cannot be started: \(String(cString: strerror(code)))"
      }
    }
  }

  let words: [String]
  /// Milliseconds after which it is ended.
  let patience: Int

  /// How long a look whether it has ended waits for the next one, in microseconds: at first, and at most.
  private static let (firstPause, longestPause): (UInt32, UInt32) = (500, 20_000)

  /// - Parameters:
  ///   - input: for its standard input.
  ///   - variables: beside those of this process.
  func run(_ input: Span<UInt8>, _ variables: [(String, String)]) -> Ending {
    // A file without a name: the command may read it or not, and nobody waits for the other.
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/linecaster-record-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { return .notStarted(errno) }
    defer { close(file) }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    unlink(template)
    var at = 0
    while at < input.count {
      // Inside of the span.
      let count = input.extracting(at..<input.count).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard count > 0 else { return .notStarted(errno) }
      at += count
    }
    lseek(file, 0, SEEK_SET)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, file, STDIN_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own, so that all that it starts can be ended; SIGPIPE as every program expects it.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF))

    let arguments = CStrings(words)
    let environment = CStrings(Self.environment(variables))
    var child: pid_t = 0
    let code = posix_spawnp(&child, words[0], &actions, &attributes, arguments.pointers, environment.pointers)
    if code != 0 { return .notStarted(code) }
    return wait(for: child)
  }

  private func wait(for child: pid_t) -> Ending {
    var (waited, pause) = (0, Self.firstPause)
    while true {
      var status: Int32 = 0
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child {
        // As the macros of sys/wait.h read it.
        let number = status & 0x7F
        return number == 0 ? .code(status >> 8 & 0xFF) : .signal(number)
      }
      if ended < 0, errno != EINTR { return .notStarted(errno) }
      if waited / 1000 >= patience {
        kill(-child, SIGKILL)
        waitpid(child, &status, 0)
        return .late
      }
      usleep(pause)
      waited += Int(pause)
      pause = min(pause * 2, Self.longestPause)
    }
  }

  private static func environment(_ variables: [(String, String)]) -> [String] {
    var all = variables.map { "\($0.0)=\($0.1)" }
    var at = environ
    while let entry = at.pointee {
      let text = String(cString: entry)
      if !variables.contains(where: { text.hasPrefix($0.0 + "=") }) { all.append(text) }
      at += 1
    }
    return all
  }
}

/// A vector of C strings that ends in a null pointer, and lives as long as this.
private final class CStrings {
  private(set) var pointers: [UnsafeMutablePointer<CChar>?]
  init(_ strings: [String]) { pointers = strings.map { strdup($0) } + [nil] }
  deinit { for pointer in pointers { free(pointer) } }
}
