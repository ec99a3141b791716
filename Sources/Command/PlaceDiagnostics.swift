import Disk
import PipelineKit
import Spool
import StageKit

/// What cannot stand side by side in one spool, said where the pipelines' files say it.
struct PlaceDiagnostics {
  let root: Path
  let fs = PosixFileSystem()

  func diagnostics(of pipelines: [Pipeline]) throws(DiskError) -> [Diagnostic] {
    let former = (try? SpoolView(root: root, placesOnly: true, fs))?.lanes.map(\.places) ?? []
    let table = try PlaceTable(root: root, lanes: pipelines.map(LaneSettings.init), former: former, fs)
    return try table.conflicts().map { conflict in
      let pipeline = pipelines[conflict.lane]
      let span =
        switch conflict.setting {
        case .name: pipeline.origin.name
        case .inbox: pipeline.origin.inbox
        case .outbox: pipeline.origin.outbox
        }
      var message = conflict.message
      if let other = conflict.other, other != conflict.lane {
        let origin = pipelines[other].origin
        let line = (conflict.setting == .inbox ? origin.inbox : origin.name).start.line
        message += " (\(pipelines[other].file):\(line))"
      }
      return Diagnostic(file: pipeline.file, start: span.start, end: span.end, message)
    }
  }

  /// What a spool holds for pipelines that are gone, or in places that they have left, as whole sentences.
  func abandoned(by pipelines: [Pipeline], _ flag: String) -> [String] {
    // A daemon that runs has other places than its next start.
    guard let view = try? SpoolView(root: root, wanted: pipelines.map(LaneSettings.init), placesOnly: true, fs)
    else { return [] }
    return view.abandoned(withOnly: Set(pipelines.map(\.name))).map { $0.told(flag) }
  }
}
