import Glibc

/// What every command does first.
public enum ProcessStart {
  public static func prepare() {
    openStandardFiles()
    // Who started this process may block signals in the thread that did: such a mask is inherited.
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    // Sent by a service manager, these must end the process; the runtime's own handler may come back from them.
    for number in [SIGABRT, SIGQUIT] { signal(number, SIG_DFL) }
    // A reader that went away and a file that may not grow are answers of write(2).
    for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
  }

  /// Opens /dev/null in place of each standard file that is closed, so that no other file gets its number. Writing to a
  /// standard output that was closed still fails.
  private static func openStandardFiles() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      // The lowest free number, which is this one.
      if open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY) < 0 { return }
    }
  }
}
