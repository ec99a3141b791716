import ArticleFacts
import Bytes
import Lexicon
import StageKit

/// Finds whom pronouns and descriptions may stand for, reading the article from its start as a person would.
///
/// Words inside quotation marks are the speaker's, from whose view “he” may be anybody: they are left alone.
package struct Resolver {
  let named: NamedText
  let entities: [Entity]
  /// Of each entity, as the article tells so far.
  package private(set) var gender: [Gender]
  var persons = Salience()
  var organizations = Salience()
  let people: PersonIndex
  var certainty: Certainty
  /// Certain ones of the sentence that is read.
  private var certainCount = 0
  var found = Antecedents()
  /// Whom an earlier stage takes a pronoun or a description for, by its first byte.
  private var known: [Int: (end: Int, entity: Int)] = [:]
  /// The next mention that is to be read.
  private var mention = 0
  /// Of the last reporter's sentence with a speaker: who that is.
  var lastSpeaker: Int?

  /// - Throws: where the deadline has passed.
  package init(
    _ named: NamedText, _ entities: [Entity], in text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) {
    self.named = named
    self.entities = entities
    people = try PersonIndex(entities, &watch)
    try watch.look()
    certainty = try Certainty(named, entities, in: text, &watch)
    try watch.look()
    var gender: [Gender] = []
    gender.reserveCapacity(entities.count)
    // By place: a copy of an entity would count the uses of all that it holds.
    for at in entities.indices {
      try watch.step()
      gender.append(
        entities[at].kind == .person ? entities[at].gender ?? Gender(of: entities[at], in: text) : .unknown)
      for reference in entities[at].references {
        try watch.step()
        known[reference.span.start] = (reference.span.end, at)
      }
    }
    self.gender = gender
  }

  /// A reporter's sentence while it is read.
  struct SentenceState {
    var index: Int
    var tokens: Range<Int>
    var subject: Range<Int>?
    var acts: [SpeechAct]
    /// Entities of their speakers, as far as they are decided.
    var speakers: [Int?]
  }

  /// - Throws: where the deadline has passed.
  package mutating func resolve(
    _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> Antecedents {
    for index in named.passage.reporterSentences.indices {
      let tokens = named.passage.reporterSentences[index].tokens
      let acts = named.passage.speechActs(of: index)
      var sentence = SentenceState(
        index: index, tokens: tokens, subject: named.passage.subject(of: tokens), acts: acts,
        speakers: Array(repeating: nil, count: acts.count))
      certainty.enter(index)
      if !named.passage.reporterSentences[index].isRest { certainCount = 0 }
      var at = tokens.lowerBound
      while at < tokens.upperBound {
        try watch.step()
        at = named.passage.words[at].isQuoted ? named.passage.after(at) : read(at, &sentence, text)
      }
      continueSpeaker(sentence)
    }
    return found
  }

  /// Reads a word of the reporter's own; returns where to read on.
  private mutating func read(_ at: Int, _ sentence: inout SentenceState, _ text: Span<UInt8>) -> Int {
    while mention < named.mentions.count, named.mentions[mention].tokens.upperBound <= at { mention += 1 }
    if mention < named.mentions.count, named.mentions[mention].tokens.lowerBound == at {
      let (tokens, entity) = (named.mentions[mention].tokens, named.mentions[mention].entity)
      mention += 1
      guard !tokens.isEmpty else { return at + 1 }
      let role = role(of: tokens, entity, sentence)
      if case .speaker = role { take(entity, asSpeakerAt: tokens, &sentence) }
      note(entity, role, sentence)
      certainty.see(named.mentions[mention - 1])
      return tokens.upperBound
    }
    let head = named.passage.words[at].traits
    if head.has([.masculinePronoun, .femininePronoun, .neuterPronoun]) {
      readPronoun(at, head, &sentence)
      return at + 1
    }
    let seen = head.has(.determiner) ? peopleSeen(before: at) : 0
    let certain = certainty.description(at, people, before: seen, text)
    let act = sentence.acts.isEmpty ? nil : sentence.acts.firstIndex { $0.speaker.lowerBound == at }
    let isSubject = sentence.subject?.lowerBound == at
    if certain != nil || head.has([.determiner, .possessive]) || act != nil || isSubject {
      readPhrase(at, certain, act: act, isSubject: isSubject, &sentence, text)
    }
    return at + 1
  }

  // MARK: Pronouns

  private mutating func readPronoun(_ at: Int, _ head: WordTraits, _ sentence: inout SentenceState) {
    let tokens = Range(from: at, count: 1)
    let act = sentence.acts.firstIndex { $0.speaker == tokens }
    let isSubject = sentence.subject == tokens
    let isPersonal = head.has([.masculinePronoun, .femininePronoun])
    guard isPersonal || act != nil || isSubject else { return }
    let entity = add(tokens, head, act.map { sentence.acts[$0] }, sentence)
    guard let entity else { return }
    if let act {
      sentence.speakers[act] = entity
      note(entity, sentence.acts[act].isBackground ? .background : .speaker, sentence)
      lastSpeaker = entity
    } else if isSubject, !isReported(at, sentence) {
      note(entity, .mainSubject, sentence)
    }
  }

  /// - Returns: whom it is taken for.
  private mutating func add(
    _ tokens: Range<Int>, _ head: WordTraits, _ act: SpeechAct?, _ sentence: SentenceState
  ) -> Int? {
    let span = named.passage.span(tokens)
    let first = found.candidates.count
    var anaphor = Antecedents.Anaphor(
      span, kind: .pronoun, certain: known(span), least: 0, leastLeft: Self.leastWeight,
      candidates: Range(from: first, count: 0))
    if head.has(.neuterPronoun) {
      anaphor.least = Self.plainWeight
      for (at, candidate) in organizations.candidates.enumerated() {
        keep(candidate.entity, organizations.weight(at: at, in: sentence.index))
      }
    } else {
      let meant = Gender(pronoun: head) ?? .unknown
      anaphor.gender = meant
      var certain = certainty.antecedent(of: tokens.lowerBound, meant, gender)
      // “He told Corr so” is not Corr.
      if let act, let person = certain, names(person, in: act, beside: tokens) { certain = nil }
      certainty.see(pronoun: tokens.lowerBound, of: certain)
      if let certain, anaphor.decided == nil {
        gender[certain] = meant
        decide(&anaphor, certain)
      }
      if anaphor.decided != nil {
        // Nothing is to be weighed.
      } else if let entity = subjectBehind(tokens, meant, sentence) {
        // “When she said that it rained, Corr was at sea.”
        anaphor.decided = entity
      } else {
        var unfit = 0.0
        for (at, candidate) in persons.candidates.enumerated() {
          let weight = persons.weight(at: at, in: sentence.index)
          let gender = candidate.entity.map { self.gender[$0] } ?? candidate.gender
          if gender == meant || gender == .unknown {
            keep(candidate.entity, weight)
          } else {
            unfit = max(unfit, weight)
          }
        }
        // Where somebody of the other sex is all the talk, the one meant may have no name, or the name another sex.
        anaphor.leastLeft = max(Self.leastWeight, Self.leastShare * unfit)
      }
    }
    anaphor.candidates = Range(from: first, upTo: found.candidates.count)
    if anaphor.decided == nil, anaphor.candidates.isEmpty { return nil }
    found.anaphors.append(anaphor)
    if let decided = anaphor.decided { return decided }
    return found.best(anaphor) { share(of: $0, at: tokens, act, sentence) }
  }

  /// A sentence of prose has a few. One of more is a text without stops, and each of its words may be a reference.
  package static let mostCertain = 64

  mutating func decide(_ anaphor: inout Antecedents.Anaphor, _ person: Int) {
    certainCount += 1
    anaphor.decided = person
    anaphor.isCertain = certainCount <= Self.mostCertain
    if !anaphor.isCertain { found.isCutShort = true }
  }

  func known(_ span: ByteSpan) -> Int? {
    known[span.start].flatMap { $0.end == span.end ? $0.entity : nil }
  }

  mutating func keep(_ entity: Int?, _ weight: Double) {
    if weight > Self.leastWeight { found.candidates.append(Antecedents.Candidate(entity: entity, weight: weight)) }
  }

  /// Who is the subject of the main clause, where a clause before it opens the sentence and has the pronoun as subject.
  private func subjectBehind(_ tokens: Range<Int>, _ meant: Gender, _ sentence: SentenceState) -> Int? {
    guard let subject = sentence.subject, tokens.lowerBound < subject.lowerBound,
      tokens.lowerBound - sentence.tokens.lowerBound < 3,
      named.passage.words[sentence.tokens.lowerBound].traits.has([.subordinator, .preposition]),
      let entity = named.named(subject), entities[entity].kind == .person,
      gender[entity] == meant || gender[entity] == .unknown
    else { return nil }
    return entity
  }
}
