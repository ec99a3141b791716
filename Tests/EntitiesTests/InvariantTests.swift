import Bytes
import StageKit
import Testing

@testable import Entities

/// Texts put together at random from what names, roles, values, results and references are made of.
private struct RandomText {
  var random: SeededGenerator
  var text = ""

  private static let pieces = [
    "Ada Corr", "Minister Ada Corr", "Jonas Holm", "Corr", "Holm", "Lund", "Oslo", "Lund 2", "Holm 1", "Bergen 0",
    "2-1",
    "Lund Harbour Authority", "(LHA)", "LHA", "Holm Savings Bank", "UTC", "GMT", "EUR", "Committee 1208", "M Holt",
    "he", "she", "his", "the minister", "the mayor of Lund", "the bank", "the authority", "a spokesman", "Mr. May",
    "May", "March", "Sunday", "May 5", "5 May", "2017", "in 1999", "the 1980s", "19th century", "yesterday", "last",
    "week", "next", "year", "ago", "two", "three days ago", "0100", "17:30", "5 p.m.", "noon", "night", "$9", "€20",
    "M",
    "million", "trillion", "a", "half", "mln", "Luxembourg", "Canadian", "francs", "dollars", "pounds", "miles", "km",
    "percent", "%", "°C", "5", "10", "1,250", "20", "-", "–", "to", "/", "of", "for", "in", "and", "&", "said", "beat",
    "striker", "goal", "cup", "match", "i", "new york", "Envoy for Cyprus Rosa Lund", "A", "B.", "al-", "de", "’s",
    "“", "”", "\"", "(", ")", ",", ".", ".", ".", ":", ";", "\n\n", "\n", "!",
  ]

  init(seed: UInt64) {
    random = SeededGenerator(state: seed)
    for _ in 0..<Int.random(in: 1...80, using: &random) {
      text += Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
      if Int.random(in: 0..<8, using: &random) > 0 { text += " " }
    }
  }
}

@Suite("What holds of every text")
struct InvariantTests {
  @Test("mentions, values and references stand apart, and values are numbers and dates", arguments: [UInt64(1), 2, 3])
  func layers(start: UInt64) throws {
    for seed in start * 100_000..<start * 100_000 + 400 {
      let text = RandomText(seed: seed).text
      for published in [nil, "2017-05-08", "1600-01-01"] {
        let article = try annotated(text, published: published)
        let problems = problems(of: article)
        #expect(problems == [], "seed \(seed): \(text)")
      }
    }
  }

  private func problems(of article: Article) -> [String] {
    var problems: [String] = []
    let entities = article.entities ?? []
    func written(_ span: ByteSpan) -> String { string(Array(article.text[span.range])) }
    var mentions: [ByteSpan] = []
    for entity in entities {
      mentions += entity.mentions
      if entity.mentions != entity.mentions.sorted() { problems.append("\(string(entity.name)) is not in order") }
      if entity.references.map(\.span) != entity.references.map(\.span).sorted() {
        problems.append("the references of \(string(entity.name)) are not in order")
      }
      if let amount = entity.amount, !amount.isFinite { problems.append("\(amount)") }
      for part in entity.value.map({ string($0).split(separator: "/") }) ?? [] {
        let isSound = [.date, .time].contains(entity.kind) ? isDate(part) : Double(part)?.isFinite ?? false
        if !isSound { problems.append("the value \(part) of \(string(entity.name))") }
      }
    }
    mentions.sort()
    for (one, next) in zip(mentions, mentions.dropFirst()) where next.start < one.end {
      problems.append("\(written(one)) \(one.start) and \(written(next)) \(next.start)")
    }
    for reference in entities.flatMap(\.references) {
      if mentions.contains(where: { $0.start < reference.span.end && reference.span.start < $0.end }),
        reference.kind == .pronoun
      {
        problems.append("\(written(reference.span)) is a mention and a pronoun")
      }
    }
    return problems
  }

  /// Whether a date has a day of the calendar where it has a whole one, and no digits but in places for them.
  private func isDate(_ text: Substring) -> Bool {
    let day = text.prefix { $0 != "T" }
    if day.count == 10, !day.contains("X"), !day.contains("W") { return Day(iso: Array(day.utf8)) != nil }
    return text.utf8.allSatisfy { ByteClass($0).isAny(of: .alphanumeric) || "-+:".utf8.contains($0) }
  }
}
