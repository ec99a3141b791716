import ArticleIO
import Bytes
import PipelineKit
import StageKit

/// What goes to a worker.
enum Request: Sendable {
  case article(ArticleWork)
  /// A line of the outbox, of which the decider has to know again.
  case remember([UInt8])
  /// The beginning of a file that is to be cut into articles: its kind, and how many bytes an article may have.
  case split(InputKind, limit: Int)
  /// More of that file; no bytes at its end.
  case piece([UInt8])
  /// One of the tests that the pipeline's file holds, from 0.
  case test(Int)
  /// An article of which every stage is to be told.
  case simulate(ArticleWork)

  private enum Kind: UInt8 { case article = 1, remember, split, piece, test, simulate }

  var frame: [UInt8] {
    switch self {
    case .article(let work), .simulate(let work):
      let kind = if case .simulate = self { Kind.simulate } else { Kind.article }
      var writer = FrameWriter(kind: kind.rawValue, reserving: work.byteCount)
      work.write(to: &writer)
      return writer.finish()
    case .remember(let line):
      var writer = FrameWriter(kind: Kind.remember.rawValue, reserving: line.count)
      writer.bytes(line)
      return writer.finish()
    case .split(let kind, let limit):
      var writer = FrameWriter(kind: Kind.split.rawValue)
      writer.inputKind(kind)
      writer.number(limit)
      return writer.finish()
    case .piece(let bytes):
      var writer = FrameWriter(kind: Kind.piece.rawValue, reserving: bytes.count)
      writer.bytes(bytes)
      return writer.finish()
    case .test(let number):
      var writer = FrameWriter(kind: Kind.test.rawValue)
      writer.number(number)
      return writer.finish()
    }
  }

  init(_ frame: Frame) throws(FrameProblem) {
    var reader = FrameReader(frame)
    switch Kind(rawValue: frame.kind) {
    case .article: self = .article(try ArticleWork(from: &reader))
    case .remember: self = .remember(try reader.bytes())
    case .split: self = .split(try reader.inputKind(), limit: try reader.integer())
    case .piece: self = .piece(try reader.bytes())
    case .test: self = .test(try reader.integer())
    case .simulate: self = .simulate(try ArticleWork(from: &reader))
    case nil: throw FrameProblem("an unknown request \(frame.kind)")
    }
    try reader.finish()
  }
}

/// What comes from a worker.
enum Answer: Sendable {
  /// The first: what of the sandbox is in force.
  case ready(SandboxReport)
  case outcome(WorkOutcome)
  /// What a decider needs to remember an article; `nil` where the line is no record.
  case memory(RememberedArticle?)
  /// The file that was to be cut is one article.
  case isOne
  case part(ArticleFeed.Item)
  /// All parts of a file came, or what is wrong with it as a whole.
  /// With how many records were passed over.
  case splitEnd(InputError?, passedOver: Int)
  case tested(TestOutcome)
  /// What each stage did, as JSON.
  case simulated([UInt8])

  private enum Kind: UInt8 {
    case ready = 1, record, failure, memory, isOne, part, badPart, splitEnd, tested, simulated
  }

  var frame: [UInt8] {
    switch self {
    case .ready(let report):
      var writer = FrameWriter(kind: Kind.ready.rawValue)
      for number in report.numbers { writer.number(Int(number)) }
      return writer.finish()
    case .outcome(.record(let record)):
      var writer = FrameWriter(kind: Kind.record.rawValue, reserving: record.parts.bytes.count + 2048)
      record.write(to: &writer)
      return writer.finish()
    case .outcome(.failure(let failure)):
      var writer = FrameWriter(kind: Kind.failure.rawValue)
      failure.write(to: &writer)
      return writer.finish()
    case .memory(let remembered):
      var writer = FrameWriter(kind: Kind.memory.rawValue)
      writer.optional(remembered) { $1.write(to: &$0) }
      return writer.finish()
    case .isOne: return FrameWriter(kind: Kind.isOne.rawValue).finish()
    case .part(.article(let raw)):
      var writer = FrameWriter(kind: Kind.part.rawValue, reserving: raw.bytes.count)
      writer.raw(raw)
      return writer.finish()
    case .part(.badLine(let line, let error)):
      var writer = FrameWriter(kind: Kind.badPart.rawValue)
      writer.number(line)
      writer.error(error)
      return writer.finish()
    case .splitEnd(let error, let passedOver):
      var writer = FrameWriter(kind: Kind.splitEnd.rawValue)
      writer.optional(error) { $0.error($1) }
      writer.number(passedOver)
      return writer.finish()
    case .simulated(let bytes):
      var writer = FrameWriter(kind: Kind.simulated.rawValue, reserving: bytes.count)
      writer.bytes(bytes)
      return writer.finish()
    case .tested(let outcome):
      var writer = FrameWriter(kind: Kind.tested.rawValue, reserving: outcome.line.count)
      writer.bytes(outcome.line)
      writer.optional(outcome.discarded) { $0.text($1) }
      for texts in [outcome.problems, outcome.remarks] {
        writer.number(texts.count)
        for text in texts { writer.text(text) }
      }
      return writer.finish()
    }
  }

