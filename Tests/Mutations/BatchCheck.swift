import ArticleIO
import ArticleTesting
import StageKit

/// What is wrong with what one sample came to.
struct Problem: Sendable {
  /// “death”, “answer”, “failure”, or the name of the invariant.
  var kind: String
  var message: String
  /// Its place in the batch.
  var sample: Int
}

/// Runs samples through one chain and judges all that comes out.
struct BatchCheck {
  let process: PipeProcess
  let chain: ChainFile

  struct Outcome {
    var problems: [Problem] = []
    var records = 0
    var refusals = 0
    /// Whether the process came to its own end.
    var isAlive = true
  }

  /// Where the process dies, that alone is the outcome.
  func check(_ samples: [Sample]) -> Outcome {
    let run = process.run(chain, samples.map(\.line))
    var outcome = Outcome(records: run.records.count, refusals: run.refusals.count, isAlive: run.isAlive)
    var answered = Set(run.refusals.keys)
    checkRecords(run, samples, &answered, &outcome)
    guard run.isAlive else {
      let culprit = culprit(samples, answered)
      let message = run.end + (culprit == nil ? "\nno line alone does it: see the whole batch" : "")
      outcome.problems = [Problem(kind: "death", message: message, sample: culprit ?? 0)]
      return outcome
    }
    for (line, message) in run.refusals
    where isFailure(message) && !isExpected(message, of: samples[line - 1]) {
      outcome.problems.append(Problem(kind: "failure", message: message, sample: line - 1))
    }
    for index in samples.indices where !answered.contains(index + 1) {
      outcome.problems.append(Problem(kind: "answer", message: "neither a record nor a message", sample: index))
    }
    return outcome
  }

  /// Whether a stage failed, or the article ended its worker.
  private func isFailure(_ message: String) -> Bool {
    message.contains(" in stage ")
      || ["(crashed)", "(memory)", "(killed)", "(deadline)"].contains { message.contains($0) }
  }

  /// Whether this is how the chain refuses markup that it cannot read.
  private func isExpected(_ message: String, of sample: Sample) -> Bool {
    (sample.isMarkup || sample.text == nil) && message.contains("put `clean` first")
  }

  private func checkRecords(
    _ run: PipeProcess.Outcome, _ samples: [Sample], _ answered: inout Set<Int>, _ outcome: inout Outcome
  ) {
    var earlier: Set<String> = []
    var last = 0
    for (line, bytes) in run.records {
      func report(_ kind: String, _ message: String) {
        outcome.problems.append(Problem(kind: kind, message: message, sample: max(0, line - 1)))
      }
      guard (1...samples.count).contains(line), answered.insert(line).inserted, line > last else {
        report("answer", "the record of line \(line) comes twice or out of order")
        continue
      }
      last = line
      let origin = RecordCheck.Origin(source: samples[line - 1].text, stages: chain.stages)
      guard let record = try? JSONValue(parsing: bytes) else {
        report(Invariant.schema.rawValue, "the record is no JSON")
        continue
      }
      for violation in RecordCheck.violations(of: record, origin) {
        report(violation.invariant.rawValue, violation.message)
      }
      for match in record["duplicates"]?["matches"]?.array ?? [] where !earlier.contains(match["id"]?.string ?? "") {
        report(Invariant.duplicates.rawValue, "a match is no earlier article: \(match["id"]?.string ?? "")")
      }
      earlier.insert(record["id"]?.string ?? "")
    }
  }

  /// The sample that ends the process alone, by halves.
  private func culprit(_ samples: [Sample], _ answered: Set<Int>) -> Int? {
    func dies(_ indices: [Int]) -> Bool { !process.run(chain, indices.map { samples[$0].line }).isAlive }
    var open = samples.indices.filter { !answered.contains($0 + 1) }
    // Its own record may be among those that were written.
    if !dies(open) { open = Array(samples.indices) }
    while open.count > 1 {
      let (front, back) = (Array(open.prefix(open.count / 2)), Array(open.dropFirst(open.count / 2)))
      guard let half = dies(front) ? front : dies(back) ? back : nil else { return nil }
      open = half
    }
    return open.first
  }

  /// A sample with less text, of which the same is wrong.
  func shrink(_ sample: Sample, _ kind: String) -> Sample {
    guard var text = sample.text else { return sample }
    var probes = 300
    func stillFails(_ text: [UInt8]) -> Bool {
      probes -= 1
      return check([sample.with(text: text)]).problems.contains { $0.kind == kind }
    }
    // A problem that needs the articles before it stays as it is.
    guard stillFails(text) else { return sample }
    var size = text.count / 2
    while size > 0, probes > 0 {
      var at = 0
      while at < text.count, probes > 0 {
        var end = min(text.count, at + size)
        while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
        let shorter = Array(text[..<at] + text[end...])
        if stillFails(shorter) { text = shorter } else { at = end }
      }
      size /= 2
    }
    return sample.with(text: text)
  }
}
