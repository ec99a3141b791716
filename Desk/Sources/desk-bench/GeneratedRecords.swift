import Bytes
import StageKit

/// Records of articles that nobody wrote: words, speakers and sites are as unevenly often used as in news, each article has
/// fifteen quotations, and the days go on through ten years.
struct GeneratedRecords {
  static let quotesInArticle = 15

  let words: [[UInt8]]
  let speakers: [[UInt8]]
  private let sites: [[UInt8]]
  private let wordTable: Table
  private let speakerTable: Table
  private var random: SeededGenerator
  /// Articles of all, by which the days go on.
  private let count: Int

  /// Picks places of a list by 1/(place + shift).
  private struct Table {
    private var sums: [Double] = []
    init(_ count: Int, shift: Double) {
      var sum = 0.0
      for place in 0..<count {
        sum += 1 / (Double(place) + shift)
        sums.append(sum)
      }
    }
    func pick(_ random: inout SeededGenerator) -> Int {
      let wanted = Double.random(in: 0..<(sums.last ?? 1), using: &random)
      return sums.partitioningIndex { $0 > wanted }
    }
  }

  init(seed: UInt64, count: Int) {
    var random = SeededGenerator(state: seed)
    func word(_ lengths: ClosedRange<Int>) -> [UInt8] {
      (0..<Int.random(in: lengths, using: &random)).map { at in
        let letters = Array((at % 2 == 0 ? "bcdfghklmnprstvw" : "aeiouy").utf8)
        return letters[Int.random(in: letters.indices, using: &random)]
      }
    }
    func name() -> [UInt8] {
      var word = word(4...9)
      word[0] -= 0x20
      return word
    }
    words = (0..<60_000).map { word(2 + min($0 / 100, 3)...10) }
    speakers = (0..<40_000).map { _ in name() + [0x20] + name() }
    sites = (0..<200).map { _ in word(5...10) + Array(".example".utf8) }
    wordTable = Table(words.count, shift: 2)
    speakerTable = Table(speakers.count, shift: 8)
    self.random = random
    self.count = count
  }

  /// Has other articles come than those of a part that began elsewhere.
  mutating func skip(_ part: UInt64) { random.state &+= part &* 0x1234_5678_9ABC_DEF1 }

  /// The line of an article, without its end.
  mutating func line(_ number: Int) -> [UInt8] {
    var text: [UInt8] = []
    var sentences = Spans()
    var quotes: [(content: ByteSpan, name: ByteSpan, speaker: Int)] = []
    var speakersHere: [Int] = (0..<6).map { _ in speakerTable.pick(&random) }
    for _ in 0..<Self.quotesInArticle {
      if !text.isEmpty { text += [0x0A, 0x0A] }
      let start = text.count
      text.append(UInt8(ascii: "'"))
      let content = text.count
      add(&text, Int.random(in: 5...24, using: &random))
      text += ",'".utf8
      let end = text.count - 1
      text.append(0x20)
      let speaker = Int.random(in: 0..<6, using: &random)
      let name = text.count
      text += speakers[speakersHere[speaker]]
      quotes.append((ByteSpan(content, end), ByteSpan(name, text.count), speaker))
      text += " said.".utf8
      sentences.add(start, text.count)
      text.append(0x20)
      let next = text.count
      add(&text, 10)
      text.append(UInt8(ascii: "."))
      sentences.add(next, text.count)
    }
    speakersHere += (0..<9).map { _ in speakerTable.pick(&random) }
    return json(number, text, sentences, quotes, speakersHere)
  }

  private mutating func add(_ text: inout [UInt8], _ count: Int) {
    for at in 0..<count {
      if at > 0 { text.append(0x20) }
      text += words[wordTable.pick(&random)]
    }
  }

  private struct Spans {
    var json = JSONWriter()
    mutating func add(_ start: Int, _ end: Int) {
      if !json.bytes.isEmpty { json.byte(UInt8(ascii: ",")) }
      json.span(start, end)
      json.byte(UInt8(ascii: "}"))
    }
  }

