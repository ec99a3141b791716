import ArgumentParser
import ArticleIO
import Glibc
import PipelineKit
import StageKit
import Terminal
import Threads
import Workers

/// Inputs to lines, on all cores and in order: what `pipe`, `process` and `fingerprint` share.
struct Filter: Sendable {
  enum Inputs: Sendable {
    /// JSON Lines on standard input.
    case standardInput
    /// Paths.
    case files([[UInt8]])
  }

  let pipeline: Pipeline
  let workers: Int
  /// Bytes that a worker may take.
  let memory: UInt64
  /// Whether the first bad input ends the run.
  let strict: Bool
  /// Where the last stage keeps what it remembers; `nil` for in memory.
  var index: String?
  /// What becomes of an input without a record.
  var errors = Errors.messages
  /// What the id of an article without one of its own is made of.
  var ids = IDs.place
  /// When articles arrive, for a stage that remembers.
  var arrivals = Arrivals.now
  /// Whether lines are what the last stage decides, in place of records; workers then take their stages from this registry.
  var variant: String?

  enum Errors: String, CaseIterable, Sendable {
    /// A message on standard error.
    case messages = "stderr"
    /// A line in its place, so that there is a line for each input.
    case rows
  }

  enum IDs: String, CaseIterable, Sendable {
    /// Its name, its line and its content.
    case place
    /// Its content alone.
    case content
  }

  enum Arrivals: String, CaseIterable, Sendable {
    case now
    /// At the beginning of the day of publication, where that is known.
    case published
  }

  /// The pipeline's, with all models and lists.
  func digest() throws -> String {
    let host = try orExit { try ChainHost(pipeline, in: .workers(memory: memory)) { complain($0) } }
    defer { host.stop() }
    try host.waitUntilReadyOrExit(pipeline)
    return host.digest ?? ""
  }

  /// To standard output.
  ///
  /// - Returns: whether every article became a record, or has a row in its place.
  func run(_ inputs: Inputs) throws -> Bool {
    var lines = StandardLines()
    let failed = try run(inputs, to: &lines).failed
    return errors == .rows || failed == 0
  }

  func run(_ inputs: Inputs, to sink: inout some LineSink) throws -> FilterCounts {
    let host = try orExit {
      try ChainHost(pipeline, in: .workers(memory: memory), variant: variant ?? "") { complain($0) }
    }
    defer { host.stop() }
    try host.waitUntilReadyOrExit(pipeline)
    let index = try self.index.map { try KeptIndex($0, for: pipeline.chain) }
    let pool = try orExit { try WorkerPool(workers: workers) }
    let queue: OrderedQueue<FilterItem, FilterResult> = pool.queue(
      threads: host.mostWorkers, makeRunner: { FilterWorker(host.makeRunner()) })
    let limit = pipeline.inbox.maxInput
    let thread = try orExit { try Thread { FilterReader(queue, host, limit: limit, ids: ids).read(inputs) } }
    let counts = try drain(queue, index, &sink)
    thread.join()
    pool.stop()
    return counts
  }

  /// Bytes of records after which they are written, and of a buffer that is not kept.
  private static let (flushedOutput, largeOutput) = (1 << 18, 1 << 22)

