import ArticleIO
import Disk
import Glibc
import PipelineKit
import Spool
import StageKit
import Testing

@testable import Daemon

@Suite struct DaemonTests {
  @Test func everyFileBecomesALineOrAFailure() throws {
    let house = TestHouse()
    try house.put("a.txt", "Anna spoke.")
    try house.put("b.html", "<p>Markup</p>")
    try house.put("empty.txt", "")
    try house.put("noise.txt", "\0\u{1}\0")
    try house.put("big.txt", String(repeating: "x", count: 2 << 20))
    try house.put("odd.doc", "what is this")
    try house.put("many.jsonl", "{\"text\":\"one\"}\n{\"text\":\n\n{\"id\":\"own\",\"text\":\"two\"}")
    try house.drain([TestHouse.pipeline(stages: [ChainLink(StageKind(CountingStage.self), processor: CountingStage())])]
    )
    let lines = try house.lines()
    #expect(lines.count == 3)
    #expect(lines.contains { $0.contains("\"id\":\"own\"") && $0.contains("\"line\":4") })
    #expect(
      try house.names("failed") == [
        "b.html", "b.html.reason.json", "big.txt", "big.txt.reason.json", "empty.txt", "empty.txt.reason.json",
        "many.line-2.jsonl", "many.line-2.jsonl.reason.json", "noise.txt", "noise.txt.reason.json", "odd.doc",
        "odd.doc.reason.json",
      ])
    let reasons = [
      ("b.html", "needs_clean"), ("big.txt", "too_large"), ("empty.txt", "empty"), ("odd.doc", "unknown_kind"),
    ]
    for (name, reason) in reasons {
      #expect(try house.text(house.root / "failed/\(name).reason.json").contains("\"class\": \"\(reason)\""))
    }
    #expect(try house.names("inbox").isEmpty)
    #expect(try house.names("claimed/news").isEmpty)
    #expect(try house.names("done/news").count == 1)
  }

  @Test func namesInCapitalsAreTakenByDefault() throws {
    let house = TestHouse()
    try house.put("REPORT.TXT", "Anna spoke.")
    try house.put("WIRE.Json", "{\"text\":\"one\"}")
    try house.put("many.JSONL", "{\"text\":\"two\"}\n")
    try house.drain([TestHouse.pipeline(accept: InboxSettings().accept)])
    #expect(try house.lines().count == 3, "\(house.said.all)")
    #expect(try house.names("inbox").isEmpty)
  }

  @Test func linesInUTF16AreRefusedWhole() throws {
    let house = TestHouse()
    let text = "\u{FEFF}{\"text\":\"one\"}\n{\"text\":\"two\"}\n{\"text\":\"three\"}\n"
    try house.put(Array("wide.jsonl".utf8), text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    try house.drain([TestHouse.pipeline()])
    #expect(try house.names("failed") == ["wide.jsonl", "wide.jsonl.reason.json"])
    #expect(try house.text(house.root / "failed/wide.jsonl.reason.json").contains("\"class\": \"not_utf8\""))
    #expect(try house.names("outbox") == [] || house.lines().isEmpty)
  }

  /// A feed's items are articles each, a document that is one article is a file like any other.
  @Test func xmlComesAsItemsOrAsOneArticle() throws {
    let house = TestHouse()
    func item(_ id: Int) -> String { "<item><guid>g\(id)</guid><description>Text \(id).</description></item>" }
    try house.put("feed.xml", "<rss><channel>\(item(1))<item><guid>g2</guid></item>\(item(3))</channel></rss>")
    try house.put("one.xml", "<nitf><body><body.content><p>One.</p></body.content></body></nitf>")
    try house.put("cut.xml", "<rss><channel>\(item(4))<item><guid>g5")
    try house.put("other.xml", "<urlset/>")
    try house.drain([
      TestHouse.pipeline(stages: [ChainLink(StageKind(UnwrappingStage.self), processor: UnwrappingStage())])
    ])
    let records = try house.lines().map { try JSONValue(parsing: Array($0.utf8)) }
    let found = records.map { "\($0["source"]?["name"]?.string ?? ""):\($0["source"]?["line"]?.int ?? 0)" }
    #expect(found.sorted() == ["cut.xml:1", "feed.xml:1", "feed.xml:3", "one.xml:0"])
    #expect(records.contains { $0["id"]?.string == "g3" && $0["source"]?["format"]?.string == "xml" })
    #expect(
      try house.names("failed") == [
        "cut.item-2.xml", "cut.item-2.xml.reason.json", "feed.item-2.xml", "feed.item-2.xml.reason.json", "other.xml",
        "other.xml.reason.json",
      ])
    #expect(try house.text(house.root / "failed/feed.item-2.xml") == "<item><guid>g2</guid></item>\n")
    #expect(try house.text(house.root / "failed/cut.item-2.xml.reason.json").contains("\"class\": \"not_xml\""))
    #expect(try house.names("claimed/news").isEmpty)
  }

  @Test func jsonComesAsItemsOrAsOneArticle() throws {
    let house = TestHouse()
    let version = #""version":"https://jsonfeed.org/version/1.1""#
    let items = #"{"id":"a","content_text":"One."},{"id":"b","title":"No text"},{"id":"c","content_text":"Three."}"#
    try house.put("feed.json", #"{\#(version),"language":"en","items":[\#(items)]}"#)
    try house.put("none.json", #"{\#(version),"items":[]}"#)
    try house.put("one.json", #"{"uri":"urn:1","headline":"One","body_text":"The lock opened."}"#)
    try house.put("cut.json", #"{\#(version),"items":[{"id":"d","content_text":"Four."}"#)
    try house.put("lines.jsonl", #"{\#(version),"items":[]}"# + "\n" + #"{"id":"e","content_text":"Five."}"# + "\n")
    try house.put("mail.eml", "Subject: Lock\r\nMessage-ID: <f@orla>\r\n\r\nThe lock opened.\r\n")
    try house.drain([TestHouse.pipeline()])
    let records = try house.lines().map { try JSONValue(parsing: Array($0.utf8)) }
    let found = records.map { "\($0["id"]?.string ?? "") \($0["source"]?["line"]?.int ?? 0)" }
    #expect(found.sorted() == ["a 1", "c 3", "e 2", "f@orla 0", "urn:1 0"])
    #expect(
      try house.names("failed").filter { !$0.hasSuffix(".reason.json") } == [
        "cut.json", "feed.item-2.json", "lines.line-1.jsonl",
      ])
    #expect(
      try house.text(house.root / "failed/feed.item-2.json") == #"{"language":"en","id":"b","title":"No text"}"# + "\n")
    #expect(try house.text(house.root / "failed/lines.line-1.jsonl.reason.json").contains(#""class": "not_one""#))
    #expect(house.said.all.contains { $0.contains("feed.json, item 2 failed") }, "\(house.said.all)")
    #expect(try house.names("claimed/news").isEmpty)
  }

  @Test func whatIsNoArticleIsLeftAloneAndSaidOnce() throws {
    let house = TestHouse()
    try house.put("a.txt", "Anna spoke.")
    let inbox = house.root / "inbox"
    #expect(symlink("a.txt", (inbox / "link.txt").description) == 0)
    #expect(mkfifo((inbox / "fifo.txt").description, 0o600) == 0)
    try house.fs.makeDirectory(inbox / "folder.txt")
    for name in [".hidden.txt", "a.txt.part", "other.doc"] { try house.put(name, "x") }
    try house.drain([TestHouse.pipeline(accept: ["*.txt"])])
    #expect(
      try house.names("inbox") == [".hidden.txt", "a.txt.part", "fifo.txt", "folder.txt", "link.txt", "other.doc"])
    #expect(try house.lines().count == 1)
    for (name, word) in [
      ("link.txt", "symbolic link"), ("fifo.txt", "FIFO"), ("folder.txt", "directory"), ("other.doc", "accept"),
    ] {
      #expect(house.said.all.count { $0.contains(name) && $0.contains(word) } == 1, "\(name)")
    }
  }

  @Test func namesNeedNotBeText() throws {
    let house = TestHouse()
    let names: [[UInt8]] = [Array("line\nend.txt".utf8), [0xFF, 0xFE] + Array(".txt".utf8)]
    for name in names { try house.put(name, Array("text".utf8)) }
    try house.drain([TestHouse.pipeline()])
    #expect(try house.lines().count == 2)
    let day = try #require(try house.fs.list(house.root / "done/news").first)
    #expect(try Set(house.fs.list(house.root / "done/news" / day)) == Set(names))
  }

  @Test(.enabled(if: geteuid() != 0, "root reads everything")) func anUnreadableFileWaits() throws {
    let house = TestHouse()
    try house.put("a.txt", "secret")
    #expect(chmod((house.root / "inbox/a.txt").description, 0) == 0)
    try house.drain([TestHouse.pipeline()])
    #expect(try house.names("inbox") == ["a.txt"])
    #expect(house.said.all.contains { $0.contains("may not read it") && $0.contains("mode 0") })
    #expect(chmod((house.root / "inbox/a.txt").description, 0o600) == 0)
    try house.drain([TestHouse.pipeline()])
    #expect(try house.lines().count == 1)
  }

  @Test func aMarkedFileIsTakenAndItsMarkerGoes() throws {
    let house = TestHouse()
    var pipeline = TestHouse.pipeline(accept: ["*.txt"])
    pipeline.inbox.ready = .marker
    for name in ["a.txt", "a.txt.done", "b.txt", "c.txt.done"] { try house.put(name, "text") }
    try house.drain([pipeline])
    #expect(try house.lines().count == 1)
    #expect(try house.names("inbox") == ["b.txt", "c.txt.done"])
  }

  @Test func moreFilesThanTheTablesHoldAreAllTaken() throws {
    let house = TestHouse()
    for number in 0..<10_000 { try house.put("\(number).txt", "Text.") }
    try house.drain([TestHouse.pipeline()])
    #expect(try house.names("inbox").isEmpty)
    #expect(try house.lines().count == 10_000)
  }

  @Test func inputsThatAreDoneCanBeRemoved() throws {
    let house = TestHouse()
    var pipeline = TestHouse.pipeline()
    pipeline.done.isRemoved = true
    try house.put("a.txt", "text")
    try house.drain([pipeline])
    #expect(try house.lines().count == 1)
    #expect(try house.names("done/news").isEmpty)
    #expect(try house.names("claimed/news").isEmpty)
  }

  @Test func oldInputsGoAndYoungOnesStay() throws {
    let house = TestHouse()
    try house.put("a.txt", "text")
    try house.put("old.txt", "text", inbox: "done/news/2020-02-29")
    try house.drain([TestHouse.pipeline()])
    #expect(try house.names("done/news").count == 1)
    #expect(try !house.names("done/news").contains("2020-02-29"))
  }

  @Test func pipelinesHaveInboxesOfTheirOwn() throws {
    let house = TestHouse()
    try house.put("a.txt", "for the first")
    try house.put("b.txt", "for the second", inbox: "inbox/second")
    try house.drain([TestHouse.pipeline(), TestHouse.pipeline("second", inbox: "inbox/second")])
    #expect(try house.lines().count == 1)
    #expect(try house.lines("second").count == 1)
    #expect(!house.said.all.contains { $0.contains("left alone") })
  }

  @Test func pipelinesDoNotShareAnInbox() throws {
    let house = TestHouse()
    #expect(throws: SpoolError.self) { try house.drain([TestHouse.pipeline(), TestHouse.pipeline("second")]) }
  }

  @Test func aSecondDaemonIsTurnedAway() throws {
    let house = TestHouse()
    let first = try Daemon([TestHouse.pipeline()], .init(root: house.root), log: house.log)
    do {
      try house.drain([TestHouse.pipeline()])
      Issue.record("two daemons run on one spool")
    } catch let error as SpoolError {
      #expect(error == .locked(house.root, pid: Int(getpid())))
      #expect(error.description.contains("process \(getpid()) runs on it"))
    }
    #expect(first.finish() == nil)
    try house.drain([TestHouse.pipeline()])
  }

  @Test func orderAndBytesAreTheSameForAnyNumberOfWorkers() throws {
    var outcomes: [[String]] = []
    for workers in [1, 4] {
      let house = TestHouse()
      for number in 100..<160 {
        try house.put("\(number).txt", "Article \(number)." + String(repeating: "x ", count: number % 7 * 999))
      }
      try house.put("zz.jsonl", (0..<50).map { "{\"text\":\"line \($0)\"}" }.joined(separator: "\n"))
      try house.drain([TestHouse.pipeline()], workers: workers)
      outcomes.append(
        try house.lines().map { line in
          var parts = line.split(separator: ",", maxSplits: 4)
          parts.removeAll { $0.hasPrefix("\"received\"") }
          return parts.joined(separator: ",")
        })
    }
    #expect(outcomes[0].count == 110)
    // Files of one scan come by time and name, and the clock may be coarse: compare what a name led to.
    #expect(
      outcomes[0].map { $0.split(separator: "\"source\"")[1] }
        == outcomes[1].map { $0.split(separator: "\"source\"")[1] })
    #expect(outcomes[0] == outcomes[1])
  }

  @Test(.timeLimit(.minutes(5))) func aFileThatIsStillWrittenIsNotRead() throws {
    let house = TestHouse()
    let daemon = try Daemon([TestHouse.pipeline()], .init(root: house.root), log: house.log)
    // Once it came through, the first scan is over, and what is renamed in is ready at once.
    try house.put("0.txt", "The first.")
    while daemon.counts.records == 0 { sched_yield() }
    // Its producer goes on writing.
    let writer = try house.fs.open(house.directory.path / "draft", for: .creating)
    try house.fs.write(Array("First half,".utf8), to: writer, at: 0)
    try house.fs.rename(house.directory.path / "draft", to: house.root / "inbox/a.txt", replacing: true)
    try house.put("b.txt", "A whole one.")
    while daemon.counts.records == 1 { sched_yield() }
    // Files are taken in their order: b is done, so a was looked at.
    #expect(try house.lines().count == 2)
    #expect(try house.names("claimed/news").map { $0.hasSuffix("a.txt") } == [true])
    try house.fs.write(Array(" second half.".utf8), to: writer, at: 11)
    house.fs.close(writer)
    while daemon.counts.records == 2 { sched_yield() }
    #expect(try house.lines().last?.contains("First half, second half.") == true)
    #expect(daemon.finish() == nil)
  }

  @Test func numbersAreNeverRepeatedThoughTheStateIsGone() throws {
    let house = TestHouse()
    try house.put("a.txt", "First.")
    try house.drain([TestHouse.pipeline()])
    for name in try house.names("state") { try house.fs.remove(house.root / "state" / Array(name.utf8)) }
    try house.drain([TestHouse.pipeline()])
    try house.put("b.txt", "Second.")
    try house.drain([TestHouse.pipeline()])
    #expect(try house.lines().map { $0.contains("\"seq\":1,") } == [true, false])
  }

  @Test func finishesWhatIsUnderWayAndLeavesTheRest() throws {
    let house = TestHouse()
    let daemon = try Daemon([TestHouse.pipeline()], .init(root: house.root, workers: 2), log: house.log)
    for number in 0..<200 { try house.put("\(number).txt", "Article \(number).") }
    #expect(daemon.finish() == nil)
    let taken = daemon.counts.records
    #expect(try house.names("claimed/news").isEmpty)
    #expect(try house.names("inbox").count == 200 - taken)
    try house.drain([TestHouse.pipeline()])
    #expect(try Set(house.lines()).count == 200)
  }

  @Test func aDeadlineCostsOneArticle() throws {
    let house = TestHouse()
    try house.put("slow.txt", "slow")
    try house.put("fast.txt", "fast")
    var pipeline = TestHouse.pipeline(stages: [ChainLink(StageKind(SlowStage.self), processor: SlowStage())])
    pipeline.deadline = .milliseconds(20)
    try house.drain([pipeline])
    #expect(try house.lines().count == 1)
    let reason = try house.text(house.root / "failed/slow.txt.reason.json")
    #expect(reason.contains("\"class\": \"deadline\"") && reason.contains("\"stage\": \"slow\""))
  }

  @Test func theDeciderRemembersTheOutbox() throws {
    let house = TestHouse()
    for run in 1...2 {
      try house.put("a\(run).txt", "The same text.")
      try house.drain([
        TestHouse.pipeline(stages: [ChainLink(StageKind(CountingStage.self), processor: CountingStage())])
      ])
    }
    let lines = try house.lines()
    #expect(lines.count == 2)
    #expect(lines[0].contains("\"status\":\"unique\""))
    #expect(lines[1].contains("\"status\":\"exact\""))
  }
}

/// Never ends with a text that says so, but for its deadline.
struct SlowStage: Stage {
  static let declaration = StageDeclaration<NoOptions>(name: "slow", summary: "", provides: [], examples: [])
  init() {}
  init(options: NoOptions, context: StageContext) throws(StageError) {}
  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    while article.text == Array("slow".utf8) { try deadline.check() }
  }
}

