import Bytes
import Coreference
import Lexicon
import StageKit

/// Where a clause may end, and what speaks for it.
package struct ClauseEnd {
  /// The token after the last.
  package var end: Int
  /// Rows of the weights, one of each group.
  package var rows: [Int] = []
}

/// What stands where a clause may end.
private enum Separator: Int, CaseIterable {
  case limit, quotation, comma, commaAnd, commaBut, dash, dashAnd, semicolon, and, but, bracket, relative, subordinator,
    participle, time, preposition
}

/// What a word begins.
private enum Start: Int, CaseIterable {
  case nothing, quotation, that, relative, saying, according, participle, auxiliary, to, heOrShe, pronoun, subordinator,
    preposition, said, time, verb, determiner, name, punctuation, word
}

/// The groups of features, each with the number of its rows.
package enum ClauseEndGroup: Int, CaseIterable {
  case separatorFormBound, verbSeenFormBound, lengthForm, restSeparator, ruledFormBound, verbNextSeparatorStart,
    startStart, commasBound, coordinatorsBound, lastSeparator, restCommasSeparator

  var count: Int {
    let (separators, starts) = (Separator.allCases.count, Start.allCases.count)
    let forms = Clause.Form.allCases.count * Passage.ClauseBound.allCases.count
    switch self {
    case .separatorFormBound: return separators * forms
    case .verbSeenFormBound, .ruledFormBound: return 2 * forms
    case .lengthForm: return ClauseEndFinder.lengths.count * Clause.Form.allCases.count
    case .restSeparator: return ClauseEndFinder.rests.count * separators
    case .verbNextSeparatorStart: return 2 * separators * starts
    case .startStart: return starts * starts
    case .commasBound, .coordinatorsBound: return 4 * Passage.ClauseBound.allCases.count
    case .lastSeparator: return starts * separators
    case .restCommasSeparator: return 4 * separators
    }
  }

  /// The first row of each group, and the number of all rows.
  package static let (offsets, total): ([Int], Int) = {
    var offsets: [Int] = []
    var total = 0
    for group in allCases {
      offsets.append(total)
      total += group.count
    }
    return (offsets, total)
  }()
}

