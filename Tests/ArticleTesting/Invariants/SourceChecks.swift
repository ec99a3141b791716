import ArticleIO
import Bytes
import StageKit

// What a record says of its source.
extension RecordCheck {
  mutating func checkSource() {
    guard let source = origin.source else { return }
    if !origin.stages.contains("clean"), !(record["text"]?.string ?? "").utf8.elementsEqual(source) {
      report(.text, "the text is not that of the input")
    }
    if let runs = record["alignment"]?.array {
      checkAlignment(runs.map { ($0.array ?? []).map { $0.int ?? -1 } }, source)
    }
    if let places = record["where"], places != .null { checkPlaces(places, source) }
  }

  private mutating func checkAlignment(_ runs: [[Int]], _ source: [UInt8]) {
    var end = 0
    for run in runs {
      guard run.count == 4 else { return report(.alignment, "a run of \(run.count) numbers") }
      if run[0] != end || run[1] <= run[0] || run[1] > text.count {
        return report(.alignment, "the run \(run) does not go on at \(end)")
      }
      end = run[1]
      guard isPlace(run[2], run[3], source) else { return report(.alignment, "the source of the run \(run)") }
      let copied = Array(words(TextSpan(run[0], run[1])).utf8)
      if copied.count == run[3] - run[2], !isCopy(copied, Array(source[run[2]..<run[3]])) {
        report(.alignment, "the run \(run) is as long as its source, and another text")
      }
    }
    if end != text.count { report(.alignment, "nothing is said of the text from \(end) on") }
  }

  /// Whether they are the same but for the kind of white space.
  private func isCopy(_ copy: [UInt8], _ source: [UInt8]) -> Bool {
    copy == source || Self.blanked(copy) == Self.blanked(source)
  }

  /// With a space for each byte of white space.
  private static func blanked(_ bytes: [UInt8]) -> [UInt8] {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.flatMap { scalar in
      scalar.isSpace
        ? [UInt8](repeating: 0x20, count: UTF8.width(scalar))
        : Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  private func isPlace(_ start: Int, _ end: Int, _ source: [UInt8]) -> Bool {
    func isEdge(_ at: Int) -> Bool { at == source.count || source[at] & 0xC0 != 0x80 }
    return 0 <= start && start <= end && end <= source.count && isEdge(start) && isEdge(end)
  }

  private mutating func checkPlaces(_ places: JSONValue, _ source: [UInt8]) {
    for key in ["title", "date"] {
      if let place = places[key]?.array { checkPlace(place, key, source) }
    }
    for key in ["byline", "captions", "credits"] {
      let list = places[key]?.array ?? []
      if !list.isEmpty, list.count != record[key]?.array?.count {
        report(.places, "\(list.count) places for the \(record[key]?.array?.count ?? 0) of \(key)")
      }
      for place in list { checkPlace(place.array ?? [], key, source) }
    }
  }

  private mutating func checkPlace(_ place: [JSONValue], _ key: String, _ source: [UInt8]) {
    let ends = place.compactMap(\.int)
    if ends.count != 2 || !isPlace(ends[0], ends[1], source) { report(.places, "\(key) at \(ends)") }
  }
}
