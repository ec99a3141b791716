import ArticleFacts
import Bytes
import Lexicon
import StageKit

/// Finds the pronouns and descriptions that stand for a person, where it is safe to say for whom: one person at hand
/// agrees, and nobody else who is spoken of without a name.
///
/// Words inside quotation marks are the speaker's, from whose view “he” may be anybody: they are left alone.
struct ReferenceFinder {
  /// A person of the article.
  struct Person {
    var gender: Gender
    /// Token ranges; each role once.
    var roles: [Range<Int>]
  }

  struct Found {
    var person: Int
    var tokens: Range<Int>
    var kind: Entity.Reference.Kind
  }

  let words: [Word]
  let tokens: [Token]
  private(set) var persons: [Person]
  private let names: NamePlaces

  /// Of the sentence that is read and of three before it, the newest last.
  private var recent: [SentencePeople] = []
  /// Of each person, the sentence that last spoke of it.
  private var lastSeen: [Int?]
  private var offices = Offices()
  /// The last token of the sentence that is read where a person's name begins; -1 where none does.
  private var lastName = -1
  private var found = BoundedReferences<Found>()

  init(words: [Word], tokens: [Token], persons: [Person], names: NamePlaces) {
    self.words = words
    self.tokens = tokens
    self.persons = persons
    self.names = names
    lastSeen = Array(repeating: nil, count: persons.count)
  }

  mutating func find(
    _ sentences: [Sentence], besides quotations: [Quotation], _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> BoundedReferences<Found> {
    var quotation = QuotationCursor(quotations)
    for (index, sentence) in sentences.enumerated() {
      if recent.count > Self.sentencesBack { recent.removeFirst() }
      recent.append(SentencePeople())
      found.enterSentence()
      lastName = sentence.tokens.last { names[$0]?.person != nil } ?? -1
      var at = sentence.tokens.lowerBound
      while at < sentence.tokens.upperBound {
        try watch.step()
        let isQuoted = quotation.holds(tokens[at].span)
        if let name = names[at] {
          let tokens = Range(from: at, upTo: name.end)
          if let person = name.person, !isQuoted, !isModifier(tokens, sentence.tokens) {
            see(person, index, isSubject: isSubject(tokens, sentence))
            if name.end < sentence.tokens.upperBound, words[name.end].traits.has(.personVerb) {
              recent[recent.count - 1].noteActor(person, speaks: words[name.end].traits.has(.quotationVerb))
            }
          }
          at = name.end
        } else if isQuoted || words[at].mark != 0 {
          at += 1
        } else {
          at = read(at, sentence.tokens, index, text)
        }
      }
    }
    return found
  }

  private static let sentencesBack = 3

  private var current: SentencePeople { recent[recent.count - 1] }

  /// The first one of a sentence, unless a preposition governs the name or it owns something.
  private func isSubject(_ name: Range<Int>, _ sentence: Sentence) -> Bool {
    guard current.isEmpty else { return false }
    if name.upperBound < sentence.tokens.upperBound, words[name.upperBound].shape.has(.possessive) { return false }
    return name.lowerBound == sentence.tokens.lowerBound
      || !words[name.lowerBound - 1].isPreposition
  }

  /// “the Lund plan”, “an eager Lund supporter”, “Lund spokesman Jonas Holm”: a name that says of a noun what it is.
  private func isModifier(_ name: Range<Int>, _ sentence: Range<Int>) -> Bool {
    guard name.upperBound < sentence.upperBound, words[name.upperBound].shape.has(.lower),
      !words[name.upperBound].traits.has([.functionWord, .personVerb])
    else { return false }
    if names.isTold(name.upperBound) { return true }
    return Range(from: max(sentence.lowerBound, name.lowerBound - 2), upTo: name.lowerBound).contains {
      Self.articles.contains(words[$0].lowered)
    }
  }

  private static let articles = WordSet(["the", "a", "an"])

  private mutating func see(_ person: Int?, _ sentence: Int, isSubject: Bool = false) {
    guard let person else { return recent[recent.count - 1].addUnnamed() }
    recent[recent.count - 1].add(person, isSubject: isSubject, isKnown: lastSeen[person] == sentence)
    if lastSeen[person] == nil { offices.add(person, persons[person].roles, words) }
    lastSeen[person] = sentence
  }

  /// Reads a word outside names and quotations; returns where to read on.
  private mutating func read(_ at: Int, _ sentence: Range<Int>, _ index: Int, _ text: Span<UInt8>) -> Int {
    let word = words[at]
    if let gender = Gender(pronoun: word.traits) {
      let isNominative = word.traits.has(.subjectPronoun)
      let isFirst = current.isEmpty
      if let person = antecedent(gender, at, sentence, isSubject: isNominative) {
        persons[person].gender = gender
        found.append(Found(person: person, tokens: at..<at + 1, kind: .pronoun))
        see(person, index, isSubject: isNominative && isFirst)
      } else if isNominative {
        recent[recent.count - 1].addOpenPronoun()
      }
      return at + 1
    }
    if names.isTold(at) { return at + 1 }
    if word.lowered == Chunker.the, let head = head(of: at, sentence) {
      let isNamed = head + 1 < sentence.upperBound && names[head + 1]?.person != nil
      if names.isTold(head) || isNamed || isApposed(head + 1, sentence) { return head + 1 }
      let isFirst = current.isEmpty
      if !hasComplement(head + 1, sentence), let person = described(Range(from: at + 1, upTo: head + 1), index, text) {
        found.append(Found(person: person, tokens: Range(from: at, upTo: head + 1), kind: .description))
        see(person, index, isSubject: isFirst)
      } else {
        see(nil, index)
      }
      return head + 1
    }
    // Somebody without a name: “a spokesman”, “his brother”.
    if word.traits.has(.title) && word.shape.has(.lower) || word.traits.has(.human) { see(nil, index) }
    return at + 1
  }

  // MARK: Pronouns

  private func antecedent(_ gender: Gender, _ at: Int, _ sentence: Range<Int>, isSubject: Bool) -> Int? {
    // “In his speech Corr said”: whoever comes may be meant, or somebody before.
    if current.isEmpty, at > sentence.lowerBound, words[sentence.lowerBound].isPreposition,
      lastName > at
    {
      return nil
    }
    // Who is spoken of in “Corr sails, he said” is seldom the one who says so.
    let isTag = isSubject && isTag(at, sentence)
    let last = recent.count - 1
    for step in recent.indices {
      let level = !isTag ? last - step : step == last ? last : last - 1 - step
      let people = recent[level]
      if people.hasUnnamed || people.isCrowded || people.hasOpenPronoun { return nil }
      let agreeing = people.persons.lazy.filter { agrees($0, gender) }
      guard let first = agreeing.first else { continue }
      if agreeing.dropFirst().isEmpty { return first }
      // Of several the subject goes on as the subject of the next sentence.
      let goesOn = isSubject && level == last - 1 && people.subject == first && (current.isEmpty || isTag)
      return goesOn ? first : nil
    }
    return nil
  }

  /// “…, he said.”, “…” he said: behind what is said.
  private func isTag(_ at: Int, _ sentence: Range<Int>) -> Bool {
    guard at > sentence.lowerBound, at + 1 < sentence.upperBound, words[at + 1].traits.has(.quotationVerb) else {
      return false
    }
    switch words[at - 1].mark {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), 0xE2: return true
    case UInt8(ascii: ","):
      // “While Lund came, he said that …” goes on.
      guard at + 2 < sentence.upperBound else { return true }
      let next = words[at + 2]
      return next.mark != 0 || next.isPreposition || next.traits.has(.anyWeekday)
    default: return false
    }
  }

