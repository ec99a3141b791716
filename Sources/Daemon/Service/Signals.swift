import CLinux
import Glibc

/// TERM, INT and HUP as a descriptor. Made before any other thread, so that all of them leave these signals alone.
struct Signals {
  let descriptor: Int32

  init() {
    // A read lease that is broken raises SIGIO; a reader that went away raises SIGPIPE.
    signal(SIGIO, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, number) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
    precondition(descriptor >= 0, "no signalfd could be had: \(String(cString: strerror(errno)))")
  }

  /// The next signal that came; `nil` when there is none.
  func next() -> Int32? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    return read(descriptor, &info, size) == size ? Int32(info.ssi_signo) : nil
  }
}
