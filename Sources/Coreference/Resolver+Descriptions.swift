import ArticleFacts
import Bytes
import Lexicon
import StageKit

// Descriptions, and people without a name.
extension Resolver {
  mutating func readPhrase(
    _ at: Int, _ certain: (tokens: Range<Int>, person: Int)?, act: Int?, isSubject: Bool,
    _ sentence: inout SentenceState, _ text: Span<UInt8>
  ) {
    guard
      let tokens = certain?.tokens ?? act.map({ sentence.acts[$0].speaker }) ?? (isSubject ? sentence.subject : nil)
        ?? named.passage.nounPhrase(startingAt: at, limit: sentence.tokens.upperBound, prepositions: false)
    else { return }
    var entity: Int?
    if let certain {
      let span = named.passage.span(tokens)
      let end = found.candidates.count
      var anaphor = Antecedents.Anaphor(
        span, kind: .description, certain: known(span), least: 0, leastLeft: 0, candidates: Range(from: end, count: 0))
      if anaphor.decided == nil { decide(&anaphor, certain.person) }
      found.anaphors.append(anaphor)
      entity = anaphor.decided
      // “The senator's aide” is another one.
      if let whole = act.map({ sentence.acts[$0].speaker }) ?? (isSubject ? sentence.subject : nil),
        named.passage.head(of: whole) >= tokens.upperBound
      {
        entity = describe(whole, act.map { sentence.acts[$0] }, sentence, text)
      }
    } else {
      if act != nil || isSubject, named.named(tokens) != nil || named.personAfterComma(tokens) != nil { return }
      entity = describe(tokens, act.map { sentence.acts[$0] }, sentence, text)
    }
    let isReported = isReported(at, sentence)
    if let act {
      let role: Salience.Role = sentence.acts[act].isBackground ? .background : .speaker
      if let entity {
        sentence.speakers[act] = entity
        lastSpeaker = entity
        note(entity, role, sentence)
      } else if let gender = anonymous(tokens, text) {
        persons.mention(nil, role, gender: gender, in: sentence.index)
      }
    } else if isSubject, !isReported {
      if let entity {
        note(entity, .mainSubject, sentence)
      } else if let gender = anonymous(tokens, text) {
        persons.mention(nil, .mainSubject, gender: gender, in: sentence.index)
      }
    }
  }

  /// “The minister”, “the agency”: of those whom it may be the one on the reader's mind.
  private mutating func describe(
    _ tokens: Range<Int>, _ act: SpeechAct?, _ sentence: SentenceState, _ text: Span<UInt8>
  ) -> Int? {
    let first = named.passage.words[tokens.lowerBound].traits
    guard first.has([.determiner, .possessive]), !first.has([.indefinite, .pluralWord, .number]) else { return nil }
    let head = named.passage.head(of: tokens)
    let listed = Lexicon.english[named.passage.words[head].lowered]
    let span = named.passage.span(Range(from: tokens.lowerBound, upTo: head + 1))
    let start = found.candidates.count
    var anaphor = Antecedents.Anaphor(
      span, kind: .description, certain: known(span), least: 0, leastLeft: Self.leastWeight,
      candidates: Range(from: start, count: 0))
    if listed.describes & Described.bodies != 0 {
      keepOrganizations(named.passage.words[head].lowered, listed, sentence)
    } else {
      let isAnybody = listed.traits.has(.anybody) || named.passage.isAge(head, text)
      let isSomebody = isAnybody || listed.describes & Described.people != 0 || listed.traits.has(.somebody)
      guard isSomebody || anaphor.decided != nil else { return nil }
      if isSomebody { keepPeople(tokens, head, listed, isAnybody: isAnybody, sentence) }
    }
    anaphor.candidates = Range(from: start, upTo: found.candidates.count)
    guard anaphor.decided != nil || !anaphor.candidates.isEmpty else { return nil }
    found.anaphors.append(anaphor)
    if let decided = anaphor.decided { return decided }
    return found.best(anaphor) { entities[$0].kind == .person ? share(of: $0, at: tokens, act, sentence) : 1 }
  }

