import Bytes
import Lexicon
import StageKit

/// Where it is safe to say for whom a pronoun or a description stands: one person at hand agrees, and nobody else who is
/// spoken of without a name.
struct Certainty {
  let named: NamedText
  /// Whether a token is of a role that stands beside a name.
  private let told: [Bool]
  /// Of the sentence that is read and of three before it, the newest last.
  private var recent: [SentencePeople] = []
  /// Of each entity, the sentence that last spoke of it.
  private var lastSeen: [Int32]
  /// The sentence that is read.
  private var sentence = 0
  private var tokens = 0..<0
  /// The last token of the sentence where a person's name begins; -1 where none does.
  private var lastName = -1
  /// The first token behind the last description.
  private var descriptionEnd = 0

  private var current: SentencePeople { recent[recent.count - 1] }

  private static let sentencesBack = 3

  /// - Throws: where the deadline has passed.
  init(
    _ named: NamedText, _ entities: [Entity], in text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) {
    self.named = named
    lastSeen = Array(repeating: -1, count: entities.count)
    told = try ToldRoles(named, entities, in: text, &watch).tokens
  }

  mutating func enter(_ index: Int) {
    if recent.count > Self.sentencesBack { recent.removeFirst() }
    recent.append(SentencePeople())
    sentence = index
    tokens = named.passage.reporterSentences[index].tokens
    lastName = -1
    var at = named.mentions.partitioningIndex { $0.tokens.lowerBound >= tokens.upperBound } - 1
    while at >= 0, named.mentions[at].tokens.lowerBound >= tokens.lowerBound, lastName < 0 {
      if named.isPerson(named.mentions[at]) { lastName = named.mentions[at].tokens.lowerBound }
      at -= 1
    }
  }

  // MARK: Names

  /// Takes in a name outside quotations.
  mutating func see(_ mention: NamedText.Mention) {
    let name = mention.tokens
    guard name.lowerBound >= descriptionEnd, named.isPerson(mention), !isModifier(name) else { return }
    see(mention.entity, isSubject: isSubject(name))
    if name.upperBound < tokens.upperBound, named.passage.words[name.upperBound].traits.has(.personVerb) {
      recent[recent.count - 1].noteActor(
        mention.entity, speaks: named.passage.words[name.upperBound].traits.has(.quotationVerb))
    }
  }

  private mutating func see(_ person: Int?, isSubject: Bool = false) {
    guard let person else { return recent[recent.count - 1].addUnnamed() }
    recent[recent.count - 1].add(person, isSubject: isSubject, isKnown: lastSeen[person] == Int32(clamping: sentence))
    lastSeen[person] = Int32(clamping: sentence)
  }

  /// The first one of a sentence, unless a preposition governs the name or it owns something.
  private func isSubject(_ name: Range<Int>) -> Bool {
    guard current.isEmpty else { return false }
    if name.upperBound < tokens.upperBound, named.passage.words[name.upperBound].traits.has(.clitic) { return false }
    return name.lowerBound == tokens.lowerBound || !opensPhrase(name.lowerBound - 1)
  }

  /// “in”, “when”: a phrase or a clause begins, rather than the main clause.
  private func opensPhrase(_ at: Int) -> Bool {
    named.passage.words[at].traits.has([.preposition, .subordinator, .to])
  }

  /// “the Lund plan”, “an eager Lund supporter”, “Lund spokesman Jonas Holm”: a name that says of a noun what it is.
  private func isModifier(_ name: Range<Int>) -> Bool {
    guard name.upperBound < tokens.upperBound, named.passage.words[name.upperBound].isLower,
      !named.passage.words[name.upperBound].traits.has([.functionWord, .personVerb])
    else { return false }
    if told[name.upperBound] { return true }
    return Range(from: max(tokens.lowerBound, name.lowerBound - 2), upTo: name.lowerBound).contains {
      named.passage.words[$0].traits.has([.determiner, .indefinite])
        && Self.articles.contains(named.passage.words[$0].lowered)
    }
  }

  private static let articles = WordSet(["the", "a", "an"])
  private static let the = WordHash("the".utf8)

  // MARK: Pronouns

