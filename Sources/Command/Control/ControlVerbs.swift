import Daemon
import Disk
import PipelineKit
import Spool
import StageKit

/// What a daemon answers on its control socket beside `health` and `status`: what the commands of the same names print.
enum ControlVerbs {
  /// - Parameter pipelines: those that the daemon runs.
  static func all(root: Path, _ pipelines: [Pipeline]) -> [String: ControlVerb] {
    ["why": { why($0, root, pipelines) }, "retry": { retry($0, root, pipelines) }]
  }

  private typealias Reply = Swift.Result<[JSONValue.Member], ControlProblem>

  /// `{"verb": "why", "file": …, "limit": 20}`
  private static func why(_ request: JSONValue, _ root: Path, _ pipelines: [Pipeline]) -> Reply {
    guard let file = request["file"]?.string, !file.isEmpty else {
      return .failure(ControlProblem("‘file’ is missing: a path, or the name that the file had in the inbox"))
    }
    let fs = PosixFileSystem()
    let limit = request["limit"]?.int ?? WhyCommand.usualLimit
    do {
      let inquiry = Inquiry(
        view: try view(root, pipelines, fs), rootFlag: " --root \(root.shellWord)", pipelines: pipelines,
        daemon: RunningDaemon(root: root, fs), fs: fs)
      return .success(try inquiry.answer(Array(file.utf8), limit: limit == 0 ? .max : max(1, limit)).members(file))
    } catch {
      return .failure(ControlProblem("\(error)"))
    }
  }

  /// `{"verb": "retry", "files": […]}` or `{"verb": "retry", "all": true}`
  private static func retry(_ request: JSONValue, _ root: Path, _ pipelines: [Pipeline]) -> Reply {
    let files = request["files"]?.array?.compactMap(\.string).map { Array($0.utf8) }
    guard (files != nil) != (request["all"] == .bool(true)) else {
      return .failure(ControlProblem("name the failed inputs in ‘files’, or say ‘all’: true"))
    }
    let fs = PosixFileSystem()
    do {
      let results = try Retry(view: view(root, pipelines, fs, placesOnly: true), pipelines: pipelines, fs: fs).run(
        files)
      return .success([.init(key: "results", value: .array(results.map(\.json)))])
    } catch {
      return .failure(ControlProblem("\(error)"))
    }
  }

  private static func view(
    _ root: Path, _ pipelines: [Pipeline], _ fs: PosixFileSystem, placesOnly: Bool = false
  ) throws(DiskError) -> SpoolView {
    try SpoolView(
      root: root, wanted: pipelines.map(LaneSettings.init), isRunning: true, placesOnly: placesOnly, fs)
  }
}

extension Retry.Result {
  fileprivate var json: JSONValue {
    switch self {
    case .putBack(let input, let place):
      .object([
        .init(key: "file", value: .string(Path.printable(input.bytes))),
        .init(key: "put_back", value: .string(Path.printable(place.bytes))),
      ])
    case .refused(let file, let message):
      .object([
        .init(key: "file", value: .string(Path.printable(file))), .init(key: "error", value: .string(message)),
      ])
    }
  }
}
