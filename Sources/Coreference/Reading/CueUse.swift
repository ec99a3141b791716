import Bytes
import Lexicon
import StageKit

/// How a verb of speech stands in its sentence.
package enum CueUse: Equatable {
  /// With a subject of its own before it; `before` is the last token left of the verb group.
  case finite(before: Int)
  /// “…, adding that”, “by saying”: the subject is that of the sentence.
  case participle
  /// “went on to say”.
  case infinitive
  /// “was told that”: the speaker is not said.
  case passive
  /// “… and said”: the subject is that of the verb before.
  case coordinated
}

extension Passage {
  /// Tells a verb from a noun or an adjective of the same form, and an active verb from a passive one.
  ///
  /// - Parameter floor: the sentence's first token.
  package func use(of verb: Int, floor: Int, isHeading: Bool) -> CueUse? {
    let word = words[verb]
    // “the United States” is no verb, except where every word is capital.
    if word.traits.contains(.capital), !isHeading, verb > floor, !words[verb - 1].isQuoted { return nil }
    var at = verb - 1
    var group: WordTraits = []
    while at >= floor, !words[at].isQuoted {
      let traits = words[at].traits
      guard traits.has([.auxiliary, .modal, .negation]) || (traits.contains(.adverb) && !traits.contains(.capital))
      else { break }
      group.formUnion(traits)
      at -= 1
    }
    if group.contains(.negation) { return nil }
    let isBoundary = at < floor || words[at].isQuoted
    let before: WordTraits = isBoundary ? [] : words[at].traits
    if before.contains(.refuses) { return nil }

    let isAdjective = before.has([.determiner, .indefinite, .possessive, .clitic]) && !before.has(.subjectPronoun)
    // “so-called”
    if before.contains(.hyphen) { return nil }
    if isAdjective, !(before.contains(.quantifier) && !word.traits.contains(.cueNoun)),
      !group.has([.auxiliary, .modal])
    {
      return nil
    }
    // “Warning: the harbour is shut”
    if verb == floor, next(verb)?.traits.contains(.colon) ?? false { return nil }
    if word.form.contains(.ing) { return ingUse(verb, group: group, before: before, at: at, isBoundary: isBoundary) }
    if group.contains(.be) {
      guard word.form.contains(.participle) else { return nil }
      // “it was announced that”
      let isSaid =
        word.speech.contains(.say) && !isBoundary && at >= floor && words[at].traits.contains(.subjectPronoun)
        && !words[at].traits.has([.masculinePronoun, .femininePronoun, .pluralWord, .firstPerson, .relative])
        && next(verb)?.traits.contains(.that) ?? false
      return word.speech.has([.tell, .ask]) || isSaid ? .passive : nil
    }
    if !isBoundary, before.contains(.to), word.form.contains(.base) { return .infinitive }
    if before.contains(.preposition), !group.has([.auxiliary, .modal]), !before.contains(.time) {
      return isAfterTime(at, floor: floor) ? .finite(before: at) : nil
    }
    if before.contains(.coordinator), at > floor {
      return word.form.has([.past, .third]) || group.has([.auxiliary, .modal]) ? .coordinated : nil
    }
    if group.has([.auxiliary, .modal]) || word.form.has(.past) { return .finite(before: at) }
    if word.form.contains(.third) {
      guard word.traits.contains(.cueNoun) else { return .finite(before: at) }
      // “member states”, “the state reports”: a verb after a name or a pronoun, or before “that”.
      let isVerb =
        before.has([.capital, .subjectPronoun, .relative, .closeBracket])
        || (next(verb)?.traits.has([.that, .colon]) ?? false && !before.contains(.number))
      // “…,” vows Ada Corr
      if isBoundary, verb > floor, at == verb - 1, words[at].isQuoted, quotedSpans[words[at].quotedSpan].endsClause,
        next(verb)?.traits.contains(.capital) ?? false
      {
        return .finite(before: at)
      }
      return isVerb && !isBoundary ? .finite(before: at) : nil
    }
    return !isBoundary && hasPluralBefore(at, floor: floor, isNoun: word.traits.contains(.cueNoun))
      ? .finite(before: at) : nil
  }

  /// A bare form needs a plural subject; “fishers from the old harbour say” has it some words away.
  private func hasPluralBefore(_ last: Int, floor: Int, isNoun: Bool) -> Bool {
    let plural: WordTraits = [.pluralWord, .firstPerson, .endsInS, .quantifier, .relative]
    if words[last].traits.has(plural) { return true }
    if isNoun { return false }
    var at = last
    while at >= floor, last - at < 8, !words[at].isQuoted {
      if words[at].traits.has([.auxiliary, .modal, .subjectPronoun, .objectPronoun, .subordinator]) { break }
      if words[at].traits.has(plural), !words[at].traits.contains(.capital) { return true }
      at -= 1
    }
    return false
  }

  private static let with = WordHash("with".utf8)

  private func ingUse(
    _ verb: Int, group: WordTraits, before: WordTraits, at: Int, isBoundary: Bool
  ) -> CueUse? {
    if group.contains(.be) { return .finite(before: at) }
    // “with promising newcomers”
    if !isBoundary, words[at].lowered == Self.with { return nil }
    if isBoundary || before.has([.comma, .dash, .coordinator, .preposition, .subordinator]) { return .participle }
    // “a statement saying that”
    let isSpeech = words[verb].speech.has([.say, .tell]) && !words[verb].traits.contains(.cueNoun)
    return isSpeech && !before.has([.verb, .to]) ? .participle : nil
  }

  /// “Lavrov on Monday said”: the token before the verb belongs to a phrase of time.
  private func isAfterTime(_ at: Int, floor: Int) -> Bool { at >= floor && words[at].traits.contains(.time) }
}
