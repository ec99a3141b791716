import ArticleIO
import Glibc
import PipelineKit

/// Cuts one file into articles in a worker of its own: what must be expanded or parsed to be cut. Where that worker dies, the
/// next one begins anew and what was given out before is passed over.
public final class Splitter {
  public enum Cut: Sendable {
    /// The whole file is one article; nothing more comes.
    case isOne
    case part(ArticleFeed.Item)
    /// All parts came, or why the file as a whole is none.
    case end(InputError?)
  }

  private let process: ChainProcess
  private let kind: InputKind
  private let limit: Int
  private let patience: Duration
  private let open: () throws(InputError) -> any ByteSource
  private var source: (any ByteSource)?
  private var connection: WorkerConnection?
  /// Once the end came: records that are no articles and no failures either.
  public private(set) var recordsPassedOver = 0
  private var given = 0
  private var passedOver = 0
  private var faults = 0
  private var outsideDeaths = 0
  private var isDone = false

  private static let piece = 1 << 16
  private static let mostWaiting = 4 * piece

  /// - Parameters:
  ///   - limit: bytes an article may have.
  ///   - patience: how long a part may take.
  ///   - open: reads the file from its beginning.
  public init(
    _ process: ChainProcess, kind: InputKind, limit: Int, patience: Duration,
    open: @escaping () throws(InputError) -> any ByteSource
  ) {
    (self.process, self.kind, self.limit, self.patience, self.open) = (process, kind, limit, patience, open)
  }

  deinit { drop() }

  private func drop() {
    guard let connection else { return }
    connection.kill()
    process.release(connection)
    self.connection = nil
  }

  /// - Throws: where the file cannot be read.
  public func next() throws(InputError) -> Cut {
    while !isDone {
      guard let connection = try begin() else { return end(InputError(.stopped, "the chain does not run any more")) }
      try feed(connection)
      switch connection.next(until: .now + patience + ChainWorker.grace(after: patience), orDrained: source != nil) {
      case .drained, .answer(.ready): continue
      case .answer(.isOne): return end(.isOne)
      case .answer(.part(let part)):
        if passedOver < given {
          passedOver += 1
          continue
        }
        given += 1
        passedOver += 1
        (faults, outsideDeaths) = (0, 0)
        return .part(part)
      case .answer(.splitEnd(let error, let passedOver)):
        recordsPassedOver = passedOver
        return end(error)
      case .answer: accuse("sent an answer that nobody asked for")
      case .nonsense(let message): accuse("sent what no worker sends: \(message)")
      case .timeout: accuse("took longer than the deadline for one article")
      case .ended:
        let words = process.end(of: connection)
        self.connection = nil
        if words.cameFromOutside { outsideDeaths += 1 } else { accuse(words.words) }
      }
      if faults >= 2 {
        return end(
          InputError(.crashed, "the file cannot be cut into articles: the worker that does it \(lastFault), twice"))
      }
      if outsideDeaths > ChainWorker.mostOutsideDeaths {
        return end(InputError(.killed, "\(outsideDeaths) workers were ended from outside while they cut the file"))
      }
    }
    return .end(nil)
  }

  private var lastFault = ""

  private func accuse(_ words: String) {
    faults += 1
    lastFault = words
    drop()
  }

  private func end(_ error: InputError?) -> Cut { end(.end(error)) }

  private func end(_ cut: Cut) -> Cut {
    isDone = true
    drop()
    return cut
  }

  /// - Returns: `nil` where no worker will come any more.
  private func begin() throws(InputError) -> WorkerConnection? {
    if let connection { return connection }
    guard let made = process.waitForWorker() else { return nil }
    source = try open()
    passedOver = 0
    made.send(.split(kind, limit: limit))
    connection = made
    return made
  }

  /// Sends on of the file as much as may wait.
  private func feed(_ connection: WorkerConnection) throws(InputError) {
    while connection.waiting < Self.mostWaiting, var reading = source {
      var bytes: [UInt8] = []
      let count = try reading.read(into: &bytes, upTo: Self.piece)
      source = count == 0 ? nil : reading
      connection.send(.piece(bytes))
    }
  }
}
