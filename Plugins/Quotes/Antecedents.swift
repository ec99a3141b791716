import StageKit

// Pronouns and descriptions.
extension SpeakerResolution {
  /// Below this weight somebody is too far back to be meant.
  private static let leastWeight = 6.0
  private static let leastShare = 0.2
  /// With a runner-up of more than this share of the best one's weight it is better to ask the stage `entities`.
  private static let doubtfulShare = 0.5
  /// The same for descriptions, which then stand for nobody.
  private static let doubtfulDescription = 0.8
  /// An organisation that is named in passing is not meant by “it”, nor by “the company”.
  private static let plainWeight = 30.0
  /// What a fitting role adds to a weight.
  private static let roleWeight = 50.0

  /// The person, or organisation, that a pronoun stands for.
  ///
  /// - Parameter attribution: of whom the pronoun is the speaker.
  func antecedent(
    of pronoun: WordTraits, at tokens: Range<Int>, _ attribution: Attribution?, _ sentence: Sentence
  ) -> Int? {
    if pronoun.isAny([.masculine, .feminine]) {
      let meant: Gender = pronoun.contains(.masculine) ? .masculine : .feminine
      // “When she said that it rained, Corr was at sea.”
      if let subject = sentence.subject, tokens.lowerBound < subject.lowerBound, let entity = named(subject),
        entities[entity].kind == .person, gender[entity] == meant || gender[entity] == .unknown,
        opensClause(tokens, sentence)
      {
        return entity
      }
      return best(of: persons, attribution, tokens, sentence, fits: { $0.gender == meant || $0.gender == .unknown })
    }
    if pronoun.contains(.relative) { return namedBefore(tokens.lowerBound) }
    guard pronoun.contains(.neuter),
      let entity = best(of: organizations, attribution, tokens, sentence, fits: { _ in true }),
      organizations.weight(of: entity, in: sentence.index) > Self.plainWeight
    else { return nil }
    return entity
  }

  /// “Corr, who said”
  private func namedBefore(_ pronoun: Int) -> Int? {
    guard pronoun > 0 else { return nil }
    let comma = passage.words[pronoun - 1]
    let end = comma.traits.contains(.comma) && pronoun > 1 ? passage.words[pronoun - 2].span.end : comma.span.end
    let at = firstMention(endingAfter: end - 1)
    return at < mentions.count && mentions[at].span.end == end ? mentions[at].entity : nil
  }

  /// Whether a subordinate clause opens the sentence and has this subject.
  private func opensClause(_ tokens: Range<Int>, _ sentence: Sentence) -> Bool {
    let start = passage.frames[sentence.index].tokens.lowerBound
    return tokens.lowerBound - start < 3 && passage.words[start].traits.isAny([.subordinator, .preposition])
  }

  /// The weightiest candidate, where that is somebody with a name.
  private func best(
    of salience: Salience, _ attribution: Attribution?, _ tokens: Range<Int>, _ sentence: Sentence,
    fits: (Salience.Candidate) -> Bool
  ) -> Int? {
    var found: (entity: Int?, weight: Double) = (nil, Self.leastWeight)
    var (unfit, second) = (0.0, 0.0)
    for (index, candidate) in salience.candidates.enumerated() {
      var weight = salience.weight(at: index, in: sentence.index)
      guard fits(candidate) else {
        unfit = max(unfit, weight)
        continue
      }
      guard weight > second else { continue }
      if let entity = candidate.entity { weight *= share(of: entity, beside: tokens, attribution) }
      if weight > found.weight {
        second = found.weight
        found = (candidate.entity, weight)
      } else {
        second = max(second, weight)
      }
    }
    // Where somebody of the other sex is all the talk, the one meant may have no name, or the name another sex.
    guard let entity = found.entity, found.weight >= Self.leastShare * unfit else { return reference(tokens) }
    return second > Self.doubtfulShare * found.weight ? reference(tokens) ?? entity : entity
  }
}