  init(_ frame: Frame) throws(FrameProblem) {
    var reader = FrameReader(frame)
    switch Kind(rawValue: frame.kind) {
    case .ready:
      let numbers = [Int32(clamping: try reader.integer()), Int32(clamping: try reader.integer())]
      guard let report = SandboxReport(numbers: numbers) else { throw FrameProblem("no report of a sandbox") }
      self = .ready(report)
    case .record: self = .outcome(.record(try FinishedRecord(from: &reader)))
    case .failure: self = .outcome(.failure(try WorkFailure(from: &reader)))
    case .memory:
      self = .memory(
        try reader.optional { reader throws(FrameProblem) in try RememberedArticle(from: &reader) })
    case .isOne: self = .isOne
    case .part: self = .part(.article(try reader.raw()))
    case .badPart: self = .part(.badLine(try reader.integer(), try reader.error()))
    case .splitEnd:
      let error = try reader.optional { reader throws(FrameProblem) in try reader.error() }
      self = .splitEnd(error, passedOver: try reader.integer())
    case .simulated: self = .simulated(try reader.bytes())
    case .tested:
      var outcome = TestOutcome()
      outcome.line = try reader.bytes()
      outcome.discarded = try reader.optional { reader throws(FrameProblem) in try reader.text() }
      for _ in 0..<max(0, try reader.integer()) { outcome.problems.append(try reader.text()) }
      for _ in 0..<max(0, try reader.integer()) { outcome.remarks.append(try reader.text()) }
      self = .tested(outcome)
    case nil: throw FrameProblem("an unknown answer \(frame.kind)")
    }
    try reader.finish()
  }
}

/// What a decider needs to remember an article that an earlier run decided.
public struct RememberedArticle: Sendable {
  public var id: [UInt8]
  public var sequence: UInt64?
  /// RFC 3339.
  public var received: [UInt8]?
  public var published: Day?
  /// The number of the earlier article that it corrects.
  public var revisionOf: UInt64?
  /// `nil` where the chain does not remember.
  public var handover: [UInt8]?
  /// The layer that was decided, as JSON.
  public var decided: [UInt8]
  /// Whether its record went beside the outbox; whoever read it there says so.
  public var isSetAside = false
}

// MARK: - The parts

extension ArticleWork {
  fileprivate func write(to writer: inout FrameWriter) {
    writer.bytes(name)
    writer.optional(path) { $0.bytes($1) }
    writer.number(tags.count)
    for tag in tags { writer.bytes(tag) }
    writer.flag(hasContentID)
    writer.optional(earlier) {
      $0.bytes($1.line)
      $0.number($1.sequence)
      $0.number($1.stages)
    }
    writer.optional(sequence) { $0.number($1) }
    writer.optional(received) { $0.bytes($1) }
    writer.number(UInt64(bitPattern: arrival))
    switch content {
    case .file(let bytes, let kind):
      writer.flag(true)
      writer.inputKind(kind)
      writer.bytes(bytes)
    case .part(let raw):
      writer.flag(false)
      writer.raw(raw)
    }
  }

  fileprivate init(from reader: inout FrameReader) throws(FrameProblem) {
    name = try reader.bytes()
    path = try reader.optional { reader throws(FrameProblem) in try reader.bytes() }
    for _ in 0..<max(0, try reader.integer()) { tags.append(try reader.bytes()) }
    hasContentID = try reader.flag()
    earlier = try reader.optional { reader throws(FrameProblem) in
      Earlier(line: try reader.bytes(), sequence: try reader.number(), stages: try reader.integer())
    }
    sequence = try reader.optional { reader throws(FrameProblem) in try reader.number() }
    received = try reader.optional { reader throws(FrameProblem) in try reader.bytes() }
    arrival = Int64(bitPattern: try reader.number())
    if try reader.flag() {
      let kind = try reader.inputKind()
      content = .file(try reader.bytes(), kind)
    } else {
      content = .part(try reader.raw())
    }
  }
}

extension FinishedRecord {
  fileprivate func write(to writer: inout FrameWriter) {
    writer.bytes(parts.bytes)
    writer.number(parts.revision)
    writer.optional(parts.decision) { $0.number($1) }
    writer.bytes(arrival.id)
    writer.optional(arrival.sequence) { $0.number($1) }
    writer.number(UInt64(bitPattern: arrival.time))
    writer.optional(arrival.published) { $0.number($1.ordinal) }
    writer.optional(handover) { $0.bytes($1) }
    switch destination {
    case .record(let table):
      writer.flag(false)
      writer.bytes(table.places)
    case .discarded(let reason):
      writer.flag(true)
      writer.number(reason)
    }
    writer.bytes(contentHash)
    writer.number(stageMicroseconds.count)
    for time in stageMicroseconds { writer.number(time) }
  }