  private mutating func json(
    _ number: Int, _ text: [UInt8], _ sentences: Spans, _ quotes: [(content: ByteSpan, name: ByteSpan, speaker: Int)],
    _ names: [Int]
  ) -> [UInt8] {
    var json = JSONWriter(reserving: text.count * 7)
    let day = String(decoding: Day(ordinal: 16_800 + number * 3650 / count)?.iso ?? [], as: UTF8.self)
    let id = String(UInt64(number) &* 0x9E37_79B9_7F4A_7C15, radix: 16)
    json.raw("{\"schema\":\"linecaster/1\",\"id\":")
    json.string(id)
    json.raw(",\"seq\":")
    json.integer(number)
    json.raw(",\"received\":")
    json.string("\(day)T12:00:00Z")
    json.raw(
      ",\"source\":{\"name\":\"a.txt\",\"path\":null,\"line\":null,\"format\":\"text\",\"bytes\":3000,\"sha256\":\"0af9c3f0f0fd10cc52a047a2916994006274bfa43bfd4a37e419a1369d8cd0be\"},\"pipeline\":{\"name\":\"news\",\"digest\":\"35596a73496d140ca455380e\",\"offsets\":\"codepoints\"},\"revision_of\":null,\"url\":"
    )
    json.string(
      Array("https://www.".utf8) + sites[Int.random(in: sites.indices, using: &random)] + Array("/\(number)".utf8))
    json.raw(",\"title\":")
    var title: [UInt8] = []
    add(&title, 7)
    json.string(title)
    json.raw(",\"byline\":[\"Ada Corr\"],\"dateline\":null,\"published\":")
    json.string(day)
    json.raw(",\"published_at\":null,\"language\":\"en\",\"captions\":[],\"credits\":[],\"tags\":[],\"text\":")
    json.string(text)
    json.raw(",\"paragraphs\":[")
    json.raw(sentences.json.bytes)
    json.raw("],\"sentences\":[")
    json.raw(sentences.json.bytes)
    json.raw("],\"tokens\":null,\"entities\":[")
    for (at, name) in names.enumerated() {
      if at > 0 { json.byte(UInt8(ascii: ",")) }
      json.raw("{\"id\":")
      json.integer(at)
      json.raw(at < 9 ? ",\"type\":\"PERSON\",\"name\":" : ",\"type\":\"ORG\",\"name\":")
      json.string(speakers[name])
      json.raw(",\"link\":null,\"roles\":[],\"value\":null,\"amount\":null,\"unit\":null,\"mentions\":[")
      var mentions = quotes.filter { $0.speaker == at }.map(\.name)
      if mentions.isEmpty { mentions = [ByteSpan(at * 20, at * 20 + 12), ByteSpan(at * 20 + 300, at * 20 + 312)] }
      for (place, span) in mentions.enumerated() {
        if place > 0 { json.byte(UInt8(ascii: ",")) }
        json.span(span.start, span.end)
        json.raw(",\"text\":")
        json.string(text, span.range)
        json.byte(UInt8(ascii: "}"))
      }
      json.raw("],\"references\":[]}")
    }
    json.raw("],\"quotes\":[")
    for (at, quote) in quotes.enumerated() {
      if at > 0 { json.byte(UInt8(ascii: ",")) }
      json.raw("{\"id\":")
      json.integer(at)
      json.raw(at % 4 == 3 ? ",\"kind\":\"indirect\",\"start\":" : ",\"kind\":\"direct\",\"start\":")
      json.integer(quote.content.start)
      json.raw(",\"end\":")
      json.integer(quote.content.end)
      json.raw(",\"spans\":[")
      json.span(quote.content.start, quote.content.end)
      json.raw("}],\"text\":")
      json.string(text, quote.content.range)
      json.raw(",\"quoted\":[")
      json.span(quote.content.start, quote.content.end)
      json.raw("}],\"heading\":false,\"within\":null,\"speaker\":")
      json.span(quote.name.start, quote.name.end)
      json.raw(",\"text\":")
      json.string(text, quote.name.range)
      json.raw(",\"entity\":")
      json.integer(quote.speaker)
      json.raw(",\"name\":")
      json.string(text, quote.name.range)
      json.raw("},\"cue\":")
      json.span(quote.name.end + 1, quote.name.end + 5)
      json.raw(",\"text\":\"said\"},\"confidence\":0.97}")
    }
    json.raw("],\"duplicates\":{\"status\":\"unique\",\"of\":null,\"cluster\":")
    // One in ten repeats an earlier one.
    json.string(number % 10 == 9 ? String(UInt64(number - number % 100) &* 0x9E37_79B9_7F4A_7C15, radix: 16) : id)
    json.raw(
      ",\"revises\":null,\"matches\":[]},\"layers\":{},\"alignment\":null,\"where\":null,\"errors\":[],\"meta\":null}")
    return json.take()
  }
}

extension JSONWriter {
  /// `{"start":1,"end":2`
  fileprivate mutating func span(_ start: Int, _ end: Int) {
    raw("{\"start\":")
    integer(start)
    raw(",\"end\":")
    integer(end)
  }
}
