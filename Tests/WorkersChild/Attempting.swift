import Glibc
import Workers
import WorkersAttempts

/// Makes each attempt in one child: its name and errno, 0 where it succeeded.
func makeAttempts(_ confinement: Confinement, folder: String) throws {
  guard attempts_prepare(folder) == 0 else { return say("error", "prepare", String(cString: strerror(errno))) }
  defer { attempts_finish() }
  let parent = getpid()
  let forgotten = open("/etc/passwd", O_RDONLY)
  let child = try ChildProcess.fork {
    if let limits = confinement.limits {
      var held = [CInt](repeating: -1, count: 16)
      let count = Int(attempts_descriptors(&held, 16))
      let kept = held.prefix(count) + [STDOUT_FILENO, STDERR_FILENO]
      do throws(ChildError) {
        let report = try Sandbox.enter(limits, parent: parent, keeping: Array(kept))
        say("report", "\(report.numbers)")
        for sentence in report.sentences { say("sentence", sentence) }
      } catch {
        say("error", "\(error)")
        _exit(1)
      }
    }
    var byte: UInt8 = 0
    say("forgotten", read(forgotten, &byte, 1) < 0 && errno == EBADF ? "closed" : "open")
    say("input", read(STDIN_FILENO, &byte, 1) == 0 ? "empty" : "full")
    for index in 0..<attempts_count() {
      let code = attempts_run(index)
      say("attempt", String(cString: attempts_name(index)), "\(code)")
    }
    _exit(0)
  }
  try expectEnd(of: child)
}
