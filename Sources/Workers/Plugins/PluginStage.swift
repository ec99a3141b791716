import Glibc
import PipelineKit
import StageKit
import Threads

/// A stage that a process beside the worker does. It works in workers only: in any other process articles pass without its layers.
///
/// The process has up to `batch` articles at a time. If it ends or sends nonsense, each article that it had goes to a fresh one, alone: whose
/// process ends again, or whose time is over, fails.
public final class PluginStage: BatchProcessor {
  let exchange: PluginExchange
  private let state = Monitor(State())

  private struct State {
    /// `nil` outside workers.
    var requests: PluginRequests?
    /// The place of this plugin among those of the chain.
    var place = 0
    var connection: PluginConnection?
    /// Whether the greeting was sent, and whether the answer came; until when it has to.
    var (isGreeted, isReady) = (false, false)
    var readyUntil = ContinuousClock.now
    /// Of the process that runs now.
    var answered = 0
    var nextID: UInt32 = 1
    /// How the process before ended.
    var formerEnd = ""
    /// What it cost since that was told, and when it was.
    var cost = (articles: 0, time: Duration.zero)
    var told = ContinuousClock.now
  }

  init(_ manifest: PluginManifest, options: OptionValues) {
    exchange = PluginExchange(manifest: manifest, options: options)
  }

  /// How often `status` learns what it costs.
  private static let tellingInterval = Duration.seconds(1)

  var manifest: PluginManifest { exchange.manifest }
  public var batch: Int { manifest.settings.batch }

  /// In a worker, before its sandbox: from now on articles go to the process.
  ///
  /// - Parameters:
  ///   - place: of this plugin among those of the chain.
  ///   - socket: of a process that is ready; `nil` where one is still to be asked for.
  func open(_ requests: PluginRequests, place: Int, socket: CInt?) {
    state.withLock { state in
      (state.requests, state.place) = (requests, place)
      guard let socket else { return }
      state.connection = PluginConnection(socket, by: .write)
      (state.isGreeted, state.isReady) = (true, true)
    }
  }

  /// Asks for the process and waits until it is ready, so that no article has to. Where it cannot be had each article will say so.
  func prepare() {
    state.withLock { state in
      _ = connect(&state, until: .now + .milliseconds(manifest.settings.startTimeoutMilliseconds))
    }
  }

  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    var articles = [article]
    if let error = process(&articles, deadline: deadline).first ?? nil { throw error }
    article = articles[0]
  }

  public func process(_ articles: inout [Article], deadline: Deadline) -> [StageError?] {
    // One that reads documents has nothing to say of articles.
    if !manifest.reads.isEmpty || !isOpen { return articles.map { _ in nil } }
    let answers = answers(to: articles.map(exchange.request), deadline)
    var errors: [StageError?] = []
    for (place, answer) in answers.enumerated() {
      do throws(StageError) {
        try exchange.take(try answer.get(), into: &articles[place])
        errors.append(nil)
      } catch {
        errors.append(error)
      }
    }
    return errors
  }

  private var isOpen: Bool { state.withLock { $0.requests != nil } }

  /// What the plugin answers to requests, each by its own.
  private func answers(to requests: [[UInt8]], _ deadline: Deadline) -> [Result<[UInt8], StageError>] {
    state.withLock { state in
      let begin = ContinuousClock.now
      var results = [Result<[UInt8], StageError>?](repeating: nil, count: requests.count)
      for place in send(requests, Array(requests.indices), &state, deadline, &results, isSecond: false) {
        // What a process does that had other articles may be the fault of those: then the article gets one that had none.
        let isFresh = state.connection == nil || state.answered == 0
        let again = send(requests, [place], &state, deadline, &results, isSecond: isFresh)
        if !again.isEmpty { _ = send(requests, [place], &state, deadline, &results, isSecond: true) }
      }
      tell(&state, requests.count, ContinuousClock.now - begin)
      let recycle = manifest.settings.recycle
      if recycle > 0, state.answered >= recycle { state.connection = nil }
      return results.map { $0 ?? .failure(unavailable("it never answered")) }
    }
  }

  /// Lets `status` know what articles cost.
  private func tell(_ state: inout State, _ articles: Int, _ time: Duration) {
    state.cost = (state.cost.articles + articles, state.cost.time + time)
    let now = ContinuousClock.now
    // That it answered tells, too, that it runs again.
    guard now - state.told >= Self.tellingInterval, state.answered > 0 else { return }
    let microseconds = Int((state.cost.time / Duration.microseconds(1)).rounded())
    state.requests?.tell(.note(plugin: state.place, articles: state.cost.articles, microseconds: microseconds))
    (state.cost, state.told) = ((0, .zero), now)
  }
}

extension PluginStage: DocumentConverter {
  public func convert(_ file: [UInt8], name: [UInt8], deadline: Deadline) throws(StageError) -> ConvertedDocument {
    if !isOpen { throw unavailable("documents are read in workers only") }
    guard let answer = answers(to: [exchange.request(file, name: name)], deadline).first else {
      throw unavailable("it never answered")
    }
    return try exchange.document(try answer.get())
  }
}

