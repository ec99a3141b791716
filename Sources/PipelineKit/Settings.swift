import ArticleIO
import StageKit

/// When a file in an inbox is complete.
public enum Readiness: String, CaseIterable, Sendable {
  /// Renamed in, or written here and quiet for a while.
  case auto
  /// Renamed in only.
  case rename
  /// `NAME` once `NAME.done` stands beside it.
  case marker
}

/// What becomes of the folders below an inbox.
public enum Subfolders: String, CaseIterable, Sendable {
  case ignored = "false"
  /// Files in them are inputs like those in the inbox itself.
  case read = "true"
  /// The same, and the folders' names become tags.
  case tags
}

/// `inbox:` where articles come from.
public struct InboxSettings: StageOptions, Equatable {
  /// A directory, under the spool's root unless it is absolute.
  public var path = "inbox"
  /// Shell patterns over file names.
  public var accept = defaultPatterns
  public var ready = Readiness.auto
  public var subfolders = Subfolders.ignored
  /// Milliseconds without a write after which a file that was not renamed in is ready.
  public var settleMilliseconds = 500
  /// Bytes of one input file, or of what a compressed one expands to.
  public var maxInput = 64 << 20
  /// Articles a second at most; 0 for no limit.
  public var rate = 0.0

  public init() {}

  public var settle: Duration { .milliseconds(settleMilliseconds) }

  private static let defaultPatterns = InputFormat.all.flatMap(\.endings).flatMap { ending in
    ["*\(ending)"] + Packing.allCases.map { "*\(ending)\($0.ending)" }
  }

  static let table = OptionTable<InboxSettings>([
    .text("path", \.path, help: "The directory to watch, under the spool's root.", example: "inbox"),
    .texts(
      "accept", \.accept,
      help: "Patterns of the file names to take; other files are left alone. An ending fits in capitals too.",
      example: #"["*.txt", "*.html"]"#),
    .choice(
      "ready", \.ready,
      help: "What makes a file ready. auto: renamed in, or written here and quiet for ‘settle’. rename: renamed in; a "
        + "file that is written here is left alone, one that was here before the start is taken once it is quiet. "
        + "marker: NAME is taken when NAME.done stands beside it, which is then removed.", example: "rename"),
    .choice(
      "subfolders", \.subfolders,
      help: "Whether files in folders below the inbox are taken, too; ‘source.path’ says where one lay. With tags, the "
        + "folders’ names are added to the article’s tags. Symbolic links are not followed, and folders whose names begin "
        + "with a dot or end as those of unfinished files are left alone.", example: "true"),
    .duration(
      "settle", \.settleMilliseconds, in: 0...3_600_000,
      help: "A file renamed in is ready at once; a written one after this much quiet.", example: "500ms"),
    .size("max_input", \.maxInput, in: 1...(1 << 30), help: "Larger files are refused.", example: "64MiB"),
    .number(
      "rate", \.rate, in: 0...1_000_000, help: "How many articles are taken in a second at most. 0: as many as come.",
      example: "20"),
  ])
}

/// `outbox:` where the lines go.
public struct OutboxSettings: StageOptions, Equatable {
  /// A directory, under the spool's root unless it is absolute.
  public var path = "outbox"
  public var offsets = OffsetUnit.codepoints
  /// Whether records tell where text and metadata stood in the source.
  public var alignment = false
  /// What records have beside the keys that are always there; empty for all.
  public var keys: [RecordKey] = []
  /// Bytes that stay free on the disks of inbox and outbox.
  public var minFree = 1 << 30
  /// Of sealed files; 0 for ever.
  public var keepMilliseconds = 0
  /// Bytes of sealed files that are kept; 0 for all.
  public var size = 0
  public var roll = RollSettings()

  public init() {}

