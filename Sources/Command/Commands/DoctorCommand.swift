import ArgumentParser
import Disk
import Glibc
import PipelineKit
import StageKit
import Terminal
import Workers

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Look at this machine: what workers can be confined by, inotify, descriptors, models, the spool and its folders.",
    discussion: """
      Tries in a child process what the workers of a daemon do before they see an article, and says what is missing, with \
      the fix. Run it as the daemon's user, in the same container or with the same unit settings, since these decide.

      Exit codes: 0 nothing is amiss, 1 something is.

      EXAMPLES
        linecaster doctor --root /var/lib/linecaster
        systemd-run --pipe -p SystemCallFilter=@system-service linecaster doctor
      """)

  @OptionGroup var spool: SpoolOptions

  func run() throws {
    let findings = Self.confinement() + Self.limits() + Self.models() + place()
    for finding in findings {
      StandardOutput.write("\(finding.isGood ? "ok" : "amiss"): \(finding.sentence)\n")
    }
    if findings.contains(where: { !$0.isGood }) { throw ExitCode.failure }
  }

  private static func confinement() -> [DoctorFinding] {
    do throws(ChildError) {
      let report = try Sandbox.probe()
      return report.sentences.map { DoctorFinding(isGood: !report.gaps.contains($0), sentence: $0) }
    } catch {
      return [DoctorFinding(isGood: false, sentence: "a worker cannot be started: \(error)")]
    }
  }

  private static func limits() -> [DoctorFinding] {
    let instance = inotify_init1(CInt(IN_CLOEXEC))
    if instance >= 0 { close(instance) }
    var files = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
    return [
      instance >= 0
        ? DoctorFinding(isGood: true, sentence: "inotify has an instance left for uid \(geteuid())")
        : DoctorFinding(
          isGood: false,
          sentence: "uid \(geteuid()) has no inotify instance left, so inboxes are looked at every second; raise "
            + "fs.inotify.max_user_instances (sysctl -w)"),
      DoctorFinding(
        isGood: files.rlim_cur >= 256,
        sentence: files.rlim_cur >= 256
          ? "a process may have \(files.rlim_cur) files open"
          : "a process may have \(files.rlim_cur) files open only; raise it to 1024 (LimitNOFILE, ulimit -n)"),
    ]
  }

  private static func models() -> [DoctorFinding] {
    ["clean.model", "entities.model", "quotes.model"].map { name in
      do throws(StageError) {
        return DoctorFinding(isGood: true, sentence: "\(name) is \(try ResourceSearch.installed.find(name).path)")
      } catch {
        return DoctorFinding(isGood: false, sentence: error.message)
      }
    }
  }

  private func place() -> [DoctorFinding] {
    let fs = PosixFileSystem()
    guard (try? fs.status(at: spool.path / "."))??.kind == .directory else {
      return [DoctorFinding(isGood: true, sentence: "there is no spool at \(spool.root) yet")]
    }
    let state = (spool.path / "state").bytes.map { CChar(bitPattern: $0) } + [0]
    let mayWrite = access(state, W_OK) == 0 || errno == ENOENT
    let daemon = RunningDaemon(root: spool.path, fs)
    let folders = SpoolExamination(root: spool.path, fs)
    return [
      DoctorFinding(
        isGood: mayWrite,
        sentence: mayWrite
          ? "uid \(geteuid()) may write into \(spool.root)/state"
          : "uid \(geteuid()) may not write into \(spool.root)/state; run linecaster as its owner"),
      DoctorFinding(
        isGood: true,
        sentence: daemon.map { "a daemon runs on \(spool.root), process \($0.pid)" }
          ?? "no daemon runs on \(spool.root)"),
    ] + folders.findings
  }
}
