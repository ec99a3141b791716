import Lexicon
import StageKit

// What is on the reader's mind.
extension Resolver {
  /// Below this weight somebody is too far back to be meant.
  static let leastWeight = 6.0
  static let leastShare = 0.2
  /// An organisation that is named in passing is not meant by “it”, nor by “the company”.
  static let plainWeight = 30.0
  /// What a fitting role adds to a weight.
  static let roleWeight = 50.0
  /// Of those who hold one office but are on nobody's mind so many are looked at, the latest first.
  static let mostHolders = 64
  /// And so many of them kept: of two who weigh the same neither is taken.
  static let mostFarHolders = 4

  mutating func note(_ entity: Int, _ role: Salience.Role, _ sentence: SentenceState) {
    switch entities[entity].kind {
    case .person: persons.mention(entity, role, gender: gender[entity], in: sentence.index)
    case .organization: organizations.mention(entity, role, gender: .unknown, in: sentence.index)
    default: break
    }
  }

  mutating func take(_ entity: Int, asSpeakerAt tokens: Range<Int>, _ sentence: inout SentenceState) {
    for act in sentence.acts.indices where sentence.acts[act].speaker.contains(tokens.lowerBound) {
      sentence.speakers[act] = entity
    }
    lastSpeaker = entity
  }

  /// A paragraph that opens with nothing but a quotation goes on with who spoke last.
  mutating func continueSpeaker(_ sentence: SentenceState) {
    guard let lastSpeaker, sentence.acts.isEmpty, named.passage.reporterSentences[sentence.index].opensParagraph,
      named.passage.isOnlyQuoted(sentence.tokens)
    else { return }
    note(lastSpeaker, .subject, sentence)
  }

  func isReported(_ token: Int, _ sentence: SentenceState) -> Bool {
    sentence.acts.indices.contains { act in
      guard sentence.acts[act].reports(token), !sentence.acts[act].speaker.contains(token) else { return false }
      if let known = sentence.speakers[act] { return entities[known].kind == .person }
      let speaker = sentence.acts[act].speaker
      // Not read yet: who it is stands behind what is said.
      if speaker.lowerBound > token, let entity = named.named(speaker) { return entities[entity].kind == .person }
      return speaker.lowerBound > token || named.passage.words[speaker.lowerBound].traits.has(.pronoun)
    }
  }

  func role(of tokens: Range<Int>, _ entity: Int, _ sentence: SentenceState) -> Salience.Role {
    let (start, end) = (tokens.lowerBound, tokens.upperBound)
    for act in sentence.acts where act.speaker.contains(start) {
      if named.named(act.speaker) == entity || named.nameApposed(to: act.speaker) == entity {
        return act.isBackground ? .background : .speaker
      }
      if act.isBackground { return .background }
    }
    for act in sentence.acts where act.speaker.upperBound + 1 == start && named.nameApposed(to: act.speaker) == entity {
      return act.isBackground ? .background : .speaker
    }
    let isReported = isReported(start, sentence)
    let next = plainWord(after: end - 1)
    let hasClitic = next?.traits.contains(.clitic) ?? false
    if hasClitic, isContraction(end) { return isReported ? .reportedSubject : .mainSubject }
    if hasClitic {
      if isReported { return .reported }
      return sentence.subject?.contains(start) ?? false ? .subjectPossessor : .possessor
    }
    if let subject = sentence.subject, subject.contains(start), named.named(subject) == entity {
      return isReported ? .reportedSubject : .mainSubject
    }
    if let next, isModifier(next, at: end) { return isReported ? .reported : .possessor }
    if isRelativeHead(end - 1) { return isReported ? .reportedSubject : .relativeHead }
    var (verb, at) = (next, end)
    while let word = verb, word.traits.contains(.adverb) {
      verb = plainWord(after: at)
      at += 1
    }
    let follows = verb.map(isVerb) ?? false
    let isObject = named.passage.previous(start)?.traits.has([.preposition, .to]) ?? false
    if follows, !isObject { return isReported ? .reportedSubject : .subject }
    return isReported ? .reported : .other
  }

  /// “Corr’s been”, “Corr’s taking”
  private func isContraction(_ clitic: Int) -> Bool {
    named.passage.next(clitic)?.traits.has([.be, .endsInIng, .negation]) ?? false
  }

  /// “the Corr plan”: whether a noun follows.
  private func isModifier(_ next: Word, at index: Int) -> Bool {
    named.passage.isNounLike(index) && !next.traits.has([.capital, .endsInEd, .endsInS, .number, .time])
      && next.form.isEmpty
  }

  /// “Corr, who …”
  private func isRelativeHead(_ last: Int) -> Bool {
    let hasComma = named.passage.next(last)?.traits.contains(.comma) ?? false
    return plainWord(after: hasComma ? last + 1 : last)?.traits.contains(.relative) ?? false
  }

  /// The next word of the sentence where it is the reporter's own.
  private func plainWord(after token: Int) -> Word? { named.passage.next(token).flatMap { $0.isQuoted ? nil : $0 } }

  private func isVerb(_ word: Word) -> Bool {
    word.traits.has([.auxiliary, .modal, .verb])
      || (word.traits.contains(.endsInEd) && !word.traits.contains(.capital))
      || word.form.has([.past, .third])
  }

  /// Whether what somebody says names a person as speakers hardly name themselves: in “he told Corr that it rained”, or in
  /// the verbatim words of “Corr is late,” he said. In “Corr was late, he said” that is nothing odd.
  func names(_ person: Int, in act: SpeechAct, beside tokens: Range<Int>) -> Bool {
    var at = named.mentions.partitioningIndex {
      $0.tokens.lowerBound >= (act.before.isEmpty ? tokens : act.before).lowerBound
    }
    while at < named.mentions.count, named.mentions[at].tokens.lowerBound < act.after.upperBound {
      let token = named.mentions[at].tokens.lowerBound
      if named.mentions[at].entity == person,
        named.passage.words[token].isQuoted
          ? act.before.contains(token) : act.before.isEmpty && token > tokens.lowerBound
      {
        return true
      }
      at += 1
    }
    return false
  }

  /// What is left of a weight where the pronoun or description is who speaks: see `NamedText.share`.
  func share(of entity: Int, at tokens: Range<Int>, _ act: SpeechAct?, _ sentence: SentenceState) -> Double {
    guard let act else { return 1 }
    var share = 1.0
    let first = act.before.isEmpty ? min(act.verb, act.speaker.lowerBound) : act.before.lowerBound
    var at = named.firstMention(endingAfter: named.passage.words[first].span.start)
    while at < named.mentions.count, named.mentions[at].tokens.lowerBound < sentence.tokens.upperBound {
      if named.mentions[at].entity == entity, !tokens.contains(named.mentions[at].tokens.lowerBound) {
        guard named.passage.words[named.mentions[at].tokens.lowerBound].isQuoted else { return 0 }
        share = 0.3
      }
      at += 1
    }
    return share
  }
}
