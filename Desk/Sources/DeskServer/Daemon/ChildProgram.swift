import Glibc

/// A program that is started for what it prints.
struct ChildProgram {
  struct Outcome {
    var output: [UInt8]
    var errors: [UInt8]
    /// The exit code; `nil` where a signal ended it.
    var code: Int32?
  }

  let path: String

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - limit: bytes of its output; it is ended where it prints more.
  ///   - timeout: it is ended where it takes longer.
  /// - Returns: `nil` where it cannot be started, or was ended.
  func run(_ arguments: [String], limit: Int = 64 << 20, timeout: Duration = .seconds(20)) -> Outcome? {
    guard let output = Pipe(), let errors = Pipe() else { return nil }
    guard let pid = Self.start(path, arguments, output: output.writer, errors: errors.writer) else { return nil }
    close(output.writer)
    close(errors.writer)
    let deadline = ContinuousClock.now + timeout
    var parts: [[UInt8]] = [[], []]
    var open = [true, true]
    var isWhole = true
    while open.contains(true) {
      var waited = [output.reader, errors.reader].enumerated().map {
        pollfd(fd: open[$0.offset] ? $0.element : -1, events: Int16(POLLIN), revents: 0)
      }
      let ready = poll(&waited, 2, 200)
      if ready < 0, errno != EINTR { break }
      for index in waited.indices where ready > 0 && waited[index].revents != 0 {
        var part = [UInt8](repeating: 0, count: 1 << 16)
        let count = part.withUnsafeMutableBytes { read(waited[index].fd, $0.baseAddress, $0.count) }
        if count > 0 { parts[index] += part[..<count] } else { open[index] = false }
      }
      if parts[0].count + parts[1].count > limit || .now > deadline {
        isWhole = false
        kill(pid, SIGKILL)
        break
      }
    }
    close(output.reader)
    close(errors.reader)
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    guard isWhole else { return nil }
    return Outcome(output: parts[0], errors: parts[1], code: status & 0x7F == 0 ? status >> 8 & 0xFF : nil)
  }

  private struct Pipe {
    let reader: CInt
    let writer: CInt

    init?() {
      var ends: [CInt] = [0, 0]
      guard pipe(&ends) == 0 else { return nil }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (reader, writer) = (ends[0], ends[1])
    }
  }

  /// - Parameter output, errors: its standard files; `nil` for those of this process.
  static func start(_ path: String, _ arguments: [String], output: CInt?, errors: CInt?) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    if let errors { posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO) }
    // C strings that live until the program is started.
    var vector = ([path] + arguments).map { strdup($0) } + [nil]
    defer { vector.forEach { free($0) } }
    var pid: pid_t = 0
    return posix_spawn(&pid, path, &actions, nil, &vector, environ) == 0 ? pid : nil
  }
}
