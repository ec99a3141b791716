import ArticleIO
import Bytes
import Disk
import Glibc
import PipelineKit
import Spool
import StageKit

/// Finds out everything that a spool knows of one input.
struct Inquiry {
  let view: SpoolView
  /// For commands in messages.
  let rootFlag: String
  let pipelines: [Pipeline]
  let daemon: RunningDaemon?
  let fs: PosixFileSystem

  struct Answer {
    /// What waits first, then what is in flight, then what is settled; the newest first.
    var findings: [Finding]
    /// Older ones that were left out.
    var more = 0

    func members(_ file: String) -> [JSONValue.Member] {
      [
        .init(key: "file", value: .string(file)), .init(key: "more", value: .number("\(more)")),
        .init(key: "findings", value: .array(findings.map(\.json))),
      ]
    }
  }

  /// Something that is known, before its details are looked up.
  private struct Candidate {
    enum What {
      case input(FoundInput)
      case failed(FailedInput)
    }

    var what: What
    var path: Path
    /// 0 waits, 1 is in flight, 2 is settled.
    var stage: Int
    /// When it was last renamed or changed, in nanoseconds since 1970.
    var changed: Int64
    /// What was settled together may have the same time: then the number of the claim tells, 0 where it is not known.
    var number: UInt64
  }

  /// - Parameters:
  ///   - file: a path, or a name, or a path from an inbox.
  ///   - limit: findings at most.
  func answer(_ file: [UInt8], limit: Int) throws(DiskError) -> Answer {
    let asked = Array(file.reversed().drop { $0 == UInt8(ascii: "/") }.reversed())
    let path = Path(asked.isEmpty ? file : asked).absolute
    let place = path.directory.resolved / path.name
    let exists = (try? fs.status(at: place)) ?? nil != nil
    let failed = try view.failedInputs(fs)
    let homes = Dictionary(uniqueKeysWithValues: Set(failed.map(\.failed)).map { ($0, $0.resolved) })
    let entry = failed.first { input in
      let home = homes[input.failed] ?? input.failed
      return home / input.entry == place || home / (input.entry + FailureReason.ending) == place
    }
    let own = entry?.name ?? view.mapPaths(\.resolved).originalName(of: place)
    var names = own.map { [$0] } ?? [path.name]
    if own == nil, let below = Self.relative(asked) { names.insert(below, at: 0) }
    for name in names {
      var candidates = try candidates(for: name, failed)
      // A path into the spool asks for this one file only.
      let mine = exists && own != nil ? candidates.filter { isSame($0, place) } : []
      if !mine.isEmpty { candidates = mine }
      let answer = try answer(candidates, name, limit: limit, isOne: !mine.isEmpty)
      if !answer.findings.isEmpty { return answer }
    }
    return Answer(findings: [])
  }

  /// A path that may be one from an inbox; `nil` for others.
  private static func relative(_ asked: [UInt8]) -> [UInt8]? {
    let parts = asked.split(separator: UInt8(ascii: "/")).map(Array.init).filter { $0 != [UInt8(ascii: ".")] }
    guard parts.count > 1, asked.first != UInt8(ascii: "/"), !parts.contains(Array("..".utf8)) else { return nil }
    return Array(parts.joined(separator: [UInt8(ascii: "/")]))
  }

  private func isSame(_ candidate: Candidate, _ place: Path) -> Bool {
    guard place.name.starts(with: candidate.path.name) else { return false }
    let resolved = candidate.path.directory.resolved / candidate.path.name
    return resolved == place || Path(resolved.bytes + FailureReason.ending) == place
  }

  private func candidates(for name: [UInt8], _ failed: [FailedInput]) throws(DiskError) -> [Candidate] {
    let deep = pipelines.filter { $0.inbox.subfolders != .ignored }.map { Array($0.name.utf8) }
    let inputs = try view.inputs(named: name, deep: Set(deep)).map { input in
      let stage =
        switch input.place {
        case .inbox: 0
        case .claimed: 1
        case .done: 2
        }
      return Candidate(
        what: .input(input), path: input.path, stage: stage, changed: Self.changed(input.path) ?? 0,
        number: input.number ?? 0)
    }
    let failures = failed.filter { isMeant($0.name, by: name) || isMeant($0.entry, by: name) }.map { input in
      let reason = Self.changed(input.reasonPath)
      return Candidate(
        what: .failed(input), path: input.path, stage: 2, changed: reason ?? Self.changed(input.path) ?? 0,
        number: 0)
    }
    return (inputs + failures).sorted { ($0.stage, $1.changed, $1.number) < ($1.stage, $0.changed, $0.number) }
  }

