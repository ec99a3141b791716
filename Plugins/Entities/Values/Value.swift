import Bytes
import Lexicon
import StageKit

/// A date, a time or an amount at one place.
struct Value {
  var kind: Entity.Kind
  var tokens: Range<Int>
  /// ISO 8601 or TIMEX3; for amounts the plain number, for ranges `FROM/TO`.
  var text: [UInt8]?
  /// `nil` for ranges.
  var amount: Double?
  /// ISO 4217, `%`, `pp`, or the symbol of a measure.
  var unit: [UInt8]?

  init(_ kind: Entity.Kind, _ tokens: Range<Int>, _ text: [UInt8]?) {
    self.kind = kind
    self.tokens = tokens
    self.text = text
  }

  /// The name of its currency, where the article's country may tell which one that is.
  var family: Currency.Family?

  /// - Parameter number: `nil` where none is told.
  init(_ kind: Entity.Kind, _ tokens: Range<Int>, _ number: NumberRead?, currency: Currency) {
    if var number {
      number.value = Numbers.rounded(number.value * currency.share)
      number.from = number.from.map { Numbers.rounded($0 * currency.share) }
      self.init(kind, tokens, number, unit: currency.code ?? "")
    } else {
      self.init(kind, tokens, nil)
      unit = currency.code.map { $0.withUTF8Buffer { Array($0) } }
    }
    if currency.code == nil { unit = nil }
    family = currency.family
  }

  init(_ kind: Entity.Kind, _ tokens: Range<Int>, _ number: NumberRead, unit: StaticString) {
    self.init(kind, tokens, Numbers.plain(number.value))
    self.unit = unit.withUTF8Buffer { Array($0) }
    if let from = number.from {
      text = Numbers.plain(from) + [UInt8(ascii: "/")] + Numbers.plain(number.value)
    } else {
      amount = number.value
    }
  }
}

/// What the value of a word may begin, so that most words cost one look-up.
struct ValueOpener: OptionSet, Sendable {
  let rawValue: UInt16
  static let month = ValueOpener(rawValue: 1)
  static let weekday = ValueOpener(rawValue: 1 << 1)
  /// “yesterday”
  static let day = ValueOpener(rawValue: 1 << 2)
  /// “last”, “this”, “next”
  static let relative = ValueOpener(rawValue: 1 << 3)
  static let season = ValueOpener(rawValue: 1 << 4)
  /// “first”: of a quarter.
  static let ordinal = ValueOpener(rawValue: 1 << 5)
  /// “noon”, “tonight”
  static let hour = ValueOpener(rawValue: 1 << 6)
  /// “a”, “half”, “seven”
  static let number = ValueOpener(rawValue: 1 << 7)
  /// “billions”: of dollars.
  static let plenty = ValueOpener(rawValue: 1 << 8)
  /// “early”, “mid”
  static let part = ValueOpener(rawValue: 1 << 9)
  /// “fiscal”: year.
  static let fiscal = ValueOpener(rawValue: 1 << 10)

  func has(_ other: ValueOpener) -> Bool { rawValue & other.rawValue != 0 }

  init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Of a word that the lists give a value.
  init(_ kind: ValueKind) {
    switch kind {
    case .month: self = .month
    case .weekday: self = .weekday
    case .number: self = .number
    case .nothing, .scale, .currency: self = []
    }
  }

  static let table: WordTable<ValueOpener> = {
    var table = WordTable<ValueOpener>(capacity: 256)
    func add(_ words: some Sequence<String>, _ opener: ValueOpener) {
      for word in words {
        let hash = WordHash(word.utf8)
        table.insert(hash, (table[hash] ?? []).union(opener))
      }
    }
    add(["yesterday", "today", "tomorrow"], .day)
    add(["last", "this", "next", "coming"], .relative)
    add(["spring", "summer", "autumn", "fall", "winter"], .season)
    add(["first", "second", "third", "fourth"], .ordinal)
    add(["noon", "midday", "midnight", "tonight"], .hour)
    add(["a", "an", "half"], .number)
    add(["several", "few"], .plenty)
    add(["tens", "dozens", "hundreds", "thousands", "lakhs", "crores", "millions", "billions", "trillions"], .plenty)
    add(["early", "late", "mid", "end"], .part)
    add(["fiscal", "financial", "academic"], .fiscal)
    return table
  }()
}

/// Finds dates, times and amounts outside names, and makes entities of them.
struct ValueFinder {
  let words: [Word]
  let tokens: [Token]
  private let dates: DateFinder
  private let times: TimeFinder
  private let amounts: AmountFinder

