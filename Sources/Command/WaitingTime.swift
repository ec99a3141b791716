import ArgumentParser
import StageKit

/// A duration as pipelines write it: `500ms`, `30s`, `5m`.
struct WaitingTime: ExpressibleByArgument, CustomStringConvertible {
  var milliseconds: Int

  init(milliseconds: Int) { self.milliseconds = milliseconds }

  init?(argument: String) {
    guard case .integer(let milliseconds)? = try? OptionType.duration(0...Int.max).read(argument, plain: true) else {
      return nil
    }
    self.milliseconds = milliseconds
  }

  var description: String { OptionType.describe(milliseconds: milliseconds) }
  var defaultValueDescription: String { description }
}
