import Bytes

/// Tells Hindi, Marathi and Nepali apart by a few words that only one of them has.
enum DevanagariWords {
  private static let hindi = WordSet(["है", "हैं", "में", "के", "का", "की", "को", "से", "और", "था", "थी", "कि", "पर", "ने"])
  private static let marathi = WordSet(["आहे", "आहेत", "आणि", "होते", "केली", "केले", "होता", "यांनी", "असून", "मध्ये", "तर", "हे"])
  private static let nepali = WordSet(["छ", "छन्", "र", "गरेको", "भएको", "हुने", "थियो", "गर्न", "लागि", "पनि", "यो", "भने"])

  static func code(of text: Span<UInt8>, upTo end: Int) -> String? {
    var hits = (hindi: 0, marathi: 0, nepali: 0)
    var (at, start) = (0, 0)
    func close(_ end: Int) {
      let word = ByteSpan(start, max(start, end))
      if word.isEmpty { return }
      if hindi.contains(text, word) { hits.hindi += 1 }
      if marathi.contains(text, word) { hits.marathi += 1 }
      if nepali.contains(text, word) { hits.nepali += 1 }
    }
    while at < end {
      let (value, length) = UTF8Scalar.decode(text, at: at)
      // Not the bar that ends a sentence, nor digits.
      if value < 0x900 || value >= 0x964 && value < 0x970 || value >= 0x980 {
        close(at)
        start = at + length
      }
      at += length
    }
    close(min(at, text.count))
    let most = max(hits.hindi, hits.marathi, hits.nepali)
    if most == 0 { return nil }
    let others = hits.hindi + hits.marathi + hits.nepali - most
    guard most > others else { return nil }
    return most == hits.hindi ? "hi" : most == hits.marathi ? "mr" : "ne"
  }
}
