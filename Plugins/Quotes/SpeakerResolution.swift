import StageKit

/// Finds the entity behind a speaker as written, reading the article from its start as a person would.
struct SpeakerResolution {
  private let passage: Passage
  private let entities: [Entity]
  /// Names outside quotations, sorted by start.
  private var mentions: [(span: ByteSpan, entity: Int)] = []
  private var gender: [Gender]
  /// Who was last in the reporter's own words: speakers and subjects, and in which frame.
  private var lastSpeaker: Int?
  private var lastSubject: Int?
  private var isSubjectNewer = false

  init(passage: Passage, entities: [Entity], text: Span<UInt8>) {
    self.passage = passage
    self.entities = entities
    gender = entities.map { $0.kind == .person ? Gender(of: $0, in: text) : .unknown }
    for (index, entity) in entities.enumerated() where entity.kind.isName {
      for span in entity.mentions { mentions.append((span, index)) }
    }
    mentions.sort { $0.span < $1.span }
  }

  /// The entity of each attribution's speaker. Attributions are sorted by frame.
  mutating func resolve(_ attributions: [Attribution], text: Span<UInt8>) -> [Int?] {
    var found: [Int?] = Array(repeating: nil, count: attributions.count)
    var at = 0
    for frame in passage.frames.indices {
      let subject = passage.subject(of: passage.frames[frame].tokens)
      let subjectEntity = subject.flatMap { named($0) }
      var isPassing = false
      while at < attributions.count, attributions[at].frame == frame {
        let attribution = attributions[at]
        if let speaker = attribution.speaker {
          let isSubjectInside =
            subject.map { passage.span($0) }.map { s in attribution.spans.contains { $0.contains(s) } } ?? true
          found[at] = entity(
            speaker, subject: isSubjectInside ? nil : subjectEntity, before: subject?.upperBound ?? 0, text)
          if attribution.isPassing {
            isPassing = true
          } else if let entity = found[at] {
            lastSpeaker = entity
            isSubjectNewer = false
          }
        }
        at += 1
      }
      let hasAttribution = at > 0 && attributions[at - 1].frame == frame
      if !isPassing, !hasAttribution, let subjectEntity, entities[subjectEntity].kind == .person {
        lastSubject = subjectEntity
        isSubjectNewer = true
      }
    }
    return found
  }

  private func entity(_ speaker: Range<Int>, subject: Int?, before: Int, _ text: Span<UInt8>) -> Int? {
    if let name = named(speaker) ?? nameApposed(to: speaker) { return name }
    let head = passage.words[speaker.lowerBound]
    var candidates: [Int] = []
    if let subject, before <= speaker.lowerBound { candidates.append(subject) }
    let recent = isSubjectNewer ? [lastSubject, lastSpeaker] : [lastSpeaker, lastSubject]
    candidates += recent.compactMap { $0 }
    if speaker.count == 1, head.traits.isAny(.pronoun) {
      return candidates.first { agrees($0, head.traits) }
    }
    return described(speaker, candidates: candidates, text)
  }

  /// The entity named by the head of a noun phrase: in “a spokesman for Ada Corr” that is nobody.
  private func named(_ tokens: Range<Int>) -> Int? {
    if let apposed = nameAfterPlace(tokens) { return apposed }
    var headEnd = tokens.lowerBound
    while headEnd < tokens.upperBound,
      headEnd == tokens.lowerBound || !passage.words[headEnd].traits.isAny([.preposition, .comma])
    {
      headEnd += 1
    }
    let span = passage.span(tokens.lowerBound..<headEnd)
    var low = firstMention(endingAfter: span.start)
    var found: Int?
    while low < mentions.count, mentions[low].span.start < span.end {
      // “Corr’s lawyer” is not Corr; only what the head ends with counts.
      if mentions[low].span.end >= passage.words[headEnd - 1].span.start { found = mentions[low].entity }
      low += 1
    }
    return found
  }

  /// “Envoy for Holm Ada Corr”: a person right after another name is the head, prepositions or not.
  private func nameAfterPlace(_ tokens: Range<Int>) -> Int? {
    let span = passage.span(tokens)
    let last = firstMention(endingAfter: span.end - 1)
    guard last < mentions.count, last > 0, mentions[last].span.end == span.end, mentions[last].span.start > span.start,
      entities[mentions[last].entity].kind == .person, mentions[last - 1].span.end + 1 == mentions[last].span.start
    else { return nil }
    return mentions[last].entity
  }

  /// “The town's mayor, Ada Corr, said”
  private func nameApposed(to tokens: Range<Int>) -> Int? {
    let comma = tokens.upperBound
    guard comma + 1 < passage.words.count, passage.words[comma].traits.contains(.comma) else { return nil }
    let start = passage.words[comma + 1].span.start
    let at = firstMention(endingAfter: start)
    guard at < mentions.count, mentions[at].span.start == start, entities[mentions[at].entity].kind == .person else {
      return nil
    }
    var next = comma + 1
    while next < passage.words.count, passage.words[next].span.start < mentions[at].span.end { next += 1 }
    guard next < passage.words.count, passage.words[next].traits.isAny([.comma, .dash]) else { return nil }
    return mentions[at].entity
  }

  private func firstMention(endingAfter offset: Int) -> Int {
    var (low, high) = (0, mentions.count)
    while low < high {
      let middle = (low + high) / 2
      if mentions[middle].span.end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func agrees(_ entity: Int, _ pronoun: WordTraits) -> Bool {
    let kind = entities[entity].kind
    if pronoun.contains(.masculine) { return kind == .person && gender[entity] != .feminine }
    if pronoun.contains(.feminine) { return kind == .person && gender[entity] != .masculine }
    if pronoun.isAny([.plural, .firstPerson]) { return kind == .organization }
    return kind == .organization || kind == .location
  }
}

// Descriptions: “the minister”.
extension SpeakerResolution {
  private func described(_ tokens: Range<Int>, candidates: [Int], _ text: Span<UInt8>) -> Int? {
    let first = passage.words[tokens.lowerBound].traits
    guard first.isAny([.determiner, .possessive]), !first.isAny([.indefinite, .plural, .number]) else { return nil }
    var head = tokens.lowerBound + 1
    while head + 1 < tokens.upperBound, !passage.words[head + 1].traits.contains(.preposition) { head += 1 }
    guard head < tokens.upperBound else { return nil }
    let word = WordHash(lowered: text, passage.words[head].span)
    let compatible = RoleWords.roles(for: word)
    let isPerson = compatible != nil || RoleWords.people.contains(word)
    let persons = candidates.filter { entities[$0].kind == .person }
    let position = passage.words[tokens.lowerBound].span.start
    let others = entities.indices.filter { index in
      entities[index].kind == .person && !persons.contains(index)
        && entities[index].mentions.first.map { $0.start < position } ?? false
    }
    for candidate in persons + others where hasRole(candidate, word, compatible) { return candidate }
    return isPerson ? persons.first { entities[$0].roles.isEmpty || RoleWords.people.contains(word) } : nil
  }

  private func hasRole(_ entity: Int, _ word: WordHash, _ compatible: WordSet?) -> Bool {
    entities[entity].roles.contains { role in
      let bytes = role.span
      var start = 0
      for at in 0...bytes.count where at == bytes.count || bytes[at] == 0x20 || bytes[at] == 0x2D {
        let hash = WordHash(lowered: bytes, ByteSpan(start, at))
        if hash == word || compatible?.contains(hash) ?? false { return true }
        start = min(at + 1, bytes.count)
      }
      return false
    }
  }
}
