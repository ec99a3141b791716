import Bytes
import Lexicon
import StageKit

/// A quotation in the making.
struct Attribution {
  var kind: Quote.Kind
  var spans: [ByteSpan]
  var quoted: [ByteSpan]
  /// The quoted stretches it uses up.
  var stretches: [Int]
  /// Tokens of the speaker as written.
  var speaker: Range<Int>?
  var cue: Range<Int>?
  /// Index of the frame of the cue, or of the quotation where there is none.
  var frame: Int
  var construction: Construction
  /// “X earlier stressed”: a speaker in passing, who is not the one meant by a later “he”.
  var isPassing = false
  /// In a transcript: “Q:”, “LUND:”.
  var isLabel = false
  /// The content, where it is a clause after a verb.
  var clause: Clause?

  /// The last token of the content or the tag.
  var lastToken: Int

  var hull: ByteSpan { ByteSpan(spans.first?.start ?? 0, spans.last?.end ?? 0) }
}

/// Finds who said what, frame by frame.
struct AttributionReader {
  let passage: Passage
  let ends: ClauseEndModel
  var attributions: [Attribution] = []
  /// Inside the verbatim words of another: “Corr told me that it rained,” Lund said.
  var innerAttributions: [Attribution] = []
  /// One for each stretch: it belongs to an attribution.
  var isUsed: [Bool]
  /// Whether the passage is what stands inside quotations.
  let isInner: Bool
  /// What the frame before announces.
  var announcement: Announcement?
  /// The first token of each frame of which not all speech is listed.
  var crowdedSentences: [Int] = []
  /// The paragraph of a transcript that has been read whole.
  private var verbatimParagraph: Int?
  /// Index of the first attribution of the frame being read.
  private var firstOfFrame = 0

  var words: [Word] { passage.words }

  /// Pieces of reported speech of one sentence that hold the same word: nobody writes so deep. Without a bound the
  /// content listed for “he said he said …” would be the square of the sentence.
  static let deepest = 4
  /// Reported speech of one sentence, which is cut at `Frame.mostPieces`.
  static let mostInSentence = 32

  /// What is known so far of the frame being read.
  struct State {
    var frame: Int
    var tokens: Range<Int>
    /// Every word may be capital.
    var isHeading: Bool
    /// Where the content of a following “…, he said” may begin.
    var floor: Int
    /// The same where the content is no quotation, so that it may hold attributions.
    var clauseFloor: Int
    /// Where the content of the last verb ends; what stands before is nested in it.
    var contentEnd = 0
    var speaker: Range<Int>?
  }

  /// “Lavrov said:” before a quotation that opens the next frame.
  struct Announcement {
    var stretch: Int
    var speaker: Range<Int>
    var cue: Range<Int>
    var frame: Int
  }

  init(_ passage: Passage, ends: ClauseEndModel, isInner: Bool = false) {
    self.passage = passage
    self.ends = ends
    self.isInner = isInner
    isUsed = Array(repeating: false, count: passage.stretches.count)
  }

  /// - Throws: where the deadline has passed.
  mutating func readFrames(_ deadline: Deadline) throws(StageError) {
    for index in passage.frames.indices {
      if index & 7 == 0 { try deadline.check() }
      let announced = announcement
      announcement = nil
      read(frame: index)
      // “…,” she said: a quotation with its own tag is hers.
      guard let announced, !isUsed[announced.stretch] else { continue }
      add(
        [passage.stretches[announced.stretch].tokens], speaker: announced.speaker, cue: announced.cue,
        frame: announced.frame, as: .that, isPassing: false)
    }
  }

