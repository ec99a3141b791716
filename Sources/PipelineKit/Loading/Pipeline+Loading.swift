import Disk
import StageKit
import YAML

extension Pipeline {
  /// Reads and checks pipeline files; a directory stands for its `*.yaml` and `*.yml` files, sorted by name.
  ///
  /// Never stops at the first fault: everything that is wrong in any file is in the diagnostics.
  ///
  /// - Parameter context: where stages get their models and lists; `nil` where they are not to be made, since the chain runs
  ///   in other processes. What only a stage can find, such as a list that is not there, is then told by those.
  public static func load(
    paths: [String], registry: StageRegistry, context: StageContext?, environment: Environment = .process
  ) -> LoadedPipelines {
    let reader = PipelineReader(registry: registry, context: context, environment: environment)
    var files: [SourceFile] = []
    var drafts: [PipelineDraft] = []
    var seen: [FileStatus] = []
    for path in paths {
      do throws(FileProblem) {
        for file in try pipelineFiles(at: path) {
          do throws(FileProblem) {
            let (bytes, status) = try readFile(file, limit: Document.Limits().bytes)
            if seen.contains(where: status.isSameFile) { continue }
            seen.append(status)
            files.append(SourceFile(path: file, bytes: bytes))
            drafts.append(reader.read(SourceFile(path: file, bytes: bytes)))
          } catch {
            drafts.append(PipelineDraft(file: file, problem: error))
          }
        }
      } catch {
        drafts.append(PipelineDraft(file: path, problem: error))
      }
    }
    return loaded(drafts, files)
  }

  /// The files that a path stands for: itself, or those of a directory; none where it holds none, or nothing is there.
  public static func files(at path: String) -> [String] { (try? pipelineFiles(at: path)) ?? [] }

  /// Checks pipeline files that have been read already.
  public static func load(
    _ files: [SourceFile], registry: StageRegistry, context: StageContext?, environment: Environment = .process
  ) -> LoadedPipelines {
    let reader = PipelineReader(registry: registry, context: context, environment: environment)
    return loaded(files.map(reader.read), files)
  }

  private static func loaded(_ drafts: [PipelineDraft], _ files: [SourceFile]) -> LoadedPipelines {
    var drafts = drafts
    checkTogether(&drafts)
    var loaded = LoadedPipelines()
    loaded.files = files + drafts.flatMap(\.otherFiles)
    for draft in drafts {
      loaded.diagnostics += draft.diagnostics.sorted {
        $0.file == $1.file ? $0.start < $1.start : $0.file == draft.file
      }
      if let pipeline = draft.pipeline { loaded.pipelines.append(pipeline) }
    }
    return loaded
  }

  /// What one daemon cannot run side by side.
  private static func checkTogether(_ drafts: inout [PipelineDraft]) {
    for index in drafts.indices {
      var problems: [(at: Diagnostic.Span, message: String)] = []
      let draft = drafts[index]
      for other in drafts[..<index] {
        if !draft.name.isEmpty, draft.name == other.name {
          problems.append(
            (draft.nameSpan, "the name ‘\(draft.name)’ is taken by \(other.place(of: other.nameSpan)): rename one"))
        }
        if let memory = draft.pipeline?.chain.memory, let others = other.pipeline?.chain.memory {
          for option in memory.disagreements(with: others) {
            problems.append(
              (
                draft.nameSpan,
                "the scope ‘\(memory.scope ?? "")’ has another ‘\(option)’ in \(other.place(of: other.nameSpan)): write the "
                  + "same in both, or use two scopes"
              ))
          }
        }
        if draft.hasSettings, other.hasSettings, draft.inboxPath == other.inboxPath {
          problems.append(
            (
              draft.inboxSpan,
              "the inbox ‘\(draft.inboxPath)’ is read by \(other.place(of: other.inboxSpan)) too: give each pipeline "
                + "its own, as in ‘inbox: {path: inbox/\(draft.name)}’"
            ))
        }
      }
      for other in drafts where other.hasSettings && draft.hasSettings {
        if draft.inboxPath == normalized(other.outbox.path) {
          problems.append(
            (
              draft.inboxSpan,
              "the inbox ‘\(draft.inboxPath)’ is the outbox of ‘\(other.name)’, which would feed on its own lines"
            ))
        }
      }
      if problems.isEmpty { continue }
      drafts[index].pipeline = nil
      drafts[index].diagnostics += problems.map {
        Diagnostic(file: draft.file, start: $0.at.start, end: $0.at.end, $0.message)
      }
    }
  }
}

extension Diagnostic {
  fileprivate typealias Span = (start: Position, end: Position)
}

extension PipelineDraft {
  fileprivate init(file: String, problem: FileProblem) {
    self.init(file: file)
    diagnostics = [Diagnostic(file: file, start: .wholeFile, end: .wholeFile, problem.message)]
  }

  /// A file that could not be read has none, not even defaults.
  fileprivate var hasSettings: Bool { nameNode != nil }
  fileprivate var inboxPath: String { normalized(inbox.path) }
  fileprivate var nameSpan: Diagnostic.Span { span(of: nameNode) }
  fileprivate var inboxSpan: Diagnostic.Span { span(of: inboxNode ?? nameNode) }

  private func span(of node: Node?) -> Diagnostic.Span {
    let start = Diagnostic.Position(line: 1, column: 1)
    return (node?.start.position ?? start, node?.end.position ?? start)
  }

  fileprivate func place(of span: Diagnostic.Span) -> String { "\(file):\(span.start.line)" }
}

/// One spelling for one directory, as far as the spelling tells.
private func normalized(_ path: String) -> String {
  let parts = path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  return path.first == "/" ? "/" + parts : parts
}