  // MARK: - The answer

  /// - Parameter isOne: one file was asked for, and not a name.
  private func answer(
    _ candidates: [Candidate], _ name: [UInt8], limit: Int, isOne: Bool
  ) throws(DiskError) -> Answer {
    var answer = Answer(findings: [], more: max(0, candidates.count - limit))
    var publications: [String: Publications] = [:]
    for candidate in candidates.prefix(limit) {
      switch candidate.what {
      case .failed(let input): answer.findings.append(finding(input))
      case .input(let input):
        switch input.place {
        case .inbox: if let finding = try waiting(input) { answer.findings.append(finding) }
        case .claimed(let number): answer.findings.append(inFlight(input, number, since: candidate.changed))
        case .done:
          let pipeline = input.lane.places.pipelineName
          var published: Publications
          if let known = publications[pipeline] {
            published = known
          } else {
            published = try Publications(of: name, in: outlets(of: pipeline), fs)
          }
          answer.findings.append(try done(input, &published, since: candidate.changed, isOne: isOne))
          publications[pipeline] = published
        }
      }
    }
    let hasDone = candidates.contains { if case .input(let input) = $0.what { input.place == .done } else { false } }
    if !hasDone, !isOne { answer.findings += try recordsAlone(name) }
    return answer
  }

  /// All that a pipeline ever had: the journal remembers those of outboxes that it had before.
  private func outlets(of pipeline: String) throws(DiskError) -> [OutletFiles] {
    try view.outlets(of: view.lanes.map(\.places).filter { $0.pipelineName == pipeline })
  }

  /// What puts right that a place of earlier runs holds something.
  func adopt(_ places: LanePlaces) -> String {
    let left = view.abandoned.first { $0.places.claimed == places.claimed || $0.places.inbox == places.inbox }
    let into = left?.successor.map { " puts it into ‘\($0.pipelineName)’" } ?? ""
    return (daemon.map { "stop process \($0.pid), then: " } ?? "")
      + "\(left?.fix ?? "linecaster spool adopt")\(rootFlag)\(into)"
  }

  private func inFlight(_ input: FoundInput, _ number: UInt64, since changed: Int64) -> Finding {
    let since = UTC.extended(changed / 1_000_000_000)
    let lines = input.lane.settledLines[number].map { "; \($0) of its lines are settled" } ?? ""
    let message =
      !input.lane.isPresent
      ? "was in flight when its pipeline ‘\(input.lane.places.pipelineName)’ ran last\(lines), and nothing takes it up "
        + "any more; \(adopt(input.lane.places))"
      : daemon == nil
        ? "was in flight when the last run ended\(lines); the next linecaster run takes it up first"
        : "in flight since \(since)\(lines)"
    return Finding(
      state: .inFlight, path: input.path, pipeline: input.lane.places.pipelineName, since: since, message: message)
  }

  private func done(
    _ input: FoundInput, _ published: inout Publications, since changed: Int64, isOne: Bool
  ) throws(DiskError) -> Finding {
    var content = InputContent(input.path, name: input.name, fs)
    var records = isOne ? published.candidates(of: input.name, &content) : published.take(of: input.name, &content)
    let message: String
    let half = records.isEmpty ? writtenLate(input, published) : []
    if !records.isEmpty {
      let superseded = published.superseded(by: records)
      let shown = superseded.map(\.shown).joined(separator: ", ")
      message =
        Self.doneSentence(records)
        + (superseded.isEmpty ? "" : "; this supersedes \(shown) (revision_of)")
      records = superseded + records
    } else if !half.isEmpty {
      message =
        "\(Self.doneSentence(half)); it was written to since, which that does not have: its writer paused for longer than "
        + "‘settle’. A daemon that saw it takes it again by itself; else: linecaster put \(input.path.shown)\(rootFlag)"
      records = half
    } else if content.isEmpty {
      message = "done: it held no articles"
    } else {
      let failures = try view.failedInputs(fs).count { $0.reason?.line != nil && $0.name == input.name }
      message =
        "done; no record of it is in the outbox any more"
        + (failures > 0 ? ", and \(failures) articles of its name are in failed/" : "")
    }
    return Finding(
      state: .done, path: input.path, pipeline: input.lane.places.pipelineName,
      since: UTC.extended(changed / 1_000_000_000), message: message, records: records)
  }

