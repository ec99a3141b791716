import ArgumentParser
import ArticleIO
import BuiltinStages
import Glibc
import PipelineKit
import StageKit
import Workers

/// What plugins cost: round trips of processes in C and Python through the built command, and calls of a library beside a stage that is
/// compiled in and does the same.
@main
struct PluginBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin-bench",
    discussion: """
      Run it from the root of the clone, after the command was built. Needs cc and python3.

      EXAMPLE
        swift run -c release --package-path Benchmarks plugin-bench
      """)

  @Option(help: "How many articles of 1 KB.") var articles = 40_000
  @Option(help: "Each figure is the median of so many runs.") var runs = 5
  @Option(help: "Workers.") var workers = 2
  @Option(help: "The built command.") var command = ".build/release/linecaster"

  func run() throws {
    let folder = try BenchFolder()
    defer { folder.remove() }
    try folder.write("articles.jsonl", Self.lines(articles))
    for (name, text) in BenchPlugins.files { try folder.write(name, text) }
    try folder.shell(
      "cc -O2 -I Sources/CLinecasterStage -fPIC -shared -o \(folder.path)/library/count.so \(folder.path)/library/count.c"
    )
    try folder.shell(
      "make -s -C Plugins/examples/echo && cp Plugins/examples/echo/echo \(folder.path)/echo/ && cp Plugins/examples/echo/echo \(folder.path)/echo16/"
    )
    var load = 0.0
    getloadavg(&load, 1)
    print(
      "\(articles) articles of 1 KB, \(workers) workers, medians of \(runs) runs, load at start \((load * 100).rounded() / 100)\n"
    )
    for (label, stage) in [
      ("no plugin (segment)", "segment"), ("process in C, one at a time", "echo"), ("process in C, batch 16", "echo16"),
      ("process in Python, one at a time", "python"), ("process in Python, batch 16", "python16"),
      ("library in C", "count"),
    ] {
      try folder.write("p.yaml", "name: p\nstages: [\(stage == "count" ? "segment, count" : stage)]\n")
      let times = try (0..<runs).map { _ in
        try ContinuousClock().measure {
          try folder.shell(
            "\(command) pipe \(folder.path)/p.yaml --plugins \(folder.path) --workers \(workers) < \(folder.path)/articles.jsonl > /dev/null"
          )
        } / .seconds(1)
      }
      let median = times.sorted()[times.count / 2]
      print("\(Int((Double(articles) / median).rounded())) articles/s\t\(label)")
    }
    try library(folder)
  }

  /// The same work by a library and by a stage in Swift, in this process.
  private func library(_ folder: BenchFolder) throws {
    let found = PluginSearch(besides: .builtin).find(in: ["\(folder.path)/library"])
    guard let kind = StageRegistry.builtin.adding(found)["count"] else { throw BenchError("\(found.diagnostics)") }
    let stage = try kind.make([:], StageContext())
    guard let library = stage as? LibraryStage else { throw BenchError("no library") }
    library.open { print($0) }
    var article = try RawArticle(bytes: Array(Self.line(1).utf8), line: 1, format: .jsonLines).decode(name: [])
    guard let segment = StageRegistry.builtin["segment"] else { throw BenchError("no segment") }
    try Chain([try ChainLink(segment, context: .installed)]).process(
      &article, deadline: .none)
    let calls = 200_000
    func nanoseconds(_ processor: any ArticleProcessor) throws -> Double {
      let times = try (0..<runs).map { _ in
        var copy = article
        return try ContinuousClock().measure {
          for _ in 0..<calls { try processor.process(&copy, deadline: .none) }
        } / .nanoseconds(calls)
      }
      return times.sorted()[times.count / 2]
    }
    let (there, here) = (try nanoseconds(library), try nanoseconds(CountStage()))
    print(
      "\(Int(there.rounded())) ns a call of the library, \(Int(here.rounded())) ns of the same in Swift: \(Int((there - here).rounded())) ns more"
    )
  }

  private static func line(_ number: Int) -> String {
    let words = [
      "the", "harbour", "of", "Holmvik", "reopened", "on", "Thursday", "repairs", "cost", "three", "million",
    ]
    var text = ""
    var place = number
    while text.utf8.count < 1000 {
      text += words[place % words.count] + (place % 13 == 0 ? ". " : " ")
      place = (place * 31 + 7) % 1_000_003
    }
    return "{\"id\":\"\(number)\",\"text\":\"\(text)\"}"
  }

  private static func lines(_ count: Int) -> String { (0..<count).map { line($0) + "\n" }.joined() }
}

/// How many sentences there are, in Swift.
private struct CountStage: ArticleProcessor {
  private static let layer = OwnLayer<Int>(
    "swift_count", help: "Sentences.", .integer(from: 0), standsOnText: false, write: { $0.json.integer($1) },
    read: { node, _ throws(RecordProblem) in try node.integer() })

  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    article[Self.layer] = article.segmentation?.sentences.count
  }
}

struct BenchError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// A folder for one run.
struct BenchFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/plugin-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw BenchError("no folder can be made in /tmp") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  func write(_ name: String, _ text: String) throws {
    if let slash = name.lastIndex(of: "/") { mkdir("\(path)/\(name[..<slash])", 0o755) }
    guard let file = fopen("\(path)/\(name)", "w") else { throw BenchError("\(path)/\(name) cannot be written") }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
      throw BenchError("\(path)/\(name) cannot be written")
    }
  }

  func shell(_ line: String) throws {
    var child = pid_t()
    var arguments = ["/bin/sh", "-c", line].map { (word: String) in strdup(word) } + [nil]
    defer { for argument in arguments { free(argument) } }
    guard posix_spawn(&child, "/bin/sh", nil, nil, &arguments, environ) == 0 else { throw BenchError("no shell") }
    var status: CInt = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else { throw BenchError("‘\(line)’ failed") }
  }

  func remove() { try? shell("rm -rf \(path)") }
}
