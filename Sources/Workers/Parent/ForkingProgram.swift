import CLinux
import Glibc

/// The program that becomes a forking parent, about to be started.
struct ForkingProgram {
  private let control: CInt
  private let source: CInt

  /// The descriptors that the program finds are below this one.
  private static let first: CInt = 10

  /// What the loader, the C library and sanitizers read. Whatever else the daemon's environment holds, such as passwords, is
  /// none of a worker's business.
  private static let kept = ["LD_", "LANG=", "LC_", "GCONV_PATH=", "ASAN_", "LSAN_", "TSAN_", "UBSAN_"]

  init(_ source: ChainSource, control: CInt) throws(ChildError) {
    let memory = linux_memory_file("chain")
    guard memory >= 0 else { throw .call("memfd_create", code: errno) }
    defer { close(memory) }
    let frame = source.frame
    guard write(memory, frame, frame.count) == frame.count, lseek(memory, 0, SEEK_SET) == 0 else {
      throw .call("write", code: errno)
    }
    // Away from the numbers that they get in the program.
    self.source = fcntl(memory, F_DUPFD_CLOEXEC, Self.first)
    self.control = fcntl(control, F_DUPFD_CLOEXEC, Self.first)
    guard self.source >= 0, self.control >= 0 else { throw .call("fcntl", code: errno) }
  }

  /// - Parameter path: of the program.
  func spawn(_ path: String) throws(ChildError) -> pid_t {
    defer {
      close(source)
      close(control)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, control, ForkingParent.control)
    posix_spawn_file_actions_adddup2(&actions, source, ForkingParent.source)
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("linecaster"), strdup(ForkingParent.argument)]
    arguments.append(nil)
    // The runtime's stack traces need a program of their own, which a worker may not start.
    var environment: [UnsafeMutablePointer<CChar>?] = [strdup("SWIFT_BACKTRACE=enable=no")]
    var entry = environ
    while let variable = entry.pointee {
      if Self.kept.contains(where: { strncmp(variable, $0, $0.utf8.count) == 0 }) {
        environment.append(strdup(variable))
      }
      entry += 1
    }
    environment.append(nil)
    defer { for text in arguments + environment { free(text) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, path, &actions, nil, arguments, environment)
    if failure != 0 { throw .call("posix_spawn", code: failure) }
    return pid
  }
}