extension PluginStage {
  /// Sends requests and takes the answers.
  ///
  /// - Parameter isSecond: they were with a process before, which did not answer.
  /// - Returns: those that are to be tried alone.
  private func send(
    _ requests: [[UInt8]], _ places: [Int], _ state: inout State, _ deadline: Deadline,
    _ results: inout [Result<[UInt8], StageError>?], isSecond: Bool
  ) -> [Int] {
    let last = deadline.left.map { ContinuousClock.now + $0 }
    if let problem = connect(&state, until: last) {
      for place in places { results[place] = .failure(problem) }
      return []
    }
    guard let connection = state.connection else { return [] }
    var waiting: [UInt32: Int] = [:]
    for place in places {
      waiting[state.nextID] = place
      connection.put(PluginFrame(id: state.nextID, payload: requests[place]))
      // 0 is that of the greeting.
      state.nextID = state.nextID == .max ? 1 : state.nextID + 1
    }
    connection.write()
    var end: String?
    while !waiting.isEmpty, end == nil {
      switch connection.next(until: limit(last)) {
      case .frame(let frame):
        guard let place = waiting.removeValue(forKey: frame.id) else {
          end = "it answered with the id \(frame.id), which no article that it has bears"
          continue
        }
        state.answered += 1
        results[place] = .success(frame.payload)
      case .nonsense(let message): end = "it sent what is no frame: \(message)"
      case .ended: end = ""
      case .timeout:
        state.connection = nil
        if places.count > 1 { return waiting.values.sorted() }
        for place in waiting.values {
          results[place] = .failure(
            StageError(.failsArticle, class: .deadline, "the plugin ‘\(manifest.name)’ did not answer in time"))
        }
        return []
      }
    }
    guard let end else { return [] }
    state.connection = nil
    if !isSecond { return waiting.values.sorted() }
    // Asked for at once: only then it is known how the former one ended.
    _ = connect(&state, until: last)
    for place in waiting.values {
      results[place] = .failure(
        end.isEmpty
          ? StageError(
            .failsArticle, class: .pluginEnded,
            "the plugin ‘\(manifest.name)’ ended twice while it had the article: \(state.formerEnd)")
          : StageError(.failsArticle, class: .pluginAnswer, "the plugin ‘\(manifest.name)’ is ended: \(end)"))
    }
    return []
  }

  private func limit(_ last: ContinuousClock.Instant?) -> ContinuousClock.Instant? {
    let timeout = manifest.settings.timeoutMilliseconds
    if timeout == 0 { return last }
    let own = ContinuousClock.now + .milliseconds(timeout)
    return last.map { min($0, own) } ?? own
  }

  /// Sees to it that there is a process that is ready.
  ///
  /// - Returns: why there is none.
  private func connect(_ state: inout State, until last: ContinuousClock.Instant?) -> StageError? {
    while true {
      if state.connection == nil, let problem = start(&state, until: last) { return problem }
      guard let connection = state.connection else { continue }
      if state.isReady { return nil }
      let limit = last.map { min($0, state.readyUntil) } ?? state.readyUntil
      let problem = connection.greet(exchange, until: limit, isSent: state.isGreeted)
      state.isGreeted = true
      switch problem {
      case nil:
        state.isReady = true
        return nil
      case .says(let words):
        state.connection = nil
        return unavailable(words)
      case .ended:
        state.connection = nil
        if let problem = start(&state, until: last) { return problem }
        return unavailable(state.formerEnd)
      case .late:
        // It goes on starting: the next article may find it ready.
        if .now >= state.readyUntil { state.connection = nil }
        return unavailable("it is not ready yet")
      }
    }
  }

  /// Asks for a new process.
  private func start(_ state: inout State, until last: ContinuousClock.Instant?) -> StageError? {
    guard let requests = state.requests else { return nil }
    while true {
      guard let answer = requests.ask(.start(plugin: state.place, answered: state.answered)) else {
        return unavailable("the process that starts it is gone")
      }
      state.answered = 0
      switch (answer.reply, answer.socket) {
      case (.started(let formerEnd), let socket?):
        state.formerEnd = formerEnd
        state.connection = PluginConnection(socket, by: .write)
        (state.isGreeted, state.isReady) = (false, false)
        state.readyUntil = .now + .milliseconds(manifest.settings.startTimeoutMilliseconds)
        return nil
      case (.later(let milliseconds, let why), _):
        let pause = Duration.milliseconds(milliseconds)
        guard milliseconds <= PluginProcesses.longestWait, last.map({ $0 > .now + pause }) ?? true else {
          return unavailable(why)
        }
        usleep(UInt32(clamping: milliseconds * 1000))
      case (.started, nil): return unavailable("it came without its socket")
      }
    }
  }

  private func unavailable(_ why: String) -> StageError {
    StageError(.failsArticle, class: .pluginUnavailable, "the plugin ‘\(manifest.name)’ cannot be had: \(why)")
  }
}
