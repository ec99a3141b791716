/// How a verb of speech takes its content.
@frozen
public struct Speech: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// With a content clause, with or without “that”, or a quotation.
  @inlinable public static var say: Self { Self(rawValue: 1) }
  /// With a clause only after “that” (or with a quotation), because the bare verb has other uses.
  @inlinable public static var sayThat: Self { Self(rawValue: 2) }
  /// With a quotation only.
  @inlinable public static var quote: Self { Self(rawValue: 4) }
  /// With the one spoken to as object, then a clause, a question or a quotation.
  @inlinable public static var tell: Self { Self(rawValue: 8) }
  /// With an infinitive that says what was promised or refused.
  @inlinable public static var promise: Self { Self(rawValue: 16) }
  /// With the one spoken to and an infinitive, or a question.
  @inlinable public static var ask: Self { Self(rawValue: 32) }
  /// With the content as object: “criticized the plan”.
  @inlinable public static var judge: Self { Self(rawValue: 64) }
  /// What follows is not the speaker's own word.
  @inlinable public static var deny: Self { Self(rawValue: 128) }
  /// Of speech only with “out”.
  @inlinable public static var out: Self { Self(rawValue: 256) }
  /// With “for” or “on” and an object: “called for talks”.
  @inlinable public static var callFor: Self { Self(rawValue: 512) }
  /// With “to” and an object: “referred to the vote”.
  @inlinable public static var referTo: Self { Self(rawValue: 1024) }
  /// With “about” or “of” and an object: “spoke of a threat”.
  @inlinable public static var talkAbout: Self { Self(rawValue: 2048) }
  /// With an object and what it is called: “called him a liar”.
  @inlinable public static var call: Self { Self(rawValue: 4096) }

  /// What a face or a body does: of speech only right behind a quotation that ends with a comma.
  @inlinable public static var react: Self { Self(rawValue: 8192) }

  @inlinable public static var withParticle: Self { [.out, .callFor, .referTo, .talkAbout] }
  @inlinable public static var clause: Self { [.say, .sayThat, .tell, .out] }

  /// Whether the two have one in common.
  @inlinable public func has(_ other: Self) -> Bool { rawValue & other.rawValue != 0 }
}

/// The forms of a verb.
@frozen
public struct VerbForms: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable public static var base: Self { Self(rawValue: 1) }
  @inlinable public static var third: Self { Self(rawValue: 2) }
  @inlinable public static var ing: Self { Self(rawValue: 4) }
  @inlinable public static var past: Self { Self(rawValue: 8) }
  @inlinable public static var participle: Self { Self(rawValue: 16) }

  /// Whether the two have one in common.
  @inlinable public func has(_ other: Self) -> Bool { rawValue & other.rawValue != 0 }

  /// The forms of a verb as a list writes it: a base whose other forms are regular, or base, third person, -ing, past
  /// and participle with slashes between. A star at the end of a base doubles its last letter: “quip*”, “quipping”.
  ///
  /// - Parameter verb: lower case.
  public static func all(of verb: some Collection<UInt8>) -> [(word: [UInt8], form: VerbForms)] {
    let words = verb.split(separator: UInt8(ascii: "/")).map { Array($0) }
    guard let first = words.first else { return [] }
    return words.count == 5
      ? zip(words, [VerbForms.base, .third, .ing, .past, .participle]).map { ($0, $1) } : regular(first)
  }

  private static func regular(_ base: [UInt8]) -> [([UInt8], VerbForms)] {
    var word = base
    let doubles = word.last == UInt8(ascii: "*")
    if doubles { word.removeLast() }
    guard let last = word.last else { return [] }
    let isVowel = { (byte: UInt8) in [0x61, 0x65, 0x69, 0x6F, 0x75].contains(byte) }
    let endsInConsonantY = last == UInt8(ascii: "y") && word.count > 1 && !isVowel(word[word.count - 2])
    let stem = doubles ? word + [last] : last == UInt8(ascii: "e") ? Array(word.dropLast()) : word
    let third =
      endsInConsonantY ? word.dropLast() + Array("ies".utf8) : word + Array(endsInSibilant(word) ? "es".utf8 : "s".utf8)
    let past = endsInConsonantY ? word.dropLast() + Array("ied".utf8) : stem + Array("ed".utf8)
    return [
      (word, .base), (Array(third), .third), (stem + Array("ing".utf8), .ing), (Array(past), [.past, .participle]),
    ]
  }

  private static func endsInSibilant(_ word: [UInt8]) -> Bool {
    guard let last = word.last else { return false }
    let lastTwo = Array(word.suffix(2))
    return [0x73, 0x78, 0x7A].contains(last) || lastTwo == Array("ch".utf8) || lastTwo == Array("sh".utf8)
      || word == Array("go".utf8)
  }
}
