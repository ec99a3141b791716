import ArticleIO
import Disk
import Glibc
import PipelineKit

/// Inputs to records on standard output, on all cores and in order: what `pipe` and `process` share.
struct Filter: Sendable {
  enum Inputs: Sendable {
    /// JSON Lines on standard input.
    case standardInput
    /// Paths.
    case files([[UInt8]])
  }

  let caster: Caster
  let workers: Int
  /// Whether the first bad input ends the run.
  let strict: Bool
  /// Bytes an article may have.
  let maxInput: Int
  /// Where the last stage keeps what it remembers; `nil` for in memory.
  var index: String?

  private struct Item: Sendable {
    /// What a message calls the input: `standard input`, `a.txt`.
    var label: String
    var name: [UInt8]
    var content: Result<ArticleFeed.Item, InputError>
  }

  private struct Done: Sendable {
    var place: String
    var result: Result<Cast, CastingError>
  }

  /// - Returns: whether every article became a record.
  func run(_ inputs: Inputs) throws -> Bool {
    let index = try self.index.map { try KeptIndex($0, for: self.caster.chain) }
    let pool = WorkerPool(workers: workers)
    let caster = self.caster
    let lane = pool.lane { (item: Item) in Self.cast(item, caster) }
    let maxInput = self.maxInput
    let reader = Thread {
      switch inputs {
      case .standardInput:
        let feed = ArticleFeed(DescriptorSource(STDIN_FILENO), kind: InputKind(.jsonLines), limit: maxInput)
        Self.submit(feed, label: "standard input", name: [UInt8(ascii: "-")], to: lane)
      case .files(let paths):
        for path in paths { Self.submit(path, limit: maxInput, to: lane) }
      }
      lane.finish()
    }
    let allGood = try drain(lane, index)
    reader.join()
    pool.stop()
    return allGood
  }

  private static func submit(_ path: [UInt8], limit: Int, to lane: Lane<Item, Done>) {
    let (label, name) = (Path.printable(path), Path(path).name)
    func refuse(_ error: InputError) {
      lane.submit(Item(label: label, name: name, content: .failure(error)), cost: 0)
    }
    do throws(InputError) {
      let kind = try InputKind(fileName: name)
      let descriptor = openForReading(path)
      guard descriptor >= 0 else {
        throw InputError("read", "cannot be opened: \(String(cString: strerror(errno)))")
      }
      defer { close(descriptor) }
      submit(ArticleFeed(DescriptorSource(descriptor), kind: kind, limit: limit), label: label, name: name, to: lane)
    } catch {
      refuse(error)
    }
  }

  private static func submit(_ source: ArticleFeed, label: String, name: [UInt8], to lane: Lane<Item, Done>) {
    var feed = source
    do throws(InputError) {
      while let next = try feed.next() {
        let cost = if case .article(let raw) = next { raw.bytes.count } else { 0 }
        lane.submit(Item(label: label, name: name, content: .success(next)), cost: cost)
      }
    } catch {
      lane.submit(Item(label: label, name: name, content: .failure(error)), cost: 0)
    }
  }

  private static func cast(_ item: Item, _ caster: Caster) -> Done {
    func failed(_ place: String, _ error: InputError) -> Done {
      Done(place: place, result: .failure(CastingError(stage: nil, class: error.class, message: error.message)))
    }
    switch item.content {
    case .success(.article(let raw)):
      let place = raw.place.map { "\(item.label), \($0)" } ?? item.label
      return Done(place: place, result: caster.cast(raw, name: item.name))
    case .success(.badLine(let line, let error)): return failed("\(item.label), line \(line)", error)
    case .failure(let error): return failed(item.label, error)
    }
  }

  private func drain(_ lane: Lane<Item, Done>, _ index: KeptIndex?) throws -> Bool {
    var index = index
    let decider = index.map(\.decider) ?? caster.chain.makeDecider()
    var allGood = true
    var setAside = 0
    while true {
      let batch = lane.take(atMost: 256)
      if batch.isEmpty {
        if setAside > 0 { StandardError.write("linecaster: \(setAside) copies were left out (action: drop)\n") }
        try index?.save()
        index?.close()
        return allGood
      }
      var output = [UInt8]()
      var changes: [[UInt8]] = []
      for done in batch {
        do throws(CastingError) {
          let (line, decision) = try done.result.get().finish(decider)
          changes.append(decision.change)
          if decision.isSetAside { setAside += 1 } else { output.append(contentsOf: line) }
        } catch {
          allGood = false
          StandardOutput.write(output)
          output = []
          let stage = error.stage.map { " in stage ‘\($0)’" } ?? ""
          StandardError.write("linecaster: \(done.place)\(stage): \(error.message)\n")
          if strict { exit(65) }
        }
      }
      StandardOutput.write(output)
      for change in changes { try index?.note(change) }
    }
  }
}
