import Bytes
import StageKit

/// A sentence of the reporter's: quotations inside it count as one piece, whatever sentences they hold. It never begins
/// or ends inside a quotation, and never goes beyond its paragraph.
package struct ReporterSentence: Sendable {
  /// Indices of tokens.
  package var tokens: Range<Int>
  /// Index of the paragraph.
  package var paragraph: Int
  package var isHeading: Bool
  package var opensParagraph: Bool
  /// It is the rest of one that was cut for its length.
  package var isRest = false

  /// Pieces (words, marks, whole quotations) after which a sentence without end is cut, so that the time stays linear in
  /// any text.
  package static let mostPieces = 400
}

extension Passage {
  package mutating func cutReporterSentences(
    _ paragraphs: [Paragraph], _ sentences: [Sentence], _ watch: inout DeadlineWatch
  ) throws(StageError) {
    var paragraph = 0
    var start: Int?
    var pieces = 0
    var isRest = false
    for (index, sentence) in sentences.enumerated() where !sentence.tokens.isEmpty {
      try watch.step()
      while paragraph + 1 < paragraphs.count, paragraphs[paragraph].span.end <= sentence.span.start { paragraph += 1 }
      let isHeading = paragraph < paragraphs.count && paragraphs[paragraph].kind == .heading
      let end = sentence.tokens.upperBound
      var first = start ?? sentence.tokens.lowerBound
      for at in sentence.tokens {
        if !words[at].isQuoted {
          pieces += 1
          if at + 1 < end, pieces <= ReporterSentence.mostPieces { continue }
        } else if at == first || !isOneQuotation(at - 1, at) {
          pieces += 1
        }
        // A sentence inside a quotation ends nothing.
        let next = at + 1 == end && index + 1 < sentences.count ? sentences[index + 1].tokens.lowerBound : at + 1
        if next < words.count, isOneQuotation(at, next) { continue }
        if at + 1 == end || pieces > ReporterSentence.mostPieces || endsSentence(at, before: next) {
          append(Range(from: first, upTo: at + 1), in: paragraph, isHeading: isHeading)
          reporterSentences[reporterSentences.count - 1].isRest = isRest
          isRest = at + 1 < end && pieces > ReporterSentence.mostPieces
          first = at + 1
          pieces = 0
        }
      }
      start = first < end ? first : nil
    }
    if let start, start < words.count {
      append(Range(from: start, upTo: words.count), in: paragraph, isHeading: false)
    }
  }

  /// A reporter's sentence for each sentence of a quotation.
  package mutating func cutReporterSentences(inside tokens: Range<Int>, _ sentences: [Sentence]) {
    var index = sentences.partitioningIndex { $0.tokens.upperBound > tokens.lowerBound }
    var first = tokens.lowerBound
    while first < tokens.upperBound, index < sentences.count {
      let end = min(sentences[index].tokens.upperBound, tokens.upperBound)
      if end == tokens.upperBound || (end > first && !isOneQuotation(end - 1, end)) {
        let sentence = Range(from: first, upTo: end)
        if sentence.count > 3, sentence.count < ReporterSentence.mostPieces {
          reporterSentences.append(
            ReporterSentence(tokens: sentence, paragraph: index, isHeading: false, opensParagraph: false))
          words[end - 1].endsReporterSentence = true
        }
        first = end
      }
      index += 1
    }
  }

  private mutating func append(_ tokens: Range<Int>, in paragraph: Int, isHeading: Bool) {
    let opensParagraph = reporterSentences.last.map { $0.paragraph != paragraph } ?? true
    words[tokens.upperBound - 1].endsReporterSentence = true
    reporterSentences.append(
      ReporterSentence(tokens: tokens, paragraph: paragraph, isHeading: isHeading, opensParagraph: opensParagraph))
  }

  private func isOneQuotation(_ token: Int, _ next: Int) -> Bool {
    words[token].isQuoted && words[token].quotedSpan == words[next].quotedSpan
  }

  /// A quotation that ends as a sentence does ends the reporter's sentence too, where a capital follows.
  private func endsSentence(_ token: Int, before next: Int) -> Bool {
    guard words[token].isQuoted, next < words.count, quotedSpans[words[token].quotedSpan].endsSentence else {
      return false
    }
    return words[next].isQuoted || words[next].traits.contains(.capital)
  }

  /// Index of the reporter's sentence that holds a token; of the first for a token before all.
  package func reporterSentence(of token: Int) -> Int {
    max(0, reporterSentences.partitioningIndex { $0.tokens.lowerBound > token } - 1)
  }
}
