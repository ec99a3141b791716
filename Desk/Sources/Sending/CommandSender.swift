import Glibc
import OutboxReading
import PipelineKit
import StageKit

/// Gives the records of outboxes to a command, one at a time and in order, until it takes them.
public struct CommandSender: OutboxSender {
  public struct Options: Sendable {
    /// The command and its arguments.
    public var command: [String]
    /// Which records it gets; `nil` for all.
    public var condition: Condition?
    /// How often a record is tried before it is given up.
    public var attempts: Int
    /// Milliseconds.
    public var patience: Int
    /// Milliseconds before the second attempt; each further one waits twice as long.
    public var pause: Int
    /// Whether records that are given up are passed over; else the run ends.
    public var passesOver: Bool

    public init(
      command: [String], condition: Condition? = nil, attempts: Int = 10, patience: Int = 60_000, pause: Int = 1000,
      passesOver: Bool = false
    ) {
      self.command = command
      self.condition = condition
      self.attempts = attempts
      self.patience = patience
      self.pause = pause
      self.passesOver = passesOver
    }
  }

  public struct Outcome: Sendable, Equatable {
    public var sent = 0
    public var passed = 0
    public var refused = 0
    public var givenUp = 0
  }

  /// A record that the command did not take.
  public struct GivenUp: Error, Sendable {
    public var message: String
  }

  public enum Failure: Error, Sendable {
    case cursor(Cursor.Problem)
    case givenUp(GivenUp)
  }

  private let options: Options
  private let cursor: Cursor
  var reader: OutboxReader
  private let complain: (String) -> Void
  public private(set) var outcome = Outcome()
  /// Lines that were passed since the cursor was written.
  private var unwritten = 0

  /// The longest pause between two attempts, in milliseconds.
  private static let longestPause = 300_000
  /// A run that passes so many lines without sending one writes its cursor.
  private static let mostUnwritten = 1000
  /// What a command ends with to say that no further attempt will do: EX_DATAERR.
  private static let willNotDo: Int32 = 65

  /// - Parameter startsNow: whether a cursor that is not there yet begins behind the lines that there are.
  public init(
    _ options: Options, _ places: [OutboxPlace], cursor: Cursor, startsNow: Bool, complain: @escaping (String) -> Void
  ) throws(Cursor.Problem) {
    self.options = options
    self.cursor = cursor
    self.complain = complain
    let known = try cursor.read()
    reader = OutboxReader(places, known: known ?? [], complain: complain)
    guard known == nil, startsNow else { return }
    reader.look()
    while let line = reader.next() { reader.take(line) }
    try cursor.write(reader.positions)
    reader.touched.removeAll()
  }

  /// Sends what is there.
  public mutating func sendAll() throws(Failure) { try sendWhatIsThere() }

  /// Sends what is there and what comes, until the process is ended.
  public mutating func follow() throws(Failure) { try sendWhatComes() }

  mutating func drain() throws(Failure) {
    while let line = reader.next() {
      let isSent = try send(line)
      reader.take(line)
      unwritten += 1
      if isSent || unwritten >= Self.mostUnwritten { try write() }
    }
    if !reader.touched.isEmpty { try write() }
  }

  private mutating func write() throws(Failure) {
    do { try cursor.write(reader.positions) } catch { throw .cursor(error) }
    reader.touched.removeAll(keepingCapacity: true)
    unwritten = 0
  }

  /// - Returns: whether the command got it.
  private mutating func send(_ line: OutboxReader.Line) throws(Failure) -> Bool {
    if line.range.isEmpty { return false }
    let position = reader.positions[line.file]
    let place = "\(position.outbox)/\(position.name):\(line.number)"
    let bytes = Array(reader.bytes[line.range])
    let record: JSONValue
    do throws(JSONError) {
      record = try JSONValue(parsing: bytes)
      if let condition = options.condition, try !holds(condition, record, place) {
        outcome.passed += 1
        return false
      }
    } catch {
      complain("\(place):\(error.offset + 1): \(error.message)")
      outcome.refused += 1
      return false
    }
    let id = record["id"]?.string ?? ""
    let seq = record["seq"]?.int
    let key = seq.map { "\(id)/\($0)" } ?? id
    let variables = [
      ("LINECASTER_KEY", key), ("LINECASTER_ID", id), ("LINECASTER_SEQ", seq.map { "\($0)" } ?? ""),
      ("LINECASTER_PIPELINE", record["pipeline"]?["name"]?.string ?? ""),
    ]
    let command = CommandRun(words: options.command, patience: options.patience)
    var pause = options.pause
    for attempt in 1...max(options.attempts, 1) {
      let ending = command.run(bytes.span, variables)
      if ending == .code(0) {
        outcome.sent += 1
        return true
      }
      let isLast = attempt == max(options.attempts, 1) || ending == .code(Self.willNotDo)
      let next = isLast ? "it is given up" : "the next attempt is in \(Double(pause) / 1000) s"
      complain("\(place): the command did not take \(key): \(ending.description); \(next)")
      if isLast { break }
      usleep(UInt32(clamping: pause * 1000))
      pause = min(pause * 2, Self.longestPause)
    }
    outcome.givenUp += 1
    guard options.passesOver else {
      throw .givenUp(GivenUp(message: "\(place): the record \(key) was not taken, and stays the next one"))
    }
    return true
  }

  private func holds(_ condition: Condition, _ record: JSONValue, _ place: String) throws(JSONError) -> Bool {
    if record["schema"]?.string != "linecaster/1" { return false }
    do throws(RecordProblem) {
      let status = record["duplicates"]?["status"]?.string.flatMap(Duplicates.Status.init(rawValue:))
      return condition.holds(of: try Article(record: record), status: status)
    } catch { throw JSONError(offset: 0, message: error.description) }
  }
}
