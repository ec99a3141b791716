import ArticleFacts
import Bytes
import StageKit

extension Article {
  /// The words of the text and the names in it, which the first stage that asks has read. For stages behind `segment`.
  ///
  /// - Throws: where the deadline has passed.
  package mutating func readNames(
    _ paragraphs: [Paragraph], _ segmentation: Segmentation, lookedUp: [LookedUpWord]? = nil, _ deadline: Deadline
  ) throws(StageError) -> NamedText {
    if let known = namedText as? NamedText { return known }
    let passage = try readPassage(paragraphs, segmentation, CueLexicon(), lookedUp: lookedUp, deadline)
    var watch = DeadlineWatch(deadline)
    let read = try NamedText(passage, entities ?? [], in: text.span, &watch)
    namedText = read
    return read
  }

  /// - Throws: where the deadline has passed.
  package mutating func readPassage(
    _ paragraphs: [Paragraph], _ segmentation: Segmentation, _ lexicon: CueLexicon, lookedUp: [LookedUpWord]? = nil,
    _ deadline: Deadline
  ) throws(StageError) -> Passage {
    let quotations = try readQuotations(deadline)
    let datelines = readDatelines().map(\.span)
    let speakerLabels = try readSpeakerLabels(deadline)
    return try Passage(
      text: text.span, paragraphs: paragraphs, segmentation: segmentation, quotations: quotations,
      datelines: datelines, speakerLabels: speakerLabels, lexicon: lexicon, lookedUp: lookedUp, deadline: deadline)
  }

  /// Whom pronouns and descriptions may stand for, which the first stage that asks has found: `entities`, or the one
  /// behind a plugin that found the entities. For stages behind `segment`.
  ///
  /// - Throws: where the deadline has passed.
  package mutating func readAntecedents(
    _ paragraphs: [Paragraph], _ segmentation: Segmentation, _ deadline: Deadline
  ) throws(StageError) -> Antecedents {
    if let antecedents { return antecedents }
    let names = try readNames(paragraphs, segmentation, deadline)
    var watch = DeadlineWatch(deadline)
    var resolver = try Resolver(names, entities ?? [], in: text.span, &watch)
    let found = try resolver.resolve(text.span, &watch)
    antecedents = found
    return found
  }

  /// The same for the stage that has found the entities: the certain ones become references, and what pronouns tell of
  /// people their gender.
  ///
  /// - Parameter lookedUp: the words of the tokens.
  /// - Throws: where the deadline has passed.
  package mutating func resolveReferences(
    _ paragraphs: [Paragraph], _ segmentation: Segmentation, lookedUp: [LookedUpWord]? = nil, _ deadline: Deadline
  ) throws(StageError) -> Antecedents {
    let names = try readNames(paragraphs, segmentation, lookedUp: lookedUp, deadline)
    var watch = DeadlineWatch(deadline)
    var resolver = try Resolver(names, entities ?? [], in: text.span, &watch)
    let found = try resolver.resolve(text.span, &watch)
    // Taken out and put back, so that nothing is copied.
    var entities = entities ?? []
    self.entities = nil
    for entity in entities.indices where entities[entity].kind == .person {
      try watch.step()
      entities[entity].gender = resolver.gender[entity]
    }
    for anaphor in found.anaphors where anaphor.isCertain {
      try watch.step()
      guard let entity = anaphor.decided, entities[entity].kind == .person else { continue }
      entities[entity].references.append(Entity.Reference(anaphor.span, kind: anaphor.kind))
    }
    self.entities = entities
    (namedText, antecedents) = (names, found)
    return found
  }

  /// Leaves out entities, with what is known of them.
  package mutating func keepEntities(where isKept: (Entity) -> Bool) {
    guard let entities, !entities.allSatisfy(isKept) else { return }
    var kept: [Entity] = []
    var places: [Int?] = []
    places.reserveCapacity(entities.count)
    for entity in entities {
      places.append(isKept(entity) ? kept.count : nil)
      if isKept(entity) { kept.append(entity) }
    }
    var (names, found) = (namedText as? NamedText, antecedents)
    names?.renumber(places)
    found?.renumber { places[$0] }
    self.entities = kept
    (namedText, antecedents) = (names, found)
  }
}
