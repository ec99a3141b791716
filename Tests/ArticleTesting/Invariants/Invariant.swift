/// What holds of every record, whatever the article was.
public enum Invariant: String, Sendable, CaseIterable {
  /// A record is one line of JSON in UTF-8 that fits the schema. Every span lies in the text, and the words that the
  /// record gives beside a span are those that stand there.
  case schema
  /// Without `clean` the text is that of the input, byte for byte.
  case text
  /// Paragraphs are sorted and apart; none is empty or has white space at an edge. What lies outside of them is white
  /// space or invisible.
  case paragraphs
  /// Sentences are sorted and apart, each inside one paragraph; none is empty or has white space at an edge. What of a
  /// paragraph lies in none is white space or invisible.
  case sentences
  /// Tokens are sorted and apart, each inside one sentence; none is empty. What of a sentence lies in none is white space
  /// or invisible.
  case tokens
  /// The identifier of an entity is its place in the list. Entities are sorted by their first mention, have at least one,
  /// and have a name that is written as one of them is. Roles are of persons, none twice.
  case entities
  /// Mentions of all entities together, names and values, are apart: none twice, no name inside a value.
  case mentions
  /// References are sorted, and of names alone; none is given to two entities. None reaches over the edge of a mention; a
  /// description may hold one (“the Russian minister”), a pronoun does not.
  case references
  /// The value of a date or time has a shape of TIMEX3 and names a day that the calendar has, in the years 1 to 9999. An
  /// amount is a finite number, and null for a range; its value says the same in digits. Names have neither. Equal values
  /// are one entity.
  case values
  /// The identifier of a quotation is its place in the list. Quotations are sorted by their start, longer ones first. The
  /// spans of one are sorted and apart, none is empty; they make the hull and the text.
  case quotations
  /// No two quotations have the same spans.
  case repeatedQuotations = "repeated quotations"
  /// Verbatim stretches are sorted and apart, inside the spans. Of direct speech they leave nothing but the marks that open
  /// each paragraph of a long quotation; indirect speech has none, mixed speech some.
  case quoted
  /// `within` names an earlier quotation, one span of which holds the whole of this one and more.
  case within
  /// The entity of a speaker is in the list of entities, is a name, and is called what the speaker is called; no other
  /// entity has the speaker's words among its references. Speaker and cue stand outside of what they say.
  case speakers
  /// A language is null or a code by the grammar of BCP 47; days and instants of publication, and the day of a dateline,
  /// are ones that the calendar has.
  case metadata
  /// The alignment covers the text without a gap. Each stretch of source lies in the source and on code points; where it
  /// is as long as the text that came from it, it is the same text but for the kind of white space.
  case alignment
  /// The places of the metadata lie in the source, along the lists that they are of.
  case places
  /// Matches are earlier articles, best first, at most 20; `of` is the first of them, and there is none where the article
  /// is unique.
  case duplicates
  /// A layer that the chain gives is missing only where `errors` says so.
  case layers
}

/// A record that breaks one of them.
public struct Violation: Sendable, Equatable, CustomStringConvertible {
  public var invariant: Invariant
  /// Where, and what is wrong: `quotes[2]: …`.
  public var message: String

  public var description: String { "\(invariant.rawValue): \(message)" }
}