  /// - Parameter published: the day that “yesterday” counts from.
  init(words: [Word], tokens: [Token], published: Day?) {
    self.words = words
    self.tokens = tokens
    dates = DateFinder(words: words, tokens: tokens, published: published)
    times = TimeFinder(words: words, tokens: tokens, dates: dates)
    amounts = AmountFinder(words: words, tokens: tokens)
  }

  /// Every value of the article, in order.
  ///
  /// A value may hold a name that is a part of it, “0100 UTC” and “5 Canadian dollars”, which is none then; but it does
  /// not reach into one that goes on behind it, nor into a listed one.
  ///
  /// - Parameters:
  ///   - names: sorted, without overlaps.
  ///   - listed: first tokens of those that a user's list has.
  func values(
    _ sentences: [Sentence], besides names: [Candidate], listed: Set<Int>, _ text: Span<UInt8>,
    _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Value] {
    let openers = ValueOpener.table
    var values: [Value] = []
    var name = 0
    // The end of the last value: of a name that it cut, other values may be the rest.
    var valueEnd = 0
    for sentence in sentences {
      var at = sentence.tokens.lowerBound
      while at < sentence.tokens.upperBound {
        try watch.step()
        while name < names.count, names[name].tokens.upperBound <= at { name += 1 }
        if name < names.count, names[name].tokens.contains(at), names[name].tokens.lowerBound >= valueEnd {
          let isListed = listed.contains(names[name].tokens.lowerBound)
          // “Q4 2021” is no name either.
          let period = words[at].isCapital ? dates.shortPeriod(at, sentence.tokens, text)?.tokens.upperBound : nil
          // Nor is “17:30 GMT”.
          let time =
            words[at].shape.has(.number) ? times.numberFirst(at, sentence.tokens, text)?.tokens.upperBound : nil
          let isValue =
            isCurrencySign(at, sentence.tokens, text) || period ?? time ?? at >= names[name].tokens.upperBound
          guard !isListed, isValue else {
            at = names[name].tokens.upperBound
            continue
          }
        }
        if let value = value(at, sentence.tokens, besides: names[name...], listed: listed, openers, text) {
          values.append(value)
          at = value.tokens.upperBound
          valueEnd = at
        } else {
          at += 1
        }
      }
    }
    try nameCurrencies(of: &values, &watch)
    return values
  }

  /// Pesos, dinars and their like are those of the country that the article speaks of.
  private func nameCurrencies(of values: inout [Value], _ watch: inout DeadlineWatch) throws(StageError) {
    var known: [Currency.Family: [UInt8]?] = [:]
    for at in values.indices {
      try watch.step()
      guard let family = values[at].family else { continue }
      let code = known[family] ?? Country.code(of: family, in: words).map { $0.withUTF8Buffer { Array($0) } }
      known[family] = .some(code)
      // Dollars and pounds are those of America and Britain wherever they are spent.
      if let code, values[at].unit == nil || family != .dollar && family != .pound { values[at].unit = code }
    }
  }

  /// The names without those that are parts of values: “M Holt” of “€20M Holt” is Holt.
  ///
  /// - Parameters:
  ///   - names: sorted, without overlaps.
  ///   - values: sorted, without overlaps.
  func names(
    _ names: [Candidate], besides values: [Value], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    if values.isEmpty { return names }
    var kept: [Candidate] = []
    kept.reserveCapacity(names.count)
    var next = 0
    names: for var name in names {
      try watch.step()
      while next < values.count, values[next].tokens.upperBound <= name.tokens.lowerBound { next += 1 }
      while next < values.count, values[next].tokens.lowerBound < name.tokens.upperBound {
        guard values[next].tokens.upperBound > name.tokens.lowerBound else {
          next += 1
          continue
        }
        let behind = Range(from: values[next].tokens.upperBound, clampedTo: name.tokens.upperBound)
        guard let first = behind.first(where: { words[$0].isCapital }) else { continue names }
        name.tokens = Range(from: first, upTo: name.tokens.upperBound)
      }
      kept.append(name)
    }
    return kept
  }

  /// “EUR 5” and “Tk 200” are no names, though they are written as ones.
  private func isCurrencySign(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard at + 1 < sentence.upperBound, words[at + 1].shape.has(.number) || words[at + 1].mark == UInt8(ascii: "$")
    else {
      return false
    }
    return words[at + 1].mark != 0 || Currency.sign(tokens[at].span, text) != nil
  }

