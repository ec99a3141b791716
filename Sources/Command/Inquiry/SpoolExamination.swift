import Bytes
import Disk
import Glibc
import PipelineKit
import Spool

/// Something that was looked at, and whether it is as it should be.
struct DoctorFinding {
  var isGood: Bool
  /// With the mend where it is not.
  var sentence: String
}

/// Looks at the folders of a spool as the user of this process.
struct SpoolExamination {
  private let root: Path
  private let fs: PosixFileSystem
  private let lanes: [SpoolView.KnownLane]

  init(root: Path, _ fs: PosixFileSystem) {
    self.root = root
    self.fs = fs
    let isRunning = RunningDaemon(root: root, fs) != nil
    lanes = (try? SpoolView(root: root, wanted: [], isRunning: isRunning, placesOnly: true, fs))?.lanes ?? []
  }

  var findings: [DoctorFinding] {
    lanes.filter(\.isPresent).flatMap { inbox($0.places) + [outbox($0.places), space($0.places.outbox)] } + [clock()]
  }

  private func inbox(_ places: LanePlaces) -> [DoctorFinding] {
    let rights = [(R_OK, "list"), (W_OK, "take files out of"), (X_OK, "enter")]
    let lacking = rights.filter { !may($0.0, places.inbox) }.map(\.1)
    if !lacking.isEmpty {
      return [
        DoctorFinding(
          isGood: false,
          sentence:
            "uid \(geteuid()) may not \(lacking.joined(separator: " and ")) \(places.inbox); give it the rights rwx there, by its "
            + "group or an access list (setfacl -m u:linecaster:rwx)")
      ]
    }
    let mode = (try? fs.traits(of: places.inbox))??.mode ?? 0
    let isSticky = mode & 0o1000 != 0 && (try? fs.traits(of: places.inbox))??.owner != geteuid()
    if isSticky {
      return [
        DoctorFinding(
          isGood: false,
          sentence: "\(places.inbox) has the sticky bit, so that only the owner of a file may take it out; chmod -t it")
      ]
    }
    return [
      DoctorFinding(
        isGood: true,
        sentence: "uid \(geteuid()) may take files out of \(places.inbox), mode \(String(mode & 0o7777, radix: 8))")
    ]
  }

  private func outbox(_ places: LanePlaces) -> DoctorFinding {
    let isGood = may(W_OK | X_OK, places.outbox)
    return DoctorFinding(
      isGood: isGood,
      sentence:
        "uid \(geteuid()) may \(isGood ? "" : "not ")write into \(places.outbox)\(isGood ? "" : "; chown it to the daemon’s user")"
    )
  }

  private func space(_ path: Path) -> DoctorFinding {
    guard let space = try? fs.space(at: path) else {
      return DoctorFinding(isGood: false, sentence: "the free space on the disk of \(path) cannot be measured")
    }
    let least = min(OutboxSettings().minFree, space.total / 20)
    let free = "\(space.free >> 20) MiB are free on the disk of \(path)"
    return DoctorFinding(
      isGood: space.free >= least,
      sentence: space.free >= least
        ? free : "\(free), less than the usual min_free (\(least >> 20) MiB): intake pauses; free some")
  }

  /// Retention, file names and what dedupe forgets go by the clock.
  private func clock() -> DoctorFinding {
    let now = Int64(Glibc.time(nil))
    let newest =
      lanes.compactMap { try? fs.status(at: $0.places.outbox)?.modified }.max().map { $0 / 1_000_000_000 } ?? 0
    return DoctorFinding(
      isGood: newest <= now + 60,
      sentence: newest <= now + 60
        ? "the clock says \(UTC.extended(now))"
        : "the clock says \(UTC.extended(now)), and the outbox was written to at \(UTC.extended(newest)); set the clock (timedatectl)"
    )
  }

  private func may(_ right: Int32, _ path: Path) -> Bool {
    access(path.bytes.map { CChar(bitPattern: $0) } + [0], right) == 0
  }
}
