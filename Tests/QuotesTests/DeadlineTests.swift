import ArticleFacts
import Coreference
import Segment
import StageKit
import Testing

@testable import Quotes

@Suite("A deadline that has passed ends every pass over an article")
struct DeadlineTests {
  private let past = Deadline(after: .zero)

  private struct Reading {
    var article: Article
    var paragraphs: [Paragraph]
    var segmentation: Segmentation
    var passage: Passage
    var reader: AttributionReader

    init(_ text: String) throws {
      let article = try quoted(text, knowing: [Known(name: "Ada Lund")])
      let segmentation = article.segmentation ?? Segmentation(sentences: [], tokens: [], tokensInRecord: false)
      let (text, paragraphs) = (article.text, article.paragraphs ?? [])
      let passage = try Passage(
        text: text.span, paragraphs: paragraphs, segmentation: segmentation, quotations: article.quotations ?? [],
        lexicon: CueLexicon(), deadline: .none)
      (self.article, self.paragraphs) = (article, paragraphs)
      (self.segmentation, self.passage) = (segmentation, passage)
      reader = try AttributionReader(passage, ends: quotesModel().ends)
      try reader.readFrames(.none)
    }
  }

  private func ends(_ body: () throws(StageError) -> Void) {
    #expect(throws: StageError(.failsArticle, class: .deadline, "the article took longer than its deadline")) {
      try body()
    }
  }

  /// Long enough for a look at the clock in each.
  private static let text = String(
    repeating: "“Ada Lund said that it rains,” Corr said. “We all sail home now,” and so on.\n\n", count: 4_200)

  @Test func ofNamesAndWhoTheyAre() throws {
    var article = try quoted(Self.text, knowing: [Known(name: "Ada Lund")])
    let (paragraphs, segmentation) = (try #require(article.paragraphs), try #require(article.segmentation))
    let passage = try article.readPassage(paragraphs, segmentation, CueLexicon(), .none)
    var (none, late) = (DeadlineWatch(.none), DeadlineWatch(past))
    let (text, entities) = (article.text, article.entities ?? [])
    ends { () throws(StageError) in _ = try NamedText(passage, entities, in: text.span, &late) }
    let names = try NamedText(passage, entities, in: text.span, &none)
    var resolver = try Resolver(names, entities, in: text.span, &none)
    ends { () throws(StageError) in _ = try resolver.resolve(text.span, &late) }
  }

  @Test func ofMarksFramesAttributionsAndSpeakers() throws {
    let reading = try Reading(Self.text)
    ends { () throws(StageError) in
      _ = try QuoteMarks.quotations(of: reading.paragraphs, in: reading.article.text.span, past)
    }
    ends { () throws(StageError) in
      _ = try Passage(
        text: reading.article.text.span, paragraphs: reading.paragraphs, segmentation: reading.segmentation,
        quotations: reading.article.quotations ?? [], lexicon: CueLexicon(), deadline: past)
    }
    ends { () throws(StageError) in
      _ = try Passage(inside: reading.passage, reading.segmentation, deadline: past)
    }
    ends { () throws(StageError) in
      var reader = try AttributionReader(reading.passage, ends: quotesModel().ends)
      try reader.readFrames(past)
    }
    var reader = reading.reader
    ends { () throws(StageError) in try reader.joinNeighbours(past) }
    ends { () throws(StageError) in try reader.readUntagged(keepsScareQuotes: false, past) }
    ends { () throws(StageError) in try reader.readInside(reading.segmentation, past) }
    let (text, entities) = (reading.article.text, reading.article.entities ?? [])
    var watch = DeadlineWatch(.none)
    let names = try NamedText(reading.passage, entities, in: text.span, &watch)
    var resolution = try SpeakerResolution(names, Antecedents(), entities, .none)
    ends { () throws(StageError) in _ = try resolution.resolve(reading.reader.attributions, text: text.span, past) }
  }
}
