import Bytes
import Lexicon
import StageKit

/// Where the names of people begin and end: behind their titles, with their initials, up to the last part of “Soo-jin”, before
/// their honours.
struct PersonBounds {
  let words: [Word]
  let lists: NameLists
  let sentences: [Sentence]

  /// - Parameter names: sorted, without overlaps.
  func mend(_ names: [Candidate], _ watch: inout DeadlineWatch) throws(StageError) -> [Candidate] {
    var mended: [Candidate] = []
    mended.reserveCapacity(names.count)
    var cursor = SentenceCursor(sentences)
    for (index, name) in names.enumerated() {
      try watch.step()
      let floor = mended.last?.tokens.upperBound ?? 0
      // What a name before it has taken over.
      guard name.tokens.lowerBound >= floor else { continue }
      let sentence = cursor.tokens(around: name.tokens.lowerBound)
      let limit = index + 1 < names.count ? names[index + 1].tokens.lowerBound : sentence.upperBound
      if let parts = split(name) {
        mended += parts
        continue
      }
      if name.kind == .person, isPlaceOfOffice(name, before: mended.last) {
        mended.append(Candidate(name.tokens, .location, words))
        continue
      }
      guard var person = person(name, sentence, next: index + 1 < names.count ? names[index + 1] : nil) else {
        var other = name
        if other.kind == .person {
          other.kind = isStreet(name.tokens) ? .location : .organization
        } else if isFirm(name.tokens) {
          other.kind = .organization
        }
        if !isOnlyTitles(name.tokens) { mended.append(other) }
        continue
      }
      person.tokens = withGivenName(person.tokens, floor: max(floor, sentence.lowerBound))
      person.tokens = withInitials(person.tokens, floor: max(floor, sentence.lowerBound))
      guard let bounded = withoutTitles(person.tokens) else { continue }
      person.tokens = bounded
      person.tokens = withHyphens(person.tokens, sentence.upperBound, next: limit)
      person.tokens = withoutHonours(person.tokens)
      mended.append(person)
    }
    return try NameOverlay.put(initialed(mended, &watch), on: mended, &watch)
  }

  /// “Óscar Di Salvo: Hugo van Laren” are two.
  private func split(_ name: Candidate) -> [Candidate]? {
    if let parts = behindOffice(name) { return parts }
    if let parts = withPlace(name) { return parts }
    guard let colon = name.tokens.first(where: { words[$0].mark == UInt8(ascii: ":") }), let kind = name.kind,
      colon > name.tokens.lowerBound, colon + 1 < name.tokens.upperBound
    else { return nil }
    return [
      Range(from: name.tokens.lowerBound, upTo: colon), Range(from: colon + 1, upTo: name.tokens.upperBound),
    ].map { part in
      let isPerson = part.count > 1 && isGiven(part.lowerBound) && !part.contains { words[$0].traits.has(.anyHead) }
      return Candidate(part, isPerson ? .person : kind, words)
    }
  }

  /// “Ada Corr of Velmora”: somebody and their place. “Francis of Assisi” is a name.
  private func withPlace(_ name: Candidate) -> [Candidate]? {
    guard name.kind == .person, name.tokens.count > 3, name.tokens.count < 9,
      let of = name.tokens.last(where: { words[$0].lowered == Chunker.of && words[$0].shape.has(.lower) }),
      of > name.tokens.lowerBound + 1, of + 1 < name.tokens.upperBound,
      Range(from: name.tokens.lowerBound, upTo: of).allSatisfy({ words[$0].isCapital || words[$0].mark != 0 })
    else { return nil }
    guard let person = withoutTitles(Range(from: name.tokens.lowerBound, upTo: of)), person.count > 1 else {
      return nil
    }
    let rest = Range(from: of + 1, upTo: name.tokens.upperBound)
    let isBody = rest.contains { words[$0].traits.has(.organizationHead) }
    return [Candidate(person, .person, words), Candidate(rest, isBody ? .organization : .location, words)]
  }