  /// Takes in “he”, “her” outside quotations, with the person, where that is certain.
  mutating func see(pronoun at: Int, of person: Int?) {
    let isNominative = named.passage.words[at].traits.has(.subjectPronoun)
    if let person {
      see(person, isSubject: isNominative && current.isEmpty)
    } else if isNominative {
      recent[recent.count - 1].addOpenPronoun()
    }
  }

  /// The person that “he”, “her” stands for, where that is certain.
  func antecedent(of at: Int, _ meant: Gender, _ gender: [Gender]) -> Int? {
    let isSubject = named.passage.words[at].traits.has(.subjectPronoun)
    // “In his speech Corr said”: whoever comes may be meant, or somebody before.
    if current.isEmpty, at > tokens.lowerBound, opensPhrase(tokens.lowerBound), lastName > at { return nil }
    // Who is spoken of in “Corr sails, he said” is seldom the one who says so.
    let isTag = isSubject && isTag(at)
    let last = recent.count - 1
    for step in recent.indices {
      let level = !isTag ? last - step : step == last ? last : last - 1 - step
      let people = recent[level]
      if people.hasUnnamed || people.isCrowded || people.hasOpenPronoun { return nil }
      let agreeing = people.persons.lazy.filter { gender[$0] == .unknown || gender[$0] == meant }
      guard let first = agreeing.first else { continue }
      if agreeing.dropFirst().isEmpty { return first }
      // Of several the subject goes on as the subject of the next sentence.
      let goesOn = isSubject && level == last - 1 && people.subject == first && (current.isEmpty || isTag)
      return goesOn ? first : nil
    }
    return nil
  }

  /// “…, he said.”, “…” he said: behind what is said.
  private func isTag(_ at: Int) -> Bool {
    guard at > tokens.lowerBound, at + 1 < tokens.upperBound, named.passage.words[at + 1].traits.has(.quotationVerb)
    else {
      return false
    }
    let before = named.passage.words[at - 1]
    if before.isQuoted || before.traits.has([.mark, .dash]) { return true }
    guard before.traits.has(.comma) else { return false }
    // “While Lund came, he said that …” goes on.
    guard at + 2 < tokens.upperBound else { return true }
    return named.passage.words[at + 2].traits.has([.punctuation, .anyWeekday]) || opensPhrase(at + 2)
  }

  // MARK: Descriptions

  /// Reads a word outside names, pronouns and quotations.
  ///
  /// - Returns: the tokens of a description that begins with it and the person, where that is certain.
  mutating func description(
    _ at: Int, _ people: PersonIndex, before seen: Int, _ text: Span<UInt8>
  ) -> (tokens: Range<Int>, person: Int)? {
    guard named.passage.words[at].traits.has([.determiner, .title, .human]), at >= descriptionEnd, !told[at] else {
      return nil
    }
    if named.passage.words[at].lowered == Self.the, let head = officeHead(of: at) {
      descriptionEnd = head + 1
      let isNamed = head + 1 < tokens.upperBound && name(at: head + 1).map(named.isPerson) ?? false
      if told[head] || isNamed || isApposed(head + 1) { return nil }
      let isFirst = current.isEmpty
      let description = Range(from: at + 1, upTo: head + 1)
      guard !hasComplement(head + 1), let person = described(description, people, before: seen, text) else {
        see(nil)
        return nil
      }
      see(person, isSubject: isFirst)
      return (Range(from: at, upTo: head + 1), person)
    }
    // Somebody without a name: “a spokesman”, “his brother”.
    if named.passage.words[at].traits.has(.title) && named.passage.words[at].isLower
      || named.passage.words[at].traits.has(.human)
    {
      see(nil)
    }
    return nil
  }

  /// The name that begins at a token.
  private func name(at token: Int) -> NamedText.Mention? {
    let at = named.firstMention(endingAfter: named.passage.words[token].span.start)
    return at < named.mentions.count && named.mentions[at].tokens.lowerBound == token ? named.mentions[at] : nil
  }

