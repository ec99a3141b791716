import Bytes
import Coreference
import Quotes
import StageKit

/// An article with its quotations as people marked them, to learn from or to measure on.
package struct LabelledQuotes: Sendable {
  package struct Mark: Sendable {
    package var content: ByteSpan
    /// Empty where it is nobody's.
    package var speaker: [ByteSpan]
    /// What somebody thinks or wants, but is not said to say: finding it is neither right nor wrong.
    package var isSpeech: Bool

    package init(content: ByteSpan, speaker: [ByteSpan], isSpeech: Bool) {
      self.content = content
      self.speaker = speaker
      self.isSpeech = isSpeech
    }
  }

  /// After `segment` and `entities`.
  package var article: Article
  package var marks: [Mark]

  package init(article: Article, marks: [Mark]) {
    self.article = article
    self.marks = marks
  }
}

/// What became of one piece of content that the stage found.
struct Finding {
  var construction: Construction
  var form: SpeakerForm
  var hasContent: Bool
  var hasSpeaker: Bool

  var isRight: Bool { hasContent && hasSpeaker }
}

/// A clause, the ends that it may have, and how much of the words each shares with the mark.
struct ClauseExample {
  var clause: Clause
  var ends: [ClauseEnd]
  var shares: [Double]
}

/// Holds what the stage finds in an article against the marks. Content is right where it and a mark share at least half
/// of the words of both, a speaker where the two share a word that is more than “the”, or one names the other's entity.
struct QuoteJudge {
  private let labelled: LabelledQuotes
  private let tokens: [Token]

  init(_ labelled: LabelledQuotes) {
    self.labelled = labelled
    tokens = (labelled.article.segmentation?.tokens ?? []).filter { $0.kind == .word || $0.kind == .number }
  }

  /// What the articles to learn from and those to measure with show; where there are none of these, both are those.
  static func examples<Example>(
    _ learned: [LabelledQuotes], measured: [LabelledQuotes],
    _ examples: (QuoteJudge) throws(StageError) -> [Example]
  ) throws(StageError) -> (learned: [Example], measured: [Example]) {
    func all(_ articles: [LabelledQuotes]) throws(StageError) -> [Example] {
      var all: [Example] = []
      for article in articles { all += try examples(QuoteJudge(article)) }
      return all
    }
    let shown = try all(learned)
    return (shown, measured.isEmpty ? shown : try all(measured))
  }

  func reading(_ ends: ClauseEndModel) throws(StageError) -> QuotesStage.Reading? {
    guard let segmentation = labelled.article.segmentation else { return nil }
    var options = QuotesStage.Options()
    options.scareQuotes = .keep
    var article = labelled.article
    return try QuotesStage.read(
      &article, labelled.article.paragraphs ?? [], segmentation, options, CueLexicon(), ends, .none)
  }

  func findings(_ ends: ClauseEndModel) throws(StageError) -> [Finding] {
    guard let reading = try reading(ends) else { return [] }
    let (passage, attributions) = (reading.passage, reading.attributions)
    let text = labelled.article.text.span
    let marks = self.marks
    var pieces: [(attribution: Int, words: Range<Int>)] = []
    let contents = attributions.flatMap { $0.0.spans }
    for (index, found) in attributions.enumerated() {
      // The data mark what is said inside what somebody says here and there only.
      if contents.contains(where: { $0 != found.0.hull && $0.contains(found.0.hull) }) { continue }
      for span in found.0.spans {
        let words = words(in: span, skipsThat: true)
        if !words.isEmpty { pieces.append((index, words)) }
      }
    }
    let mark = pairs(pieces.map(\.words), marks)
    return pieces.indices.compactMap { at in
      let (attribution, entity) = attributions[pieces[at].attribution]
      var finding = Finding(
        construction: attribution.construction, form: SpeakerForm(attribution.speaker, in: passage), hasContent: false,
        hasSpeaker: false)
      guard let index = mark[at] else {
        let isThought = labelled.marks.indices.contains { index in
          !labelled.marks[index].isSpeech
            && marks[index].clamped(to: pieces[at].words).count * 2 >= pieces[at].words.count
        }
        return isThought ? nil : finding
      }
      guard labelled.marks[index].isSpeech else { return nil }
      finding.hasContent = true
      finding.hasSpeaker = isSpeaker(
        attribution.speaker.map(passage.span), entity, of: labelled.marks[index], text)
      return finding
    }
  }

