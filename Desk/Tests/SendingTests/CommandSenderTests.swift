import Glibc
import OutboxReading
import PipelineKit
import Testing

@testable import Sending

@Suite struct CommandSenderTests {
  let outbox: Outbox
  init() throws { outbox = try Outbox() }

  private var cursor: Cursor { Cursor(outbox.folder + "/cursor") }
  private var log: String { outbox.folder + "/log" }

  private func send(
    _ script: String, where condition: String? = nil, attempts: Int = 3, patience: Int = 10_000,
    passesOver: Bool = false,
    startsNow: Bool = false
  ) throws -> CommandSender.Outcome {
    let options = CommandSender.Options(
      command: ["sh", "-c", script], condition: try condition.map { try Condition($0) }, attempts: attempts,
      patience: patience, pause: 1, passesOver: passesOver)
    let place = try #require(OutboxPlace(outbox.path))
    var sender = try CommandSender(options, [place], cursor: cursor, startsNow: startsNow) { _ in }
    try sender.sendAll()
    return sender.outcome
  }

  private func logged() throws -> [String] {
    guard let file = fopen(log, "re") else { return [] }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func givesEachRecordOnce() throws {
    try outbox.append(line("a", seq: 1) + line("b", seq: 2), to: "news.jsonl")
    let script = "wc -c >> \(log); echo $LINECASTER_KEY $LINECASTER_PIPELINE >> \(log)"
    #expect(try send(script).sent == 2)
    #expect(try send(script).sent == 0)
    outbox.move("news.jsonl", to: "news-20260302T100000Z-000001.jsonl")
    try outbox.append(line("c"), to: "news.jsonl")
    #expect(try send(script).sent == 1)
    let bytes = line("a", seq: 1).utf8.count - 1
    #expect(try logged() == ["\(bytes)", "a/1 news", "\(bytes)", "b/2 news", "\(line("c").utf8.count - 1)", "c news"])
  }

  @Test func triesAgain() throws {
    try outbox.append(line("a"), to: "news.jsonl")
    #expect(try send("echo x >> \(log); test $(wc -l < \(log)) -ge 3").sent == 1)
    #expect(try logged().count == 3)
  }

  @Test func staysAtARecordThatIsNotTaken() throws {
    try outbox.append(line("a") + line("b"), to: "news.jsonl")
    #expect(throws: CommandSender.Failure.self) { try send("echo $LINECASTER_ID >> \(log); exit 1") }
    #expect(try logged() == ["a", "a", "a"])
    #expect(try send("true").sent == 2)
  }

  @Test func passesOverWhatWillNotDo() throws {
    try outbox.append(line("a") + line("b"), to: "news.jsonl")
    let outcome = try send("echo $LINECASTER_ID >> \(log); test $LINECASTER_ID = b || exit 65", passesOver: true)
    #expect(outcome.sent == 1)
    #expect(outcome.givenUp == 1)
    #expect(try logged() == ["a", "b"])
  }

  @Test func endsACommandThatIsLate() throws {
    try outbox.append(line("a"), to: "news.jsonl")
    #expect(try send("sleep 600", attempts: 1, patience: 20, passesOver: true).givenUp == 1)
  }

  @Test func asksConditions() throws {
    try outbox.append(line("a", speaker: "Ada Corr") + line("b", speaker: "Bo Lund"), to: "news.jsonl")
    try outbox.append(#"{"schema":"linecaster-discarded/1","id":"d","reason":"r"}"# + "\n", to: "discarded/news.jsonl")
    let outcome = try send(
      "echo $LINECASTER_ID >> \(log)",
      where:
        #"entities.name matches "Bo*" and quotes.count == 1 and duplicates.status == "unique" and language == null"#)
    #expect(outcome.passed == 2)
    #expect(try logged() == ["b"])
  }

  @Test func beginsNow() throws {
    try outbox.append(line("a"), to: "news.jsonl")
    #expect(try send("true", startsNow: true).sent == 0)
    try outbox.append(line("b"), to: "news.jsonl")
    #expect(try send("true", startsNow: true).sent == 1)
  }

  @Test func refusesOtherFilesAsCursor() throws {
    let file = try #require(fopen(cursor.path, "we"))
    fputs("{}\n", file)
    fclose(file)
    #expect(throws: Cursor.Problem.self) { try send("true") }
  }
}