  private func drain(
    _ queue: OrderedQueue<FilterItem, FilterResult>, _ index: KeptIndex?, _ sink: inout some LineSink
  ) throws -> FilterCounts {
    let decider = index.map(\.decider) ?? pipeline.chain.makeDecider()
    var counts = FilterCounts()
    var discarded = DiscardCounts()
    // One buffer for all: memory that is new for each batch costs as much as what is done with it.
    var output = [UInt8]()
    var changes: [[UInt8]] = []
    func flush() throws {
      try index?.keep(changes)
      try sink.write(output)
      if let last = changes.last { try index?.delivered(last) }
      changes.removeAll()
      output.removeAll(keepingCapacity: output.capacity < Self.largeOutput)
    }
    while true {
      let batch = queue.take(atMost: 256)
      if batch.isEmpty { break }
      for result in batch {
        switch finish(result.outcome, decider) {
        case .success((let record, let decision)):
          if index != nil, !decision.change.isEmpty { changes.append(decision.change) }
          if variant != nil {
            if decision.layer.isEmpty { counts.discarded += 1 } else { counts.lines += 1 }
            output += decision.layer.isEmpty ? [] : decision.layer + [0x0A]
          } else if errors == .rows {
            record.parts.write(decision, to: &output)
            counts.lines += 1
          } else if case .discarded(let reason) = record.destination {
            discarded.add(pipeline.routing.discards[reason].reason)
            counts.discarded += 1
          } else if decision.isSetAside {
            counts.setAside += 1
          } else {
            record.parts.write(decision, to: &output)
            counts.lines += 1
          }
          if output.count >= Self.flushedOutput { try flush() }
        case .failure(let error) where errors == .rows:
          output += ErrorRow(line: result.line, error).line
          counts.lines += 1
          counts.count(error)
        case .failure(let error):
          counts.count(error)
          try flush()
          let stage = error.stage.map { " in stage ‘\($0)’" } ?? ""
          StandardError.write("linecaster: \(result.label)\(stage): \(error.message) (\(error.class))\n")
          if strict { exit(ExitCode.badInput.rawValue) }
        }
      }
      try flush()
    }
    if counts.setAside > 0 {
      StandardError.write("linecaster: \(counts.setAside) copies were left out (action: set_aside)\n")
    }
    if let sentence = discarded.sentence { StandardError.write("linecaster: \(sentence)\n") }
    index?.close()
    return counts
  }

  private func finish(
    _ outcome: WorkOutcome, _ decider: Decider?
  ) -> Result<(record: FinishedRecord, decision: Decision), WorkFailure> {
    switch outcome {
    case .failure(let failure): return .failure(failure)
    case .record(let record):
      do throws(HandoverProblem) {
        var decision = Decision()
        if let decider, let handover = record.handover {
          var arrival = record.arrival
          if arrivals == .published, let day = arrival.published { arrival.time = Int64(day.ordinal) * 86_400 }
          arrival.isDiscarded = record.destination.isDiscarded
          decision = try decider.decide(arrival, handover)
        }
        return .success((record, decision))
      } catch {
        return .failure(WorkFailure(stage: nil, class: .handover, message: error.message))
      }
    }
  }
}

/// Articles that a pipeline discarded, by reason.
struct DiscardCounts {
  private var counts: [String: Int] = [:]

  mutating func add(_ reason: String) { counts[reason, default: 0] += 1 }

  /// “12 articles were discarded: 10 too short, 2 no headline”; `nil` for none.
  var sentence: String? {
    let sum = counts.values.reduce(0, +)
    if sum == 0 { return nil }
    let parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
    return "\(sum) \(sum == 1 ? "article was" : "articles were") discarded: \(parts.joined(separator: ", "))"
  }
}

/// An article on its way through a filter.
struct FilterItem: Sendable {
  /// What a message calls it: `standard input, line 3`, `a.txt`.
  var label: String
  /// From 1; `nil` where the input is a file.
  var line: Int?
  /// What there is to do, or why there is nothing.
  var content: Result<ArticleWork, WorkFailure>
}

struct FilterResult: Sendable {
  var label: String
  var line: Int?
  var outcome: WorkOutcome
}

/// One worker's part of a filter.
private final class FilterWorker: PieceRunner {
  private let runner: any ArticleRunner

  init(_ runner: any ArticleRunner) { self.runner = runner }

  func run(_ items: [FilterItem], more: () -> [FilterItem], done: (FilterResult) -> Void) {
    var waiting = ArraySlice<FilterItem>()
    // Inputs that are no articles come out behind those before them.
    func passFailures() {
      while let first = waiting.first, case .failure(let failure) = first.content {
        waiting.removeFirst()
        done(FilterResult(label: first.label, line: first.line, outcome: .failure(failure)))
      }
    }
    func works(_ items: [FilterItem]) -> [ArticleWork] {
      waiting += items
      if waiting.count == items.count { passFailures() }
      return items.compactMap { if case .success(let work) = $0.content { work } else { nil } }
    }
    runner.run(works(items), more: { works(more()) }) { outcome in
      guard let item = waiting.popFirst() else { return }
      done(FilterResult(label: item.label, line: item.line, outcome: outcome))
      passFailures()
    }
    passFailures()
  }
}