  private mutating func read(frame index: Int) {
    let frame = passage.frames[index]
    firstOfFrame = attributions.count
    if verbatimParagraph == frame.paragraph { return }
    if passage.isTranscript, let label = passage.speakerLabel(of: frame, names: passage.hasNameLabels) {
      readTranscript(index, label: label)
      verbatimParagraph = frame.paragraph
      return
    }
    let start = endOfDateline(frame)
    let end = frame.tokens.upperBound
    let tokens = Range(from: start, upTo: end)
    var state = State(
      frame: index, tokens: tokens, isHeading: frame.isHeading || (index == 0 && passage.isHeadline(tokens)),
      floor: start, clauseFloor: start)
    if !isInner { readColonLine(&state) }
    var at = start
    while at < end {
      let word = passage.words[at]
      if word.isQuoted {
        at = passage.after(at)
      } else if word.traits.contains(.according), at + 1 < end, passage.words[at + 1].traits.contains(.to) {
        at = readAccording(at, &state)
      } else if !word.speech.isEmpty || word.traits.contains(.endsInEd) {
        let next = readCue(at, &state)
        at = next == at + 1 && word.traits.contains(.speechNoun) ? readNoun(at, &state) : max(at + 1, next)
      } else if word.traits.contains(.speechNoun) {
        at = readNoun(at, &state)
      } else {
        at += 1
      }
    }
  }

  /// “MOSCOW (Sputnik) —”: where the text of a paragraph begins that opens so.
  private func endOfDateline(_ frame: Frame) -> Int {
    guard frame.opensParagraph else { return frame.tokens.lowerBound }
    var at = frame.tokens.lowerBound
    while at < frame.tokens.upperBound, at - frame.tokens.lowerBound < 12, !words[at].isQuoted {
      let traits = words[at].traits
      if traits.contains(.dash), at > frame.tokens.lowerBound { return at + 1 }
      guard traits.has([.capital, .comma, .openBracket, .closeBracket, .number, .time, .hyphen]) else { break }
      at += 1
    }
    return frame.tokens.lowerBound
  }
}

// Making one.
extension AttributionReader {
  /// Lists one more of the frame being read, unless the same content is listed, or there are too many.
  mutating func add(
    _ pieces: [Range<Int>], speaker: Range<Int>?, cue: Range<Int>?, frame: Int, as construction: Construction,
    isPassing: Bool, clause: Clause? = nil
  ) {
    guard
      let made = attribution(
        pieces, speaker: speaker, cue: cue, frame: frame, as: construction, isPassing: isPassing, clause: clause)
    else { return }
    var depth = 0
    for at in Range(from: firstOfFrame, upTo: attributions.count) {
      if attributions[at].spans == made.spans { return }
      if attributions[at].hull.contains(made.hull.start) { depth += 1 }
    }
    if attributions.count - firstOfFrame < Self.mostInSentence, depth < Self.deepest { return append(made) }
    let start = passage.frames[frame].tokens.lowerBound
    if crowdedSentences.last != start { crowdedSentences.append(start) }
  }

  /// Gives a quotation that nobody has to somebody.
  mutating func addUntagged(_ stretch: Int, speaker: Range<Int>?, frame: Int, as construction: Construction) {
    let made = attribution(
      [passage.stretches[stretch].tokens], speaker: speaker, cue: nil, frame: frame, as: construction, isPassing: true,
      clause: nil)
    if let made { append(made) }
  }

  private mutating func append(_ made: Attribution) {
    for stretch in made.stretches { isUsed[stretch] = true }
    attributions.append(made)
  }

  private func attribution(
    _ pieces: [Range<Int>], speaker: Range<Int>?, cue: Range<Int>?, frame: Int, as construction: Construction,
    isPassing: Bool, clause: Clause?
  ) -> Attribution? {
    var made = Attribution(
      kind: .indirect, spans: [], quoted: [], stretches: [], speaker: speaker, cue: cue, frame: frame,
      construction: construction, isPassing: isPassing, clause: clause, lastToken: cue?.last ?? 0)
    var isAllQuoted = true
    for piece in pieces where !piece.isEmpty {
      let piece = passage.withWholeQuotations(piece)
      let stretches = passage.quotations(in: piece)
      let quotedWords = stretches.reduce(0) { $0 + passage.stretches[$1].words }
      if !stretches.isEmpty, quotedWords >= passage.wordCount(piece) {
        made.spans += stretches.map { passage.stretches[$0].inner }
      } else {
        isAllQuoted = false
        made.spans.append(passage.span(piece))
      }
      made.quoted += stretches.map { passage.stretches[$0].inner }
      made.stretches += stretches
      made.lastToken = max(made.lastToken, piece.upperBound - 1)
    }
    guard !made.spans.isEmpty else { return nil }
    made.kind = made.quoted.isEmpty ? .indirect : isAllQuoted ? .direct : .mixed
    return made
  }
}
