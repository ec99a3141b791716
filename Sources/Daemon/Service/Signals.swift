import CLinux
import Glibc
import Spool

/// The signals of an operator as a descriptor. Made before any other thread, so that all of them leave these signals alone.
struct Signals {
  let descriptor: Int32

  init() throws(SpoolError) {
    // A read lease that is broken raises SIGIO; a reader that went away raises SIGPIPE.
    signal(SIGIO, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    var set = sigset_t()
    sigemptyset(&set)
    for number in [SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGUSR2] { sigaddset(&set, number) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
    if descriptor < 0 { throw .resources("no signal descriptor could be had: \(String(cString: strerror(errno)))") }
  }

  /// The next signal that came; `nil` when there is none.
  func next() -> Int32? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    return read(descriptor, &info, size) == size ? Int32(info.ssi_signo) : nil
  }
}
