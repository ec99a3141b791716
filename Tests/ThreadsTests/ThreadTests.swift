import Glibc
import Synchronization
import Testing
import Threads

@Suite struct ThreadTests {
  /// In a process of its own, because the limit is for all of it.
  @Test func allThreadsStartOrNone() async {
    await #expect(processExitsWith: .success) {
      let gigabytes = 1 << 30
      var limit = rlimit(rlim_cur: rlim_t(4 * gigabytes), rlim_max: rlim_t(4 * gigabytes))
      guard setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 else { exit(1) }
      let ran = Atomic(0)
      let body: @Sendable () -> Void = { ran.add(1, ordering: .relaxed) }
      do throws(ThreadError) {
        // A stack of 8 MiB each.
        _ = try Thread.all(Array(repeating: body, count: 1000))
        exit(2)
      } catch {
        guard ran.load(ordering: .relaxed) == 0, error.description.contains("ulimit -u") else { exit(3) }
      }
      for thread in try Thread.all(Array(repeating: body, count: 10)) { thread.join() }
      guard ran.load(ordering: .relaxed) == 10 else { exit(4) }
    }
  }
}