  /// Velmora of “Mayor Ada Corr of Velmora”, taken for somebody.
  private func isPlaceOfOffice(_ name: Candidate, before: Candidate?) -> Bool {
    let first = name.tokens.lowerBound
    guard let before, before.kind == .person, before.tokens.upperBound == first - 1,
      words[first - 1].lowered == Chunker.of, before.tokens.lowerBound > 0, name.tokens.count < 3,
      name.tokens.count == 1 || !isGiven(first)
    else { return false }
    return Self.placeOffices.contains(words[before.tokens.lowerBound - 1].lowered)
  }

  private static let placeOffices = WordSet([
    "mayor", "governor", "gov", "gov.", "senator", "sen", "sen.", "rep", "rep.", "representative", "bishop",
    "archbishop", "king", "queen", "prince", "princess", "sultan", "emir", "duke", "duchess", "president",
    "councillor", "congressman", "congresswoman", "deputy", "minister", "chief", "sheriff", "bailiff", "abbot",
  ])

  /// “Turkish Minister of Energy Fatih Lund”, and “Development Planning Fatih Lund” behind “Minister of”: of one that holds an
  /// office, its country and the person are names.
  private func behindOffice(_ name: Candidate) -> [Candidate]? {
    let tokens = name.tokens
    guard tokens.count > 3, tokens.count < 16,
      !tokens.contains(where: { words[$0].mark != 0 && !words[$0].shape.has(.hyphen) })
    else { return nil }
    let first = tokens.lowerBound
    var office = tokens.dropLast(2).last {
      words[$0].traits.has(.title) && !words[$0].traits.has([.given, .surname, .anyHead])
    }
    var start = office.map { $0 + 1 } ?? first + 1
    if office == nil, first > 1, words[first - 1].traits.has(.joiner), words[first - 2].traits.has(.title) {
      office = first - 2
    }
    guard office != nil else { return nil }
    start = max(start, first + 1)
    guard
      let given = Range(from: start, upTo: tokens.upperBound - 1).first(where: { at in
        tokens.upperBound - at < 5 && isGiven(at) && words[at].isCapital
          && !words[at].traits.has([.common, .anyHead, .titlePart, .title])
          && Range(from: at + 1, upTo: tokens.upperBound).allSatisfy {
            words[$0].isCapital && !words[$0].traits.has([.common, .anyHead, .titlePart])
              || words[$0].shape.has(.hyphen)
          }
      })
    else { return nil }
    var parts: [Candidate] = []
    if let kind = ListedNames.kind(Lexicon.english[words[first].form].listedName), given > first {
      parts.append(Candidate(Range(from: first, count: 1), kind, words))
    }
    parts.append(Candidate(Range(from: given, upTo: tokens.upperBound), .person, words))
    return parts
  }

  /// The name where it is that of a person, whatever it was taken for; `nil` where it is none.
  private func person(_ name: Candidate, _ sentence: Range<Int>, next: Candidate?) -> Candidate? {
    var person = name
    person.kind = .person
    if name.kind == .person, name.tokens.count > 1 { return isStreet(name.tokens) ? nil : name }
    // “Holmfilm”
    if name.kind == .person, words[name.tokens.lowerBound].shape.has(.organizationEnding),
      !words[name.tokens.lowerBound].traits.has([.given, .surname])
    {
      return nil
    }
    let (first, count) = (name.tokens.lowerBound, name.tokens.count)
    let end = name.tokens.upperBound
    // “Jan ter Horst”
    if count > 2, count < 6, name.kind == .miscellaneous, isGiven(first), words[end - 1].isCapital,
      Range(from: first + 1, upTo: end - 1).allSatisfy({
        words[$0].traits.has(.particle) && words[$0].shape.has(.lower)
      })
    {
      return person
    }
    let hasHead = name.tokens.contains { words[$0].traits.has(.anyHead) && !words[$0].traits.has(.weakHead) }
    // “King Hamad”, “Gen Prasert”
    if count > 1, count < 5, name.kind != .person, isPersonalTitle(first), !hasHead, words[first + 1].isCapital,
      name.tokens.allSatisfy({ !words[$0].traits.has([.joiner]) })
    {
      return person
    }
    if name.kind == .person { return name }
    // “Hye-jin Moon”
    if count == 4, words[first + 1].shape.contains([.hyphen, .touching]),
      words[first + 2].shape.contains([.lower, .touching]),
      words[first].length < 6, isPartOfGivenName(first + 2, after: first), words[first + 3].isCapital, !hasHead
    {
      return person
    }
    // “Victoria Lane met”
    if count == 2, isGiven(first), end < sentence.upperBound, words[end].traits.has(.personVerb),
      words[first + 1].traits.has(.placeHead), lists[words[first + 1].lowered].surname > 0
    {
      return person
    }
    // “Jordan Ellis”: a town that is a given name too, before a family name.
    guard name.kind == .location || name.kind == .organization, isGiven(first), isListedPlace(first) else { return nil }
    if count == 2, isFamilyName(first + 1), !hasHead { return person }
    guard count == 1, end < sentence.upperBound, isFamilyName(end),
      next.map({ $0.tokens.lowerBound > end || $0.tokens.lowerBound == end && $0.tokens.count == 1 }) ?? true,
      end + 1 >= sentence.upperBound || !words[end + 1].isCapital && !words[end + 1].shape.has(.hyphen)
    else { return nil }
    person.tokens = Range(from: first, upTo: end + 1)
    return person
  }

