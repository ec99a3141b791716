import ArticleIO
import StageKit
import YAML

/// A pipeline file that has been checked: what to read, the chain to run it through, where the lines go.
public struct Pipeline: Sendable {
  /// Names the outbox file and stands in every record: ASCII letters, digits, `-`, `_` and `.`.
  public var name: String
  /// The path it was loaded from, as it was given.
  public var file: String
  /// What the file held when it was read.
  public var source: [UInt8] = []
  /// What the files held that it extends.
  public var bases: [[UInt8]] = []
  /// The variables of the environment that it has in it, as they were then.
  public var variables: [String: String] = [:]
  public var inbox: InboxSettings
  public var outbox: OutboxSettings
  public var done = DoneSettings()
  public var failed = FailedSettings()
  /// How long one article may take.
  public var deadline: Duration
  public var chain: Chain
  /// `discard:` and the routes of `outbox:`.
  public var routing = Routing()
  /// Hex digits over the program's version, every setting and option with its default filled in, and the digests of the
  /// stages, which cover every model, list and file that they use. Comments, the order of keys, quoting and the tests have no part in it. `nil` where the stages
  /// were not made.
  public var digest: String?
  public var tests: [PipelineTest]
  public var origin = Origin()

  /// Where in its file it says what it is called and where its files lie, for diagnostics. What is not written there is
  /// said of the name.
  public struct Origin: Sendable {
    public typealias Span = (start: Diagnostic.Position, end: Diagnostic.Position)

    public var name: Span = (.wholeFile, .wholeFile)
    public var inbox: Span = (.wholeFile, .wholeFile)
    public var outbox: Span = (.wholeFile, .wholeFile)

    public init() {}
  }
}

extension Pipeline {
  /// What its records look like.
  public var recordForm: RecordForm {
    RecordForm(
      offsets: outbox.offsets, alignment: outbox.alignment, layers: chain.layers,
      keys: outbox.keys.isEmpty ? RecordKey.allCases : outbox.keys)
  }
}

/// One entry of a pipeline's `tests`.
public struct PipelineTest: Sendable {
  public var name: String
  /// The text; HTML where it starts with `<`.
  public var input: String
  /// Articles that came before it, oldest first.
  public var earlier: [String] = []
  /// Where it is written.
  public var file = ""
  /// The keys of the record that matter.
  public var expect: Node
}

/// What came of loading: the pipelines that are right, and everything there is to say about the others.
public struct LoadedPipelines: Sendable {
  /// In the order of the paths given, those of a directory by name. Only pipelines without an error.
  public var pipelines: [Pipeline] = []
  /// By file, then by place.
  public var diagnostics: [Diagnostic] = []
  /// Every file that was looked at, in order, whether it was right or not.
  public var files: [SourceFile] = []

  public init() {}

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

extension Diagnostic.Position {
  /// Of a diagnostic that is about the file as a whole.
  public static let wholeFile = Self(line: 0, column: 0)
}

/// The bytes of a file as they were read, to show the lines that diagnostics point at.
public struct SourceFile: Sendable {
  public var path: String
  public var bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}
