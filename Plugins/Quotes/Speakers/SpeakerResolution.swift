import ArticleFacts
import Bytes
import Coreference
import Lexicon
import StageKit

/// Finds the entity behind a speaker as written, reading the article from its start as a person would.
struct SpeakerResolution {
  let passage: Passage
  let entities: [Entity]
  /// Sorted by start.
  private(set) var mentions: [Mention] = []
  /// Of each entity, as the stage that found it or its name, title and roles tell.
  let gender: [Gender]
  private(set) var persons = Salience()
  private(set) var organizations = Salience()
  /// Speakers that are decided, by the first token as written: “he” of “he said …, adding …” is one.
  private var decided: DecidedSpeakers
  /// The same for the labels of a transcript.
  private var labels: [WordHash: Int?] = [:]
  let people: PersonIndex

  /// Whom the stage `entities` takes a pronoun or a description for, by its first byte. Its word counts: what is left open
  /// there is decided here.
  private var references: [Int: (end: Int, isDescription: Bool, entity: Int)] = [:]

  struct Mention {
    var span: ByteSpan
    var tokens: Range<Int>
    var entity: Int
    /// Where an office of theirs begins that stands right before the name; else the start of the name.
    var office: Int
  }

  /// - Throws: where the deadline has passed.
  init(passage: Passage, entities: [Entity], text: Span<UInt8>, deadline: Deadline) throws(StageError) {
    self.passage = passage
    self.entities = entities
    var watch = DeadlineWatch(deadline)
    decided = DecidedSpeakers(tokenCount: passage.words.count)
    people = try PersonIndex(entities, names: !passage.speakerLabels.isEmpty, &watch)
    var gender: [Gender] = []
    gender.reserveCapacity(entities.count)
    // By place: a copy of an entity would count the uses of all that it holds.
    for at in entities.indices {
      try watch.step()
      gender.append(
        entities[at].kind == .person ? entities[at].gender ?? Gender(of: entities[at], in: text) : .unknown)
    }
    self.gender = gender
    for index in entities.indices where entities[index].kind.isName {
      try watch.step()
      for span in entities[index].mentions {
        try watch.step()
        let office = entities[index].roles.first { Self.stands($0, before: span.start, in: text) }?.count
        mentions.append(
          Mention(span: span, tokens: 0..<0, entity: index, office: office.map { span.start - 1 - $0 } ?? span.start))
      }
      for reference in entities[index].references {
        references[reference.span.start] = (reference.span.end, reference.kind == .description, index)
      }
    }
    try deadline.check()
    mentions.sort { $0.span < $1.span }
    try deadline.check()
    var token = 0
    for at in mentions.indices {
      try watch.step()
      let span = mentions[at].span
      while token < passage.words.count, passage.words[token].span.end <= span.start { token += 1 }
      var end = token
      while end < passage.words.count, passage.words[end].span.start < span.end { end += 1 }
      mentions[at].tokens = Range(from: token, upTo: end)
    }
  }

  /// Whether a phrase ends one byte before a place in the text.
  private static func stands(_ phrase: [UInt8], before position: Int, in text: Span<UInt8>) -> Bool {
    let start = position - 1 - phrase.count
    return start >= 0 && phrase.indices.allSatisfy { text[start + $0] == phrase[$0] }
  }

  /// The entity of each attribution's speaker. Attributions are sorted by reporter's sentence.
  ///
  /// - Throws: where the deadline has passed.
  mutating func resolve(
    _ attributions: [Attribution], text: Span<UInt8>, _ deadline: Deadline
  ) throws(StageError) -> [Int?] {
    var found: [Int?] = Array(repeating: nil, count: attributions.count)
    var (next, mention) = (0, 0)
    for reporterSentence in passage.reporterSentences.indices {
      if reporterSentence & 7 == 0 { try deadline.check() }
      let first = next
      while next < attributions.count, attributions[next].reporterSentence == reporterSentence { next += 1 }
      let range = Range(from: first, upTo: next)
      let inSentence = range.sorted {
        (attributions[$0].speaker?.lowerBound ?? 0, $0) < (attributions[$1].speaker?.lowerBound ?? 0, $1)
      }
      let subject = passage.subject(of: passage.reporterSentences[reporterSentence].tokens)
      var sentence = SentenceState(index: reporterSentence, subject: subject, attributions: attributions[range])
      for index in inSentence {
        guard let speaker = attributions[index].speaker else { continue }
        note(&sentence, before: speaker.lowerBound, from: &mention, text)
        found[index] = entity(of: attributions[index], speaker, sentence, text)
      }
      note(&sentence, before: passage.reporterSentences[reporterSentence].tokens.upperBound, from: &mention, text)
    }
    return found
  }

