import Bytes
import Coreference
import Lexicon
import StageKit

/// Finds the entity behind a speaker as written: by name, or of those whom a pronoun or a description may stand for the one
/// whom the words around it allow.
struct SpeakerResolution {
  let names: NamedText
  let antecedents: Antecedents
  let entities: [Entity]
  /// Speakers that are decided, by the first token as written: “he” of “he said …, adding …” is one.
  private var decided: DecidedSpeakers
  /// In a transcript, how often somebody has spoken outside the labelled paragraphs.
  private(set) var spoken: [Int: Int] = [:]
  /// The same for the labels of a transcript.
  private var labels: [WordHash: Int?] = [:]
  /// `nil` where the text is no transcript.
  let people: LabelIndex?

  var passage: Passage { names.passage }

  /// - Throws: where the deadline has passed.
  init(
    _ names: NamedText, _ antecedents: Antecedents, _ entities: [Entity], _ deadline: Deadline
  ) throws(StageError) {
    self.names = names
    self.antecedents = antecedents
    self.entities = entities
    var watch = DeadlineWatch(deadline)
    decided = DecidedSpeakers(tokenCount: names.passage.words.count)
    people = names.passage.speakerLabels.isEmpty ? nil : try LabelIndex(entities, &watch)
  }

  /// The entity of each attribution's speaker.
  ///
  /// - Throws: where the deadline has passed.
  mutating func resolve(
    _ attributions: [Attribution], text: Span<UInt8>, _ deadline: Deadline
  ) throws(StageError) -> [Int?] {
    var found: [Int?] = []
    found.reserveCapacity(attributions.count)
    for (index, attribution) in attributions.enumerated() {
      if index & 7 == 0 { try deadline.check() }
      found.append(attribution.speaker.flatMap { entity(of: attribution, $0, text) })
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
        found.append(names.named(speaker))
      } else if quotedSpan >= 0, head.contains(.firstPerson), !head.contains(.pluralWord) {
        found.append(quoted[quotedSpan].flatMap { speakers[$0] })
      } else {
        found.append(nil)
      }
    }
    return found
  }

  private mutating func entity(of attribution: Attribution, _ speaker: Range<Int>, _ text: Span<UInt8>) -> Int? {
    if let known = decided[speaker.lowerBound] { return known }
    let entity: Int?
    if attribution.isLabel {
      let label = WordHash(text, passage.span(speaker))
      entity = labels[label] ?? labelled(speaker, text)
      labels[label] = .some(entity)
    } else {
      entity = unlabelled(speaker, attribution)
      if people != nil, let entity { spoken[entity, default: 0] += 1 }
    }
    decided[speaker.lowerBound] = .some(entity)
    return entity
  }

  private func unlabelled(_ speaker: Range<Int>, _ attribution: Attribution) -> Int? {
    let head = passage.words[speaker.lowerBound].traits
    let isPronoun = speaker.count == 1 && head.has(.pronoun)
    if isPronoun, head.contains(.relative) { return names.named(before: speaker.lowerBound) }
    let anaphor = anaphor(speaker, isPronoun: isPronoun)
    if let decided = anaphor?.decided { return decided }
    if !isPronoun, let named = names.named(speaker) ?? names.nameApposed(to: speaker) { return named }
    guard let anaphor else { return nil }
    return antecedents.best(anaphor) { entity in
      // A pronoun behind this one may have told it.
      let gender = entities[entity].gender ?? .unknown
      if gender != .unknown, anaphor.gender != .unknown, gender != anaphor.gender { return 0 }
      // An organisation may name itself.
      if anaphor.kind == .description, entities[entity].kind != .person { return 1 }
      return share(of: entity, beside: speaker, attribution)
    }
  }

  /// The pronoun or description that the speaker is, or goes on from: “the senator from Holm”.
  private func anaphor(_ tokens: Range<Int>, isPronoun: Bool) -> Antecedents.Anaphor? {
    let span = passage.span(tokens)
    guard let anaphor = antecedents.anaphor(in: span) else { return nil }
    if anaphor.span.end == span.end { return anaphor }
    guard anaphor.kind == .description,
      let next = tokens.first(where: { passage.words[$0].span.start >= anaphor.span.end }),
      passage.words[next].traits.has([.preposition, .comma, .relative, .that, .to])
    else { return nil }
    return anaphor
  }

  /// What is left of an entity's weight as the speaker: hardly anything where it is named in what is said, or after the
  /// cue, since “he told Corr that Lund …” is neither; somewhat more where only the verbatim words name it.
  private func share(of entity: Int, beside speaker: Range<Int>, _ attribution: Attribution) -> Double {
    var share = 1.0
    for span in attribution.spans {
      var at = names.firstMention(endingAfter: span.start)
      while at < names.mentions.count, names.mentions[at].span.start < span.end {
        if names.mentions[at].entity == entity {
          guard passage.words[names.mentions[at].tokens.lowerBound].isQuoted else { return 0 }
          share = 0.3
        }
        at += 1
      }
    }
    guard let cue = attribution.cue else { return share }
    var at = names.firstMention(endingAfter: passage.words[cue.lowerBound].span.start)
    let end = passage.reporterSentences[attribution.reporterSentence].tokens.upperBound
    while at < names.mentions.count, names.mentions[at].tokens.lowerBound < end {
      if names.mentions[at].entity == entity, names.mentions[at].tokens.lowerBound > speaker.lowerBound,
        !passage.words[names.mentions[at].tokens.lowerBound].isQuoted
      {
        return 0
      }
      at += 1
    }
    return share
  }
}
