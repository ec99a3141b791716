import ArticleIO
import Glibc

/// A chain in a pipeline file, and its stages.
struct ChainFile: Sendable {
  var path: String
  var stages: [String]

  /// The five stages, and the same without `clean`.
  static let all = [
    ChainFile(path: "Tests/Fuzz/pages.yaml", stages: ["clean", "segment", "entities", "quotes", "dedupe"]),
    ChainFile(path: "Tests/Fuzz/texts.yaml", stages: ["segment", "entities", "quotes", "dedupe"]),
  ]

  var name: String { String(path.split(separator: "/").last ?? "") }
}

/// `linecaster pipe` as a process of its own, one run for each call.
struct PipeProcess {
  /// What came of a run.
  struct Outcome {
    /// Records with their line ends, by the number of their input's line, in the order they came in.
    var records: [(line: Int, bytes: [UInt8])] = []
    /// What standard error says of a line, by its number.
    var refusals: [Int: String] = [:]
    /// Whether it came to its own end: exit code 0, or 65 where a line was refused.
    var isAlive = true
    /// The exit code, and what else standard error said.
    var end = ""
  }

  let command: String
  /// For its input and output; one process at a time.
  let folder: String

  /// A run that takes longer is killed: nothing that is fed here takes seconds.
  private static let seconds = 120

  /// - Parameter lines: without line ends.
  func run(_ chain: ChainFile, _ lines: [[UInt8]]) -> Outcome {
    Files.write(Array(lines.joined(separator: [0x0A])) + [0x0A], to: "\(folder)/in")
    let arguments = [
      "timeout", "-s", "KILL", "\(Self.seconds)", command, "pipe", chain.path, "--workers", "1",
    ]
    var outcome = Outcome()
    let code = spawn(arguments)
    outcome.isAlive = code == 0 || code == 65
    outcome.end = "exit code \(code)"
    for line in Files.read("\(folder)/err").split(separator: 0x0A) {
      let message = String(decoding: line, as: UTF8.self)
      if let number = Self.number(ofRefusal: message) {
        outcome.refusals[number] = message
      } else if outcome.end.utf8.count < 2000 {
        outcome.end += "\n  " + message
      }
    }
    for line in Files.read("\(folder)/out").split(separator: 0x0A) {
      outcome.records.append((Self.number(ofRecord: line), Array(line) + [0x0A]))
    }
    // The last line of a process that died may be cut.
    if !outcome.isAlive, Files.read("\(folder)/out").last != 0x0A, !outcome.records.isEmpty {
      outcome.records.removeLast()
    }
    return outcome
  }

  /// `linecaster: standard input, line 12: …`
  private static func number(ofRefusal message: String) -> Int? {
    let opening = "linecaster: standard input, line "
    guard message.hasPrefix(opening) else { return nil }
    return Int(message.dropFirst(opening.count).prefix { $0.isNumber })
  }

  /// `source.line` of a record: the first key of that name, since the quotes inside a string are escaped.
  private static func number(ofRecord line: ArraySlice<UInt8>) -> Int {
    let key = Array(",\"line\":".utf8)
    var at = line.startIndex
    while at < line.endIndex, !line[at...].starts(with: key) { at += 1 }
    return Int(String(decoding: line[at...].dropFirst(key.count).prefix { 0x30...0x39 ~= $0 }, as: UTF8.self)) ?? 0
  }

  private func spawn(_ arguments: [String]) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let writing = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 0, "\(folder)/in", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "\(folder)/out", writing, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "\(folder)/err", writing, 0o600)
    var strings = arguments.map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    var child = pid_t()
    guard posix_spawnp(&child, arguments[0], &actions, nil, &strings, environ) == 0 else {
      print("mutations: \(arguments[0]) cannot be run")
      exit(74)
    }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    // The codes of a shell: 128 and more for a signal.
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }
}
