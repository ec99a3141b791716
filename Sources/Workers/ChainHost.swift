import ArticleIO
import PipelineKit
import Synchronization
import Threads

/// Where the chain of one pipeline runs.
public final class ChainHost: Sendable {
  /// In which processes.
  public enum Place: Sendable {
    /// In worker processes with so many bytes of memory each; `nil` for no limit. The program is one that calls
    /// `ForkingParent.main`.
    case workers(memory: UInt64?, program: String = "/proc/self/exe")
    /// In this process, which then shares the fate of its articles: for tests of a chain.
    case here
  }

  enum Runs {
    case here(ArticleWorker)
    case elsewhere(ChainProcess)
  }

  let runs: Runs
  /// Endings of documents that its chain reads.
  public let documents: [String]
  /// How many workers it may have at a time; `nil` for any number.
  public let mostWorkers: Int?
  let deadline: Duration
  private let routing: Routing
  private let batch: Int
  /// As the pipeline was loaded in this process; `nil` where only workers make its stages.
  private let expected: String?
  private let found: Mutex<String?>
  private let reader: Mutex<WorkerConnection?> = Mutex(nil)

  /// Starts what it needs, which loads the chain meanwhile.
  ///
  /// - Parameters:
  ///   - pipeline: its stages need only be declared where the place is not in this process.
  ///   - variant: which of the registries that the program has workers take stages from; empty for the usual one.
  ///   - log: takes a sentence each time that processes have to be started again.
  public init(
    _ pipeline: Pipeline, in place: Place, variant: String = "", log: @escaping @Sendable (String) -> Void
  ) throws(ThreadError) {
    deadline = pipeline.deadline
    routing = pipeline.routing
    documents = pipeline.chain.documents
    mostWorkers = pipeline.chain.links.compactMap(\.kind.plugin?.settings.workers).filter { $0 > 0 }.min()
    batch = pipeline.chain.links.compactMap(\.kind.plugin?.settings.batch).max() ?? 1
    expected = pipeline.digest
    found = Mutex(pipeline.digest)
    switch place {
    case .here: runs = .here(ArticleWorker(pipeline))
    case .workers(let memory, let program):
      var source = ChainSource(file: pipeline.file, content: pipeline.source, workerMemory: memory)
      source.variables = pipeline.variables
      // The command may ask for others than the file does.
      source.variant = variant
      source.keys = pipeline.outbox.keys.map(\.rawValue)
      let plugins = pipeline.chain.links.compactMap(\.kind.plugin)
      source.plugins = plugins.map(\.folder)
      let startPatience = plugins.reduce(Duration.seconds(10)) {
        $0 + .milliseconds($1.settings.startTimeoutMilliseconds)
      }
      runs = .elsewhere(try ChainProcess(source, program: program, startPatience: startPatience, log: log))
    }
  }

  private var process: ChainProcess? {
    switch runs {
    case .here: nil
    case .elsewhere(let process): process
    }
  }

  /// Waits until the chain is loaded.
  ///
  /// - Throws: where it cannot be, or has become another one since the pipeline was read.
  public func waitUntilReady(patience: Duration? = nil) throws(ChainProcess.StartProblem) {
    guard let process else { return }
    let digest = try process.waitUntilReady(patience: patience)
    if let expected, digest != expected {
      throw ChainProcess.StartProblem(
        description: "a model, list or file of the pipeline changed while it was loaded; start again")
    }
    found.withLock { $0 = digest }
  }

  /// The pipeline's, once the chain is loaded.
  public var digest: String? { found.withLock { $0 } }

  public func stop() {
    reader.withLock { $0 = nil }
    process?.stop()
  }

  /// The same, which may take a while, on a thread of its own.
  public func stopAside() {
    do throws(ThreadError) { try Thread { [self] in stop() }.detach() } catch { stop() }
  }

  /// What runs for it now.
  public var status: ChainStatus { process?.status ?? ChainStatus() }

  /// For one thread that runs articles.
  public func makeRunner() -> any ArticleRunner {
    switch runs {
    case .here(let worker): LocalRunner(worker)
    case .elsewhere(let process): ChainWorker(process, deadline: deadline, routing: routing, atOnce: batch)
    }
  }

  /// Cuts a file that must be expanded or parsed to be cut.
  ///
  /// - Parameters:
  ///   - limit: bytes an article may have.
  ///   - open: reads the file from its beginning.
  public func cut(
    _ kind: InputKind, limit: Int, open: @escaping () throws(InputError) -> any ByteSource
  ) -> any ArticleCutter {
    if let process {
      Splitter(process, kind: kind, limit: limit, patience: deadline, open: open)
    } else {
      LocalCutter(kind: kind, limit: limit, open: open)
    }
  }

  /// What the decider of the last stage needs to remember an article that an earlier run decided.
  ///
  /// - Parameter line: of the outbox.
  /// - Returns: `nil` where it is no record.
  public func remember(_ line: [UInt8]) -> RememberedArticle? {
    switch runs {
    case .here(let worker): worker.remember(line)
    case .elsewhere(let process): remember(line, by: process)
    }
  }

  private func remember(_ line: [UInt8], by process: ChainProcess) -> RememberedArticle? {
    reader.withLock { reader in
      for _ in 0...ChainWorker.mostOutsideDeaths {
        guard let connection = reader ?? process.waitForWorker() else { return nil }
        reader = connection
        connection.send(.remember(line))
        answers: while true {
          switch connection.next(until: .now + deadline + ChainWorker.grace(after: deadline)) {
          case .answer(.memory(let remembered)): return remembered
          case .answer(.ready), .drained: continue
          case .answer, .nonsense, .timeout:
            connection.kill()
            process.release(connection)
            reader = nil
            return nil
          case .ended:
            let end = process.end(of: connection)
            reader = nil
            if !end.cameFromOutside { return nil }
            break answers
          }
        }
      }
      return nil
    }
  }
}

/// Gives the articles of one file, in their order.
public protocol ArticleCutter: AnyObject {
  /// - Throws: where the file cannot be read.
  func next() throws(InputError) -> Splitter.Cut
  /// Once the end came: records that are no articles and no failures either.
  var recordsPassedOver: Int { get }
}

extension Splitter: ArticleCutter {}

/// Cuts a file in this process: lines of plain JSON, whose ends are all that is looked for; the rest in tests only.
public final class LocalCutter: ArticleCutter {
  private let kind: InputKind
  private let limit: Int
  private let open: () throws(InputError) -> any ByteSource
  private var feed: ArticleFeed?
  public var recordsPassedOver: Int { feed?.passedOver ?? 0 }

  public init(kind: InputKind, limit: Int, open: @escaping () throws(InputError) -> any ByteSource) {
    (self.kind, self.limit, self.open) = (kind, limit, open)
  }

  public func next() throws(InputError) -> Splitter.Cut {
    do throws(InputError) {
      if feed == nil {
        var begun = ArticleFeed(try open(), kind: kind, limit: limit)
        if !kind.format.isStreamed, try !begun.hasItems() { return .isOne }
        feed = begun
      }
      return try feed?.next().map { .part($0) } ?? .end(nil)
    } catch {
      return .end(error)
    }
  }
}
