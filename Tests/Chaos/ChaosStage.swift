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
      var eaten: [[UInt8]] = []
      while true { eaten.append([UInt8](repeating: UInt8(truncatingIfNeeded: eaten.count), count: 16 << 20)) }
    case "exit": exit(3)
    case "polite":
      while true { try deadline.check() }
    default: break
    }
  }
}
