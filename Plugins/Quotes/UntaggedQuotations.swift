import StageKit

// Quotations without a verb of their own: they go on with a neighbour, or continue the last speaker.
extension AttributionReader {
  /// Quoted sentences right after, or right before, an attributed one in the same paragraph belong to it.
  mutating func joinNeighbours() {
    for at in attributions.indices where attributions[at].kind == .direct {
      while let next = continuation(of: at) { append(next, to: at) }
      guard let first = attributions[at].stretches.first else { continue }
      var frame = passage.frame(of: passage.stretches[first].tokens.lowerBound)
      guard passage.stretches[first].tokens.lowerBound == passage.frames[frame].tokens.lowerBound else { continue }
      while frame > 0 {
        let before = passage.frames[frame - 1]
        let stretches = passage.isOnlyQuoted(before.tokens) ? passage.quotations(in: before.tokens) : []
        let continues = passage.stretches[attributions[at].stretches[0]].continues
        guard !stretches.isEmpty, before.paragraph == passage.frames[frame].paragraph || continues,
          stretches.allSatisfy({ !isUsed[$0] })
        else { break }
        prepend(stretches, to: at)
        frame -= 1
      }
    }
  }

  private func continuation(of at: Int) -> [Int]? {
    guard let last = attributions[at].stretches.last else { return nil }
    let next = last + 1
    if next < passage.stretches.count, !isUsed[next], passage.stretches[next].continues,
      !passage.stretches[last].isClosed
    {
      return [next]
    }
    let frame = passage.frame(of: max(attributions[at].lastToken, passage.stretches[last].tokens.upperBound - 1)) + 1
    guard frame < passage.frames.count, passage.frames[frame].paragraph == passage.frames[frame - 1].paragraph,
      passage.isOnlyQuoted(passage.frames[frame].tokens)
    else { return nil }
    let stretches = passage.quotations(in: passage.frames[frame].tokens)
    return stretches.allSatisfy { !isUsed[$0] } ? stretches : nil
  }

  /// Gives what is left to the last speaker, with less confidence; words in scare quotes are left alone.
  mutating func readUntagged(keepsScareQuotes: Bool) {
    let tagged = attributions.sorted { $0.lastToken < $1.lastToken }
    var at = 0
    var last: Attribution?
    for stretch in passage.stretches.indices where !isUsed[stretch] && !passage.stretches[stretch].tokens.isEmpty {
      let tokens = passage.stretches[stretch].tokens
      let index = passage.frame(of: tokens.lowerBound)
      let frame = passage.frames[index]
      while at < tagged.count, tagged[at].lastToken < tokens.lowerBound {
        last = tagged[at]
        at += 1
      }
      let words = passage.wordCount(tokens)
      let standsAlone = passage.isOnlyQuoted(frame.tokens) && (words > 3 || passage.stretches[stretch].endsClause)
      if !standsAlone, words < 6 || passage.isTitle(tokens) {
        if keepsScareQuotes { addUntagged(stretch, speaker: nil, frame: index, as: .scareQuotes) }
        continue
      }
      var speaker: Range<Int>?
      if let last, frame.paragraph - passage.frames[last.frame].paragraph <= 1 { speaker = last.speaker }
      if standsAlone, let previous = previousSubject(index) { speaker = speaker ?? previous }
      if !standsAlone { speaker = passage.subject(of: frame.tokens) ?? speaker }
      // What somebody refutes is not theirs.
      if !standsAlone, isDenied(tokens.lowerBound, in: frame) { speaker = nil }
      addUntagged(
        stretch, speaker: speaker, frame: index, as: standsAlone ? .untagged : .embedded)
      last = attributions.last
    }
  }

  private func isDenied(_ start: Int, in frame: Frame) -> Bool {
    (frame.tokens.lowerBound..<start).contains { passage.words[$0].sense.contains(.deny) }
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
