import Bytes
import Lexicon
import StageKit

// Quotations without a verb of their own: they go on with a neighbour, or continue the last speaker.
extension AttributionReader {
  /// Quoted sentences right after, or right before, an attributed one in the same paragraph belong to it.
  ///
  /// - Throws: where the deadline has passed.
  mutating func joinNeighbours(_ deadline: Deadline) throws(StageError) {
    var watch = DeadlineWatch(deadline)
    for at in attributions.indices where attributions[at].kind == .direct && !attributions[at].isLabel {
      try watch.step()
      guard let first = attributions[at].stretches.first else { continue }
      let count = attributions[at].stretches.count
      while let next = quotations(after: at) {
        try watch.step()
        for stretch in next { isUsed[stretch] = true }
        attributions[at].stretches += next
      }
      let before = try quotations(before: first, &watch)
      for stretch in before { isUsed[stretch] = true }
      attributions[at].stretches.insert(contentsOf: before, at: 0)
      if attributions[at].stretches.count > count { takeSpansOfStretches(at) }
    }
  }

  /// The quotations after a direct one that belong to it: all of the next sentence, or the first of the next paragraph.
  private func quotations(after at: Int) -> [Int]? {
    guard let last = attributions[at].stretches.last else { return nil }
    let next = last + 1
    if next < passage.stretches.count, !isUsed[next], passage.stretches[next].continues,
      !passage.stretches[last].isClosed
    {
      return [next]
    }
    let token = max(attributions[at].lastToken, passage.stretches[last].tokens.upperBound - 1)
    let frame = passage.frame(of: token) + 1
    guard frame < passage.frames.count, passage.frames[frame].paragraph == passage.frames[frame - 1].paragraph
    else { return nil }
    return unusedQuotations(fillingFrame: frame)
  }

  /// The quotations before a direct one that belong to it: of whole sentences, up to the one that it opens.
  private func quotations(before first: Int, _ watch: inout DeadlineWatch) throws(StageError) -> [Int] {
    var opening = first
    var frame = passage.frame(of: passage.stretches[first].tokens.lowerBound)
    guard passage.stretches[first].tokens.lowerBound == passage.frames[frame].tokens.lowerBound else { return [] }
    var found: [Int] = []
    while frame > 0 {
      try watch.step()
      let isOneParagraph = passage.frames[frame - 1].paragraph == passage.frames[frame].paragraph
      guard isOneParagraph || passage.stretches[opening].continues,
        let stretches = unusedQuotations(fillingFrame: frame - 1), let next = stretches.first
      else { break }
      found += stretches.reversed()
      opening = next
      frame -= 1
    }
    return found.reversed()
  }

  /// The quotations of a frame that has nothing else, where none of them belongs to anybody.
  private func unusedQuotations(fillingFrame index: Int) -> [Int]? {
    let tokens = passage.frames[index].tokens
    guard passage.isOnlyQuoted(tokens) else { return nil }
    let stretches = passage.quotations(in: tokens)
    return stretches.allSatisfy { !isUsed[$0] } ? stretches : nil
  }

  /// A span for each stretch, or for several that go on from paragraph to paragraph.
  private mutating func takeSpansOfStretches(_ at: Int) {
    var spans: [ByteSpan] = []
    for stretch in attributions[at].stretches {
      let inner = passage.stretches[stretch].inner
      if passage.stretches[stretch].continues, let last = spans.popLast() {
        spans.append(ByteSpan(last.start, inner.end))
      } else {
        spans.append(inner)
      }
      attributions[at].lastToken = max(attributions[at].lastToken, passage.stretches[stretch].tokens.upperBound - 1)
    }
    attributions[at].spans = spans
    attributions[at].quoted = attributions[at].stretches.map { passage.stretches[$0].inner }
  }

  /// Gives what is left to the last speaker, with less confidence; words in scare quotes are left alone.
  ///
  /// - Throws: where the deadline has passed.
  mutating func readUntagged(keepsScareQuotes: Bool, _ deadline: Deadline) throws(StageError) {
    var watch = DeadlineWatch(deadline)
    let tagged = attributions.sorted { $0.lastToken < $1.lastToken }
    var at = 0
    var last: Attribution?
    for index in passage.stretches.indices where !isUsed[index] && !passage.stretches[index].tokens.isEmpty {
      try watch.step()
      let stretch = passage.stretches[index]
      let start = stretch.tokens.lowerBound
      let frameIndex = passage.frame(of: start)
      let frame = passage.frames[frameIndex]
      while at < tagged.count, tagged[at].lastToken < start {
        last = tagged[at]
        at += 1
      }
      let standsAlone = passage.isOnlyQuoted(frame.tokens) && (stretch.words > 3 || stretch.endsClause)
      if !standsAlone, stretch.words < 6 || passage.isTitle(stretch.tokens) {
        if keepsScareQuotes { addUntagged(index, speaker: nil, frame: frameIndex, as: .scareQuotes) }
        continue
      }
      var speaker: Range<Int>?
      if let last, frame.paragraph - passage.frames[last.frame].paragraph <= 1 { speaker = last.speaker }
      if standsAlone, let previous = previousSubject(frameIndex) { speaker = speaker ?? previous }
      if !standsAlone { speaker = passage.subject(of: frame.tokens) ?? speaker }
      // What somebody refutes is not theirs.
      if !standsAlone, isDenied(start, in: frame) { speaker = nil }
      addUntagged(index, speaker: speaker, frame: frameIndex, as: standsAlone ? .untagged : .embedded)
      last = attributions.last
    }
  }

  private func isDenied(_ start: Int, in frame: Frame) -> Bool {
    var at = frame.tokens.lowerBound
    while at < start {
      if !words[at].isQuoted, words[at].speech.contains(.deny) { return true }
      at = passage.after(at)
    }
    return false
  }

  /// The subject of the sentence before in the same paragraph.
  private func previousSubject(_ frame: Int) -> Range<Int>? {
    guard frame > 0, passage.frames[frame - 1].paragraph == passage.frames[frame].paragraph else { return nil }
    return passage.subject(of: passage.frames[frame - 1].tokens)
  }
}

extension Passage {
  /// “The Long Way Home”: most words start with a capital.
  func isTitle(_ tokens: Range<Int>) -> Bool {
    let capitals = tokens.reduce(0) { $0 + (words[$1].traits.contains(.capital) ? 1 : 0) }
    return capitals * 2 > wordCount(tokens)
  }

  /// The same of a whole sentence, where names alone must not make it one.
  func isHeadline(_ tokens: Range<Int>) -> Bool {
    let capitals = tokens.reduce(0) { $0 + (words[$1].traits.contains(.capital) ? 1 : 0) }
    return capitals * 3 > wordCount(tokens) * 2
  }
}
