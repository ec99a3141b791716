import Bytes
import PipelineKit
import StageKit
import Testing

@testable import Segment

func unsegmented(_ text: String) -> Article {
  Article(
    source: Article.Source(
      name: Array("a.txt".utf8), line: nil, format: "text", encoding: "utf-8", byteCount: text.utf8.count, sha256: []),
    id: Array("1".utf8), text: Array(text.utf8))
}

/// The article after `segment`.
func segmented(_ text: String, paragraphs: [Paragraph]? = nil) throws -> Article {
  var article = unsegmented(text)
  article.paragraphs = paragraphs
  try SegmentStage(options: SegmentStage.Options(), context: StageContext()).process(&article, deadline: .none)
  return article
}

func string(_ span: ByteSpan, of article: Article) -> String {
  String(decoding: article.text[span.range], as: UTF8.self)
}

func sentences(_ text: String) throws -> [String] {
  let article = try segmented(text)
  return article.segmentation?.sentences.map { string($0.span, of: article) } ?? []
}

func tokens(_ text: String) throws -> [String] {
  let article = try segmented(text)
  return article.segmentation?.tokens.map { string($0.span, of: article) } ?? []
}
