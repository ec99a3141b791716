import Bytes
import StageKit

/// Writes articles of what the rules of the stages look at (cue verbs, labels, quotation marks, dashes, datelines, dates,
/// amounts, names, scores), in orders that hold to the grammar of news by and large, and break it everywhere.
public struct ArticleGrammar {
  var random: SeededGenerator
  private var text: [UInt8] = []

  public init(seed: UInt64) { random = SeededGenerator(state: seed) }

  /// A whole article of plain text, valid UTF-8.
  ///
  /// - Parameter limit: bytes it has at most.
  public mutating func article(upTo limit: Int) -> [UInt8] {
    text = []
    let wanted = Int.random(in: 1...max(1, min(limit, 1 << Int.random(in: 3...11, using: &random))), using: &random)
    let isTranscript = chance(10)
    while text.count < wanted {
      if isTranscript, chance(80) { answer() } else { paragraph() }
      add(one(of: Self.breaks))
    }
    return text.cut(to: limit)
  }

  /// One phrase of any sort.
  public mutating func phrase() -> [UInt8] {
    let list = one(of: Phrases.all)
    return one(of: list)
  }

  private static let breaks = Phrases.list("\n\n|\n\n|\n\n|\n|\r\n|\r\n\r\n|\n \n|\u{2029}| |")

  // MARK: Paragraphs

  private mutating func paragraph() {
    switch number(12) {
    case 0: put(Phrases.datelines)
    case 1: put(Phrases.labels)
    case 2: return headline()
    case 3: return row()
    case 4: put(Phrases.list("- |* |• |1. |a) |(i) |"))
    default: break
    }
    for _ in 0...number(4) { sentence() }
  }

  private mutating func answer() {
    put(Phrases.labels)
    if chance(20) { return stop() }
    if chance(50) { clause() } else { put(Phrases.clauses) }
    stop()
  }

  private mutating func headline() {
    for _ in 0...number(6) { put(chance(50) ? Phrases.surnames : Phrases.cues) }
    if chance(50) { put(Phrases.stops) }
  }

  private mutating func row() {
    for _ in 0...number(5) {
      put(Phrases.scores)
      if chance(40) { put(Phrases.places) }
    }
  }

  // MARK: Sentences

  private mutating func sentence() {
    switch number(10) {
    case 0:
      quotation()
      attribution()
    case 1:
      attribution()
      put(Phrases.list(":|,|"), touching: true)
      quotation()
    case 2:
      quotation()
      attribution()
      quotation()
    case 3:
      person()
      put(Phrases.cues)
      put(Phrases.list("that|whether|"))
      clause()
    case 4:
      clause()
      put(Phrases.list(",|—|"), touching: true)
      attribution()
    case 5:
      put(Phrases.list("According to|according to|In|On|After|Despite"))
      person()
      put([[0x2C]], touching: true)
      clause()
    case 6:
      person()
      put(Phrases.cues)
      person()
      put(Phrases.cues)
      clause()
    case 7: quotation()
    case 8:
      clause()
      put(Phrases.days)
    default: for _ in 0...number(9) { anything() }
    }
    stop()
  }

  private mutating func attribution() {
    let isBefore = chance(50)
    if isBefore { person() }
    put(Phrases.cues)
    if !isBefore { person() }
    if chance(20) { put(Phrases.days) }
  }

  private mutating func quotation() {
    let pairs = Self.pairs
    let pair = one(of: pairs)
    add([0x20])
    add(pair.open)
    clause(touching: true)
    if chance(30) { inner() }
    put(Phrases.list(",|.|?|!|…||"), touching: true)
    // One in eight is left open.
    if !chance(12) { add(pair.close) }
  }

  private static let pairs: [(open: [UInt8], close: [UInt8])] = [
    ("“", "”"), ("“", "”"), ("“", "”"), ("\"", "\""), ("\"", "\""), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"),
    ("``", "''"),
    ("‹", "›"), ("“", "“"), ("”", "”"), ("“ ", " ”"), ("(", ")"), ("“‘", "’”"), ("「", "」"),
  ].map { (Array($0.utf8), Array($1.utf8)) }

  private mutating func inner() {
    put(Phrases.marks)
    for _ in 0...number(3) { anything() }
    put(Phrases.marks, touching: true)
  }

  private mutating func person() {
    if chance(30) { return put(Phrases.people) }
    if chance(15) { return put(Phrases.bodies) }
    if chance(30) { put(Phrases.titles) }
    if chance(40) { put(Phrases.given) }
    put(Phrases.surnames)
    if chance(10) { put(Phrases.list("'s|’s|’"), touching: true) }
    if chance(15) {
      put([[0x2C]], touching: true)
      put(Phrases.titles)
      put(Phrases.list("of|for|at the"))
      put(chance(50) ? Phrases.bodies : Phrases.places)
      put([[0x2C]], touching: true)
    }
  }

  private mutating func clause(touching: Bool = false) {
    if chance(40) { return put(Phrases.clauses, touching: touching) }
    put(Phrases.words, touching: touching)
    for _ in 0...number(6) { anything() }
  }

  private mutating func anything() {
    switch number(12) {
    case 0: person()
    case 1: put(Phrases.amounts)
    case 2: put(Phrases.dates)
    case 3: put(Phrases.times)
    case 4: put(Phrases.days)
    case 5: put(Phrases.bodies)
    case 6: put(Phrases.places)
    case 7: add(phrase())
    default: put(Phrases.words)
    }
  }

  private mutating func stop() {
    if chance(85) { add([0x2E]) } else { add(one(of: Phrases.stops)) }
  }

  // MARK: Pieces

  private mutating func put(_ list: [[UInt8]], touching: Bool = false) {
    if touching ? chance(4) : !chance(3) { add(chance(3) ? one(of: Phrases.spaces) : [0x20]) }
    // Now and then something else stands where this should.
    add(chance(3) ? phrase() : one(of: list))
  }

  private mutating func add(_ bytes: [UInt8]) { text += bytes }
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  /// From 0 up to, not with, `limit`.
  mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
  mutating func one<Element>(of list: [Element]) -> Element { list[number(list.count)] }
}

extension [UInt8] {
  /// As many of the first bytes as make whole characters.
  func cut(to limit: Int) -> [UInt8] {
    guard count > limit else { return self }
    var end = limit
    while end > 0, self[end] & 0xC0 == 0x80 { end -= 1 }
    return Array(prefix(end))
  }
}
