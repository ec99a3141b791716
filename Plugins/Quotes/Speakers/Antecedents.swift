import ArticleFacts
import Bytes
import Coreference
import Lexicon
import StageKit

// Pronouns and descriptions.
extension SpeakerResolution {
  /// Below this weight somebody is too far back to be meant.
  private static let leastWeight = 6.0
  private static let leastShare = 0.2
  /// With a runner-up of more than this share of the best one's weight a description stands for nobody.
  private static let doubtfulDescription = 0.8
  /// An organisation that is named in passing is not meant by “it”, nor by “the company”.
  private static let plainWeight = 30.0
  /// What a fitting role adds to a weight.
  private static let roleWeight = 50.0

  /// The person, or organisation, that a pronoun stands for.
  ///
  /// - Parameter attribution: of whom the pronoun is the speaker.
  func antecedent(
    of pronoun: WordTraits, at tokens: Range<Int>, _ attribution: Attribution?, _ sentence: SentenceState
  ) -> Int? {
    if pronoun.has([.masculinePronoun, .femininePronoun]) {
      let meant: Gender = pronoun.contains(.masculinePronoun) ? .masculine : .feminine
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
    guard pronoun.contains(.neuterPronoun),
      let entity = best(of: organizations, attribution, tokens, sentence, fits: { _ in true }),
      organizations.weight(of: entity, in: sentence.index) > Self.plainWeight
    else { return nil }
    return entity
  }

  /// “Corr, who said”
  private func namedBefore(_ pronoun: Int) -> Int? {
    guard var before = passage.previous(pronoun) else { return nil }
    if before.traits.contains(.comma) { before = passage.previous(pronoun - 1) ?? before }
    let end = before.span.end
    let at = firstMention(endingAfter: end - 1)
    return at < mentions.count && mentions[at].span.end == end ? mentions[at].entity : nil
  }

  /// Whether a subordinate clause opens the sentence and has this subject.
  private func opensClause(_ tokens: Range<Int>, _ sentence: SentenceState) -> Bool {
    let start = passage.reporterSentences[sentence.index].tokens.lowerBound
    return tokens.lowerBound - start < 3 && passage.words[start].traits.has([.subordinator, .preposition])
  }

  /// The weightiest candidate, where that is somebody with a name.
  private func best(
    of salience: Salience, _ attribution: Attribution?, _ tokens: Range<Int>, _ sentence: SentenceState,
    fits: (Salience.Candidate) -> Bool
  ) -> Int? {
    var ranking = Ranking(least: Self.leastWeight)
    var unfit = 0.0
    for (index, candidate) in salience.candidates.enumerated() {
      var weight = salience.weight(at: index, in: sentence.index)
      guard fits(candidate) else {
        unfit = max(unfit, weight)
        continue
      }
      guard weight > ranking.second else { continue }
      if let entity = candidate.entity { weight *= share(of: entity, beside: tokens, attribution) }
      ranking.add(candidate.entity, weight)
    }
    // Where somebody of the other sex is all the talk, the one meant may have no name, or the name another sex.
    guard let entity = ranking.entity, ranking.weight >= Self.leastShare * unfit else { return nil }
    return entity
  }
}

// Descriptions: “the minister”, “the agency”.
extension SpeakerResolution {
  /// Of those who hold one office but are on nobody's mind so many are looked at, the latest first.
  private static let mostHolders = 64

  func described(
    _ tokens: Range<Int>, _ attribution: Attribution?, _ sentence: SentenceState, _ text: Span<UInt8>
  ) -> Int? {
    let first = passage.words[tokens.lowerBound].traits
    guard first.has([.determiner, .possessive]), !first.has([.indefinite, .pluralWord, .number]) else { return nil }
    let head = head(of: tokens)
    let word = WordHash(lowered: text, passage.words[head].span)
    let listed = Lexicon.english[word]
    if listed.describes & Described.bodies != 0 { return organization(word, listed, sentence) }
    let offices = listed.describes & Described.people
    let isAnybody = listed.traits.has(.anybody) || isAge(head, text)
    if !isAnybody, offices == 0, !listed.traits.has(.somebody) { return nil }
    let isFormer = tokens.contains { passage.words[$0].traits.contains(.former) }
    let isRelation = first.contains(.possessive)
    let meant = Gender(role: listed.traits)
    // “the Corr aide” is not Corr, and nobody who is not known to be an aide.
    let needsRole = isRelation || namesPerson(Range(from: tokens.lowerBound, upTo: head))
    let position = passage.words[tokens.lowerBound].span.start
    let holders = people.holders(of: word, or: offices, former: isFormer)
    func fits(_ person: Int) -> Bool {
      entities[person].mentions.first.map { $0.start < position } ?? false
        && (meant == .unknown || gender[person] == .unknown || gender[person] == meant)
    }
    var ranking = Ranking(least: Self.leastWeight)
    for (at, candidate) in persons.candidates.enumerated() {
      guard let person = candidate.entity, fits(person) else { continue }
      var weight = persons.weight(at: at, in: sentence.index)
      if holders.contains(person) {
        weight += isRelation ? 0 : Self.roleWeight
      } else if needsRole || !(isAnybody || (offices != 0 && !people.hasOffice(person))) {
        continue
      }
      guard weight > ranking.second else { continue }
      ranking.add(person, weight * share(of: person, beside: tokens, attribution))
    }
    if !isRelation {
      let limit = entities.partitioningIndex { $0.mentions.first.map { $0.start >= position } ?? false }
      for person in holders.latest(Self.mostHolders, before: limit) where fits(person) && !persons.has(person) {
        guard Self.roleWeight > ranking.second else { break }
        ranking.add(person, Self.roleWeight * share(of: person, beside: tokens, attribution))
      }
    }
    return ranking.second > Self.doubtfulDescription * ranking.weight
      ? nil : ranking.entity
  }

  /// “The agency”: of those whose name allows it the one on the reader's mind.
  private func organization(
    _ word: WordHash, _ listed: WordEntry, _ sentence: SentenceState
  ) -> Int? {
    var ranking = Ranking(least: Self.leastWeight)
    for (at, candidate) in organizations.candidates.enumerated() {
      guard let index = candidate.entity else { continue }
      var weight = organizations.weight(at: at, in: sentence.index)
      let name = entities[index].name
      var (hasWord, hasPart) = (false, false)
      forEachWord(of: name.span) {
        if $0 == word { hasWord = true }
        if Lexicon.english[$0].fits & listed.describes & Described.bodies != 0 { hasPart = true }
      }
      if hasWord {
        weight += 2 * Self.roleWeight
      } else if weight > Self.leastWeight, hasPart {
        weight += Self.roleWeight
      } else if !listed.traits.has(.anyOrganization) || weight < Self.plainWeight {
        continue
      }
      ranking.add(index, weight)
    }
    return ranking.second > Self.doubtfulDescription * ranking.weight ? nil : ranking.entity
  }

  private func head(of tokens: Range<Int>) -> Int {
    var head = min(tokens.lowerBound + 1, tokens.upperBound - 1)
    while head + 1 < tokens.upperBound,
      !passage.words[head + 1].traits.has([.preposition, .comma, .to, .relative, .that])
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
    let listed = Lexicon.english[word]
    let gender = Gender(role: listed.traits)
    if gender != .unknown { return gender }
    let isPerson = listed.traits.has([.anybody, .somebody]) || listed.describes & Described.people != 0
    return isPerson ? .unknown : nil
  }
}
