import Bytes
import StageKit

@testable import Dedupe

/// Made-up prose: words drawn evenly from a list, the same for the same seed.
struct Story {
  private static let words = """
    harbour council winter minister railway bridge island fishing budget teacher market northern electric vote ferry \
    engineer morning report village treaty letter garden factory record mayor storm signal orchard museum captain \
    library evening contract southern doctor station river copper election border painter autumn journey festival
    """.split(separator: " ").map(String.init)

  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func sentence(words count: Int = 12) -> String {
    let drawn = (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Self.words[Int(state >> 33) % Self.words.count]
    }
    return drawn.joined(separator: " ") + "."
  }

  mutating func sentences(_ count: Int) -> [String] { (0..<count).map { _ in sentence() } }

  /// A text of twelve words to the sentence.
  static func text(seed: UInt64, sentences: Int = 20) -> String {
    var story = Story(seed: seed)
    return story.sentences(sentences).joined(separator: " ")
  }
}

extension Article {
  init(id: String, _ text: String) {
    self.init(
      source: Source(name: [], line: nil, format: "text", encoding: "utf-8", byteCount: text.utf8.count, sha256: []),
      id: Array(id.utf8), text: Array(text.utf8))
  }
}

/// A stage and its decider, as a commit thread drives them.
final class Line {
  let stage: DedupeStage
  let decider: DuplicateDecider
  private(set) var sequence: UInt64 = 0
  /// Seconds since 1970.
  var clock: Int64 = 1_000_000
  /// The changes that a journal would hold.
  private(set) var decision = Decision()
  private(set) var changes: [[UInt8]] = []

  init(over index: DuplicateIndex? = nil, _ change: (inout DedupeOptions) -> Void = { _ in }) throws {
    var options = DedupeOptions()
    change(&options)
    stage = try DedupeStage(options: options, context: StageContext())
    decider = DuplicateDecider(options: options, index: index ?? DuplicateIndex(window: options.windowSeconds))
  }

  /// Sends an article down the line under the next sequence number, from 1.
  @discardableResult
  func send(
    _ id: String, _ text: String, published: String? = nil, superseding number: UInt64? = nil, discarded: Bool = false,
    numbered: Bool = true
  ) throws -> Duplicates {
    let article = Article(id: id, text)
    sequence += 1
    var arrival = Arrival(
      id: article.id, sequence: numbered ? sequence : nil, time: clock,
      published: published.flatMap { Day(iso: Array($0.utf8)) },
      supersedes: number)
    arrival.isDiscarded = discarded
    decision = decider.decide(arrival, try stage.handOver(article, deadline: .none))
    changes.append(decision.change)
    return try Duplicates(RecordNode(try JSONValue(parsing: decision.layer), path: ""))
  }
}

extension Duplicates {
  var ids: [String] { matches.map { String(decoding: $0.id, as: UTF8.self) } }
  var clusterName: String { String(decoding: cluster, as: UTF8.self) }
}
