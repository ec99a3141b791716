import ArticleIO
import Bytes
import Disk
import Spool
import StageKit

/// Something in `failed/`: an input, the reason beside it, or one of the two alone.
struct FailedInput {
  /// The directory.
  var failed: Path
  /// The input's path from there.
  var entry: [UInt8]
  /// `nil` where only the reason is left.
  var status: FileStatus?
  /// `nil` where only the input is left.
  var reason: FailureReason?

  var path: Path { failed / entry }
  var reasonPath: Path { failed / (entry + FailureReason.ending) }
  /// Its path from the inbox.
  var name: [UInt8] { reason?.name ?? entry }
}

/// What a `NAME.reason.json` says.
struct FailureReason {
  static let ending = Array(".reason.json".utf8)

  /// Its path from the inbox.
  var name: [UInt8]
  /// Of a file with many articles.
  var line: Int?
  var pipeline: String?
  /// Everything it says.
  var content: JSONValue

  init?(_ bytes: [UInt8]) {
    guard let content = try? JSONValue(parsing: bytes), let name = content["name"]?.string else { return nil }
    self.content = content
    func given(_ key: String) -> [UInt8]? {
      content["\(key)_hex"]?.string.flatMap { Hex.decode(Array($0.utf8)) }
        ?? content[key]?.string.map { Array($0.utf8) }
    }
    self.name = given("path") ?? given("name") ?? Array(name.utf8)
    line = content["line"]?.int
    pipeline = content["pipeline"]?.string
  }

  var attempts: Int { content["attempts"]?.int ?? 1 }
  /// Seconds since 1970.
  var first: Int64? { (content["first_at"] ?? content["failed_at"])?.string.flatMap { UTC.seconds(Array($0.utf8)) } }

  /// When it failed last, in seconds since 1970.
  var last: Int64? { content["failed_at"]?.string.flatMap { UTC.seconds(Array($0.utf8)) } }

  /// “failed in stage ‘clean’ at 2026-11-21T19:14:00Z: the text is empty”
  var sentence: String {
    let stage = content["stage"]?.string.map { " in stage ‘\($0)’" } ?? ""
    let time = (content["last_failed_at"] ?? content["failed_at"])?.string.map { " at \($0)" } ?? ""
    return "failed\(stage)\(time): \(content["message"]?.string ?? "the reason file says nothing")"
  }
}

extension SpoolView {
  /// Everything in the directories of failed inputs, by name.
  func failedInputs(_ fs: PosixFileSystem) throws(DiskError) -> [FailedInput] {
    var found: [FailedInput] = []
    for failed in Set(lanes.map(\.places.failed)).sorted() {
      let ending = FailureReason.ending
      var entries: Set<[UInt8]> = []
      for path in try FailedDirectory.files(failed, fs) {
        guard let name = path.below(failed) else { continue }
        entries.insert(name.suffix(ending.count).elementsEqual(ending) ? Array(name.dropLast(ending.count)) : name)
      }
      for entry in entries.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        var input = FailedInput(failed: failed, entry: entry)
        input.status = try fs.status(at: input.path)
        input.reason = try? FailureReason(fs.content(of: input.reasonPath))
        found.append(input)
      }
    }
    return found
  }

  /// The pipeline whose inbox a failed input goes to: the one that its reason names, or that took the place of that one;
  /// `nil` where nothing tells.
  func lane(of input: FailedInput) -> KnownLane? {
    if let pipeline = input.reason?.pipeline, !pipeline.isEmpty { return successor(named: pipeline) }
    let candidates = lanes.filter { $0.places.failed == input.failed && $0.places.hasInbox }
    let present = candidates.filter(\.isPresent)
    if !present.isEmpty { return present.count == 1 ? present.first : nil }
    let successors = candidates.compactMap { successor(of: $0.places) }
    return Set(successors.map(\.places.pipeline)).count == 1 ? successors.first : nil
  }
}

extension PosixFileSystem {
  func content(of path: Path) throws(DiskError) -> [UInt8] {
    let file = try open(path, for: .reading)
    defer { close(file) }
    return try readAll(file)
  }
}
