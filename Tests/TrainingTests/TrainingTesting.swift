import Bytes
import Clean
import PipelineKit
import Quotes
import Segment
import StageKit

@testable import Training

/// The models of the package, read once.
private let packageModels = Result { () throws(StageError) in
  let (clean, lacking) = CleanModel.goingOn(
    from: try ModelFile(StageContext.installed.resource("clean.model"), of: CleanModel.stage), fitting: [])
  if let first = lacking.first { throw first }
  let (ends, missing) = ClauseEndModel.goingOn(
    from: try ModelFile(StageContext.installed.resource("quotes.model"), of: QuotesModel.stage))
  if let first = missing.first { throw first }
  return (clean: clean, ends: ends)
}

func cleanModel() throws(StageError) -> CleanModel { try packageModels.get().clean }
func clauseEnds() throws(StageError) -> ClauseEndModel { try packageModels.get().ends }

let story = [
  "The rebuilt bridge over the Orla opened on Monday, and the first buses crossed it at noon with the mayor on board.",
  "Mayor Tilda Holm said that the town had waited four winters for this day, and that the work had been worth it.",
  "The old span had been closed since the flood, when two of its piers were found to have moved by a hand's width.",
]

/// The article after `segment`.
func segmented(_ text: String) throws(StageError) -> Article {
  var article = Article(
    source: Article.Source(
      name: Array("a.txt".utf8), line: nil, format: "text", encoding: "utf-8", byteCount: text.utf8.count, sha256: []),
    id: Array("1".utf8), text: Array(text.utf8))
  try SegmentStage(options: SegmentStage.Options(), context: StageContext()).process(&article, deadline: .none)
  return article
}

func places(of name: String, in text: String) -> [ByteSpan] {
  let (text, name) = (Array(text.utf8), Array(name.utf8))
  guard name.count <= text.count else { return [] }
  return (0...text.count - name.count).filter { text[$0...].starts(with: name) }
    .map { ByteSpan($0, $0 + name.count) }
}
