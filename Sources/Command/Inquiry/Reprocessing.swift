import ArticleIO
import Bytes
import Disk
import Spool
import StageKit

/// Finds the inputs of one pipeline in `done/` that are to go through its chain of now, and the records that theirs supersede.
struct Reprocessing {
  let view: SpoolView
  let lane: SpoolView.KnownLane
  let fs: PosixFileSystem

  /// Which inputs are meant.
  struct Choice {
    /// Paths, or names in the inbox; all where it is empty.
    var files: [[UInt8]] = []
    /// Records from then on, in seconds since 1970.
    var since = Int64.min
    /// The chain whose records stay as they are; `nil` where all are made anew.
    var current: String?
  }

  struct Input {
    /// In `done/`.
    var path: Path
    /// Its path from the inbox.
    var name: [UInt8]
    var records: [PublishedPlace]
    /// Files in `failed/` that tell of lines of it.
    var outdated: [Path] = []
  }

  struct Found {
    var inputs: [Input] = []
    /// Those whose records the chain of now made.
    var upToDate = 0
    /// Those of which no record is in the outbox any more.
    var withoutRecord = 0
  }

  func find(_ choice: Choice) throws(DiskError) -> Found {
    var found = Found()
    let candidates = try view.done(of: lane, since: choice.since).filter { isChosen($0, by: choice.files) }
    if candidates.isEmpty { return found }
    let outlets = try view.outlets(of: view.lanes.map(\.places).filter { $0.pipeline == lane.places.pipeline })
    // One that may have had two names is looked for under both.
    let only = candidates.count == 1 && candidates[0].names.count == 1 ? candidates[0].names[0] : nil
    var published = try Publications(of: only, in: outlets, fs)
    let failed = try view.failedInputs(fs).filter { $0.reason?.line != nil && $0.status != nil }
    let failedByName = Dictionary(grouping: failed, by: \.name)
    // The newest of a name first: several may have had the same content.
    for (candidate, _) in candidates.map({ ($0, Inquiry.changed($0.path) ?? 0) }).sorted(by: { $0.1 > $1.1 }) {
      var input = Input(path: candidate.path, name: candidate.path.name, records: [])
      for name in candidate.names where input.records.isEmpty {
        input.name = name
        var content = InputContent(candidate.path, name: name, fs)
        input.records = published.take(of: name, &content)
        for line in failedByName[name] ?? [] where Self.tells(line, of: &content, fs) {
          input.outdated += [line.path, line.reasonPath]
        }
      }
      let newest = input.records.compactMap { $0.received.flatMap { UTC.seconds(Array($0.utf8)) } }.max()
      if input.records.isEmpty {
        found.withoutRecord += 1
      } else if let newest, newest < choice.since {
        continue
      } else if let current = choice.current, input.records.allSatisfy({ $0.digest == current }) {
        found.upToDate += 1
      } else {
        found.inputs.append(input)
      }
    }
    // In the order in which they came.
    found.inputs.sort { ($0.records[0].sequence ?? 0) < ($1.records[0].sequence ?? 0) }
    return found
  }

  private func isChosen(_ input: (path: Path, names: [[UInt8]]), by files: [[UInt8]]) -> Bool {
    if files.isEmpty { return true }
    return files.contains { file in
      if input.names.contains(where: { isMeant($0, by: file) }) { return true }
      let path = Path(file).absolute
      // Folders are looked up only where the names are the same.
      return path.name == input.path.name && input.path.directory.resolved == path.directory.resolved
    }
  }

  /// Whether what failed is a line of this very input.
  private static func tells(_ failed: FailedInput, of content: inout InputContent, _ fs: PosixFileSystem) -> Bool {
    guard let line = failed.reason?.line, let file = try? fs.open(failed.path, for: .reading) else { return false }
    defer { fs.close(file) }
    guard var bytes = try? fs.readAll(file) else { return false }
    // Lines are kept with their end.
    if bytes.last == 0x0A { bytes.removeLast() }
    return content.digest(ofLine: line) == String(decoding: Hex.encode(SHA256.digest(bytes)), as: UTF8.self)
  }
}

extension Reprocessing.Input {
  /// As the daemon's verb takes it.
  ///
  /// - Parameters:
  ///   - places: of its pipeline.
  ///   - chains: what ran and runs; `nil` where nothing is to be said of that.
  func request(_ places: LanePlaces, _ chains: ChainComparison?) -> JSONValue {
    let earlier = records.compactMap { record -> JSONValue? in
      guard record.discarded == nil, let stages = chains?.sameStages(as: record.digest),
        let path = record.file.below(places.outbox).flatMap({ String(validating: $0, as: UTF8.self) })
      else { return nil }
      let numbers = [record.offset, record.byteCount, stages].map { JSONValue.number("\($0)") }
      return .array([.number("\(record.sourceLine ?? 0)"), .string(path)] + numbers)
    }
    return .object(
      [Self.member("place", path.below(places.done) ?? []), Self.member("name", name)] + [
        .init(
          key: "records",
          value: .array(runs.map { .array([$0.line, $0.sequence, $0.count].map { .number("\($0)") }) })),
        .init(
          key: "outdated",
          value: .array(outdated.map { .object([Self.member("path", $0.below(places.failed) ?? [])]) })),
        .init(key: "earlier", value: .array(earlier)),
      ])
  }

  private static func member(_ key: String, _ path: [UInt8]) -> JSONValue.Member {
    if let text = String(validating: path, as: UTF8.self) { return .init(key: key, value: .string(text)) }
    return .init(key: "\(key)_hex", value: .string(String(decoding: Hex.encode(path), as: UTF8.self)))
  }

  /// Lines that follow each other and whose records have numbers that do.
  private var runs: [(line: Int, sequence: Int, count: Int)] {
    var runs: [(line: Int, sequence: Int, count: Int)] = []
    // What was discarded has no record to supersede.
    for record in records where record.discarded == nil {
      guard let sequence = record.sequence.flatMap(Int.init(exactly:)) else { continue }
      let line = record.sourceLine ?? 0
      if let last = runs.last, last.line + last.count == line, last.sequence + last.count == sequence {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((line, sequence, 1))
      }
    }
    return runs
  }
}

/// Tells how many stages, from the first on, the chain of an old record has in common with the one of now.
struct ChainComparison {
  /// Of the chain of now, `NAME=DIGEST` each.
  let stages: [String]
  /// Of all that ran, by the digest of their pipelines.
  let known: [String: [String]]

  /// Metadata that a plugin found stand in the record beside those of others, and could not be taken out again.
  private static let foundByText = ["clean", "segment", "entities", "quotes", "dedupe"]

  /// `nil` where all stages have to run.
  func sameStages(as digest: String) -> Int? {
    guard let former = known[digest] else { return nil }
    let same = zip(former, stages).prefix { $0 == $1 }.count
    let isFree = former[same...].allSatisfy { stage in Self.foundByText.contains { stage.hasPrefix("\($0)=") } }
    return same > 0 && isFree ? same : nil
  }
}
