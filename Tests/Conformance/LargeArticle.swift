import ArticleIO
import BuiltinStages
import Glibc
import PipelineKit
import StageKit

/// One stage on one large article, in a process of its own: how much memory it asks for, and how soon it notices that its time
/// is up.
struct LargeArticle {
  let stage: String
  let text: LargeText
  let size: Int

  /// How the stage did.
  struct Outcome {
    /// The highest memory of the process over what it had before the text, in bytes a byte of text.
    var memory: Double
    var seconds: Double
    /// The longest time behind the deadline, in seconds.
    var overrun: Double
    /// At which part of its own time that was.
    var part: Double
    /// The reason where it refused the article.
    var refusal: String?
  }

  /// Parts of the stage's time at which its deadline passes.
  private static let parts = (0..<24).map { (Double($0) + 0.5) / 24 }

  func measure() throws -> Outcome {
    let chain = try chain()
    let before = Memory.now
    var article = try start(chain.before)
    let untouched = article
    var outcome = Outcome(memory: 0, seconds: 0, overrun: 0, part: 0)
    let start = ContinuousClock.now
    do throws(StageError) { try chain.stage.process(&article, deadline: .none) } catch {
      outcome.refusal = error.message
    }
    outcome.seconds = (ContinuousClock.now - start) / .seconds(1)
    outcome.memory = Double(Memory.peak - before) / Double(size)
    for part in Self.parts {
      let overrun = overrun(chain.stage, untouched, outcome.seconds * part)
      if overrun > outcome.overrun { (outcome.overrun, outcome.part) = (overrun, part) }
    }
    return outcome
  }

  /// Ends the process, with a backtrace, where the stage looks at no clock for `patience` after its deadline.
  func abort(at part: Double, patience: Duration) throws {
    let chain = try chain()
    var article = try start(chain.before)
    let untouched = article
    let begin = ContinuousClock.now
    do throws(StageError) { try chain.stage.process(&article, deadline: .none) } catch {}
    let time = (ContinuousClock.now - begin) * part
    article = untouched
    let alarm = Alarm(after: time + patience, signal: SIGABRT)
    defer { alarm.stop() }
    do throws(StageError) { try chain.stage.process(&article, deadline: Deadline(after: time)) } catch {}
  }

  /// Seconds of processor time behind the deadline: a machine that others use as well may hold us up.
  private func overrun(_ stage: Chain, _ article: Article, _ seconds: Double) -> Double {
    var article = article
    let deadline = Duration.seconds(seconds)
    ProcessorTime.atAlarm = -1
    signal(SIGALRM) { _ in ProcessorTime.atAlarm = ProcessorTime.now }
    let alarm = Alarm(after: deadline, signal: SIGALRM)
    defer { alarm.stop() }
    do throws(StageError) { try stage.process(&article, deadline: Deadline(after: deadline)) } catch {}
    return ProcessorTime.atAlarm < 0 ? 0 : max(0, ProcessorTime.now - ProcessorTime.atAlarm)
  }

  /// The stages that it needs, and itself.
  private func chain() throws -> (before: Chain, stage: Chain) {
    let kinds = StageRegistry.builtin.stages
    guard let kind = kinds.first(where: { $0.name == stage }) else { throw Problem.unknownStage(stage) }
    let before = kinds.prefix { $0.name != stage }.filter { $0.name != "clean" || text.isPage }
    return try (
      Chain(before.map { try ChainLink($0, context: .installed) }), Chain([ChainLink(kind, context: .installed)])
    )
  }

  private func start(_ before: Chain) throws -> Article {
    let raw = RawArticle(bytes: text.bytes(size), line: nil, format: text.isPage ? .html : .text)
    var article = try raw.decode(name: Array("a.txt".utf8))
    if !before.links.isEmpty { try before.process(&article, deadline: .none) }
    return article
  }

  enum Problem: Error { case unknownStage(String) }
}

/// Memory of this process in bytes, as the kernel counts it.
enum Memory {
  static var now: Int { field("VmRSS:") }
  static var peak: Int { field("VmHWM:") }

  private static func field(_ name: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      guard text.hasPrefix(name) else { continue }
      return (Int(text.dropFirst(name.count).filter(\.isNumber)) ?? 0) << 10
    }
    return 0
  }
}
