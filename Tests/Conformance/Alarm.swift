import Glibc

/// A signal to this process after some time.
struct Alarm {
  private var timer = timer_t(bitPattern: 0)

  init(after time: Duration, signal: Int32) {
    var event = sigevent()
    event.sigev_signo = signal
    timer_create(CLOCK_MONOTONIC, &event, &timer)
    let (seconds, attoseconds) = time.components
    let value = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    var spec = itimerspec(it_interval: timespec(), it_value: value)
    timer_settime(timer, 0, &spec, nil)
  }

  func stop() { timer_delete(timer) }
}

/// Of this process, in seconds.
enum ProcessorTime {
  /// As it was when the alarm came. Written by the handler of a signal to the one thread there is.
  nonisolated(unsafe) static var atAlarm = -1.0

  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