  /// “Holmsoft”: an ending of companies on a word that no list has.
  private func isFirm(_ tokens: Range<Int>) -> Bool {
    let word = words[tokens.lowerBound]
    return tokens.count == 1 && word.shape.has(.organizationEnding) && word.entry == 0
  }

  /// “Karl Lund Avenue”
  private func isStreet(_ tokens: Range<Int>) -> Bool {
    guard tokens.count > 1, let last = tokens.last else { return false }
    return words[last].traits.has(.placeHead) && !words[last].traits.has([.surname, .given])
  }

  private func isGiven(_ at: Int) -> Bool { words[at].traits.has(.given) || lists[words[at].lowered].given > 0 }

  private func isListedPlace(_ at: Int) -> Bool {
    ListedNames.kind(Lexicon.english[words[at].form].listedName) == .location || lists[words[at].lowered].place > 0
  }

  private func isFamilyName(_ at: Int) -> Bool {
    let word = words[at]
    guard word.isCapital, word.mark == 0, !word.shape.has(.allCaps),
      !word.traits.has([.common, .title, .calendar, .joiner]),
      !word.traits.has(.anyHead) || word.traits.has(.surname), Lexicon.english[word.form].listedName == nil
    else { return false }
    return word.traits.has(.surname) || lists[word.lowered].surname > 0 || word.entry == 0
  }

  // MARK: Titles

  /// A title that is part of no name: “Gen”, “Alhaji”, “King”.
  private func isPersonalTitle(_ at: Int) -> Bool {
    words[at].traits.has(.honorific) || Self.rulers.contains(words[at].lowered)
  }

  private static let rulers = WordSet([
    "king", "queen", "pope", "prince", "princess", "emperor", "empress", "sultan", "emir", "amir", "justice",
  ])

  private func withoutTitles(_ name: Range<Int>) -> Range<Int>? {
    var tokens = name
    while tokens.count > 1 {
      let first = tokens.lowerBound
      // “H E Ada Corr”
      if tokens.count > 2, Self.his.contains(words[first].lowered), Self.excellency.contains(words[first + 1].lowered) {
        tokens = tokens.dropFirst(2)
        continue
      }
      // “CM Ada Corr”, “Tan Sri Ada Corr”
      if Self.offices.contains(words[first].form) {
        tokens = tokens.dropFirst()
        continue
      }
      if tokens.count > 2, Self.malayTitles.contains(words[first].lowered), Self.sri.contains(words[first + 1].lowered)
      {
        tokens = tokens.dropFirst(2)
        continue
      }
      if tokens.count > 2, Self.ranks.contains(words[first].lowered), words[first + 1].traits.has(.title) {
        tokens = tokens.dropFirst(2)
        continue
      }
      let isTitle =
        isPersonalTitle(first) || words[first].traits.has(.title) && !words[first].traits.has([.given, .surname])
      guard isTitle || words[first].mark != 0 else { break }
      // “King David Lund” may be called so, “King James” is not.
      tokens = tokens.dropFirst()
    }
    while let first = tokens.first, words[first].mark != 0 || words[first].lowered == Chunker.of {
      tokens = tokens.dropFirst()
    }
    return tokens.isEmpty || isOnlyTitles(tokens) ? nil : tokens
  }