  /// The value that starts at a token and keeps clear of names.
  private func value(
    _ at: Int, _ sentence: Range<Int>, besides names: ArraySlice<Candidate>, listed: Set<Int>,
    _ openers: WordTable<ValueOpener>, _ text: Span<UInt8>
  ) -> Value? {
    guard let value = value(at, sentence, openers, text) else { return nil }
    for name in names.lazy.map(\.tokens) {
      if name.lowerBound >= value.tokens.upperBound { return value }
      let isPart = name.upperBound <= value.tokens.upperBound || isAbbreviation(name.lowerBound, endOf: value)
      // “Dh10,000, NIS 40” was taken for one name.
      let isCut = name.lowerBound == at && value.kind == .money
      // Of a name that a value before has cut the rest may be another one.
      if isPart || isCut, name.lowerBound >= at || isPart, !listed.contains(name.lowerBound) { continue }
      let limit = Range(from: sentence.lowerBound, clampedTo: name.lowerBound)
      return name.lowerBound > at ? self.value(at, limit, openers, text) : nil
    }
    return value
  }

  /// Whether a value's last token leaves no doubt that it is none of the name behind it: “M” of “€20M Holt”, “MW” of “20
  /// MW Holm Works”, “UTC” of “0100 UTC Oslo”. The name keeps “May” of “20 May Holt” and “Miles” of “3 Miles Holt”.
  private func isAbbreviation(_ at: Int, endOf value: Value) -> Bool {
    guard at + 1 == value.tokens.upperBound, at > value.tokens.lowerBound else { return false }
    return switch value.kind {
    case .time: true
    case .quantity where words[at].length <= 3: true
    default: words[at].shape.has(.touching) && words[at - 1].shape.has(.number)
    }
  }

  private func value(
    _ at: Int, _ sentence: Range<Int>, _ openers: WordTable<ValueOpener>, _ text: Span<UInt8>
  ) -> Value? {
    let word = words[at]
    if word.mark != 0 {
      let isApostrophe = word.mark == UInt8(ascii: "'") || word.mark == 0xE2
      return (isApostrophe ? dates.shortDecade(at, sentence, text) : nil) ?? amounts.signFirst(at, sentence, text)
    }
    if word.shape.has(.number) {
      return times.numberFirst(at, sentence, text) ?? dates.numberFirst(at, sentence, text)
        ?? measured(at, sentence, text)
    }
    if word.isCapital, word.length <= Self.longestShort {
      if let money = amounts.signFirst(at, sentence, text) { return money }
      if let period = dates.shortPeriod(at, sentence, text) { return period }
    }
    if !word.shape.has(.plain), word.entry == 0, let value = dates.midToken(at, sentence, text) { return value }
    let opener = (openers[word.lowered] ?? []).union(ValueOpener(word.valueKind))
    if opener.has(.month), word.isCapital { return dates.monthFirst(at, sentence, text) }
    if opener.has(.weekday), word.isCapital {
      return times.partOfDay(at, sentence, text) ?? dates.weekday(at, sentence, text)
    }
    if opener.has(.day) { return times.partOfDay(at, sentence, text) ?? dates.relativeDay(at) }
    if opener.has(.relative) {
      return times.partOfDay(at, sentence, text) ?? dates.relative(at, sentence, text)
    }
    if opener.has(.season) { return dates.season(at, sentence, text) }
    if opener.has(.ordinal) { return dates.quarter(at, sentence, text) }
    if opener.has(.hour) { return times.namedHour(at) }
    if opener.has(.number) {
      return dates.periodAgo(at, sentence) ?? measured(at, sentence, text)
    }
    if opener.has(.plenty) { return amounts.plenty(at, sentence) }
    if opener.has(.part) { return dates.part(at, sentence, text) }
    if opener.has(.fiscal) { return dates.fiscal(at, sentence, text) }
    // “Mondays”
    if word.isCapital, word.traits.has(.weekday) { return Value(.date, at..<at + 1, nil) }
    return nil
  }

  /// Bytes of “FY2024” and “Q3FY24”.
  private static var longestShort: Int { 6 }

  /// An amount that starts with its number; “three days ago” is a date.
  private func measured(_ at: Int, _ sentence: Range<Int>, _ text: Span<UInt8>) -> Value? {
    guard let value = amounts.numberFirst(at, sentence, text) else { return nil }
    return dates.ago(value, sentence) ?? value
  }
}
