import Bytes
import Lexicon
import StageKit

/// Tells teams from the towns that they are called after, in reports of sport: “Lund 2 Holm 1”, rows of a table, “Lund
/// beat Holm”, “the Lund striker”. A country stays a place, and a person a person.
struct TeamFinder {
  let words: [Word]
  let lexicon: Lexicon

  /// - Parameter names: sorted, without overlaps.
  /// - Returns: the same order, teams as organisations.
  func retype(
    _ names: [Candidate], _ sentences: [Sentence], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    let hints = words.count { $0.traits.has(.sport) }
    guard hints > 0 else { return names }
    let chunker = Chunker(words: words, lexicon: lexicon, lowered: WordSet())
    var teams = Teams(names: names, words: words)
    var results = 0
    for sentence in sentences { results += try readResults(sentence.tokens, chunker, &teams, &watch) }
    // Numbers beside towns are the weather and the price of rice as well.
    guard hints >= Self.fewestHints && hints * Self.wordsForHint >= words.count || results > 1 else { return names }
    var cursor = SentenceCursor(sentences)
    for name in names where isTeamInProse(name, cursor.tokens(around: name.tokens.lowerBound), chunker) {
      try watch.step()
      teams.add(name)
    }
    return teams.names { isPlaceOfAction($0, cursor.tokens(around: $0.lowerBound)) }
  }

  private static let fewestHints = 3
  private static let wordsForHint = 100

  // MARK: Results and tables

  /// - Returns: how many results the sentence holds.
  private func readResults(
    _ sentence: Range<Int>, _ chunker: Chunker, _ teams: inout Teams, _ watch: inout DeadlineWatch
  ) throws(StageError) -> Int {
    var results = 0
    var at = sentence.lowerBound
    while at < sentence.upperBound {
      try watch.step()
      guard isNameWord(at), let run = run(at, sentence.upperBound) else {
        at += 1
        continue
      }
      at = run.upperBound
      guard at < sentence.upperBound else { break }
      if run.lowerBound == sentence.lowerBound, words[at].lowered == Self.at, at + 1 < sentence.upperBound,
        isNameWord(at + 1),
        let host = self.run(at + 1, sentence.upperBound), host.upperBound == sentence.upperBound
      {
        teams.add(run, isCountry: isCountry(run, chunker))
        teams.add(host, isCountry: isCountry(host, chunker))
        continue
      }
      if let other = opponent(after: run, sentence) {
        results += 1
        teams.add(run, isCountry: isCountry(run, chunker))
        teams.add(other, isCountry: isCountry(other, chunker))
      } else if numbers(from: at, sentence.upperBound) >= Self.fewestColumns {
        teams.add(run, isCountry: isCountry(run, chunker))
      }
    }
    return results
  }

  /// Played, won, drawn, lost, goals for and against, or what else a table of a league tells.
  private static let fewestColumns = 4
  private static let mostPoints = 3
  /// Tokens of “(Corr 7, Bell 60)”.
  private static let longestScorers = 100

  /// The other name of “Lund 2 Holm 1”, “Lund 2 (Corr 7, Bell 60) Holm 1” and “Lund 2-1 Holm”.
  private func opponent(after run: Range<Int>, _ sentence: Range<Int>) -> Range<Int>? {
    var at = run.upperBound
    guard isScore(at, sentence.upperBound) else { return nil }
    at += 1
    if at + 1 < sentence.upperBound, isDash(at), isScore(at + 1, sentence.upperBound) {
      at += 2
      guard at < sentence.upperBound, isNameWord(at) else { return nil }
      return self.run(at, sentence.upperBound)
    }
    if at < sentence.upperBound, words[at].mark == UInt8(ascii: "(") {
      let limit = min(sentence.upperBound, at + Self.longestScorers)
      while at < limit, words[at].mark != UInt8(ascii: ")") { at += 1 }
      at += 1
    }
    if at < sentence.upperBound, words[at].mark == UInt8(ascii: ",") { at += 1 }
    guard at < sentence.upperBound, isNameWord(at), let other = self.run(at, sentence.upperBound),
      isScore(other.upperBound, sentence.upperBound)
    else { return nil }
    return other
  }

  private func isScore(_ at: Int, _ limit: Int) -> Bool {
    at < limit && words[at].shape.has(.number) && words[at].length <= Self.mostPoints
  }

  private func isDash(_ at: Int) -> Bool { words[at].shape.has(.hyphen) || words[at].mark == 0xE2 }

  /// How many numbers stand in a row.
  private func numbers(from start: Int, _ limit: Int) -> Int {
    var at = start
    while at < limit, words[at].shape.has(.number) { at += 1 }
    return at - start
  }

  private func isNameWord(_ at: Int) -> Bool {
    words[at].isCapital && !words[at].traits.has([.calendar, .functionWord, .determinerOfName])
  }

  /// The capitals from `start` on; `nil` where they are too many for a team.
  private func run(_ start: Int, _ limit: Int) -> Range<Int>? {
    var at = start + 1
    while at < limit, at - start <= Self.longestTeam {
      if isNameWord(at) {
        at += 1
      } else if words[at].shape.contains([.hyphen, .touching]), at + 1 < limit, words[at + 1].isCapital {
        at += 2
      } else {
        break
      }
    }
    return at - start <= Self.longestTeam ? Range(from: start, upTo: at) : nil
  }