  static let table = OptionTable<OutboxSettings>([
    .text("path", \.path, help: "The directory of the output files, under the spool's root.", example: "outbox"),
    .choice("offsets", \.offsets, help: "What offsets into the text count.", example: "utf16"),
    .bool(
      "alignment", \.alignment,
      help: "Whether each record says where its text, headline, byline, captions, credits and date stood in the "
        + "source.",
      example: "true"),
    .choices(
      "keys", \.keys,
      help: "The keys that records have; others are left out. "
        + "\(RecordKey.allCases.filter(\.isAlwaysThere).map(\.rawValue).joined(separator: ", ")) are always there. Empty: all.",
      example: "[title, url, text, quotes]"),
    .size(
      "min_free", \.minFree, in: 0...(1 << 50),
      help: "With less free space than this on the disks of inbox and outbox nothing new is taken in. The default is "
        + "5 % of a disk where that is less. 0: no limit.", example: "5GiB"),
    .duration(
      "keep", \.keepMilliseconds, in: 0...3_153_600_000_000,
      help: "How long sealed files are kept. 0s: for ever.", example: "365d"),
    .size(
      "size", \.size, in: 0...(1 << 50),
      help:
        "How much of sealed files is kept in each folder of the outbox: where there is more, the oldest are removed. 0B: all of them.",
      example: "50GiB"),
  ])
}

/// `done: {keep: …}` or `done: remove`: what becomes of inputs whose lines stand in the outbox.
public struct DoneSettings: StageOptions, Equatable {
  /// 0 for ever.
  public var keepMilliseconds = 30 * 86_400_000
  /// Not kept at all.
  public var isRemoved = false

  public init() {}

  static let remove = "remove"
  static let table = OptionTable<DoneSettings>([
    .duration(
      "keep", \.keepMilliseconds, in: 0...3_153_600_000_000,
      help: "How long inputs that are done are kept, in whole days. 0s: for ever.", example: "30d")
  ])
}

/// `failed: {keep: …}`
public struct FailedSettings: StageOptions, Equatable {
  /// 0 for ever.
  public var keepMilliseconds = 0

  public init() {}

  static let table = OptionTable<FailedSettings>([
    .duration(
      "keep", \.keepMilliseconds, in: 0...3_153_600_000_000,
      help: "How long inputs that failed are kept, with their reasons. 0s: for ever.", example: "90d")
  ])
}

/// `outbox: {roll: …}` when the live file is sealed.
public struct RollSettings: StageOptions, Equatable {
  /// Bytes.
  public var size = 64 << 20
  public var everyMilliseconds = 3_600_000

  public init() {}

  public var every: Duration { .milliseconds(everyMilliseconds) }

  static let table = OptionTable<RollSettings>([
    .size("size", \.size, in: 1...(1 << 40), help: "Bytes at which the live file is sealed.", example: "64MiB"),
    .duration(
      "every", \.everyMilliseconds, in: 1000...31_536_000_000,
      help: "How old the live file may grow before it is sealed.", example: "1h"),
  ])
}

/// The settings at the top of the file that are single values.
struct TopSettings: StageOptions {
  var name = ""
  var deadlineMilliseconds = 10_000

  static let table = OptionTable<TopSettings>([
    .text(
      "name", \.name,
      help: "What the output file is called, and what stands in every record: letters, digits, ‘-’, ‘_’ and ‘.’.",
      example: "news"),
    .duration(
      "deadline", \.deadlineMilliseconds, in: 1...3_600_000,
      help: "How long one article may take before it goes to failed/.", example: "10s"),
  ])
}

/// An item of `tests:`, but for what it expects.
struct TestSettings: StageOptions {
  var name = ""
  var input = ""
  var earlier: [String] = []

  static let table = OptionTable<TestSettings>([
    .text("name", \.name, help: "What the test shows.", example: "a surname resolves to the full name"),
    .text("input", \.input, help: "The article’s text; HTML where it starts with ‘<’.", example: "Ann came."),
    .texts(
      "earlier", \.earlier, help: "Articles that came before it, oldest first, for what dedupe remembers.",
      example: "[Ann came yesterday.]"),
  ])
}

/// An item of `discard:`.
struct DiscardSettings: StageOptions {
  var when = ""
  var reason = ""

  static let table = OptionTable<DiscardSettings>([
    .condition("when", \.when, help: "The articles that get no record.", example: "words < 50"),
    .text(
      "reason", \.reason, help: "Why: it stands in the article’s line, and ‘status’ counts by it.", example: "too short"
    ),
  ])
}

/// An item of `outbox: {route: …}`.
struct RouteSettings: StageOptions {
  var when = ""
  var to = ""

  static let table = OptionTable<RouteSettings>([
    .condition("when", \.when, help: "The articles whose records it takes.", example: #"tags == "sport""#),
    .text(
      "to", \.to, help: "The folder of the outbox that they go to: letters, digits, ‘-’ and ‘_’.", example: "sport"),
  ])
}
