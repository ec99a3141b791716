import ArgumentParser
import ArticleIO
import Bytes
import Dedupe
import Disk
import Spool
import StageKit
import Terminal

struct DedupeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dedupe",
    abstract: "Look into a spool's index of articles, check it, make it smaller.",
    discussion: """
      The index of a pipeline is named after it, one that pipelines share after their scope, with an @ before it.

      EXAMPLES
        linecaster dedupe stats --root /var/lib/linecaster
        linecaster dedupe verify
        linecaster dedupe export --index news | jq -r 'select(.cluster != .id) | .id'
      """,
    subcommands: [
      DedupeStatsCommand.self, DedupeVerifyCommand.self, DedupeCompactCommand.self, DedupeExportCommand.self,
    ])
}

/// The spool, and which of its indexes.
struct IndexOptions: ParsableArguments {
  @OptionGroup var spool: SpoolOptions

  @Option(help: "One index only: a pipeline’s name, or @SCOPE.")
  var index: String?

  /// Names and places.
  func indexes(_ fs: PosixFileSystem) throws -> [(name: String, path: Path)] {
    try orExit {
      let parent = spool.path / "state" / "dedupe"
      guard try fs.status(at: parent)?.kind == .directory else {
        throw Complaint("no pipeline with dedupe ran on \(spool.root) yet; name another spool with --root")
      }
      var found: [(name: String, path: Path)] = []
      for name in try fs.list(parent).map({ String(decoding: $0, as: UTF8.self) }).sorted() {
        if index == nil || index == name { found.append((name, parent / name)) }
      }
      if let index, found.isEmpty { throw Complaint("there is no index ‘\(index)’ in \(parent.shown)") }
      return found
    }
  }

  func view(_ path: Path, _ fs: PosixFileSystem) -> IndexView {
    IndexView(fs, path, isRunning: RunningDaemon(root: spool.path, fs) != nil)
  }
}

struct DedupeStatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Say how many articles the indexes hold, since when, and in how much space.",
    discussion: """
      Works beside a running daemon, whose last few articles may not be counted yet. With --format json one object a \
      line: index, articles, copies, slices, bytes, oldest, newest, damaged_files.

      EXAMPLE
        linecaster dedupe stats --root /var/lib/linecaster
      """)

  @OptionGroup var options: IndexOptions

  @Option(help: "How to print it.")
  var format: SpoolCheckCommand.Format = .text

  func run() throws {
    let fs = PosixFileSystem()
    for (name, path) in try options.indexes(fs) {
      let figures = try orExit { try options.view(path, fs).figures() }
      StandardOutput.write(format == .json ? json(name, figures) : text(name, figures))
    }
  }

  private func text(_ name: String, _ figures: IndexView.Figures) -> String {
    guard let oldest = figures.oldest, let newest = figures.newest else { return "\(name): no articles\n" }
    var text =
      "\(name): \(figures.articles) articles, \(figures.copies) of them copies, from \(UTC.extended(oldest)) to "
    text += "\(UTC.extended(newest)); \(figures.bytes) bytes, \(figures.bytes / figures.articles) an article, in "
    text += "\(figures.slices) slices\n"
    if figures.damagedFiles > 0 { text += "\(name): \(figures.damagedFiles) damaged files were set aside\n" }
    return text
  }

  private func json(_ name: String, _ figures: IndexView.Figures) -> String {
    let value = JSONValue.object([
      .init(key: "index", value: .string(name)),
      .init(key: "articles", value: .number("\(figures.articles)")),
      .init(key: "copies", value: .number("\(figures.copies)")),
      .init(key: "slices", value: .number("\(figures.slices)")),
      .init(key: "bytes", value: .number("\(figures.bytes)")),
      .init(key: "oldest", value: figures.oldest.map { .string(UTC.extended($0)) } ?? .null),
      .init(key: "newest", value: figures.newest.map { .string(UTC.extended($0)) } ?? .null),
      .init(key: "damaged_files", value: .number("\(figures.damagedFiles)")),
    ])
    return String(decoding: value.encoded, as: UTF8.self) + "\n"
  }
}

