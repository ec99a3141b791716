import BuiltinStages
import Chaos
import Glibc
import PipelineKit
import Workers

func run(_ arguments: [String]) -> CInt {
  do {
    switch arguments.first {
    case "attempts": try makeAttempts(Confinement(arguments[1]), folder: arguments[2])
    case "chain": try runChain(Confinement(arguments[1]), pipeline: arguments[2], files: Array(arguments[3...]))
    case "death": try die(arguments[1])
    case "orphan": try leaveAnOrphan()
    case "threads": forkWithThreads()
    case ForkingParent.argument:
      let harmful = [StageKind(ChaosStage.self), StageKind(LateStage.self), StageKind(StillStage.self)]
      ForkingParent.main(StageRegistry(StageRegistry.builtin.stages + harmful))
    default: return 64
    }
    return 0
  } catch {
    say("error", "\(error)")
    return 1
  }
}

/// How a child is confined, as the tests name it.
struct Confinement {
  /// `nil` for not at all.
  var limits: SandboxLimits? = SandboxLimits()
  var loadsCharacterSets = true

  init(_ name: String) throws(Unknown) {
    switch name {
    case "none": limits = nil
    case "whole": break
    case "whole,2": limits?.landlock = 2
    case "whole,cold": loadsCharacterSets = false
    case "filter": limits?.landlock = 0
    case "landlock": limits?.filtersCalls = false
    case "landlock,2":
      limits?.filtersCalls = false
      limits?.landlock = 2
    default: throw Unknown(name: name)
    }
  }

  struct Unknown: Error { var name: String }
}

/// Writes a line to standard output.
func say(_ fields: String...) { write(fields.joined(separator: "\t"), to: STDOUT_FILENO) }

func write(_ line: String, to descriptor: CInt) {
  let bytes = Array((line + "\n").utf8)
  _ = write(descriptor, bytes, bytes.count)
}

/// Waits for a child that is to end well.
func expectEnd(of child: ChildProcess) throws {
  let event = try ChildProcess.next(child.pid)
  if event?.kind != .exited(code: 0) { say("error", event?.words ?? "no child") }
}
