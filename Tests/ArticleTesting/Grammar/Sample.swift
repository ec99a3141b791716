import ArticleIO
import Bytes
import StageKit

/// One generated input: a line of JSON Lines.
public struct Sample: Sendable {
  /// The text, or the markup of a page; `nil` where the line was damaged, so that nobody knows what it holds.
  public var text: [UInt8]?
  public var isMarkup: Bool
  /// JSON, without a line end.
  public var line: [UInt8]

  /// The same sample with another text.
  public func with(text: [UInt8]) -> Sample { Sample(text: text, isMarkup: isMarkup, fields: fields) }

  private var fields: [(key: String, json: [UInt8])] = []

  init(text: [UInt8], isMarkup: Bool, fields: [(key: String, json: [UInt8])]) {
    (self.text, self.isMarkup, self.fields) = (text, isMarkup, fields)
    var json = JSONWriter()
    json.raw("{")
    json.string(isMarkup ? "html" : "text")
    json.raw(":")
    json.string(text)
    for field in fields {
      json.raw(",")
      json.string(field.key)
      json.raw(":")
      json.raw(field.json)
    }
    json.raw("}")
    line = json.take()
  }

  init(damaged line: [UInt8]) { (text, isMarkup, self.line) = (nil, false, line) }
}

/// Makes samples: articles by the grammar, mutations of texts that are given, pages of either, with the other keys that an
/// input may have.
public struct SampleGenerator: Sendable {
  private let texts: [[UInt8]]
  private let pages: [[UInt8]]
  private let seed: UInt64
  private let limit: Int

  /// - Parameters:
  ///   - seeds: texts and pages to start from; a page is what starts with `<`.
  ///   - limit: bytes that a text or page has at most.
  public init(seeds: [[UInt8]], seed: UInt64, limit: Int) {
    pages = seeds.filter { $0.first == UInt8(ascii: "<") }
    texts = seeds.filter { $0.first != UInt8(ascii: "<") }
    (self.seed, self.limit) = (seed, limit)
  }

  /// The sample of that number, the same one each time.
  public func sample(_ number: Int) -> Sample {
    // Mixed first, so that neighbouring seeds have no samples in common.
    var base = SeededGenerator(state: seed)
    var start = SeededGenerator(state: base.next() &+ UInt64(number))
    var grammar = ArticleGrammar(seed: start.next())
    var mutation = ArticleMutation(seed: start.next())
    let isMarkup = grammar.chance(20)
    var text = plain(&grammar, &mutation)
    if isMarkup {
      text = grammar.chance(30) && !pages.isEmpty ? window(grammar.one(of: pages), &grammar) : grammar.page(of: text)
      if grammar.chance(60) { text = mutation.mutate(text, with: grammar.page(of: text), upTo: limit) }
    }
    let sample = Sample(text: text.cut(to: limit), isMarkup: isMarkup, fields: Self.fields(number, &grammar))
    guard grammar.chance(3) else { return sample }
    var line = sample.line
    mutation.damage(&line)
    return Sample(damaged: line.filter { $0 != 0x0A && $0 != 0x0D })
  }

  private func plain(_ grammar: inout ArticleGrammar, _ mutation: inout ArticleMutation) -> [UInt8] {
    if texts.isEmpty || grammar.chance(40) { return grammar.article(upTo: limit) }
    let (text, other) = (window(grammar.one(of: texts), &grammar), window(grammar.one(of: texts), &grammar))
    return mutation.mutate(text, with: other, upTo: limit)
  }

  /// A part of a text that may be longer than a sample.
  private func window(_ text: [UInt8], _ grammar: inout ArticleGrammar) -> [UInt8] {
    var start = text.count > limit ? grammar.number(text.count - limit) : 0
    while start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
    return Array(text[start...]).cut(to: limit)
  }

  private static func fields(_ number: Int, _ grammar: inout ArticleGrammar) -> [(key: String, json: [UInt8])] {
    var fields = [(key: "id", json: Array("\"\(number)\"".utf8))]
    func string(_ text: [UInt8]) -> [UInt8] {
      var json = JSONWriter()
      json.string(text)
      return json.take()
    }
    if grammar.chance(60) { fields.append(("published", string(grammar.one(of: Phrases.published)))) }
    if grammar.chance(20) { fields.append(("title", string(grammar.article(upTo: 60)))) }
    if grammar.chance(10) { fields.append(("byline", string(grammar.phrase()))) }
    if grammar.chance(10) { fields.append(("language", string(grammar.one(of: Phrases.languages)))) }
    if grammar.chance(5) { fields.append(("url", string(grammar.phrase()))) }
    if grammar.chance(5) { fields.append(("tags", Array("[".utf8) + string(grammar.phrase()) + Array("]".utf8))) }
    if grammar.chance(3) { fields.append(("desk", string(grammar.phrase()))) }
    return fields
  }
}
