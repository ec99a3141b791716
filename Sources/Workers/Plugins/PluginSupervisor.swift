import CLinux
import Disk
import Glibc
import PipelineKit

/// The process that starts the process of a plugin, confined, and stays above all that this one starts. When the plugin ends, or the
/// forking parent does, it ends the whole tree.
struct PluginSupervisor {
  private let manifest: PluginManifest
  /// To the forking parent: its end is the order to end.
  private let control: CInt
  private let sandbox: PluginSandbox
  private var log: PluginLog

  /// What the control socket brings.
  enum Message {
    /// How the plugin ended, with its last words.
    case ended(String)

    var frame: [UInt8] {
      guard case .ended(let words) = self else { return [] }
      var writer = FrameWriter(kind: 1)
      writer.text(words)
      return writer.finish()
    }

    init(_ frame: Frame) throws(FrameProblem) {
      guard frame.kind == 1 else { throw FrameProblem("an unknown message \(frame.kind) of a plugin's supervisor") }
      var reader = FrameReader(frame)
      self = .ended(try reader.text())
      try reader.finish()
    }
  }

  /// In the forked process, which becomes the supervisor.
  ///
  /// - Parameters:
  ///   - socket: the plugin's end.
  ///   - control: to the forking parent.
  static func run(_ manifest: PluginManifest, socket: CInt, control: CInt) -> Never {
    // Signals to the group of the daemon, as ^C of a terminal sends them, are for the daemon.
    setsid()
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { signal(number, SIG_IGN) }
    _ = adoptOrphans()
    Sandbox.closeOthers(than: [socket, control])
    var supervisor: PluginSupervisor
    do throws(PluginProblem) {
      supervisor = PluginSupervisor(
        manifest: manifest, control: control, sandbox: try PluginSandbox(manifest), log: PluginLog(manifest.name))
    } catch {
      tell(.ended(error.message), control)
      _exit(1)
    }
    supervisor.run(socket)
  }

  private static func tell(_ message: Message, _ control: CInt) {
    try? DescriptorPassing.send(message.frame, over: control)
  }

  private mutating func run(_ socket: CInt) -> Never {
    let end: String
    do throws(PluginProblem) {
      let (child, output) = try start(socket)
      close(socket)
      end = watch(child, output)
    } catch {
      end = error.message
    }
    endTree()
    log.finish()
    sandbox.remove()
    Self.tell(.ended(end), control)
    _exit(0)
  }

  // MARK: - The plugin

  /// - Returns: the process, and where what it prints is read.
  private func start(_ socket: CInt) throws(PluginProblem) -> (ChildProcess, output: CInt) {
    var output: [CInt] = [-1, -1]
    var failure: [CInt] = [-1, -1]
    guard pipe(&output) == 0, pipe(&failure) == 0 else {
      throw PluginProblem("a pipe cannot be made: \(String(cString: strerror(errno)))")
    }
    // This process has one thread: nothing else is started meanwhile.
    for descriptor in output + failure { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let child: ChildProcess
    let own = getpid()
    do throws(ChildError) {
      child = try ChildProcess.fork {
        let problem = become(socket, output[1], supervisor: own)
        let words = Array(problem.utf8)
        _ = write(failure[1], words, words.count)
        _exit(127)
      }
    } catch {
      throw PluginProblem("\(error)")
    }
    close(output[1])
    close(failure[1])
    defer { close(failure[0]) }
    var words = [UInt8](repeating: 0, count: 1024)
    let count = read(failure[0], &words, words.count)
    if count > 0 { throw PluginProblem(String(decoding: words[..<count], as: UTF8.self)) }
    return (child, output[0])
  }

  /// In the child: becomes the plugin's program.
  ///
  /// - Returns: why not.
  private func become(_ socket: CInt, _ output: CInt, supervisor: pid_t) -> String {
    func failed(_ what: String) -> String { "\(what): \(String(cString: strerror(errno)))" }
    // Should the supervisor be killed, nobody else would end it.
    guard linux_end_with_parent(supervisor) == 0 else { return failed("it cannot be bound to its supervisor") }
    setpgid(0, 0)
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ] { signal(number, SIG_DFL) }
    let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
    // The plugin's socket has a number that is free of the others first.
    let away = fcntl(socket, F_DUPFD_CLOEXEC, 10)
    guard nothing >= 0, away >= 0, dup2(nothing, STDIN_FILENO) >= 0, dup2(output, STDOUT_FILENO) >= 0,
      dup2(output, STDERR_FILENO) >= 0, dup2(away, PluginSandbox.socket) >= 0
    else { return failed("its descriptors cannot be set up") }
    guard chdir(manifest.folder) == 0 else { return failed("its folder \(manifest.folder) cannot be entered") }
    guard case .command(let command) = manifest.program else { return "it has no command" }
    guard let program = sandbox.program(command[0]) else { return "\(command[0]) is nowhere on \(PluginSandbox.path)" }
    if let problem = sandbox.enter() { return problem }
    let arguments = ([program] + command.dropFirst()).map { strdup($0) } + [nil]
    let environment = sandbox.environment.map { strdup($0) } + [nil]
    execve(program, arguments, environment)
    let mend = errno == EACCES ? "; a program outside /usr needs its folder in ‘access: {read: […]}’" : ""
    return failed("\(program) cannot be run") + mend
  }

  // MARK: - Until it ends

  /// How long it has to end by itself once its socket is closed, and then once it is told to.
  private static let (grace, patience) = (Duration.milliseconds(100), Duration.milliseconds(500))

  /// - Returns: how it ended.
  private mutating func watch(_ child: ChildProcess, _ output: CInt) -> String {
    _ = fcntl(output, F_SETFL, O_NONBLOCK)
    var ordered: ContinuousClock.Instant?
    var wasTold = false
    var isOpen = true
    while true {
      if let event = try? ChildProcess.next(child.pid, blocking: false) {
        if case .stopped = event.kind {
          child.send()
        } else {
          log.read(output)
          log.finish()
          return wasTold ? "it was ended" : "it \(event.words)" + (log.lastLine.map { "; its last words: \($0)" } ?? "")
        }
      }
      // Its end shows at the handle, or is looked for.
      var waited = [
        pollfd(fd: ordered == nil ? control : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: isOpen ? output : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: child.handle?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
      ]
      _ = poll(&waited, 3, ordered != nil || child.handle == nil ? 20 : -1)
      if waited[1].revents != 0 { isOpen = log.read(output) }
      if waited[0].revents != 0 { ordered = .now }
      guard let ordered else { continue }
      if !wasTold, .now - ordered > Self.grace {
        wasTold = true
        killpg(child.pid, SIGTERM)
      }
      if .now - ordered > Self.patience {
        killpg(child.pid, SIGKILL)
        child.send()
      }
    }
  }

  /// Ends all that is left below this process: orphans become its children.
  private func endTree() {
    while true {
      let children = Self.children
      for child in children { kill(child, SIGKILL) }
      var event = linux_child_event()
      let found = linux_wait(0, WEXITED, &event)
      if found < 0, errno == ECHILD { return }
    }
  }

  private static var children: [pid_t] {
    let file = open("/proc/self/task/\(getpid())/children", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = max(0, read(file, &bytes, bytes.count))
    return bytes[..<count].split(separator: 0x20).compactMap { pid_t(String(decoding: $0, as: UTF8.self)) }
  }
}

/// Why a plugin's process cannot run, in words.
struct PluginProblem: Error {
  var message: String
  init(_ message: String) { self.message = message }
}
