import Glibc

/// The `linecaster` command as it was built: what a user meets.
struct BuiltCommand {
  let path: String

  struct Run {
    var seconds: Double
    /// The largest resident set, in bytes.
    var peakMemory: Int
  }

  /// - Throws: where there is no such command.
  init(path: String) throws {
    guard access(path, X_OK) == 0 else {
      throw BenchError("there is no command at \(path): run ‘make build’ first, or say --command PATH")
    }
    self.path = path
  }

  /// Runs it to its end, its output thrown away.
  ///
  /// - Parameter input: a file for standard input.
  func run(_ arguments: [String], input: String = "/dev/null") throws -> Run {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    var vector = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for argument in vector { free(argument) } }
    var child = pid_t()
    var usage = rusage()
    var status: CInt = 0
    let time = try seconds {
      let failure = posix_spawn(&child, path, &actions, nil, &vector, environ)
      guard failure == 0 else { throw BenchError("cannot start \(path): \(String(cString: strerror(failure)))") }
      while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
    }
    guard status == 0 else {
      throw BenchError("‘\(path) \(arguments.joined(separator: " "))’ failed with wait status \(status)")
    }
    return Run(seconds: time, peakMemory: Int(usage.ru_maxrss) * 1024)
  }
}