  private static let longestTeam = 4

  private func isCountry(_ range: Range<Int>, _ chunker: Chunker) -> Bool {
    guard let known = chunker.known(range.lowerBound, range.upperBound), known.end == range.upperBound else {
      return false
    }
    return known.kind == .country || known.kind == .demonym
      || Self.unitedKingdom.contains(words[range.lowerBound].lowered)
  }

  private static let unitedKingdom = WordSet(["england", "scotland", "wales", "ireland"])

  // MARK: Prose

  /// “Lund beat”, “the Lund striker”, “beat Lund”, “a win over Lund”.
  private func isTeamInProse(_ name: Candidate, _ sentence: Range<Int>, _ chunker: Chunker) -> Bool {
    guard name.kind == .location, !isCountry(name.tokens, chunker) else { return false }
    let (start, end) = (name.tokens.lowerBound, name.tokens.upperBound)
    if end < sentence.upperBound, words[end].shape.has(.lower) {
      let after = words[end].lowered
      if Self.verbs.contains(after) { return true }
      if Self.players.contains(after), start <= sentence.lowerBound || !words[start - 1].traits.has(.placePreposition) {
        return true
      }
    }
    if end + 1 < sentence.upperBound, words[end].shape.has(.possessive), Self.players.contains(words[end + 1].lowered) {
      return true
    }
    guard start > sentence.lowerBound, words[start - 1].shape.has(.lower) else { return false }
    let before = words[start - 1].lowered
    return Self.governing.contains(before)
      || before == Self.over && start > sentence.lowerBound + 1 && Self.victories.contains(words[start - 2].lowered)
  }

  /// “in Lund”: the town.
  private func isPlaceOfAction(_ name: Range<Int>, _ sentence: Range<Int>) -> Bool {
    guard name.lowerBound > sentence.lowerBound else { return false }
    let before = words[name.lowerBound - 1]
    return before.traits.has(.placePreposition) && before.lowered != Self.to && !before.isCapital
  }

  private static let verbs = WordSet([
    "beat", "beats", "lost", "loses", "drew", "draws", "defeated", "defeats", "thrashed", "edged", "crushed", "routed",
    "scored", "trounced", "hammered", "trailed", "equalised", "equalized", "outscored", "blanked", "won", "win", "wins",
    "led", "leads",
  ])
  private static let players = WordSet([
    "striker", "goalkeeper", "coach", "midfielder", "defender", "winger", "skipper", "pitcher", "quarterback", "keeper",
    "forward", "fullback", "captain", "batsman", "bowler", "fans", "side", "squad", "manager",
  ])
  private static let governing = WordSet([
    "beat", "beating", "against", "defeated", "defeating", "thrashed", "edged", "routed", "versus", "v", "vs", "vs.",
    "host", "hosts", "visit", "overcame", "downed", "crushed", "trounced", "hammered",
  ])
  private static let victories = WordSet(["win", "victory", "triumph", "success", "lead"])
  private static let over = WordHash("over".utf8)
  private static let at = WordHash("at".utf8)
  private static let to = WordHash("to".utf8)
}

/// The teams of one article, laid over the names that were found.
private struct Teams {
  private let found: [Candidate]
  private let words: [Word]
  /// By lowered words.
  private var keys = Set<WordHash>()
  private var ranges: [Range<Int>] = []

  init(names: [Candidate], words: [Word]) {
    found = names
    self.words = words
  }

  /// A name in prose.
  mutating func add(_ name: Candidate) { keys.insert(key(name.tokens)) }

  /// A name in a result or table, but for people and countries.
  mutating func add(_ range: Range<Int>, isCountry: Bool) {
    if isCountry { return }
    var at = found.partitioningIndex { $0.tokens.upperBound > range.lowerBound }
    while at < found.count, found[at].tokens.lowerBound < range.upperBound {
      if found[at].kind == .person,
        found[at].tokens.count > 1 || words[found[at].tokens.lowerBound].traits.has(.given)
      {
        return
      }
      at += 1
    }
    keys.insert(key(range))
    ranges.append(range)
  }

  private func key(_ range: Range<Int>) -> WordHash {
    var hash = PhraseHash()
    for at in range { hash.add(words[at].lowered) }
    return hash.value
  }

  func names(isPlace: (Range<Int>) -> Bool) -> [Candidate] {
    var names: [Candidate] = []
    names.reserveCapacity(found.count + ranges.count)
    var next = 0
    var end = 0
    // A name may be the second of one result and the first of the next, and one in brackets comes behind the second.
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.lowerBound >= end {
      end = range.upperBound
      while next < found.count, found[next].tokens.upperBound <= range.lowerBound {
        names.append(found[next])
        next += 1
      }
      while next < found.count, found[next].tokens.lowerBound < range.upperBound { next += 1 }
      names.append(Candidate(tokens: range, evidence: Evidence(), key: key(range), kind: .organization))
    }
    names += found[next...]
    for at in names.indices where names[at].kind == .location {
      if keys.contains(key(names[at].tokens)), !isPlace(names[at].tokens) { names[at].kind = .organization }
    }
    return names
  }
}
