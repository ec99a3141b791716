import ArticleIO
import Glibc
import PipelineKit

/// What a worker does, in its own process, until its socket ends: takes requests one at a time, and answers in their order.
///
/// The answers to articles that are done in no time go back together, since to wake the parent for each would cost as much as a
/// small article. How many are finished stands in the page, so that the parent knows which one is in hand.
struct WorkerChild {
  private let worker: ArticleWorker
  private let socket: BlockingSocket
  private let page: FaultPage
  /// Answers that are not sent yet.
  private var held: [UInt8] = []
  /// When some were sent last, in nanoseconds of a clock that never goes back.
  private var lastSent = StageClock.now
  private var finished: UInt64 = 0

  /// How long an answer is held, which the article behind it loses of its time; and bytes that are held, some records of
  /// ordinary articles, and fewer than a socket takes at once.
  private static let (longestHeld, mostHeld): (Int64, Int) = (10_000_000, 96 << 10)

  init(_ worker: ArticleWorker, socket descriptor: CInt, page: FaultPage) {
    self.worker = worker
    socket = BlockingSocket(descriptor)
    self.page = page
  }

  /// - Throws: where the socket breaks or brings what is no request.
  mutating func run(_ report: SandboxReport) throws(FrameProblem) {
    try answer(.ready(report))
    while let request = try next() {
      switch request {
      case .article(let work):
        if worker.batch > 1 { try performMany(work) } else { perform(work) }
        if held.count >= Self.mostHeld || StageClock.now - lastSent >= Self.longestHeld { try sendHeld() }
      case .remember(let line): try answer(.memory(worker.remember(line)))
      case .split(let kind, let limit): try split(kind, limit: limit)
      case .test(let number): try answer(.tested(worker.outcome(ofTest: number)))
      case .simulate(let work): try answer(.simulated(worker.simulate(work).encoded))
      case .piece: break  // of a file whose parts nobody wants any more
      }
    }
  }

  private mutating func perform(_ work: ArticleWork) {
    page.note(work: Self.decoding)
    let outcome = worker.perform(work) { page.note(work: Self.decoding + 1 + UInt64($0)) }
    page.note(work: Self.nothing)
    hold(.outcome(outcome))
    finished += 1
    page.note(finished: finished)
  }

  /// Together with the articles behind it that are here already.
  private mutating func performMany(_ first: ArticleWork) throws(FrameProblem) {
    var works = [first]
    while works.count < worker.batch, let frame = try socket.nextThatIsHere() {
      guard case .article(let work) = try Request(frame) else { throw FrameProblem("articles come alone") }
      works.append(work)
    }
    page.note(work: Self.decoding)
    // The one in hand is not the first of them: as if those before it were finished.
    let outcomes = worker.perform(works) { number, place in
      page.note(finished: finished + UInt64(number))
      page.note(work: Self.decoding + 1 + UInt64(place))
    }
    page.note(work: Self.nothing)
    for outcome in outcomes { hold(.outcome(outcome)) }
    finished += UInt64(works.count)
    page.note(finished: finished)
  }

  /// What the page says of the work in hand; behind `decoding` come the stages of the chain.
  static let (nothing, decoding): (UInt64, UInt64) = (0, 1)

  private mutating func next() throws(FrameProblem) -> Request? {
    var frame = try socket.nextThatIsHere()
    if frame == nil {
      // Whoever waits for an answer sends nothing before it comes.
      try sendHeld()
      frame = try socket.read()
    }
    return try frame.map { frame throws(FrameProblem) in try Request(frame) }
  }

  private mutating func answer(_ answer: Answer) throws(FrameProblem) {
    hold(answer)
    try sendHeld()
  }

  private mutating func hold(_ answer: Answer) {
    if held.isEmpty { held = answer.frame } else { held += answer.frame }
  }

  private mutating func sendHeld() throws(FrameProblem) {
    if held.isEmpty { return }
    try socket.write(held)
    held.removeAll(keepingCapacity: held.capacity < 1 << 20)
    lastSent = StageClock.now
  }

  private mutating func split(_ kind: InputKind, limit: Int) throws(FrameProblem) {
    var feed = ArticleFeed(PieceSource(socket: socket), kind: kind, limit: limit)
    do throws(InputError) {
      if !kind.format.isStreamed, try !feed.hasItems() { return try send(.isOne) }
      while let part = try feed.next() { try send(.part(part)) }
      try send(.splitEnd(nil, passedOver: feed.passedOver))
    } catch {
      if error.class == PieceSource.broken { throw FrameProblem(error.message) }
      try answer(.splitEnd(error, passedOver: feed.passedOver))
    }
  }

  /// As `answer`, where only errors of inputs may be thrown.
  private mutating func send(_ answer: Answer) throws(InputError) {
    do throws(FrameProblem) {
      try self.answer(answer)
    } catch {
      throw InputError(class: PieceSource.broken, error.message)
    }
  }
}

/// The bytes of a file as the parent sends them.
private struct PieceSource: ByteSource {
  /// The class of the error that is none of the input's.
  static let broken = "socket"

  let socket: BlockingSocket
  var isDone = false

  mutating func read(into buffer: inout [UInt8], upTo count: Int) throws(InputError) -> Int {
    if isDone { return 0 }
    do throws(FrameProblem) {
      guard let frame = try socket.read(), case .piece(let bytes) = try Request(frame) else {
        throw FrameProblem("a file ends before its last piece")
      }
      if bytes.isEmpty { isDone = true }
      buffer += bytes
      return bytes.count
    } catch {
      throw InputError(class: Self.broken, error.message)
    }
  }
}

/// One end of a socket pair that waits for the other.
final class BlockingSocket {
  private let descriptor: CInt
  private var buffer = FrameBuffer()

  init(_ descriptor: CInt) { self.descriptor = descriptor }

  /// The next frame, where all of it was read before.
  func nextThatIsHere() throws(FrameProblem) -> Frame? { try buffer.next() }

  /// The next frame; `nil` at the end.
  func read() throws(FrameProblem) -> Frame? {
    while true {
      if let frame = try buffer.next() { return frame }
      switch buffer.read(from: descriptor) {
      case .success(0): return nil
      case .success: continue
      case .failure(let failure):
        if failure.code == EINTR { continue }
        throw FrameProblem("reading failed: \(String(cString: strerror(failure.code)))")
      }
    }
  }

  func write(_ bytes: [UInt8]) throws(FrameProblem) { try Self.write(bytes, to: descriptor) }

  /// All of the bytes, however often that takes.
  static func write(_ bytes: [UInt8], to descriptor: CInt) throws(FrameProblem) {
    var at = 0
    while at < bytes.count {
      let count = bytes[at...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FrameProblem("writing failed: \(String(cString: strerror(errno)))") }
      at += count
    }
  }
}