  fileprivate init(from reader: inout FrameReader) throws(FrameProblem) {
    let (bytes, revision) = (try reader.bytes(), try reader.integer())
    let decision = try reader.optional { reader throws(FrameProblem) in try reader.integer() }
    guard let parts = RecordParts(checking: bytes, revision: revision, decision: decision) else {
      throw FrameProblem("a record is not one line of text")
    }
    self.parts = parts
    arrival = Arrival(
      id: try reader.bytes(), sequence: try reader.optional { reader throws(FrameProblem) in try reader.number() },
      time: Int64(bitPattern: try reader.number()),
      published: try reader.optional { reader throws(FrameProblem) in try reader.day() })
    handover = try reader.optional { reader throws(FrameProblem) in try reader.bytes() }
    if try reader.flag() {
      destination = .discarded(reason: try reader.integer())
    } else {
      guard let table = RouteTable(checking: try reader.bytes()) else {
        throw FrameProblem("a record’s routes are not as many as there are statuses")
      }
      destination = .record(table)
    }
    contentHash = try reader.bytes()
    for _ in 0..<max(0, try reader.integer()) { stageMicroseconds.append(max(0, try reader.integer())) }
  }
}

extension WorkFailure {
  fileprivate func write(to writer: inout FrameWriter) {
    writer.optional(stage) { $0.text($1) }
    writer.text(self.class)
    writer.text(message)
    writer.bytes(contentHash)
    writer.optional(id) { $0.bytes($1) }
  }

  fileprivate init(from reader: inout FrameReader) throws(FrameProblem) {
    stage = try reader.optional { reader throws(FrameProblem) in try reader.text() }
    `class` = try reader.text()
    message = try reader.text()
    contentHash = try reader.bytes()
    id = try reader.optional { reader throws(FrameProblem) in try reader.bytes() }
  }
}

extension RememberedArticle {
  fileprivate func write(to writer: inout FrameWriter) {
    writer.bytes(id)
    writer.optional(sequence) { $0.number($1) }
    writer.optional(received) { $0.bytes($1) }
    writer.optional(published) { $0.number($1.ordinal) }
    writer.optional(revisionOf) { $0.number($1) }
    writer.optional(handover) { $0.bytes($1) }
    writer.bytes(decided)
  }

  fileprivate init(from reader: inout FrameReader) throws(FrameProblem) {
    id = try reader.bytes()
    sequence = try reader.optional { reader throws(FrameProblem) in try reader.number() }
    received = try reader.optional { reader throws(FrameProblem) in try reader.bytes() }
    published = try reader.optional { reader throws(FrameProblem) in try reader.day() }
    revisionOf = try reader.optional { reader throws(FrameProblem) in try reader.number() }
    handover = try reader.optional { reader throws(FrameProblem) in try reader.bytes() }
    decided = try reader.bytes()
  }
}

extension FrameWriter {
  mutating func inputKind(_ kind: InputKind) {
    text(kind.format.name)
    optional(kind.packing) { $0.text($1.rawValue) }
  }

  mutating func raw(_ raw: RawArticle) {
    inputKind(InputKind(raw.format))
    optional(raw.line) { $0.number($1) }
    optional(raw.encoding) { $0.text($1) }
    bytes(raw.bytes)
  }

  mutating func error(_ error: InputError) {
    text(error.class)
    text(error.message)
  }
}

extension FrameReader {
  mutating func inputKind() throws(FrameProblem) -> InputKind {
    let name = try text()
    guard let format = InputFormat(name: name) else { throw FrameProblem("an unknown format ‘\(name)’") }
    let packing = try optional { reader throws(FrameProblem) in try reader.text() }
    if let packing, Packing(rawValue: packing) == nil { throw FrameProblem("an unknown packing ‘\(packing)’") }
    return InputKind(format, packing: packing.flatMap(Packing.init(rawValue:)))
  }

  mutating func raw() throws(FrameProblem) -> RawArticle {
    let kind = try inputKind()
    let line = try optional { reader throws(FrameProblem) in try reader.integer() }
    let encoding = try optional { reader throws(FrameProblem) in try reader.text() }
    return RawArticle(bytes: try bytes(), line: line, format: kind.format, encoding: encoding)
  }

  mutating func error() throws(FrameProblem) -> InputError { InputError(class: try text(), try text()) }

  mutating func day() throws(FrameProblem) -> Day {
    guard let day = Day(ordinal: try integer()) else { throw FrameProblem("a day outside the calendar") }
    return day
  }
}