  private static let his = WordSet(["h", "h."])
  private static let excellency = WordSet(["e", "e.", "h", "h."])
  private static let offices = WordSet([
    "CM", "PM", "MLA", "MLC", "MP", "CJI", "IGP", "DIG", "DGP", "SSP", "DSP", "ACP", "DCP", "VC", "CEO", "SHO", "PRO",
  ])
  private static let malayTitles = WordSet(["tan", "tun", "dato", "dato'", "datuk", "datu"])
  private static let sri = WordSet(["sri", "seri"])
  private static let ranks = WordSet(["first", "crown", "prime", "vice", "deputy", "grand", "chief"])

  /// “Amir”, “First Lady”, “Crown Prince”, “Kingdom”: nobody's name.
  private func isOnlyTitles(_ name: Range<Int>) -> Bool {
    if name.count == 1 {
      let word = words[name.lowerBound]
      return Self.alone.contains(word.lowered)
        || word.traits.has(.honorific) && !word.traits.has([.given, .surname]) && !word.shape.has(.allCaps)
    }
    return name.count == 2 && Self.ranks.contains(words[name.lowerBound].lowered)
      && (words[name.lowerBound + 1].traits.has(.title) || Self.alone.contains(words[name.lowerBound + 1].lowered))
  }

  private static let alone = WordSet([
    "pope", "amir", "emir", "sultan", "queen", "princess", "emperor", "empress", "kingdom", "lady", "prince", "shri",
    "smt", "smt.", "alhaji", "dgp", "madam", "engr", "engr.", "barr.", "adv.",
  ])

  private func withoutHonours(_ name: Range<Int>) -> Range<Int> {
    var tokens = name
    while tokens.count > 1, let last = tokens.last, words[last].shape.has(.allCaps),
      Self.honours.contains(words[last].form)
    {
      tokens = tokens.dropLast()
    }
    while tokens.count > 1, let last = tokens.last, words[last].mark != 0, !words[last].shape.has(.hyphen) {
      tokens = tokens.dropLast()
    }
    return tokens
  }

  /// What stands behind a name in capitals and is no part of it.
  private static let honours = WordSet([
    "AM", "AO", "AC", "OAM", "OBE", "MBE", "CBE", "KBE", "DBE", "OM", "CH", "QC", "KC", "SC", "SAN", "MP", "MLA", "MLC",
    "MEP",
    "MSP", "TD", "JP", "OON", "MON", "CON", "OFR", "MFR", "CFR", "GCFR", "GCON", "ONZM", "CNZM", "MNZM", "PSM", "RN",
    "USN",
    "SJ", "EGH", "CBS", "EBS", "MGH", "MD", "PhD",
  ])

  // MARK: Initials and hyphens

  /// “B. S. Venkatraman”, “K P Narayanan”, “Md Rahim Uddin”
  private func withInitials(_ name: Range<Int>, floor: Int) -> Range<Int> {
    var start = name.lowerBound
    while start > floor, name.lowerBound - start < 3,
      isInitial(start - 1) || Self.shortened.contains(words[start - 1].form)
    {
      start -= 1
    }
    return Range(from: start, upTo: name.upperBound)
  }

  /// “I” and “A” are words.
  private func isInitial(_ at: Int) -> Bool {
    words[at].shape.has(.initial) && (words[at].length == 2 || !Self.letters.contains(words[at].lowered))
  }

  private static let letters = WordSet(["a", "i"])
  /// Given names that are written short.
  private static let shortened = WordSet(["Md", "Md.", "Mohd", "Mohd.", "Muhd", "Mhd"])

