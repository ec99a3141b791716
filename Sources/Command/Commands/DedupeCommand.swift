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
      The index of a pipeline is named after it, one that pipelines share after their scope, with an @ before it. That of \
      `pipe --index` is named by its folder.

      EXAMPLES
        linecaster dedupe stats --root /var/lib/linecaster
        linecaster dedupe verify
        linecaster dedupe verify --index ~/known
        linecaster dedupe export --index news | jq -r 'select(.cluster != .id) | .id'
      """,
    subcommands: [
      DedupeStatsCommand.self, DedupeVerifyCommand.self, DedupeCompactCommand.self, DedupeExportCommand.self,
    ])
}

/// The spool, and which of its indexes.
struct IndexOptions: ParsableArguments {
  @OptionGroup var spool: SpoolOptions

  @Option(help: "One index only: a pipeline’s name, @SCOPE, or the folder that pipe --index made.")
  var index: String?

  /// An index and its place.
  struct Found {
    var name: String
    var path: Path
    /// A folder that `pipe --index` made; else it is the spool's.
    var isFolder = false
  }

  func indexes(_ fs: PosixFileSystem) throws -> [Found] {
    try orExit {
      let parent = spool.path / "state" / "dedupe"
      let hasSpool = try fs.status(at: parent)?.kind == .directory
      var found: [Found] = []
      if hasSpool {
        for name in try fs.list(parent).map({ String(decoding: $0, as: UTF8.self) }).sorted() {
          if index == nil || index == name { found.append(Found(name: name, path: parent / name)) }
        }
      }
      if !found.isEmpty { return found }
      guard let index else {
        if hasSpool { return [] }
        throw Complaint(
          "no pipeline with dedupe ran on \(spool.root) yet; name another spool with --root, or the folder of a pipe with "
            + "--index")
      }
      let folder = Path(index).absolute
      if try fs.status(at: folder)?.kind == .directory, try IndexView(fs, folder, isRunning: false).isIndex() {
        return [Found(name: index, path: folder, isFolder: true)]
      }
      throw Complaint("there is no index ‘\(index)’ in \(parent.shown), and no folder \(folder.shown) that holds one")
    }
  }

  func view(_ index: Found, _ fs: PosixFileSystem) -> IndexView {
    // Of a folder what a process is just writing may look damaged: nobody knows of it.
    IndexView(fs, index.path, isRunning: !index.isFolder && RunningDaemon(root: spool.path, fs) != nil)
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
    for index in try options.indexes(fs) {
      let figures = try orExit { try options.view(index, fs).figures() }
      StandardOutput.write(format == .json ? json(index.name, figures) : text(index.name, figures))
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
    for index in try options.indexes(fs) {
      let problems = try orExit { try options.view(index, fs).problems() }
      for problem in problems { StandardOutput.write("\(problem.path.shown): \(problem.message)\n") }
      if problems.isEmpty { StandardOutput.write("\(index.name): all is well\n") }
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
      let isFolder = indexes.first?.isFolder == true
      let place = isFolder ? indexes[0].path / "lock" : options.spool.path / "state" / "lock"
      guard let lock = try fs.lock(place, content: []) else {
        if isFolder {
          throw Complaint(
            "the index \(indexes[0].name) is in use by another process; wait for its end", code: .temporary)
        }
        throw SpoolError.locked(options.spool.path, pid: RunningDaemon(root: options.spool.path, fs)?.pid)
      }
      defer { fs.close(lock) }
      for index in indexes {
        let before = try options.view(index, fs).figures()
        try IndexCompaction(fs, index.path, keeping: Int64(days) * 86_400).run()
        let after = try options.view(index, fs).figures()
        StandardOutput.write(
          "\(index.name): \(before.articles) articles in \(before.bytes) bytes, now \(after.articles) in \(after.bytes)\n"
        )
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
    for index in try options.indexes(fs) {
      var output: [UInt8] = []
      try orExit {
        try options.view(index, fs).visit { article in
          output += json(index.name, article).encoded + [0x0A]
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
