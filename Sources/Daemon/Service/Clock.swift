import Glibc

/// Seconds since 1970.
func now() -> Int64 {
  var instant = timespec()
  clock_gettime(CLOCK_REALTIME, &instant)
  return Int64(instant.tv_sec)
}