  private func agrees(_ person: Int, _ gender: Gender) -> Bool {
    persons[person].gender == .unknown || persons[person].gender == gender
  }

  // MARK: Descriptions

  /// The last word of “the Russian foreign minister”, where it is one person's office.
  private func head(of the: Int, _ sentence: Range<Int>) -> Int? {
    var at = the + 1
    var head: Int?
    while at < min(sentence.upperBound, the + 7) {
      let word = words[at]
      if word.shape.has(.hyphen) || names[at].map({ $0.person == nil && $0.end == at + 1 }) ?? false {
        at += 1
        continue
      }
      if word.mark != 0 || word.shape.has(.number) || word.traits.has([.functionWord, .determinerOfName]) { break }
      if names[at] != nil || word.shape.has(.possessive) { break }
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
  private func isApposed(_ at: Int, _ sentence: Range<Int>) -> Bool {
    at + 1 < sentence.upperBound && words[at].mark == UInt8(ascii: ",") && names[at + 1]?.person != nil
  }

  private func hasComplement(_ at: Int, _ sentence: Range<Int>) -> Bool {
    at < sentence.upperBound && (words[at].lowered == Chunker.of || words[at].lowered == Chunker.for)
  }

  /// The one person whose role the words tell: of those whom the last sentences spoke of, else of all before.
  private func described(_ words: Range<Int>, _ sentence: Int, _ text: Span<UInt8>) -> Int? {
    var one: Int?
    for people in recent.suffix(Self.sentencesBack) {
      if people.isCrowded { return nil }
      for person in people.persons where person != one && isDescribed(person, words, text) {
        if one != nil { return nil }
        one = person
      }
    }
    return one ?? onlyHolder(words, text)
  }

  /// The one person of the article so far.
  private func onlyHolder(_ description: Range<Int>, _ text: Span<UInt8>) -> Int? {
    guard let head = description.last, let holders = offices.holders(of: words[head].lowered) else { return nil }
    var one: Int?
    for person in holders where person != one && isDescribed(person, description, text) {
      if one != nil { return nil }
      one = person
    }
    return one
  }

  private func isDescribed(_ person: Int, _ words: Range<Int>, _ text: Span<UInt8>) -> Bool {
    persons[person].roles.contains { tells(words, $0, text) }
  }

  private func tells(_ description: Range<Int>, _ role: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard let last = description.last else { return false }
    let head = words[last].lowered
    let group = Lexicon.english[head].describes & Described.references
    guard role.contains(where: { words[$0].lowered == head || group & Lexicon.english[words[$0].lowered].fits != 0 })
    else { return false }
    for at in description.dropLast() {
      let word = words[at]
      if word.traits.has(.anotherOne) { return false }
      if word.isCapital, names[at] != nil {
        guard role.contains(where: { isKin(at, $0, text) }) else { return false }
      } else if word.traits.has(.titlePart) && !word.traits.has(.rank) || word.traits.has(.title) {
        guard role.contains(where: { words[$0].lowered == word.lowered }) else { return false }
      }
    }
    // “former President Corr” is not “the president”.
    return role.allSatisfy { at in
      !words[at].traits.has(.formerly) || description.contains { words[$0].lowered == words[at].lowered }
    }
  }

  /// “Russian” and “Russia”: the same first four letters.
  private func isKin(_ a: Int, _ b: Int, _ text: Span<UInt8>) -> Bool {
    let (one, two) = (tokens[a].span, tokens[b].span)
    if words[a].lowered == words[b].lowered { return true }
    guard one.count >= 4, two.count >= 4 else { return false }
    return (0..<4).allSatisfy { text[one.start + $0] == text[two.start + $0] }
  }
}
