import ArgumentParser
import Bytes
import Glibc
import Store

struct Queries: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "How fast the page's questions are answered: words and speakers as often as they are used, the commonest too.")

  @Argument(help: "A file that fill made.") var file: String
  @Option(help: "The seed that fill had.") var seed: UInt64 = 1
  @Option(help: "How many questions.") var count = 200

  /// Each the newest fifty.
  private static let forms: [(name: String, sql: String)] = [
    (
      "words",
      """
      SELECT q.quote, q.speaker, q.text, a.title FROM quotes_fts f CROSS JOIN quotes q ON q.quote = f.rowid CROSS JOIN articles a
      ON a.article = q.article WHERE quotes_fts MATCH 'text:' || ?1 AND ?2 <> '' ORDER BY f.rowid DESC LIMIT 50
      """
    ),
    (
      "speaker",
      """
      SELECT q.quote, q.speaker, q.text, a.title FROM quotes q CROSS JOIN articles a ON a.article = q.article
      WHERE q.speaker = ?2 AND ?1 <> '' ORDER BY q.quote DESC LIMIT 50
      """
    ),
    (
      "speaker and words",
      """
      SELECT q.quote, q.speaker, q.text, a.title FROM quotes_fts f CROSS JOIN quotes q ON q.quote = f.rowid CROSS JOIN articles a
      ON a.article = q.article WHERE quotes_fts MATCH 'text:' || ?1 || ' AND speaker:"' || ?2 || '"' ORDER BY f.rowid DESC LIMIT 50
      """
    ),
    (
      "words and days",
      """
      SELECT q.quote, q.speaker, q.text, a.title FROM quotes_fts f CROSS JOIN quotes q ON q.quote = f.rowid CROSS JOIN articles a
      ON a.article = q.article WHERE quotes_fts MATCH 'text:' || ?1 AND ?2 <> '' AND f.rowid >= ?3 AND f.rowid < ?4
      ORDER BY f.rowid DESC LIMIT 50
      """
    ),
    (
      "articles",
      """
      SELECT a.article, a.title FROM articles_fts f CROSS JOIN articles a ON a.article = f.rowid
      WHERE articles_fts MATCH ?1 AND ?2 <> '' ORDER BY f.rowid DESC LIMIT 50
      """
    ),
  ]

  func run() throws {
    let database = try Store.open(reading: file)
    let known = GeneratedRecords(seed: seed, count: 1)
    var random = SeededGenerator(state: seed &+ 1)
    func pick(_ count: Int) -> Int {
      // By frequency: the logarithm of the place is even.
      min(Int(exp(Double.random(in: 0..<log(Double(count)), using: &random))) - 1, count - 1)
    }
    var times: [String: [Double]] = [:]
    var coldTimes: [Double] = []
    let statements = try Self.forms.map { ($0.name, try database.prepare($0.sql)) }
    var slowest: (Double, String) = (0, "")
    for number in 0..<count {
      // The twenty commonest words and speakers, and then any.
      let word = String(decoding: known.words[number < 20 ? number : pick(known.words.count)], as: UTF8.self)
      let speaker = String(decoding: known.speakers[number < 20 ? number : pick(known.speakers.count)], as: UTF8.self)
      let day = 16_800 + Int.random(in: 0..<3600, using: &random)
      for (name, statement) in statements {
        statement.bind(1, word)
        statement.bind(2, speaker)
        if name == "words and days" {
          statement.bind(3, RowNumber.part(from: day))
          statement.bind(4, RowNumber.part(from: day + 7))
        }
        for isCold in [true, false] {
          if isCold {
            forget()
            try database.run("PRAGMA shrink_memory")
          }
          var (before, after) = (timespec(), timespec())
          clock_gettime(CLOCK_MONOTONIC, &before)
          var rows = 0
          while try statement.step() { rows += 1 }
          statement.reset()
          clock_gettime(CLOCK_MONOTONIC, &after)
          let took = Double(after.tv_sec - before.tv_sec) * 1e3 + Double(after.tv_nsec - before.tv_nsec) / 1e6
          if isCold { coldTimes.append(took) } else { times[name, default: []].append(took) }
          if !isCold, took > slowest.0 { slowest = (took, "\(name): \(word), \(speaker), \(rows) rows") }
        }
      }
    }
    for (name, _) in statements { tell("\(name), warm: \(told(times[name] ?? []))") }
    tell("all, warm: \(told(times.values.flatMap(\.self)))")
    tell("all, cold: \(told(coldTimes))")
    tell("slowest, warm: \(slowest.0) ms, \(slowest.1)")
  }

  /// Has the kernel forget the file's pages.
  private func forget() {
    let descriptor = open(file, O_RDONLY)
    posix_fadvise(descriptor, 0, 0, Int32(POSIX_FADV_DONTNEED))
    close(descriptor)
  }

  private func told(_ times: [Double]) -> String {
    let sorted = times.sorted()
    func at(_ share: Double) -> Double {
      sorted.isEmpty ? 0 : (sorted[min(Int(Double(sorted.count) * share), sorted.count - 1)] * 100).rounded() / 100
    }
    return "p50 \(at(0.5)) ms, p95 \(at(0.95)) ms, most \(at(1)) ms"
  }
}