  /// Names with two initials and more in front, which say enough.
  private func initialed(_ names: [Candidate], _ watch: inout DeadlineWatch) throws(StageError) -> [Candidate] {
    var found: [Candidate] = []
    var next = 0
    for sentence in sentences {
      var at = sentence.tokens.lowerBound
      while at + 2 < sentence.tokens.upperBound {
        try watch.step()
        guard isInitial(at), isInitial(at + 1) else {
          at += 1
          continue
        }
        var end = at + 2
        while end < sentence.tokens.upperBound, isInitial(end), end - at < 4 { end += 1 }
        guard end < sentence.tokens.upperBound, words[end].isCapital, !words[end].shape.has(.allCaps),
          !words[end].traits.has([.common, .anyHead, .title]),
          at == sentence.tokens.lowerBound || !words[at - 1].shape.has(.initial)
        else {
          at = end
          continue
        }
        // “H E Ada Corr”
        if Self.his.contains(words[at].lowered), Self.excellency.contains(words[at + 1].lowered), end == at + 2 {
          at = end
          continue
        }
        while next < names.count, names[next].tokens.upperBound <= end { next += 1 }
        let holds = next < names.count && names[next].tokens.contains(end)
        let last = holds ? names[next].tokens.upperBound : end + 1
        found.append(Candidate(Range(from: at, upTo: last), .person, words))
        at = last
      }
    }
    return found
  }

  /// “Soo-jin” of “Park Soo-jin” where a small letter follows the hyphen, and “Hyun-woo Baek”.
  private func withHyphens(_ name: Range<Int>, _ limit: Int, next: Int) -> Range<Int> {
    var end = name.upperBound
    // “Hwang In-beom”: “In” is a word too.
    if name.count == 1, end + 2 < limit, words[end].isCapital, words[end].length < 6, !words[end].shape.has(.allCaps),
      words[end + 1].shape.contains([.hyphen, .touching]), words[end + 2].shape.contains([.lower, .touching]),
      isPartOfGivenName(end + 2, after: end)
    {
      end += 3
    }
    while end + 1 < limit, words[end].shape.contains([.hyphen, .touching]), words[end + 1].shape.has(.touching),
      isPartOfGivenName(end + 1, after: end - 1)
    {
      end += 2
    }
    if end > name.upperBound, name.count == 1, end < limit, words[end].isCapital,
      !words[end].shape.has([.allCaps, .touching]),
      !words[end].traits.has([.common, .anyHead, .title, .calendar])
    {
      end += 1
    }
    return Range(from: name.lowerBound, upTo: end)
  }

  /// “Ji-hoon Yang” of which “Yang” was found.
  private func withGivenName(_ name: Range<Int>, floor: Int) -> Range<Int> {
    let first = name.lowerBound
    guard name.count == 1, first - 3 >= floor, words[first - 1].shape.contains([.lower, .touching]),
      words[first - 2].shape.contains([.hyphen, .touching]), words[first - 3].isCapital, words[first - 3].length < 6,
      !words[first - 3].shape.has([.allCaps, .touching]), !Self.beforeHyphens.contains(words[first - 3].lowered),
      !words[first - 1].traits.has([.title, .common, .functionWord]), isPartOfGivenName(first - 1, after: first - 3)
    else { return name }
    return Range(from: first - 3, upTo: name.upperBound)
  }

  /// “Co-star Lund”, “Ex-wife Lund”
  private static let beforeHyphens = WordSet([
    "co", "ex", "non", "vice", "sub", "mid", "pro", "anti", "pre", "post", "self", "step", "half", "then", "on", "by",
    "in", "no", "so", "to", "the", "new", "old",
  ])

  private func isPartOfGivenName(_ at: Int, after before: Int) -> Bool {
    let word = words[at]
    guard words[before].isCapital || words[before].shape.has(.lower), words[before].length < 8 else { return false }
    if word.isCapital { return !word.shape.has(.allCaps) && Lexicon.english[word.form].listedName == nil }
    return word.shape.has(.lower) && word.length < 6 && !Self.afterHyphens.contains(word.lowered)
      && !word.shape.has(.commonEnding) && !(word.length > 3 && word.traits.has([.common, .verb, .functionWord]))
  }

  /// “Lund-led”, “Corr-era”
  private static let afterHyphens = WordSet([
    "led", "run", "era", "born", "bred", "like", "made", "way", "style", "day", "long", "aid", "wide", "plus", "free",
    "only",
    "key", "and", "up", "off", "on", "by", "to", "old", "held", "won", "owned", "based", "type", "class", "size", "fed",
    "hit",
    "ish", "esque", "mania", "ism", "ist", "ite", "area", "made", "loyal",
  ])
}
