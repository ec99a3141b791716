import Glibc
import StageKit

/// Does to its process what the first word of the text says.
public struct ChaosStage: Stage {
  public static let declaration = StageDeclaration<NoOptions>(
    name: "chaos", summary: "Traps, hangs, or takes all memory.", provides: [], examples: [])

  public init(options: NoOptions, context: StageContext) {}

  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    switch String(decoding: article.text.prefix { $0 != 0x20 }, as: UTF8.self) {
    case "trap":
      // The optimizer must not see that the index is out of range.
      let none = [Int](repeating: 0, count: article.text.count - article.text.count)
      article.metadata.title = [UInt8(none[article.text.count])]
    case "hang": while true { article.metadata.tags = [article.metadata.tags.first ?? []] }
    case "sleep": while true { usleep(1000) }
    case "eat":
      // Not written to: memory is gone long before any deadline, however busy the machine.
      var eaten: [[UInt8]] = []
      while true { eaten.append([UInt8](unsafeUninitializedCapacity: 16 << 20) { $1 = 0 }) }
    case "exit": exit(3)
    case "polite":
      while true { try deadline.check() }
    case "lack":
      // A call fails for want of memory, and its caller makes do.
      errno = ENOMEM
    default: break
    }
  }
}

/// Workers of a chain with it come up late.
public struct LateStage: Stage {
  public static let declaration = StageDeclaration<NoOptions>(
    name: "late", summary: "Holds up each worker before it is confined.", provides: [], examples: [])

  public init(options: NoOptions, context: StageContext) { pthread_atfork(nil, nil) { usleep(900_000) } }
  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {}
}

/// Workers of a chain with it do not come up.
public struct StillStage: Stage {
  public static let declaration = StageDeclaration<NoOptions>(
    name: "still", summary: "Ends each worker before it is confined.", provides: [], examples: [])

  public init(options: NoOptions, context: StageContext) { pthread_atfork(nil, nil) { _exit(5) } }
  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {}
}