  /// The last word of “the Russian foreign minister”, where it is one person's office.
  private func officeHead(of the: Int) -> Int? {
    var at = the + 1
    var head: Int?
    while at < min(tokens.upperBound, the + 7) {
      let word = named.passage.words[at]
      let name = word.traits.has(.capital) ? name(at: at) : nil
      if word.traits.has(.hyphen) || name.map({ !named.isPerson($0) && $0.tokens.upperBound == at + 1 }) ?? false {
        at += 1
        continue
      }
      if word.traits.has([.punctuation, .number, .functionWord, .determinerOfName, .clitic]) || word.isQuoted { break }
      if name != nil { break }
      if word.traits.has(.title), !word.traits.has(.pluralPeople) {
        head = at
      } else if head != nil && !word.traits.has(.titlePart) || word.traits.has(.personVerb) {
        break
      }
      at += 1
    }
    return head
  }

  /// “, Ada Corr,” after a description names whom it is.
  private func isApposed(_ at: Int) -> Bool {
    at + 1 < tokens.upperBound && named.passage.words[at].traits.has(.comma)
      && name(at: at + 1).map(named.isPerson) ?? false
  }

  private func hasComplement(_ at: Int) -> Bool {
    at < tokens.upperBound && (named.passage.words[at].traits.has(.of) || named.passage.words[at].lowered == Self.for)
  }

  private static let `for` = WordHash("for".utf8)

  /// The one person whose role the words tell: of those whom the last sentences spoke of, else of all before.
  private func described(
    _ description: Range<Int>, _ people: PersonIndex, before seen: Int, _ text: Span<UInt8>
  ) -> Int? {
    var one: Int?
    for sentence in recent.suffix(Self.sentencesBack) {
      if sentence.isCrowded { return nil }
      for person in sentence.persons where person != one && isDescribed(person, description, people, text) {
        if one != nil { return nil }
        one = person
      }
    }
    return one ?? onlyHolder(description, people, before: seen, text)
  }

  /// The one person of the article so far.
  private func onlyHolder(
    _ description: Range<Int>, _ people: PersonIndex, before seen: Int, _ text: Span<UInt8>
  ) -> Int? {
    guard let head = description.last else { return nil }
    let groups = Lexicon.english[named.passage.words[head].lowered].describes & Described.references
    guard
      let holders = people.holders(of: named.passage.words[head].lowered, or: groups, former: true).all(before: seen)
    else {
      return nil
    }
    var one: Int?
    for person in holders where person != one && lastSeen[person] >= 0 && isDescribed(person, description, people, text)
    {
      if one != nil { return nil }
      one = person
    }
    return one
  }

  private func isDescribed(
    _ person: Int, _ description: Range<Int>, _ people: PersonIndex, _ text: Span<UInt8>
  ) -> Bool {
    people.roles(of: person).contains { tells(description, people.words(of: $0), text) }
  }

  private func tells(_ description: Range<Int>, _ role: ArraySlice<PersonIndex.RoleWord>, _ text: Span<UInt8>) -> Bool {
    guard let last = description.last else { return false }
    let head = named.passage.words[last].lowered
    let groups = Lexicon.english[head].describes & Described.references
    guard role.contains(where: { $0.word == head || groups & $0.fits != 0 }) else { return false }
    for at in description.dropLast() {
      let word = named.passage.words[at]
      if word.traits.has(.anotherOne) { return false }
      if word.traits.has(.capital), name(at: at) != nil {
        guard role.contains(where: { isKin(word, $0, text) }) else { return false }
      } else if word.traits.has(.titlePart) && !word.traits.has(.rank) || word.traits.has(.title) {
        guard role.contains(where: { $0.word == word.lowered }) else { return false }
      }
    }
    // “former President Corr” is not “the president”.
    return role.allSatisfy { part in
      !part.isFormer || description.contains { named.passage.words[$0].lowered == part.word }
    }
  }

  /// “Russian” and “Russia”: the same first four letters.
  private func isKin(_ word: Word, _ part: PersonIndex.RoleWord, _ text: Span<UInt8>) -> Bool {
    if word.lowered == part.word { return true }
    return word.span.count >= 4 && part.opening != 0 && PersonIndex.opening(text, word.span) == part.opening
  }
}
