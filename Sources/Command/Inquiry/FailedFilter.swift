import ArgumentParser
import Bytes
import Glibc
import StageKit

/// Which of the failed inputs a command means.
struct FailedFilter: ParsableArguments {
  @Option(
    name: .customLong("class"), parsing: .upToNextOption,
    help: ArgumentHelp("Only those that failed so: not_json, deadline, … (docs/failures.md).", valueName: "class"))
  var classes: [String] = []

  @Option(
    name: .customLong("stage"), parsing: .upToNextOption,
    help: ArgumentHelp("Only those that failed in one of these stages.", valueName: "stage"))
  var stages: [String] = []

  @Option(
    name: .customLong("pipeline"), parsing: .upToNextOption,
    help: ArgumentHelp("Only those of these pipelines.", valueName: "pipeline"))
  var named: [String] = []

  @Option(help: "Only those that failed since then: a time such as 2h or 3d, or a day or instant of UTC.")
  var since: FailedSince?

  /// Whether it leaves anything out.
  var isEmpty: Bool { classes.isEmpty && stages.isEmpty && named.isEmpty && since == nil }

  func holds(_ input: FailedInput) -> Bool {
    if isEmpty { return true }
    guard let reason = input.reason else { return false }
    func fits(_ wanted: [String], _ key: String) -> Bool {
      wanted.isEmpty || reason.content[key]?.string.map(wanted.contains) ?? false
    }
    let isLate = since.map { since in reason.last.map { $0 >= since.time } ?? false } ?? true
    return isLate && fits(classes, "class") && fits(stages, "stage") && fits(named, "pipeline")
  }

  func validate() throws {
    for name in classes where FailureClass(rawValue: name) == nil {
      let known = FailureClass.allCases.map(\.rawValue)
      let meant = nearest(to: name, among: known).map { "; did you mean ‘\($0)’?" } ?? ""
      throw ValidationError("there is no class of failures ‘\(name)’\(meant)")
    }
  }
}

/// A time that is told by how long ago it is, or by its day or instant of UTC.
struct FailedSince: ExpressibleByArgument {
  /// Seconds since 1970.
  var time: Int64

  init?(argument: String) { self.init(argument, now: Int64(Glibc.time(nil))) }

  init?(_ text: String, now: Int64) {
    if let ago = WaitingTime(argument: text) {
      time = now - Int64(ago.milliseconds / 1000)
    } else if let instant = UTC.seconds(Array((text.utf8.count == 10 ? text + "T00:00:00Z" : text).utf8)) {
      time = instant
    } else {
      return nil
    }
  }
}