/// Knows texts again.
struct CountingStage: RememberingStage {
  static let declaration = StageDeclaration<NoOptions>(
    name: "count", summary: "", provides: [.duplicates], examples: [])
  init() {}
  init(options: NoOptions, context: StageContext) throws(StageError) {}
  static func scope(of options: NoOptions) -> String? { nil }
  static func setsAside(with options: NoOptions) -> Bool { false }
  static func openMemory(with options: NoOptions, in storage: StateDirectory?) throws(DiskError) -> SeenTexts {
    SeenTexts()
  }
  static func makeDecider(with options: NoOptions, over memory: SeenTexts) -> TextDecider {
    TextDecider(memory: memory) { _ in }
  }
  func handOver(_ article: Article, deadline: Deadline) throws(StageError) -> Text { Text(article.text) }
}

/// Takes the tags off; what has no text then fails.
struct UnwrappingStage: Stage {
  static let declaration = StageDeclaration<NoOptions>(name: "unwrap", summary: "", provides: [.body], examples: [])
  init() {}
  init(options: NoOptions, context: StageContext) throws(StageError) {}
  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    let source = article.text
    let pieces = source.split(separator: UInt8(ascii: "<")).map { $0.drop { $0 != UInt8(ascii: ">") }.dropFirst() }
    let text = Array(pieces.joined())
    if !text.contains(UInt8(ascii: ".")) { throw StageError(.failsArticle, class: .noText, "it has no text") }
    try article.replaceText(text, alignment: Alignment(identityOf: text.count))
  }

  @Test(.timeLimit(.minutes(2))) func withoutMemoryItTakesOneAfterTheOther() throws {
    let house = TestHouse()
    for number in 0..<40 { try house.put("\(number).txt", "Article \(number).") }
    var settings = Daemon.Settings(root: house.root, once: true, workers: 2)
    let memory = MemoryLimit(bytes: 1)
    memory.look(at: [])
    settings.memory = memory
    #expect(memory.excess?.contains("more than --max-memory") == true)
    let daemon = try Daemon([TestHouse.pipeline()], settings, log: house.log)
    #expect(daemon.waitUntilDrained() == nil)
    #expect(try house.lines().count == 40)
  }
}
