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

  /// What there is to say of a signal that asks for nothing that can be done; `nil` for those that end the daemon.
  static func remark(on number: Int32) -> String? {
    switch number {
    case SIGHUP: "reloading is not supported: restart linecaster to take up changed pipelines"
    case SIGUSR1, SIGUSR2:
      "\(number == SIGUSR1 ? "SIGUSR1" : "SIGUSR2") came and means nothing here: log and outbox need no signal to be rotated"
    default: nil
    }
  }

  /// The next signal that came; `nil` when there is none.
  func next() -> Int32? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    return read(descriptor, &info, size) == size ? Int32(info.ssi_signo) : nil
  }
}
