import ArgumentParser
import Bytes
import Glibc
import OutboxReading
import RecordReading
import Sending
import Store

@main
struct DeskBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "desk-bench", abstract: "Measure what Desk/ builds, on generated records.",
    subcommands: [Fill.self, Throughput.self, Queries.self])
}

/// Seconds of CPU that this process took.
func cpuSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
}

/// The most memory that this process held, in MB.
func peakMegabytes() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return Int(usage.ru_maxrss) / 1024
}

func tell(_ text: String) {
  print(text)
  fflush(nil)
}

struct Fill: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Make a SQLite file of generated articles.")

  @Argument(help: "The file.") var file: String
  @Option(help: "How many articles.") var articles = 1_000_000
  @Option(help: "The number that they come from.") var seed: UInt64 = 1
  @Option(help: "The first article that is made in this run, for a file that is made in parts.") var from = 0
  @Option(help: "The article before which this run ends.") var upTo: Int?
  @Option(parsing: .singleValue, help: "A PRAGMA, as in cache_size=-65536.") var pragma: [String] = []

  func run() throws {
    let database = try Store.open(writing: file)
    for pragma in pragma { _ = try database.integer("PRAGMA \(pragma)") }
    let writer = try Writer(database)
    var records = GeneratedRecords(seed: seed, count: articles)
    records.skip(UInt64(from))
    let end = min(upTo ?? articles, articles)
    var positions = [FilePosition(outbox: "/generated", name: "news-\(from).jsonl")]
    var batch = Batch()
    var spent = 0.0
    for number in from..<end {
      let line = records.line(number)
      let start = cpuSeconds()
      _ = try batch.add(line.span, number: number + 1, offset: positions[0].offset, file: 0)
      positions[0].line += 1
      positions[0].offset += line.count + 1
      if batch.isFull || number == end - 1 {
        try writer.commit(batch, &positions, touched: [0], today: 20_000)
        batch.clear()
      }
      spent += cpuSeconds() - start
      if (number + 1) % 50_000 == 0 {
        tell(
          "\(number + 1) articles, \(Int(Double(number + 1 - from) / spent)) a CPU second, \(peakMegabytes()) MB at most"
        )
      }
    }
    _ = try database.integer("PRAGMA wal_checkpoint(TRUNCATE)")
    tell("\(end - from) articles in \(Int(spent)) s of CPU, \(peakMegabytes()) MB at most")
  }
}

struct Throughput: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: "How fast lines go into a SQLite file, beside the same SQL over records that were parsed.")

  @Argument(help: "A folder for the files; it is made.") var folder: String
  @Option(help: "How many articles.") var articles = 20_000
  @Option(help: "The number that they come from.") var seed: UInt64 = 1
  @Option(help: "Lines of this file in place of generated ones.") var lines: String?

  func run() throws {
    mkdir(folder, 0o755)
    mkdir("\(folder)/outbox", 0o755)
    let path = "\(folder)/outbox/news.jsonl"
    var bytes = 0
    if let lines {
      unlink(path)
      symlink(lines, path)
    } else {
      var records = GeneratedRecords(seed: seed, count: articles)
      guard let file = fopen(path, "we") else { throw ValidationError("\(path) cannot be written") }
      for number in 0..<articles {
        let line = records.line(number) + [0x0A]
        bytes += line.count
        fwrite(line, 1, line.count, file)
      }
      fclose(file)
      tell("\(articles) lines of \(bytes / articles) bytes")
    }
    guard let place = OutboxPlace(lines ?? "\(folder)/outbox") else { throw ValidationError("\(path) is not there") }
    for round in 1...2 {
      for name in ["sent.db", "bare.db"] { for end in ["", "-wal", "-shm"] { unlink("\(folder)/\(name)\(end)") } }
      var start = cpuSeconds()
      var sender = try SQLiteSender("\(folder)/sent.db", [place]) { print($0) }
      try sender.sendAll()
      let sent = cpuSeconds() - start
      let count = Double(sender.outcome.lines)
      // The same rows, of records that are in memory.
      let writer = try Writer(try Store.open(writing: "\(folder)/bare.db"))
      var reader = OutboxReader([place], known: []) { print($0) }
      var batch = Batch()
      var (parsing, writing) = (0.0, 0.0)
      reader.look()
      start = cpuSeconds()
      func commit() throws {
        parsing += cpuSeconds() - start
        let before = cpuSeconds()
        try writer.commit(batch, &reader.positions, touched: reader.touched.sorted(), today: 20_000)
        writing += cpuSeconds() - before
        batch.clear()
        start = cpuSeconds()
      }
      while let line = reader.next() {
        let isAdded = try reader.withLine(line) { bytes throws(LineFault) in
          try batch.add(bytes, number: line.number, offset: line.offset, file: line.file)
        }
        if isAdded { reader.take(line) }
        if batch.isFull || !isAdded { try commit() }
      }
      try commit()
      tell(
        "round \(round): \(Int(count / sent)) records a CPU second; bare SQL \(Int(count / writing)), ratio "
          + "\(Double(Int(writing / sent * 1000)) / 1000); reading and parsing \(Int(count / parsing)); "
          + "\(peakMegabytes()) MB at most")
    }
  }
}