  /// The same for what stands inside the verbatim words of others: there “I” is who is quoted, and other pronouns may be
  /// anybody.
  ///
  /// - Throws: where the deadline has passed.
  func resolve(
    _ inner: [Attribution], inside attributions: [Attribution], _ speakers: [Int?], _ deadline: Deadline
  ) throws(StageError) -> [Int?] {
    if inner.isEmpty { return [] }
    // For each quoted span whose words it holds.
    var quoted: [Int?] = Array(repeating: nil, count: passage.quotedSpans.count)
    for (index, attribution) in attributions.enumerated() {
      for quotedSpan in attribution.quotedSpans where quoted[quotedSpan] == nil { quoted[quotedSpan] = index }
    }
    var watch = DeadlineWatch(deadline)
    var found: [Int?] = []
    for attribution in inner {
      try watch.step()
      guard let speaker = attribution.speaker, let cue = attribution.cue else {
        found.append(nil)
        continue
      }
      let head = passage.words[speaker.lowerBound].traits
      let quotedSpan = passage.words[cue.lowerBound].quotedSpan
      if speaker.count > 1 || !head.has(.pronoun) {
        found.append(named(speaker))
      } else if quotedSpan >= 0, head.contains(.firstPerson), !head.contains(.pluralWord) {
        found.append(quoted[quotedSpan].flatMap { speakers[$0] })
      } else {
        found.append(nil)
      }
    }
    return found
  }

  /// Whom the stage `entities` takes a phrase for: one that is a reference, or goes on from one, “the senator from Holm”.
  private func reference(_ tokens: Range<Int>) -> Int? {
    let span = passage.span(tokens)
    guard let reference = references[span.start], reference.end <= span.end else { return nil }
    if reference.end == span.end { return reference.entity }
    guard reference.isDescription, let next = tokens.first(where: { passage.words[$0].span.start >= reference.end }),
      passage.words[next].traits.has([.preposition, .comma, .relative, .that, .to])
    else { return nil }
    return reference.entity
  }

  /// A reporter's sentence while it is read.
  struct SentenceState {
    var index: Int
    var subject: Range<Int>?
    var attributions: ArraySlice<Attribution>
    var isSubjectNoted = false
  }

  private mutating func entity(
    of attribution: Attribution, _ speaker: Range<Int>, _ sentence: SentenceState, _ text: Span<UInt8>
  ) -> Int? {
    if let known = decided[speaker.lowerBound] {
      if let known, attribution.cue == nil { note(known, .subject, sentence) }
      return known
    }
    let head = passage.words[speaker.lowerBound].traits
    let isPronoun = speaker.count == 1 && head.has(.pronoun)
    let entity: Int?
    if attribution.isLabel {
      let label = WordHash(text, passage.span(speaker))
      entity = labels[label] ?? labelled(speaker, text)
      labels[label] = .some(entity)
    } else if let known = reference(speaker) {
      entity = known
    } else if isPronoun {
      entity = antecedent(of: head, at: speaker, attribution, sentence)
    } else {
      entity =
        named(speaker) ?? nameApposed(to: speaker) ?? described(speaker, attribution, sentence, text)
    }
    decided[speaker.lowerBound] = .some(entity)
    let role: Salience.Role = attribution.isBackground ? .background : .speaker
    if let entity {
      note(entity, role, sentence)
    } else if !isPronoun, let gender = anonymous(speaker, text) {
      persons.mention(nil, role, gender: gender, in: sentence.index)
    }
    return entity
  }

  private mutating func note(_ entity: Int, _ role: Salience.Role, _ sentence: SentenceState) {
    switch entities[entity].kind {
    case .person: persons.mention(entity, role, gender: gender[entity], in: sentence.index)
    case .organization: organizations.mention(entity, role, gender: .unknown, in: sentence.index)
    default: break
    }
  }

  /// Takes in the names, and the subject, that stand before a token in the reporter's own words.
  private mutating func note(
    _ sentence: inout SentenceState, before limit: Int, from mention: inout Int, _ text: Span<UInt8>
  ) {
    let start = passage.reporterSentences[sentence.index].tokens.lowerBound
    while mention < mentions.count, mentions[mention].tokens.lowerBound < limit {
      let (span, tokens, entity) = (mentions[mention].span, mentions[mention].tokens, mentions[mention].entity)
      mention += 1
      // The subject comes first: in “he left with Corr” he is not Corr.
      if let subject = sentence.subject, subject.upperBound <= tokens.lowerBound {
        noteSubject(&sentence, before: limit, text)
      }
      guard tokens.lowerBound >= start, !tokens.isEmpty, !passage.words[tokens.lowerBound].isQuoted else { continue }
      note(entity, role(of: tokens, sentence, isReported: isReported(span, in: sentence)), sentence)
    }
    noteSubject(&sentence, before: limit, text)
  }

