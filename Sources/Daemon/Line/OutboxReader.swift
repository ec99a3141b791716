import ArticleIO
import Spool
import StageKit

/// A line of the outbox as far as a decider needs it to remember the article.
struct PublishedRecord {
  var article: Article
  var arrival: Arrival
  /// The layer that was decided.
  var decided: RecordNode

  var sequence: UInt64? { arrival.sequence }

  /// `nil` where the line is no record.
  init?(_ line: [UInt8]) {
    guard let record = try? JSONValue(parsing: line), let id = record["id"]?.string, let text = record["text"]?.string
    else { return nil }
    let source = Article.Source(
      name: Array((record["source"]?["name"]?.string ?? "").utf8), line: nil, format: .text, encoding: "utf-8",
      byteCount: record["source"]?["bytes"]?.int ?? 0, sha256: [])
    article = Article(source: source, id: Array(id.utf8), text: Array(text.utf8), isMarkup: false)
    arrival = Arrival(
      id: article.id, sequence: record["seq"]?.int.flatMap { UInt64(exactly: $0) },
      time: record["received"]?.string.flatMap { UTC.seconds(Array($0.utf8)) } ?? 0,
      published: record["published"]?.string.flatMap { Day(iso: Array($0.utf8)) })
    decided = RecordNode(record, path: "")[Layer.duplicates.key]
  }
}
