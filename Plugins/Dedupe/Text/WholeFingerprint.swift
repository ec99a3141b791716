import ArticleFacts
import Bytes
import Disk
import StageKit

/// A fingerprint with all 64 bits of its hashes, of which `dedupe` keeps the first: for those who look for copies among more
/// articles than one index holds.
public struct WholeFingerprint: StageHandover {
  let fingerprint: Fingerprint
  /// For each hash of the sketch, and for each key, the smallest hash of the text that begins so.
  let hashes: [UInt64]
  let keys: [UInt64]

  init(of text: [UInt8], datelines: [Article.Dateline]?, deadline: Deadline) throws(StageError) {
    var shingles = WholeShingles(byteCount: text.count)
    let datelines = datelines ?? Article.datelines(of: text)
    let body = try Fingerprint.read(text, without: datelines, into: &shingles, deadline)
    fingerprint = Fingerprint(shingles.shingles, of: text, without: datelines, body: body)
    let wholes = shingles.wholes.sorted()
    hashes = Self.smallest(fingerprint.sketch.hashes, of: wholes, bits: Shingles.bits)
    keys = Self.smallest(fingerprint.sketch.keys, of: wholes, bits: 32)
  }

  private static func smallest(_ beginnings: [UInt32], of wholes: [UInt64], bits: Int) -> [UInt64] {
    var at = 0
    return beginnings.compactMap { beginning in
      while at < wholes.count, wholes[at] >> UInt64(64 - bits) < beginning { at += 1 }
      return at < wholes.count ? wholes[at] : nil
    }
  }

  /// The fingerprint's own bytes, and behind them the hashes and keys, eight bytes each.
  public var bytes: [UInt8] {
    var bytes = fingerprint.bytes
    for hash in hashes { bytes.appendFixed(hash) }
    for key in keys { bytes.appendFixed(key) }
    return bytes
  }

  public init(_ bytes: [UInt8]) throws(HandoverProblem) {
    guard bytes.count >= Fingerprint.headLength else {
      throw HandoverProblem("a fingerprint of \(bytes.count) bytes is damaged")
    }
    let span = bytes.span
    let (hashCount, keyCount) = (Int(span.fixed32(at: 24)), Int(span.fixed32(at: 28)))
    let length = bytes.count - 8 * (hashCount + keyCount)
    guard length >= Fingerprint.headLength else {
      throw HandoverProblem("a fingerprint of \(bytes.count) bytes is damaged")
    }
    fingerprint = try Fingerprint(Array(bytes[..<length]))
    let wholes = (0..<(hashCount + keyCount)).map { span.fixed64(at: length + 8 * $0) }
    hashes = Array(wholes[..<hashCount])
    keys = Array(wholes[hashCount...])
    guard zip(hashes, fingerprint.sketch.hashes).allSatisfy({ $0 >> UInt64(64 - Shingles.bits) == $1 }),
      zip(keys, fingerprint.sketch.keys).allSatisfy({ $0 >> 32 == $1 })
    else { throw HandoverProblem("the whole hashes of a fingerprint do not begin as its hashes do") }
  }
}

/// The 5-grams of a text, with all bits of their hashes.
private struct WholeShingles: ShingleSink {
  private(set) var shingles: Shingles
  private(set) var wholes: [UInt64] = []

  init(byteCount: Int) { shingles = Shingles(byteCount: byteCount) }

  var wordCount: Int { shingles.wordCount }
  mutating func beginBody() { shingles.beginBody() }

  mutating func add(_ word: UInt64) {
    let whole = shingles.whole(with: word)
    let before = shingles.hashes.count
    shingles.add(word)
    if shingles.hashes.count > before { wholes.append(whole) }
  }

  mutating func endLine() {
    shingles.endLine()
    // Those of a notice are gone.
    wholes.removeLast(wholes.count - shingles.hashes.count)
  }
}

/// `dedupe` for those who ask for fingerprints: the same options and the same reading, and nothing is decided.
public struct FingerprintStage: RememberingStage {
  private let stage: DedupeStage

  public init(options: DedupeOptions, context: StageContext) throws(StageError) {
    stage = try DedupeStage(options: options, context: context)
  }

  public static var declaration: StageDeclaration<DedupeOptions> { DedupeStage.declaration }
  public static func scope(of options: DedupeOptions) -> String? { nil }
  public static func setsAside(with options: DedupeOptions) -> Bool { false }

  public static func openMemory(
    with options: DedupeOptions, in directory: StateDirectory?
  ) throws(DiskError) -> DuplicateIndex { try DedupeStage.openMemory(with: options, in: nil) }

  public static func makeDecider(with options: DedupeOptions, over index: DuplicateIndex) -> FingerprintDecider {
    FingerprintDecider(options: options)
  }

  public func handOver(_ article: Article, deadline: Deadline) throws(StageError) -> WholeFingerprint {
    try WholeFingerprint(of: article.text, datelines: article.datelines, deadline: deadline)
  }
}

/// Says of each article what `dedupe` would compare it by: its layer is a line of schema `linecaster-fingerprint/1`.
public struct FingerprintDecider: StageDecider {
  let options: DedupeOptions

  public func decide(_ arrival: Arrival, _ whole: WholeFingerprint) -> Decision {
    var json = JSONWriter()
    json.fingerprint(whole, arrival, options)
    return Decision(layer: json.take())
  }

  public func restore(_ arrival: Arrival, _ whole: WholeFingerprint, decided: RecordNode) throws(RecordProblem) {}
}

extension JSONWriter {
  fileprivate mutating func fingerprint(_ whole: WholeFingerprint, _ arrival: Arrival, _ options: DedupeOptions) {
    let fingerprint = whole.fingerprint
    let (sketch, sides) = (fingerprint.sketch, fingerprint.sides)
    raw("{\"schema\":\"linecaster-fingerprint/1\",\"id\":")
    string(arrival.id)
    member("arrival", arrival.time)
    if let day = arrival.published { member("day", day.ordinal) } else { raw(",\"day\":null") }
    member("text_hash", fingerprint.textHash)
    member("body_hash", fingerprint.bodyHash)
    member("words", fingerprint.wordCount)
    raw(fingerprint.wordCount >= options.minWords ? ",\"indexed\":true" : ",\"indexed\":false")
    raw(sketch.isComplete ? ",\"complete\":true" : ",\"complete\":false")
    member("key_count", sketch.keys.count)
    list("hashes", whole.hashes)
    list("places", fingerprint.places)
    list("keys", whole.keys)
    texts("names", sides.names)
    list("name_hashes", sides.names.hashes)
    member("lead_names", sides.leadNames)
    texts("numbers", sides.numbers)
    list("number_hashes", sides.numbers.hashes)
    raw("}")
  }

  private mutating func key(_ key: StaticString) {
    raw(",\"")
    raw(key)
    raw("\":")
  }

  private mutating func member(_ key: StaticString, _ number: some FixedWidthInteger) {
    self.key(key)
    raw(Array(String(number).utf8))
  }

  private mutating func list(_ key: StaticString, _ numbers: [some FixedWidthInteger]) {
    self.key(key)
    for (place, number) in numbers.enumerated() {
      raw(place > 0 ? "," : "[")
      raw(Array(String(number).utf8))
    }
    raw(numbers.isEmpty ? "[]" : "]")
  }

  private mutating func texts(_ key: StaticString, _ list: SideList) {
    self.key(key)
    raw("[")
    for place in 0..<list.count {
      if place > 0 { raw(",") }
      string(list[place])
    }
    raw("]")
  }
}
