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
  /// Inside the verbatim words of another: “Corr told me that it rained,” Lund said.
  var isInner = false
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
  /// One for each stretch: it belongs to an attribution.
  var isUsed: [Bool]
  /// Whether the passage is what stands inside quotations.
  let isInner: Bool
  /// The paragraph of a transcript that has been read whole.
  private var verbatimParagraph: Int?

  var words: [Word] { passage.words }

  /// What is known so far of the frame being read.
  struct State {
    var frame: Int
    var tokens: Range<Int>
    /// Where the content of a following “…, he said” may begin.
    var floor: Int
    /// The same where the content is no quotation, so that it may hold attributions.
    var clauseFloor: Int
    /// Where the content of the last verb ends; what stands before is nested in it.
    var contentEnd = 0
    var speaker: Range<Int>?
  }

  /// “MOSCOW (Sputnik) —”: where the text of a paragraph begins that opens so.
  private func endOfDateline(_ frame: Frame) -> Int {
    guard frame.opensParagraph else { return frame.tokens.lowerBound }
    var at = frame.tokens.lowerBound
    while at < frame.tokens.upperBound, at - frame.tokens.lowerBound < 12, !words[at].isQuoted {
      let traits = words[at].traits
      if traits.contains(.dash), at > frame.tokens.lowerBound { return at + 1 }
      guard traits.isAny([.capital, .comma, .openBracket, .closeBracket, .number, .time, .hyphen]) else { break }
      at += 1
    }
    return frame.tokens.lowerBound
  }

  init(_ passage: Passage, ends: ClauseEndModel, isInner: Bool = false) {
    self.passage = passage
    self.ends = ends
    self.isInner = isInner
    isUsed = Array(repeating: false, count: passage.stretches.count)
  }

  mutating func read(frame index: Int) {
    let frame = passage.frames[index]
    if verbatimParagraph == frame.paragraph { return }
    if passage.isTranscript, let label = passage.speakerLabel(of: frame, names: passage.hasNameLabels) {
      readTranscript(index, label: label)
      verbatimParagraph = frame.paragraph
      return
    }
    let start = endOfDateline(frame)
    var state = State(frame: index, tokens: start..<frame.tokens.upperBound, floor: start, clauseFloor: start)
    var at = frame.tokens.lowerBound
    let end = frame.tokens.upperBound
    if !isInner { readColonLine(&state) }
    while at < end {
      let word = passage.words[at]
      if word.isQuoted {
        at = passage.after(at)
      } else if word.traits.contains(.according), at + 1 < end, passage.words[at + 1].traits.contains(.to) {
        at = readAccording(at, &state)
      } else if !word.sense.isEmpty || word.traits.contains(.endsInEd) {
        let next = readCue(at, &state)
        at = next == at + 1 && word.traits.contains(.speechNoun) ? readNoun(at, &state) : max(at + 1, next)
      } else if word.traits.contains(.speechNoun) {
        at = readNoun(at, &state)
      } else {
        at += 1
      }
    }
  }
}

// Making one.
extension AttributionReader {
  mutating func add(
    _ pieces: [Range<Int>], speaker: Range<Int>?, cue: Range<Int>?, frame: Int, as construction: Construction,
    isPassing: Bool, clause: Clause? = nil
  ) {
    var made = Attribution(
      kind: .indirect, spans: [], quoted: [], stretches: [], speaker: speaker, cue: cue, frame: frame,
      construction: construction, isPassing: isPassing, lastToken: 0)
    var isAllQuoted = true
    for piece in pieces where !piece.isEmpty {
      let stretches = passage.quotations(in: piece)
      let quotedWords = stretches.reduce(0) { $0 + passage.wordCount(of: $1) }
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
    guard !made.spans.isEmpty else { return }
    made.kind = made.quoted.isEmpty ? .indirect : isAllQuoted ? .direct : .mixed
    for stretch in made.stretches { isUsed[stretch] = true }
    made.clause = clause
    if let cue { made.lastToken = max(made.lastToken, cue.upperBound - 1) }
    attributions.append(made)
  }

  mutating func append(_ stretches: [Int], to at: Int) {
    for stretch in stretches {
      isUsed[stretch] = true
      let inner = passage.stretches[stretch].inner
      if passage.stretches[stretch].continues, let last = attributions[at].spans.popLast() {
        attributions[at].spans.append(ByteSpan(last.start, inner.end))
      } else {
        attributions[at].spans.append(inner)
      }
      attributions[at].quoted.append(passage.stretches[stretch].inner)
      attributions[at].stretches.append(stretch)
      attributions[at].lastToken = max(attributions[at].lastToken, passage.stretches[stretch].tokens.upperBound - 1)
    }
  }

  mutating func prepend(_ stretches: [Int], to at: Int) {
    for stretch in stretches { isUsed[stretch] = true }
    var spans = stretches.map { passage.stretches[$0].inner }
    attributions[at].quoted.insert(contentsOf: spans, at: 0)
    if passage.stretches[attributions[at].stretches[0]].continues, let last = spans.popLast() {
      attributions[at].spans[0] = ByteSpan(last.start, attributions[at].spans[0].end)
    }
    attributions[at].spans.insert(contentsOf: spans, at: 0)
    attributions[at].stretches.insert(contentsOf: stretches, at: 0)
  }

  mutating func addUntagged(_ stretch: Int, speaker: Range<Int>?, frame: Int, as construction: Construction) {
    add(
      [passage.stretches[stretch].tokens], speaker: speaker, cue: nil, frame: frame, as: construction,
      isPassing: true)
  }
}
