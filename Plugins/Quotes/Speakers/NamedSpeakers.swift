import Bytes
import Coreference
import Lexicon
import StageKit

// Names.
extension SpeakerResolution {
  /// The entity named by the head of a noun phrase: in “a spokesman for Ada Corr” that is nobody.
  func named(_ tokens: Range<Int>) -> Int? {
    if let apposed = nameAfterPlace(tokens) { return apposed }
    var headEnd = tokens.lowerBound
    while headEnd < tokens.upperBound,
      headEnd == tokens.lowerBound || !passage.words[headEnd].traits.has([.preposition, .comma])
    {
      headEnd += 1
    }
    let span = passage.span(Range(from: tokens.lowerBound, upTo: headEnd))
    var low = firstMention(endingAfter: span.start)
    var found: Int?
    while low < mentions.count, mentions[low].span.start < span.end {
      // “Corr’s lawyer” is not Corr; only what the head ends with counts.
      if mentions[low].span.end >= passage.words[headEnd - 1].span.start { found = mentions[low].entity }
      low += 1
    }
    return found
  }

  /// “Envoy for Holm Ada Corr”: a person right after another name, or after an office of theirs, is the head,
  /// prepositions or not.
  private func nameAfterPlace(_ tokens: Range<Int>) -> Int? {
    let span = passage.span(tokens)
    let last = firstMention(endingAfter: span.end - 1)
    guard last < mentions.count, mentions[last].span.end == span.end, mentions[last].span.start > span.start,
      entities[mentions[last].entity].kind == .person
    else { return nil }
    let isAfterName = last > 0 && mentions[last - 1].span.end + 1 == mentions[last].span.start
    let before = Range(from: tokens.lowerBound, clampedTo: mentions[last].tokens.lowerBound)
    let isAfterOffice = before.contains { at in
      passage.words[at].traits.contains(.preposition) && passage.words[at].span.start > mentions[last].office
    }
    return isAfterName || isAfterOffice ? mentions[last].entity : nil
  }

  /// “The town's mayor, Ada Corr, said”
  func nameApposed(to tokens: Range<Int>) -> Int? {
    guard let at = personAfterComma(tokens) else { return nil }
    guard let last = mentions[at].tokens.last, let next = passage.next(last),
      next.traits.has([.comma, .dash, .preposition, .terminal, .semicolon])
    else { return nil }
    return mentions[at].entity
  }

  /// Index of the mention of a person right after a noun phrase and its comma.
  func personAfterComma(_ tokens: Range<Int>) -> Int? {
    guard let last = tokens.last, passage.next(last)?.traits.contains(.comma) ?? false,
      let start = passage.next(last + 1)?.span.start
    else { return nil }
    let at = firstMention(endingAfter: start)
    guard at < mentions.count, mentions[at].span.start == start, entities[mentions[at].entity].kind == .person else {
      return nil
    }
    return at
  }

  func firstMention(endingAfter offset: Int) -> Int {
    mentions.partitioningIndex { $0.span.end > offset }
  }

  /// What is left of an entity's weight as the speaker: hardly anything where it is named in what is said, or after the
  /// cue, since “he told Corr that Lund …” is neither; somewhat more where only the verbatim words name it.
  func share(of entity: Int, beside speaker: Range<Int>, _ attribution: Attribution?) -> Double {
    guard let attribution else { return 1 }
    var share = 1.0
    for span in attribution.spans {
      var at = firstMention(endingAfter: span.start)
      while at < mentions.count, mentions[at].span.start < span.end {
        if mentions[at].entity == entity {
          guard passage.words[mentions[at].tokens.lowerBound].isQuoted else { return 0 }
          share = 0.3
        }
        at += 1
      }
    }
    guard let cue = attribution.cue else { return share }
    var at = firstMention(endingAfter: passage.words[cue.lowerBound].span.start)
    let end = passage.reporterSentences[attribution.reporterSentence].tokens.upperBound
    while at < mentions.count, mentions[at].tokens.lowerBound < end {
      if mentions[at].entity == entity, mentions[at].tokens.lowerBound > speaker.lowerBound,
        !passage.words[mentions[at].tokens.lowerBound].isQuoted
      {
        return 0
      }
      at += 1
    }
    return share
  }
}
