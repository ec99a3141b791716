import ArticleIO
import StageKit
import YAML

/// A pipeline file as far as it could be read, right or wrong.
struct PipelineDraft {
  var file: String
  var name = ""
  var nameNode: Node?
  var inbox = InboxSettings()
  var inboxNode: Node?
  var outbox = OutboxSettings()
  /// `nil` where something in the file is wrong.
  var pipeline: Pipeline?
  var diagnostics: [Diagnostic] = []
  /// Files that belong to it: of tests.
  var otherFiles: [SourceFile] = []
}