// Descriptions: “the minister”, “the agency”.
extension SpeakerResolution {
  func described(
    _ tokens: Range<Int>, _ attribution: Attribution?, _ sentence: Sentence, _ text: Span<UInt8>
  ) -> Int? {
    let first = passage.words[tokens.lowerBound].traits
    guard first.isAny([.determiner, .possessive]), !first.isAny([.indefinite, .plural, .number]) else { return nil }
    let head = head(of: tokens)
    let word = WordHash(lowered: text, passage.words[head].span)
    if let parts = RoleWords.organizations(for: word) {
      return organization(word, parts, sentence)
    }
    let compatible = RoleWords.roles(for: word)
    let isAnybody = RoleWords.anybody.contains(word) || isAge(head, text)
    if !isAnybody, compatible == nil, !RoleWords.somebody.contains(word) { return nil }
    let isFormer = tokens.contains { passage.words[$0].traits.contains(.former) }
    let isRelation = first.contains(.possessive)
    let meant: Gender =
      RoleWords.women.contains(word) ? .feminine : RoleWords.men.contains(word) ? .masculine : .unknown
    // “the Corr aide” is not Corr, and nobody who is not known to be an aide.
    let needsRole = isRelation || namesPerson(tokens.lowerBound..<head)
    let position = passage.words[tokens.lowerBound].span.start
    var found: (entity: Int?, weight: Double) = (nil, Self.leastWeight)
    var second = 0.0
    for (index, entity) in entities.enumerated() where entity.kind == .person {
      guard let mention = entity.mentions.first, mention.start < position,
        meant == .unknown || gender[index] == .unknown || gender[index] == meant
      else { continue }
      var weight = persons.weight(of: index, in: sentence.index)
      if hasRole(index, word, compatible, isFormer: isFormer) {
        weight += isRelation ? 0 : Self.roleWeight
      } else if needsRole || !(isAnybody || (compatible != nil && !hasOffice(index))) {
        continue
      }
      guard weight > second else { continue }
      weight *= share(of: index, beside: tokens, attribution)
      if weight > found.weight {
        second = found.weight
        found = (index, weight)
      } else {
        second = max(second, weight)
      }
    }
    return second > Self.doubtfulDescription * found.weight ? reference(tokens) : found.entity ?? reference(tokens)
  }

  /// “The agency”: of those whose name allows it the one on the reader's mind.
  private func organization(
    _ word: WordHash, _ parts: WordSet, _ sentence: Sentence
  ) -> Int? {
    var found: (entity: Int?, weight: Double) = (nil, Self.leastWeight)
    var second = 0.0
    for (at, candidate) in organizations.candidates.enumerated() {
      guard let index = candidate.entity else { continue }
      var weight = organizations.weight(at: at, in: sentence.index)
      if hasWord(entities[index].name, word, nil) {
        weight += 2 * Self.roleWeight
      } else if weight > Self.leastWeight, hasWord(entities[index].name, nil, parts) {
        weight += Self.roleWeight
      } else if !RoleWords.anyOrganization.contains(word) || weight < Self.plainWeight {
        continue
      }
      if weight > found.weight {
        second = found.weight
        found = (index, weight)
      } else {
        second = max(second, weight)
      }
    }
    return second > Self.doubtfulDescription * found.weight ? nil : found.entity
  }

  private func head(of tokens: Range<Int>) -> Int {
    var head = min(tokens.lowerBound + 1, tokens.upperBound - 1)
    while head + 1 < tokens.upperBound,
      !passage.words[head + 1].traits.isAny([.preposition, .comma, .to, .relative, .that])
    { head += 1 }
    return head
  }

  private func namesPerson(_ tokens: Range<Int>) -> Bool {
    let at = firstMention(endingAfter: passage.words[tokens.lowerBound].span.start)
    return at < mentions.count && mentions[at].tokens.lowerBound < tokens.upperBound
      && entities[mentions[at].entity].kind == .person
  }

  /// “the 56-year-old”
  private func isAge(_ token: Int, _ text: Span<UInt8>) -> Bool {
    let end = passage.words[token].span.end
    return end > 8 && WordHash(lowered: text, ByteSpan(end - 8, end)) == Self.yearOld
  }

  private static let yearOld = WordHash("year-old".utf8)

  /// The gender of somebody without a name, such as “a teacher”; nil for what is no person.
  func anonymous(_ tokens: Range<Int>, _ text: Span<UInt8>) -> Gender? {
    let word = WordHash(lowered: text, passage.words[head(of: tokens)].span)
    if RoleWords.women.contains(word) { return .feminine }
    if RoleWords.men.contains(word) { return .masculine }
    let isPerson =
      RoleWords.anybody.contains(word) || RoleWords.somebody.contains(word) || RoleWords.roles(for: word) != nil
    return isPerson ? .unknown : nil
  }

  /// Whether the entity has an office that another one's description does not fit: a president is no senator.
  private func hasOffice(_ entity: Int) -> Bool {
    entities[entity].roles.contains { hasWord($0, nil, RoleWords.officeWords) }
  }

  private func hasRole(_ entity: Int, _ word: WordHash, _ compatible: WordSet?, isFormer: Bool) -> Bool {
    entities[entity].roles.contains { role in
      hasWord(role, word, compatible) && (isFormer || !hasWord(role, Self.former, nil))
    }
  }

  private static let former = WordHash("former".utf8)

  /// Whether a phrase has the word, or one of the set; “EgyptAir” has “air”.
  private func hasWord(_ phrase: [UInt8], _ word: WordHash?, _ compatible: WordSet?) -> Bool {
    let bytes = phrase.span
    var start = 0
    for at in 0...bytes.count {
      let isInner = at > start && at < bytes.count && isUpper(bytes[at]) && !isUpper(bytes[at - 1])
      guard at == bytes.count || bytes[at] == 0x20 || bytes[at] == 0x2D || isInner else { continue }
      let hash = WordHash(lowered: bytes, ByteSpan(start, at))
      if hash == word || compatible?.contains(hash) ?? false { return true }
      start = isInner ? at : min(at + 1, bytes.count)
    }
    return false
  }

  private func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
}
