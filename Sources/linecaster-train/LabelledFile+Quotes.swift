import ArticleIO
import Bytes
import Entities
import Quotes
import StageKit
import Training

extension LabelledFile {
  /// - Parameter entities: the stage that finds the names in the articles.
  static func quotes(in path: String, entities: EntitiesStage) throws(InputError) -> [LabelledQuotes] {
    var articles: [LabelledQuotes] = []
    try forEachRow(of: path) { row, place throws(InputError) in
      guard let text = row["text"]?.string else { throw fail(place, "the row has no ‘text’") }
      guard case .array(let quotes)? = row["quotes"] else { throw fail(place, "the row has no list ‘quotes’") }
      let offsets = byteOffsets(of: text)
      var marks: [LabelledQuotes.Mark] = []
      for (index, quote) in quotes.enumerated() {
        guard let content = span([quote["start"], quote["end"]], offsets) else {
          throw fail(place, "quote \(index + 1) has no ‘start’ and ‘end’ inside the text")
        }
        var speakers = [quote["speaker"]]
        if case .array(let spans)? = quote["source_spans"], !spans.isEmpty { speakers = spans }
        var isSpeech = true
        if case .bool(false)? = quote["speech"] { isSpeech = false }
        marks.append(
          LabelledQuotes.Mark(
            content: content, speaker: speakers.compactMap { span($0?.array ?? [], offsets) }, isSpeech: isSpeech))
      }
      var article = try article(text, row, place, group: "quotes")
      do throws(StageError) {
        try entities.process(&article, deadline: .none)
      } catch {
        throw fail(place, error.message)
      }
      articles.append(LabelledQuotes(article: article, marks: marks))
    }
    return articles
  }

  private static func span(_ ends: [JSONValue?], _ offsets: [Int]) -> ByteSpan? {
    guard ends.count == 2, let start = ends[0]?.int, let end = ends[1]?.int, start >= 0, start < end,
      end < offsets.count
    else { return nil }
    return ByteSpan(offsets[start], offsets[end])
  }
}