  /// The records of an input that was written to after it was taken.
  private func writtenLate(_ input: FoundInput, _ published: Publications) -> [PublishedPlace] {
    let records = published.newest(of: input.name)
    guard let received = records.last?.received.flatMap({ UTC.seconds(Array($0.utf8)) }),
      let modified = (try? fs.status(at: input.path)?.modified) ?? nil, modified / 1_000_000_000 >= received
    else { return [] }
    return records
  }

  /// Records of inputs that are not kept.
  private func recordsAlone(_ name: [UInt8]) throws(DiskError) -> [Finding] {
    var found: [Finding] = []
    let pipelines = Set(view.lanes.map(\.places.pipelineName))
    for pipeline in pipelines.sorted() {
      let all = try Publications(of: name, in: outlets(of: pipeline), fs).all(of: name)
      for records in all {
        found.append(
          Finding(
            state: .done, pipeline: pipeline,
            message: "\(Self.doneSentence(records)); the input itself is not in done/", records: records))
      }
    }
    return found
  }

  private static func doneSentence(_ records: [PublishedPlace]) -> String {
    let kept = records.filter { $0.discarded == nil }
    let reasons = records.reduce(into: [String]()) { reasons, place in
      if let reason = place.discarded, !reasons.contains(reason) { reasons.append(reason) }
    }
    if reasons.isEmpty { return recordsSentence(records) }
    let discarded = records.filter { $0.discarded != nil }
    let why = reasons.prefix(5).joined(separator: ", ") + (reasons.count > 5 ? ", …" : "")
    if kept.isEmpty {
      return discarded.count == 1
        ? "discarded, \(why): \(stretches(discarded))"
        : "done, \(discarded.count) articles discarded (\(why)): \(stretches(discarded))"
    }
    return recordsSentence(kept) + "; \(discarded.count) discarded (\(why)): \(stretches(discarded))"
  }

  private static func recordsSentence(_ records: [PublishedPlace]) -> String {
    if records.count == 1, let only = records.first { return "done: \(only.shown)" }
    return "done, \(records.count) records: \(stretches(records))"
  }

  private static func stretches(_ records: [PublishedPlace]) -> String {
    // Stretches of lines that follow each other in one file.
    var stretches: [(file: Path, lines: ClosedRange<Int>)] = []
    for place in records {
      if let end = stretches.last, end.file == place.file, end.lines.upperBound + 1 == place.line {
        stretches[stretches.count - 1].lines = end.lines.lowerBound...place.line
      } else {
        stretches.append((place.file, place.line...place.line))
      }
    }
    let shown = stretches.suffix(10).map { stretch in
      let (first, last) = (stretch.lines.lowerBound, stretch.lines.upperBound)
      return "\(stretch.file.shown):\(first)\(last > first ? "-\(last)" : "")"
    }
    return "\(stretches.count > 10 ? "…, " : "")\(shown.joined(separator: ", "))"
  }

  private func finding(_ input: FailedInput) -> Finding {
    let retry = "linecaster retry \(input.path.shown)\(rootFlag)"
    let message: String
    if let reason = input.reason {
      let part = InputKind.part(ofFile: reason.name)
      let line = reason.line.map { "\(part) \($0) of \(Path.printable(reason.name)) " } ?? ""
      message =
        line + reason.sentence
        + (input.status == nil ? "; the input itself was taken away" : "; to run it again: \(retry)")
    } else {
      message = "failed, but its reason file is missing; linecaster spool repair\(rootFlag) writes one"
    }
    return Finding(
      state: .failed, rule: input.reason?.content["class"]?.string, path: input.path,
      pipeline: input.reason?.pipeline, since: input.reason?.content["failed_at"]?.string, message: message,
      reason: input.reason?.content)
  }

  /// When a file was last renamed or changed, in nanoseconds since 1970.
  static func changed(_ path: Path) -> Int64? {
    var answer = stat()
    let name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    guard lstat(name, &answer) == 0 else { return nil }
    return Int64(answer.st_ctim.tv_sec) * 1_000_000_000 + Int64(answer.st_ctim.tv_nsec)
  }
}