struct DedupeVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read the indexes whole and say what is damaged.",
    discussion: """
      Every entry and every table is held against its checksum, and each table against its entries. Works beside a \
      running daemon. A start goes on without what is damaged; linecaster dedupe compact leaves it out for good.

      Exit codes: 0 all is well, 1 something is damaged.

      EXAMPLE
        linecaster dedupe verify --root /var/lib/linecaster
      """)

  @OptionGroup var options: IndexOptions

  func run() throws {
    let fs = PosixFileSystem()
    var isGood = true
    for (name, path) in try options.indexes(fs) {
      let problems = try orExit { try options.view(path, fs).problems() }
      for problem in problems { StandardOutput.write("\(problem.path.shown): \(problem.message)\n") }
      if problems.isEmpty { StandardOutput.write("\(name): all is well\n") }
      isGood = isGood && problems.isEmpty
    }
    if !isGood { throw ExitCode.failure }
  }
}

struct DedupeCompactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Leave out what is old or damaged, and put small slices together.",
    discussion: """
      Needs the spool for itself: stop the daemon first. A running daemon gives back the space of what is older than \
      the window by itself; this is for a window that became shorter, and for damaged files, which are removed.

      Exit codes: 0 done, 75 a daemon has the spool.

      EXAMPLE
        linecaster dedupe compact --days 30
      """)

  @OptionGroup var options: IndexOptions

  @Option(help: "Articles that arrived so many days before the newest are left out.")
  var days = 30

  func validate() throws {
    if days < 1 { throw ValidationError("--days must be at least 1") }
  }

  func run() throws {
    let fs = PosixFileSystem()
    let indexes = try options.indexes(fs)
    try orExit {
      guard let lock = try fs.lock(options.spool.path / "state" / "lock", content: []) else {
        throw SpoolError.locked(options.spool.path, pid: RunningDaemon(root: options.spool.path, fs)?.pid)
      }
      defer { fs.close(lock) }
      for (name, path) in indexes {
        let before = try options.view(path, fs).figures()
        try IndexCompaction(fs, path, keeping: Int64(days) * 86_400).run()
        let after = try options.view(path, fs).figures()
        StandardOutput.write(
          "\(name): \(before.articles) articles in \(before.bytes) bytes, now \(after.articles) in \(after.bytes)\n")
      }
    }
  }
}

struct DedupeExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print every article that an index knows, one JSON object a line.",
    discussion: """
      Keys: index, id, seq, received, cluster, text_hash, and with --sketches the smallest hashes of its 5-grams and \
      whether these are all. Works beside a running daemon.

      EXAMPLE
        linecaster dedupe export --index news > known.jsonl
      """)

  @OptionGroup var options: IndexOptions

  @Flag(help: "Print the sketches too.")
  var sketches = false

  func run() throws {
    let fs = PosixFileSystem()
    for (name, path) in try options.indexes(fs) {
      var output: [UInt8] = []
      try orExit {
        try options.view(path, fs).visit { article in
          output += json(name, article).encoded + [0x0A]
          if output.count > 1 << 20 {
            StandardOutput.write(output)
            output = []
          }
        }
      }
      StandardOutput.write(output)
    }
  }

  private func json(_ index: String, _ article: IndexView.Article) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init(key: "index", value: .string(index)),
      .init(key: "id", value: .string(String(decoding: article.id, as: UTF8.self))),
      .init(key: "seq", value: article.sequence.map { .number("\($0)") } ?? .null),
      .init(key: "received", value: .string(UTC.extended(article.arrival))),
      .init(key: "cluster", value: .string(String(decoding: article.cluster, as: UTF8.self))),
      .init(key: "text_hash", value: .string(String(article.textHash, radix: 16, width: 16))),
    ]
    if sketches {
      members.append(.init(key: "hashes", value: .array(article.hashes.map { .number("\($0)") })))
      members.append(.init(key: "complete", value: .bool(article.isComplete)))
    }
    return .object(members)
  }
}
