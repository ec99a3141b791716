import ArticleIO
import Disk
import PipelineKit
import Spool
import StageKit
import Workers

/// From claimed files to pieces of work.
extension Intake {
  mutating func read(_ claim: Claim, _ file: OpenFile, _ status: FileStatus, attempts: Int = 0) {
    // A producer may have opened it while its name was waiting. Now that it has left the inbox, nobody else can.
    let hasWriter = fs.hasWriter(file)
    if hasWriter == true { return settleAgain(claim, status) }
    var input = InputIdentity(claim: claim.number, name: claim.name, inode: status.inode, size: status.size)
    if hasWriter == nil, finished != nil { input.modified = status.modified }
    let kind: InputKind
    do throws(InputError) {
      kind = try InputKind(fileName: claim.name, documents: chain.host.documents)
      if !kind.format.isStreamed, status.size > chain.maxInput {
        throw InputError(
          .tooLarge,
          "the file has \(status.size) bytes, more than max_input (\(chain.maxInput)); split it or raise max_input")
      }
    } catch {
      return refuse(input, error)
    }
    do {
      let (fs, limit) = (fs, chain.maxInput)  // for closures, which cannot hold the intake
      if kind.format.isStreamed {
        let open = { () throws(InputError) -> any ByteSource in FileSource(fs, file) }
        // Only the ends of lines are looked for here.
        let cutter: any ArticleCutter =
          kind.format.isCutInLines && kind.packing == nil
          ? LocalCutter(kind: kind, limit: limit, open: open) : chain.host.cut(kind, limit: limit, open: open)
        _ = try readParts(of: cutter, kind, claim, file, status, input)
      } else {
        let bytes = try fs.readAll(file, limit: limit + 1)
        let after = try fs.status(of: file)
        guard after.isUnchanged(since: status) else { return settleAgain(claim, after) }
        if kind.mayHoldMany(bytes) {
          let cutter = chain.host.cut(kind, limit: limit) { () throws(InputError) in BytesInMemory(bytes) }
          if try readParts(of: cutter, kind, claim, file, status, input) { return }
        }
        waitForRate()
        var ticket = Ticket(input: input, part: .file, sequence: counters.takeSequence(), ready: ready)
        ticket.supersedes = claim.superseded(byLine: 0)
        ticket.earlier = earlier(of: claim, line: 0)
        buffer(.file(ticket, bytes, kind), cost: bytes.count + (ticket.earlier?.line.count ?? 0))
      }
    } catch {
      log.warning("\(claim.path) cannot be read now: \(error)")
      tryAgain(claim, nil, attempts: attempts)
    }
  }

  private mutating func refuse(_ input: InputIdentity, _ error: InputError) {
    let failure = Failure(stage: nil, class: error.class, message: error.message)
    let ticket = Ticket(input: input, part: .file, sequence: counters.takeSequence(), ready: ready)
    buffer(.settled(ticket, failure), cost: 0)
  }

  /// Sends the lines, or items, of a file off one by one. The last is held back until it is sure that it is the last.
  ///
  /// - Returns: `false` where the file is one article, of which nothing was sent.
  private mutating func readParts(
    of cutter: any ArticleCutter, _ kind: InputKind, _ claim: Claim, _ file: OpenFile, _ status: FileStatus,
    _ input: InputIdentity
  ) throws(DiskError) -> Bool {
    try lane.claimer.makeDurable(claim)
    chains.note(file: claim.name)
    isInFile = true
    defer {
      isInFile = false
      chains.note(file: nil)
    }
    var held: ArticleFeed.Item?
    var settled = claim.settledLines
    var failure: Failure?
    do throws(InputError) {
      parts: while true {
        switch try cutter.next() {
        case .isOne: return false
        case .end(let error):
          if let error, !kind.format.isStreamed, held == nil, claim.settledLines == 0 {
            // What cannot be cut is a file like any other, and the worker says why; but for one that ends its worker.
            guard [FailureClass.crashed, .killed].map(\.rawValue).contains(error.class) else { return false }
            refuse(input, error)
            return true
          }
          if cutter.recordsPassedOver > 0 {
            log.info(
              "\(Path.printable(claim.name)): \(cutter.recordsPassedOver) records are no pages, and were passed over")
          }
          failure = error.map { Failure(stage: nil, class: $0.class, message: $0.message) }
          break parts
        case .part(let item):
          waitForSpace()
          if item.line > claim.settledLines { waitForRate() }
          if queue.isAborted { return true }
          if item.line <= claim.settledLines { continue }
          if let held { settled = send(held, kind, claim, input) }
          held = item
        }
      }
    } catch {
      failure = Failure(stage: nil, class: error.class, message: error.message)
    }
    let after = try fs.status(of: file)
    if !after.isUnchanged(since: status) {
      settleAgain(claim.continued(after: settled), after)
      return true
    }
    if let held { settled = send(held, kind, claim, input) }
    var end = Ticket(input: input, part: .end)
    // An earlier run knew the last line.
    if settled > 0, settled == claim.settledLines { end.input.modified = nil }
    buffer(.settled(end, failure), cost: 0)
    return true
  }