/// Finds where clauses may end: before what can begin something that is the reporter's again.
package struct ClauseEndFinder {
  let passage: Passage

  package init(passage: Passage) { self.passage = passage }

  private var words: [Word] { passage.words }

  /// Of each class the fewest words that the next one has.
  static let lengths = [3, 5, 9, 15, 25, Int.max]
  static let rests = [2, 5, 10, 19, Int.max]

  package func ends(of clause: Clause) -> [ClauseEnd] {
    var ends: [ClauseEnd] = []
    let (first, limit) = (clause.tokens.lowerBound, clause.tokens.upperBound)
    var counts = Counts()
    var counted = first
    func add(_ separator: Int, _ kind: Separator) {
      var end = separator
      while end > first + 1, !words[end - 1].isQuoted, words[end - 1].traits.has(Self.trailing) { end -= 1 }
      guard end > first, ends.last?.end ?? first < end, ends.count < Self.most || kind == .limit else { return }
      while counted < end {
        counts.add(words[counted], isVerb: isVerb(counted))
        counted += 1
      }
      ends.append(ClauseEnd(end: end, rows: rows(clause, end, separator, kind, counts)))
    }
    var at = first
    while at < limit {
      let word = words[at]
      if word.isQuoted {
        let quotedSpan = passage.quotedSpans[Int(word.quotedSpan)]
        at = passage.after(at)
        if at < limit, quotedSpan.endsClause {
          add(at, .quotation)
          if !quotedSpan.endsSentence, passage.attributionFollows(at - 1, isComma: true, limit: limit) { break }
        }
        continue
      }
      if at > first, let kind = separator(at, limit: limit) {
        add(at, kind)
        let isComma = word.traits.has([.comma, .dash])
        // No clause goes further than “…, adding that”.
        if isComma || word.traits.contains(.coordinator),
          passage.attributionFollows(at, isComma: isComma, limit: limit)
        {
          break
        }
      }
      at += 1
    }
    if at >= limit { add(limit, .limit) }
    if !ends.contains(where: { $0.end == clause.ruleEnd }), clause.ruleEnd > first {
      var counts = Counts()
      for at in Range(from: first, upTo: clause.ruleEnd) { counts.add(words[at], isVerb: isVerb(at)) }
      let kind = clause.ruleEnd < limit ? separator(clause.ruleEnd, limit: limit) : nil
      ends.append(
        ClauseEnd(
          end: clause.ruleEnd, rows: rows(clause, clause.ruleEnd, clause.ruleEnd, kind ?? .limit, counts)))
    }
    return ends
  }

  /// Ends of one clause, so that the time stays linear in any text.
  private static let most = 40
  private static let trailing: WordTraits = [.comma, .terminal, .dash, .coordinator]

  private struct Counts {
    var hasVerb = false
    var commas = 0
    var coordinators = 0

    mutating func add(_ word: Word, isVerb: Bool) {
      guard !word.isQuoted else { return }
      if isVerb { hasVerb = true }
      if word.traits.contains(.comma) { commas += 1 }
      if word.traits.contains(.coordinator) { coordinators += 1 }
    }
  }

  private func separator(_ at: Int, limit: Int) -> Separator? {
    let traits = words[at].traits
    if traits.has([.comma, .dash]) {
      let (hasCoordinator, isContrast) = coordination(at + 1, limit: limit)
      if traits.contains(.dash) { return hasCoordinator ? .dashAnd : .dash }
      return isContrast ? .commaBut : hasCoordinator ? .commaAnd : .comma
    }
    if traits.contains(.semicolon) { return .semicolon }
    if traits.contains(.coordinator) { return traits.contains(.contrast) ? .but : .and }
    if traits.contains(.openBracket) { return .bracket }
    if traits.contains(.relative) { return .relative }
    if traits.contains(.subordinator), !traits.contains(.that) { return .subordinator }
    if traits.contains(.endsInIng) { return .participle }
    if traits.contains(.time) { return .time }
    return traits.contains(.preposition) ? .preposition : nil
  }

  private func coordination(_ first: Int, limit: Int) -> (hasCoordinator: Bool, isContrast: Bool) {
    var (hasCoordinator, isContrast) = (false, false)
    var at = first
    while at < limit, !words[at].isQuoted, words[at].traits.has([.coordinator, .adverb, .comma]) {
      if words[at].traits.contains(.coordinator) { hasCoordinator = true }
      if words[at].traits.contains(.contrast) { isContrast = true }
      at += 1
    }
    return (hasCoordinator, isContrast)
  }

  private func start(_ at: Int, limit: Int) -> Start {
    guard at < limit else { return .nothing }
    let word = words[at]
    let traits = word.traits
    if word.isQuoted { return .quotation }
    if traits.contains(.that) { return .that }
    if traits.contains(.relative) { return .relative }
    if word.form.contains(.ing), word.speech.has(Self.speech) { return .saying }
    if traits.contains(.according) { return .according }
    if traits.contains(.endsInIng) { return .participle }
    if traits.has([.auxiliary, .modal, .negation]) { return .auxiliary }
    if traits.contains(.to) { return .to }
    if traits.contains(.subjectPronoun), !traits.contains(.determiner) {
      return traits.has([.masculinePronoun, .femininePronoun]) ? .heOrShe : .pronoun
    }
    if traits.contains(.preposition) { return .preposition }
    if traits.contains(.subordinator) { return .subordinator }
    if word.form.has([.past, .third]), !traits.contains(.cueNoun), word.speech.has(Self.speech) { return .said }
    if traits.contains(.time) { return .time }
    if traits.has([.verb, .endsInEd]) || word.form.has([.past, .third]) { return .verb }
    if traits.has([.determiner, .indefinite, .possessive]) { return .determiner }
    if traits.contains(.capital) { return .name }
    return traits.has(.punctuation) ? .punctuation : .word
  }

  private static let speech: Speech = [.say, .sayThat, .tell, .promise, .ask, .judge, .deny, .out, .call]

  private func isVerb(_ at: Int) -> Bool {
    let word = words[at]
    return !word.isQuoted
      && (word.traits.has([.auxiliary, .modal, .verb])
        || (word.form.has([.past, .third]) && !word.traits.contains(.cueNoun))
        || (word.traits.contains(.endsInEd) && !word.traits.contains(.capital)))
  }

  private func rows(_ clause: Clause, _ end: Int, _ separator: Int, _ kind: Separator, _ counts: Counts) -> [Int] {
    let limit = clause.tokens.upperBound
    var next = kind == .limit ? limit : separator
    while next < limit, !words[next].isQuoted,
      words[next].traits.has([.coordinator, .adverb, .comma])
        || (next == separator && words[next].traits.has([.dash, .semicolon]))
    {
      next += 1
    }
    var hasVerbNext = false
    var at = next
    while at < limit, words[at].isQuoted || !words[at].traits.has([.comma, .dash, .semicolon]) {
      if isVerb(at) { hasVerbNext = true }
      at = passage.after(at)
    }
    var restCommas = 0
    at = end
    while at < limit, restCommas < 3 {
      if !words[at].isQuoted, words[at].traits.contains(.comma) { restCommas += 1 }
      at = passage.after(at)
    }
    let (form, bound) = (clause.form.rawValue, clause.bound.rawValue)
    let bounds = Passage.ClauseBound.allCases.count
    let (separators, starts, forms) = (Separator.allCases.count, Start.allCases.count, Clause.Form.allCases.count)
    let (begins, last) = (start(next, limit: limit).rawValue, start(end - 1, limit: limit).rawValue)
    let formBound = form * bounds + bound
    let offsets = ClauseEndGroup.offsets
    func row(_ group: ClauseEndGroup, _ number: Int) -> Int { offsets[group.rawValue] + number }
    return [
      row(.separatorFormBound, kind.rawValue * forms * bounds + formBound),
      row(.verbSeenFormBound, (counts.hasVerb ? forms * bounds : 0) + formBound),
      row(.lengthForm, Self.classOf(end - clause.tokens.lowerBound, Self.lengths) * forms + form),
      row(.restSeparator, Self.classOf(limit - end, Self.rests) * separators + kind.rawValue),
      row(.ruledFormBound, (end == clause.ruleEnd ? forms * bounds : 0) + formBound),
      row(.verbNextSeparatorStart, ((hasVerbNext ? separators : 0) + kind.rawValue) * starts + begins),
      row(.startStart, begins * starts + start(next + 1, limit: limit).rawValue),
      row(.commasBound, min(3, counts.commas) * bounds + bound),
      row(.coordinatorsBound, min(3, counts.coordinators) * bounds + bound),
      row(.lastSeparator, last * separators + kind.rawValue),
      row(.restCommasSeparator, restCommas * separators + kind.rawValue),
    ]
  }

  private static func classOf(_ count: Int, _ limits: [Int]) -> Int { limits.firstIndex { count < $0 } ?? 0 }
}
