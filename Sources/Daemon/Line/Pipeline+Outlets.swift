import PipelineKit
import Spool
import StageKit

extension Pipeline {
  /// Where its lines go.
  public var outlets: [Outlet] { [.records] + (chain.memory?.setsAside == true ? [.duplicates] : []) }
}

extension Decision {
  /// Where the line goes that was decided about.
  var outlet: Outlet { isSetAside ? .duplicates : .records }
}
