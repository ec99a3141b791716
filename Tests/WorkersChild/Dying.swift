import Glibc
import Workers

/// A confined child dies in some way; says what its parent learned.
func die(_ way: String) throws {
  let page = try FaultPage()
  let output = try ErrorOutput()
  let parent = getpid()
  var ready: [CInt] = [-1, -1]
  guard pipe(&ready) == 0 else { throw ChildError.call("pipe", code: errno) }
  let child = try ChildProcess.fork {
    do throws(ChildError) {
      try output.redirect()
      try page.watch()
      var limits = SandboxLimits()
      limits.memory = 256 << 20
      limits.output = 1 << 16
      _ = try Sandbox.enter(limits, parent: parent, keeping: [STDERR_FILENO, ready[1]])
    } catch {
      _exit(99)
    }
    page.note(work: 7)
    close(ready[1])
    end(way)
    _exit(0)
  }
  close(ready[1])
  // Returns when the child is confined.
  var byte: UInt8 = 0
  _ = read(ready[0], &byte, 1)
  if way == "killed" { describe(child.pid) }
  let signals: [String: CInt] = ["killed": SIGKILL, "sent SEGV": SIGSEGV, "sent ABRT": SIGABRT, "stopped": SIGSTOP]
  if let signal = signals[way] { child.send(signal) }
  guard let event = try ChildProcess.next(child.pid) else { return say("error", "no child") }
  let fault = page.fault
  say("event", event.words)
  say("outside", "\(event.cameFromOutside(fault))")
  say("memory", "\(fault?.lackedMemory ?? false)")
  say("peak", "\(event.peakMemory >> 20)")
  say("work", "\(page.work)")
  say("said", output.lastLine() ?? "")
  if case .stopped = event.kind {
    child.send(SIGKILL)
    say("then", try ChildProcess.next(child.pid)?.words ?? "")
  }
}

/// What the kernel says of a confined process, to everybody.
private func describe(_ pid: pid_t) {
  for name in ["status", "limits"] {
    let file = open("/proc/\(pid)/\(name)", O_RDONLY)
    let content = [UInt8](unsafeUninitializedCapacity: 1 << 14) { storage, filled in
      filled = max(0, read(file, storage.baseAddress, storage.count))
    }
    close(file)
    for line in content.split(separator: 0x0A) {
      let words = line.split { $0 == 0x20 || $0 == 0x09 }.map { String(decoding: $0, as: UTF8.self) }
      say(name, words.joined(separator: " "))
    }
  }
}

/// In the child. What the optimizer might see through hangs on `nothing`.
private func end(_ way: String) {
  let nothing = getpid() < 0 ? 1 : 0
  switch way {
  case "index":
    let numbers = [1, 2, 3]
    print(numbers[3 + nothing])
  case "overflow": print(Int.max - nothing + Int(getpid()))
  case "message":
    write("first line", to: STDERR_FILENO)
    fatalError("the last words")
  case "abort": abort()
  case "stack": print(deep(1 + nothing))
  case "null":
    // Not a pointer to anything: the fault is what is wanted.
    UnsafeMutablePointer<Int>(bitPattern: 8 + nothing)?.pointee = 1
  case "grow":
    var pieces: [[UInt8]] = []
    while true { pieces.append([UInt8](repeating: UInt8(truncatingIfNeeded: pieces.count), count: 1 << 20)) }
  case "huge":
    let huge = [UInt8](repeating: 1, count: (2 << 30) + nothing)
    print(huge[huge.count / 2])
  case "flood":
    for _ in 0..<100_000 { write("a line of sixteen", to: STDERR_FILENO) }
    fatalError("the last words")
  case "code": _exit(3)
  default:
    while true { sleep(100) }
  }
}

private func deep(_ depth: Int) -> Int { depth > 1 << 40 ? 0 : deep(depth + 1) + depth % 3 }

/// A child in between forks a confined one and ends: says how the confined one, which comes to this process, ended.
func leaveAnOrphan() throws {
  guard adoptOrphans() else { throw ChildError.call("prctl", code: errno) }
  let between = try ChildProcess.fork {
    let parent = getpid()
    var ready: [CInt] = [-1, -1]
    _ = pipe(&ready)
    let child = try? ChildProcess.fork {
      _ = try? Sandbox.enter(parent: parent, keeping: [ready[1]])
      close(ready[1])
      while true { sleep(100) }
    }
    close(ready[1])
    var byte: UInt8 = 0
    _ = read(ready[0], &byte, 1)
    _exit(child == nil ? 1 : 0)
  }
  for _ in 0..<2 {
    guard let event = try ChildProcess.next() else { return say("error", "no child") }
    say(event.pid == between.pid ? "between" : "orphan", event.words)
  }
  // The parent that it names is not the one that it has.
  let stray = try ChildProcess.fork {
    do throws(ChildError) {
      _ = try Sandbox.enter(parent: 1 << 21, keeping: [])
    } catch {
      _exit(error == .orphaned ? 5 : 6)
    }
    _exit(0)
  }
  say("stray", try ChildProcess.next(stray.pid)?.words ?? "")
}

/// Says how fork and sandbox refuse a process with two threads.
func forkWithThreads() {
  var thread = pthread_t()
  pthread_create(&thread, nil, { _ in while true { pause() } }, nil)
  do throws(ChildError) {
    _ = try ChildProcess.fork { _exit(0) }
    say("fork", "done")
  } catch {
    say("fork", "\(error)")
  }
  do throws(ChildError) {
    _ = try Sandbox.enter(parent: getppid(), keeping: [])
    say("sandbox", "done")
  } catch {
    say("sandbox", "\(error)")
  }
}