  private var marks: [Range<Int>] { labelled.marks.map { words(in: $0.content, skipsThat: true) } }

  /// The clauses that open as a mark does, each with its ends and the one that fits the longest such mark best.
  ///
  /// - Parameter ends: finds the clauses.
  func clauses(_ ends: ClauseEndModel) throws(StageError) -> [ClauseExample] {
    guard let reading = try reading(ends) else { return [] }
    let (passage, attributions) = (reading.passage, reading.attributions)
    let marks = self.marks
    let finder = ClauseEndFinder(passage: passage)
    return attributions.compactMap { attribution, _ in
      guard let clause = attribution.clause else { return nil }
      let first = words(in: passage.span(clause.tokens), skipsThat: true).lowerBound
      guard let mark = marks.filter({ $0.lowerBound == first && !$0.isEmpty }).max(by: { $0.count < $1.count }) else {
        return nil
      }
      let ends = finder.ends(of: clause)
      let shares = ends.map { end in
        let words = words(in: passage.span(Range(from: clause.tokens.lowerBound, upTo: end.end)), skipsThat: true)
        return Double(words.clamped(to: mark).count) / Double(max(1, words.count, mark.count))
      }
      guard let best = shares.max(), best >= 0.5 else { return nil }
      return ClauseExample(clause: clause, ends: ends, shares: shares)
    }
  }

  /// The mark of each piece, the best pairs first; each mark counts once.
  private func pairs(_ pieces: [Range<Int>], _ marks: [Range<Int>]) -> [Int: Int] {
    var all: [(share: Double, piece: Int, mark: Int)] = []
    for (piece, words) in pieces.enumerated() {
      for (mark, marked) in marks.enumerated() where words.overlaps(marked) {
        let both = words.clamped(to: marked).count
        let share = Double(both) / Double(words.count + marked.count - both)
        if share >= 0.5 { all.append((share, piece, mark)) }
      }
    }
    all.sort { ($1.share, $0.piece, $0.mark) < ($0.share, $1.piece, $1.mark) }
    var found: [Int: Int] = [:]
    var taken: Set<Int> = []
    for pair in all where found[pair.piece] == nil && !taken.contains(pair.mark) {
      found[pair.piece] = pair.mark
      taken.insert(pair.mark)
    }
    return found
  }

  private func isSpeaker(_ span: ByteSpan?, _ entity: Int?, of mark: LabelledQuotes.Mark, _ text: Span<UInt8>) -> Bool {
    guard let span else { return mark.speaker.isEmpty }
    let words = words(in: span, skipsThat: false)
    return mark.speaker.contains { marked in
      let both = words.clamped(to: self.words(in: marked, skipsThat: false))
      if both.contains(where: { !Self.smallWords.contains(lowered: text, tokens[$0].span) }) { return true }
      guard let entity, let entities = labelled.article.entities else { return false }
      return entities[entity].mentions.contains { marked.contains($0) }
    }
  }

  /// The words inside a span; a “that” before the content is no part of it.
  private func words(in span: ByteSpan, skipsThat: Bool) -> Range<Int> {
    var low = tokens.partitioningIndex { $0.span.start >= span.start }
    var end = low
    while end < tokens.count, tokens[end].span.end <= span.end { end += 1 }
    if skipsThat, low < end - 1, Self.openers.contains(lowered: labelled.article.text.span, tokens[low].span) {
      low += 1
    }
    return Range(from: low, upTo: end)
  }

  private static let openers = WordSet(["that", "whether", "if"])
  private static let smallWords = WordSet([
    "the", "a", "an", "of", "and", "to", "in", "on", "for", "his", "her", "their", "its", "at", "by", "with", "from",
    "this", "that",
  ])
}