  private mutating func keepPeople(
    _ tokens: Range<Int>, _ head: Int, _ listed: WordEntry, isAnybody: Bool, _ sentence: SentenceState
  ) {
    let offices = listed.describes & Described.people
    let isFormer = tokens.contains { named.passage.words[$0].traits.contains(.former) }
    // “his aide”, “the mayor's aide”
    let isRelation =
      named.passage.words[tokens.lowerBound].traits.contains(.possessive)
      || Range(from: tokens.lowerBound, clampedTo: head).contains { named.passage.words[$0].traits.contains(.clitic) }
    let meant = Gender(role: listed.traits)
    // “the Corr aide” is not Corr, and nobody who is not known to be an aide.
    let needsRole = isRelation || named.namesPerson(Range(from: tokens.lowerBound, upTo: head))
    let position = named.passage.words[tokens.lowerBound].span.start
    let holders = people.holders(of: named.passage.words[head].lowered, or: offices, former: isFormer)
    for (at, candidate) in persons.candidates.enumerated() {
      guard let person = candidate.entity, fits(person, meant, before: position) else { continue }
      var weight = persons.weight(at: at, in: sentence.index)
      if holders.contains(person) {
        weight += isRelation ? 0 : Self.roleWeight
      } else if needsRole || !(isAnybody || (offices != 0 && !people.hasOffice(person))) {
        continue
      }
      keep(person, weight)
    }
    if isRelation { return }
    for person in holders.latest(Self.mostHolders, before: peopleSeen(before: tokens.lowerBound)).prefix(
      Self.mostFarHolders)
    where fits(person, meant, before: position) && !persons.has(person) {
      keep(person, Self.roleWeight)
    }
  }

  /// The index of the first entity that is not named before a token.
  func peopleSeen(before token: Int) -> Int {
    let start = named.passage.words[token].span.start
    return entities.partitioningIndex { $0.mentions.first.map { $0.start >= start } ?? false }
  }

  private func fits(_ person: Int, _ meant: Gender, before position: Int) -> Bool {
    entities[person].mentions.first.map { $0.start < position } ?? false
      && (meant == .unknown || gender[person] == .unknown || gender[person] == meant)
  }

  /// “The agency”: those whose name allows it.
  private mutating func keepOrganizations(_ word: WordHash, _ listed: WordEntry, _ sentence: SentenceState) {
    for (at, candidate) in organizations.candidates.enumerated() {
      guard let index = candidate.entity else { continue }
      var weight = organizations.weight(at: at, in: sentence.index)
      let bytes = entities[index].name
      let name = bytes.span
      var (hasWord, hasPart) = (false, false)
      forEachWord(of: name) {
        let part = WordHash(lowered: name, $0)
        if part == word { hasWord = true }
        if Lexicon.english[part].fits & listed.describes & Described.bodies != 0 { hasPart = true }
      }
      if hasWord {
        weight += 2 * Self.roleWeight
      } else if weight > Self.leastWeight, hasPart {
        weight += Self.roleWeight
      } else if !listed.traits.has(.anyOrganization) || weight < Self.plainWeight {
        continue
      }
      keep(index, weight)
    }
  }

  /// The gender of somebody without a name, such as “a teacher”; nil for what is no person.
  private func anonymous(_ tokens: Range<Int>, _ text: Span<UInt8>) -> Gender? {
    let listed = Lexicon.english[named.passage.words[named.passage.head(of: tokens)].lowered]
    let gender = Gender(role: listed.traits)
    if gender != .unknown { return gender }
    let isPerson = listed.traits.has([.anybody, .somebody]) || listed.describes & Described.people != 0
    return isPerson ? .unknown : nil
  }
}