  /// “He left”: a pronoun keeps its person on the reader's mind. “A sailor came”: so does somebody without a name.
  private mutating func noteSubject(_ sentence: inout SentenceState, before limit: Int, _ text: Span<UInt8>) {
    guard !sentence.isSubjectNoted, let subject = sentence.subject, subject.upperBound <= limit else { return }
    sentence.isSubjectNoted = true
    guard !isReported(passage.span(subject), in: sentence), decided[subject.lowerBound] == nil, named(subject) == nil,
      personAfterComma(subject) == nil
    else { return }
    let head = passage.words[subject.lowerBound].traits
    let entity: Int?
    if let known = reference(subject) {
      entity = known
    } else if subject.count == 1, head.has(.pronoun) {
      guard head.has([.masculinePronoun, .femininePronoun]) else { return }
      entity = antecedent(of: head, at: subject, nil, sentence)
    } else {
      entity = described(subject, nil, sentence, text)
      if entity == nil, let gender = anonymous(subject, text) {
        persons.mention(nil, .mainSubject, gender: gender, in: sentence.index)
      }
    }
    decided[subject.lowerBound] = .some(entity)
    if let entity { note(entity, .mainSubject, sentence) }
  }

  /// Whether a person is said to say it; what a report or a government says is as good as the reporter's own words.
  private func isReported(_ span: ByteSpan, in sentence: SentenceState) -> Bool {
    sentence.attributions.contains { attribution in
      guard attribution.kind != .direct, attribution.spans.span(around: span) != nil,
        let speaker = attribution.speaker
      else { return false }
      guard let known = decided[speaker.lowerBound] else { return true }
      if let known { return entities[known].kind == .person }
      return passage.words[speaker.lowerBound].traits.has(.pronoun)
    }
  }

  private func role(of tokens: Range<Int>, _ sentence: SentenceState, isReported: Bool) -> Salience.Role {
    if sentence.attributions.contains(where: { $0.isBackground && $0.speaker?.contains(tokens.lowerBound) ?? false }) {
      return .background
    }
    let (start, end) = (tokens.lowerBound, tokens.upperBound)
    let next = plainWord(after: end - 1)
    let hasClitic = next?.traits.contains(.clitic) ?? false
    if hasClitic, isContraction(end) { return isReported ? .reportedSubject : .mainSubject }
    if hasClitic {
      if isReported { return .reported }
      return sentence.subject?.contains(tokens.lowerBound) ?? false ? .subjectPossessor : .possessor
    }
    if let subject = sentence.subject, subject.contains(tokens.lowerBound), named(subject) == entity(at: tokens) {
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
    let isObject = passage.previous(start)?.traits.has([.preposition, .to]) ?? false
    if follows, !isObject { return isReported ? .reportedSubject : .subject }
    return isReported ? .reported : .other
  }

  /// “Corr’s been”, “Corr’s taking”
  private func isContraction(_ clitic: Int) -> Bool {
    passage.next(clitic)?.traits.has([.be, .endsInIng, .negation]) ?? false
  }

  /// “the Corr plan”: whether a noun follows.
  private func isModifier(_ next: Word, at index: Int) -> Bool {
    passage.isNounLike(index) && !next.traits.has([.capital, .endsInEd, .endsInS, .number, .time])
      && next.form.isEmpty
  }

  /// “Corr, who …”
  private func isRelativeHead(_ last: Int) -> Bool {
    let hasComma = passage.next(last)?.traits.contains(.comma) ?? false
    return plainWord(after: hasComma ? last + 1 : last)?.traits.contains(.relative) ?? false
  }

  /// The next word of the sentence where it is the reporter's own.
  private func plainWord(after token: Int) -> Word? { passage.next(token).flatMap { $0.isQuoted ? nil : $0 } }

  private func isVerb(_ word: Word) -> Bool {
    word.traits.has([.auxiliary, .modal, .verb])
      || (word.traits.contains(.endsInEd) && !word.traits.contains(.capital))
      || word.form.has([.past, .third])
  }

  private func entity(at tokens: Range<Int>) -> Int? {
    let at = firstMention(endingAfter: passage.words[tokens.lowerBound].span.start)
    return at < mentions.count ? mentions[at].entity : nil
  }
}