  /// - Returns: the line's number.
  private mutating func send(
    _ item: ArticleFeed.Item, _ kind: InputKind, _ claim: Claim, _ input: InputIdentity
  ) -> Int {
    var ticket = Ticket(
      input: input, part: .line(item.line), partName: kind.format.part, sequence: counters.takeSequence(),
      ready: ready)
    ticket.supersedes = claim.superseded(byLine: item.line)
    switch item {
    case .article(let raw):
      ticket.earlier = earlier(of: claim, line: item.line)
      buffer(.line(ticket, raw), cost: raw.bytes.count + (ticket.earlier?.line.count ?? 0))
    case .badLine(_, let error):
      buffer(.settled(ticket, Failure(stage: nil, class: error.class, message: error.message)), cost: 0)
    }
    return item.line
  }

  // MARK: - Late writes

  /// Takes an input again that was finished too early.
  mutating func takeAgain(_ input: FinishedInputs.Input) {
    waitForSpace()
    if queue.isHalted { return }
    flush()
    guard let file = try? fs.open(input.place, for: .reading) else {
      finished?.forget(input.place)
      return
    }
    defer { fs.close(file) }
    guard let status = try? fs.status(of: file), status.inode == input.identity.inode else { return }
    do throws(InputError) {
      guard let change = try LateLook(input, file, status, fs, chain.host, maxInput: chain.maxInput).change() else {
        // Only its times were set.
        finished?.watchAgain(input, as: status)
        return
      }
      lateProducers.tell(of: lane.places.inbox / input.identity.name, owner: status.owner, log)
      takeAgain(input, change)
    } catch {
      log.warning("\(input.place) was written to after it was taken, and cannot be read now: \(error.message)")
      finished?.watchAgain(input, as: nil)
    }
  }

  /// Takes finished inputs that are to go through the chain of now.
  mutating func takeAgain(_ inputs: [InputAgain]) {
    waitForSpace()
    if queue.isHalted { return }
    flush()
    do throws(SpoolError) {
      let claims = try spool.takeAgain(inputs.map(\.note), lane: number)
      for input in inputs { finished?.forget(input.note.place) }
      for (input, claim) in zip(inputs, claims) {
        guard let claim else { continue }
        inHand = (claim.number, input)
        reopen(claim, seen: nil)
      }
      inHand = nil
    } catch {
      log.warning("\(inputs.count) inputs cannot be taken again now: \(error)")
    }
  }

  /// The record of an article that is taken again, where the chain that it is of has the same first stages.
  private func earlier(of claim: Claim, line: Int) -> ArticleWork.Earlier? {
    guard let inHand, inHand.claim == claim.number, inHand.input.digest == chain.digest else { return nil }
    return inHand.input.places[line]?.read(claim.superseded(byLine: line), fs)
  }

  private mutating func takeAgain(_ input: FinishedInputs.Input, _ change: LateLook.Change) {
    let note = RevisionNote(
      pipeline: lane.places.pipeline, name: input.identity.name, inode: input.identity.inode, place: input.place,
      outdated: change.outdated, superseded: change.supersedes.map { [change.line: $0] } ?? [:],
      settledLines: change.settledLines)
    do throws(SpoolError) {
      let claims = try spool.takeAgain([note], lane: number)
      finished?.forget(input.place)
      for claim in claims.compactMap(\.self) { reopen(claim, seen: nil) }
    } catch {
      log.warning("\(input.place) was written to after it was taken, and cannot be taken again now: \(error)")
      finished?.watchAgain(input, as: nil)
    }
  }
}

extension Claim {
  /// The number of the record that a line of it takes the place of, or with 0 the whole file.
  fileprivate func superseded(byLine line: Int) -> UInt64? { revision?.superseded[line] }
}

extension ArticleFeed.Item {
  /// From 1; 0 for a file that is one article.
  var line: Int {
    switch self {
    case .article(let raw): raw.line ?? 0
    case .badLine(let line, _): line
    }
  }
}
