/// All that the lists say of one word. The zero value is that of a word in no list.
///
/// The compiled table holds entries as they lie in memory: fields may be added only where `reserved` is, and a test holds
/// the layout.
@frozen
public struct WordEntry: Hashable, Sendable {
  public var traits: WordTraits = []
  /// The groups of words that this one may stand for: “the diplomat”. See `Described`.
  public var describes: UInt64 = 0
  /// The groups that may stand for this one: a minister is a diplomat.
  public var fits: UInt64 = 0
  /// By `kind`: a number, a power of ten, or three letters, the first in the highest byte.
  public var value: UInt32 = 0
  public var kind: ValueKind = .nothing
  public var forms: VerbForms = []
  public var speech: Speech = []
  public var lineOpening: LineOpening = []
  /// What a full stop after it means, where it is an abbreviation.
  public var abbreviation: Abbreviation = .nothing
  /// What it names as it is written, with its capitals.
  public var name: KnownName = .nothing
  /// Tokens of the longest listed name that begins with it; 0 for none of several tokens.
  public var longestName: UInt8 = 0
  var reserved: UInt32 = 0

  public init() {}

  /// January is 1.
  public var month: Int? { kind == .month ? Int(value) : nil }
}

/// What `WordEntry.value` is.
@frozen
public enum ValueKind: UInt8, Sendable, CaseIterable {
  case nothing
  /// January is 1.
  case month
  /// Monday is 1.
  case weekday
  /// “seven”
  case number
  /// “dozen”, “million”: what the number before it is multiplied by, see `WordEntry.scale`.
  case scale
  /// The letters of ISO 4217.
  case currency
}

/// What a full stop after a known abbreviation can mean.
@frozen
public enum Abbreviation: UInt8, Sendable, CaseIterable {
  case nothing
  /// A name follows: “Gen. Corr”. Never the end of a sentence.
  case title
  /// A number follows: “No. 5”, “p. 12”. Without one it is a word and a full stop.
  case beforeNumber
  /// Something always follows: “e.g.”, “vs.”.
  case inner
  /// May close a sentence: “Inc.”, “U.S.”.
  case closing
  /// “Calif.”: closing, and only where it starts with a capital.
  case capitalised
  /// “a.m.”, “etc.”: closes a sentence where a capital follows, unless the sentence has hardly begun.
  case ending
}

/// Kinds of the names that the lists know whole.
@frozen
public enum KnownName: UInt8, Sendable, CaseIterable {
  case nothing, country, region, city, largeCity, demonym, organization, miscellaneous
  /// An acronym that names nothing in particular.
  case plainAcronym
}

/// What the first words of a line tell, or the whole line.
@frozen
public struct LineOpening: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Opens what follows an article: comments, related stories, newsletters.
  @inlinable public static var end: Self { Self(rawValue: 1) }
  /// A button or a label of the page.
  @inlinable public static var furniture: Self { Self(rawValue: 2) }
  /// A pointer to another story.
  @inlinable public static var pointer: Self { Self(rawValue: 4) }
  @inlinable public static var legal: Self { Self(rawValue: 8) }
  @inlinable public static var byline: Self { Self(rawValue: 16) }
  @inlinable public static var tags: Self { Self(rawValue: 32) }
  @inlinable public static var caption: Self { Self(rawValue: 64) }
  /// Counts only where it is the whole line.
  @inlinable public static var whole: Self { Self(rawValue: 128) }
}

/// Which groups `describes` and `fits` hold.
@frozen
public enum Described {
  /// “the diplomat”: a person by an office or a profession.
  @inlinable public static var people: UInt64 { 0xFF_FFFF }
  /// The same, for references inside an article's own words.
  @inlinable public static var references: UInt64 { 0xFF00_0000 }
  /// “the agency”: an organisation by a word of its name.
  @inlinable public static var bodies: UInt64 { 0xFFFF_FFFF_0000_0000 }
}
