import Bytes
import Coreference
import Lexicon
import StageKit

// Speakers without a verb of their own, or with one in a clause of its own: “as Corr put it”, “For Corr, “…””, “…” – Ada Corr.
extension AttributionReader {
  /// “As per Corr, …”, “…, as Corr put it”, “As the mayor, Ada Corr, explained, …”.
  ///
  /// - Returns: the token to go on from.
  mutating func readAs(_ at: Int, _ state: inout State) -> Int {
    let limit = state.tokens.upperBound
    guard at + 2 < limit, !words[at + 1].isQuoted else { return at + 1 }
    if words[at + 1].lowered == Self.per { return readAccording(at, &state) }
    let isBehind = at > state.tokens.lowerBound
    guard !isBehind || words[at - 1].traits.has([.comma, .dash]) || words[at - 1].isQuoted,
      let speaker = passage.nounPhrase(startingAt: at + 1, limit: limit, prepositions: true), speaker.upperBound < limit
    else { return at + 1 }
    var verb = speaker.upperBound
    if words[verb].traits.contains(.comma) { verb = passage.afterInterruption(verb, limit: limit) ?? verb }
    while verb < limit, words[verb].traits.contains(.adverb), !words[verb].isQuoted { verb += 1 }
    guard verb < limit, !words[verb].isQuoted, let cue = cueOfAs(verb, limit) else { return at + 1 }
    var end = cue.upperBound
    if words[verb].speech.contains(.tell), end < limit,
      let addressee = passage.nounPhrase(startingAt: end, limit: limit, prepositions: false)
    {
      end = addressee.upperBound
    }
    while end < limit, !words[end].isQuoted, words[end].traits.has([.time, .adverb]) || isTime(end, limit) { end += 1 }
    guard end == limit || !words[end].isQuoted && words[end].traits.has([.comma, .terminal, .dash, .semicolon]) else {
      return at + 1
    }
    var before = at
    while before > state.clauseFloor, !words[before - 1].isQuoted, words[before - 1].traits.has([.comma, .dash]) {
      before -= 1
    }
    let clause = Range(from: min(state.clauseFloor, before), upTo: before)
    var piece: Range<Int>?
    if isBehind {
      if passage.wordCount(clause) > 1 { piece = clause }
    } else if end + 1 < limit, words[end].traits.has([.comma, .dash]) {
      let last = passage.clauseEnd(from: end + 1, limit: limit)
      if last > end + 1 { piece = Range(from: end + 1, upTo: last) }
    }
    guard let piece else { return at + 1 }
    add(
      [piece], speaker: speaker, cue: cue, reporterSentence: state.reporterSentence, as: .tag, isBackground: false)
    state.speaker = speaker
    state.floor = max(state.floor, isBehind ? end : piece.upperBound)
    state.clauseFloor = max(state.clauseFloor, state.floor)
    return max(end, at + 1)
  }

  /// “explained”, “put it”
  private func cueOfAs(_ verb: Int, _ limit: Int) -> Range<Int>? {
    if Self.puts.contains(words[verb].lowered), verb + 1 < limit, words[verb + 1].lowered == Self.itWord {
      return Range(from: verb, count: 2)
    }
    guard words[verb].form.has([.past, .third]) else { return nil }
    if words[verb].speech.contains(.out), verb + 1 < limit, words[verb + 1].traits.contains(.out) {
      return Range(from: verb, count: 2)
    }
    return words[verb].speech.has([.say, .tell]) ? Range(from: verb, count: 1) : nil
  }

  /// “on” of “on Monday”
  private func isTime(_ at: Int, _ limit: Int) -> Bool {
    words[at].traits.contains(.preposition) && at + 1 < limit && words[at + 1].traits.contains(.time)
  }

  /// For Corr, “the poor pay twice”. In the words of Corr, “…”. To quote Corr, “…”.
  mutating func readFor(_ at: Int, _ state: inout State) -> Int {
    let limit = state.tokens.upperBound
    let opening = openingOfQuotation(at, limit)
    guard opening > at, at + 3 < limit,
      let speaker = passage.nounPhrase(startingAt: opening, limit: limit, prepositions: true),
      speaker.upperBound + 1 < limit, words[speaker.upperBound].traits.contains(.comma),
      words[speaker.upperBound + 1].isQuoted
    else { return at + 1 }
    let start = speaker.upperBound + 1
    let isPerson = names.map { names in
      names.named(speaker).map { names.kind(of: $0) == .person } ?? false
    }
    guard isPerson ?? words[speaker.upperBound - 1].traits.contains(.capital),
      passage.quotedSpans[words[start].quotedSpan].words > 2
    else { return at + 1 }
    let end = contentEnd(from: start, .quotation, limit: limit, bound: .sentence)
    add(
      [Range(from: start, upTo: end)], speaker: speaker, cue: Range(from: at, upTo: opening),
      reporterSentence: state.reporterSentence, as: .participleQuotation, isBackground: false)
    state.speaker = speaker
    state.floor = max(state.floor, end)
    return end
  }

  /// The token behind “For”, “To quote”, “In the words of”; `at` itself where nothing of the kind opens the sentence.
  private func openingOfQuotation(_ at: Int, _ limit: Int) -> Int {
    if words[at].lowered == Self.forWord { return at + 1 }
    guard at + 4 < limit else { return at }
    if words[at].traits.contains(.to), words[at + 1].lowered == Self.quoteWord { return at + 2 }
    let isWords = words[at].lowered == Self.inWord && Self.wordsOf.contains(words[at + 2].lowered)
    return isWords && words[at + 3].traits.contains(.of) ? at + 4 : at
  }

  private static let quoteWord = WordHash("quote".utf8)
  static let inWord = WordHash("in".utf8)
  private static let wordsOf = WordSet(["words", "opinion", "view"])

  /// “…” – Ada Corr, mayor. And lines that announce: “And from Chairwoman Ada Corr:”.
  ///
  /// - Returns: whether that is all of the sentence.
  mutating func readAttributionLine(_ state: inout State) -> Bool {
    let tokens = state.tokens
    guard tokens.count > 1 else { return false }
    if words[tokens.lowerBound].isQuoted {
      var at = tokens.lowerBound
      while at < tokens.upperBound, words[at].isQuoted { at = passage.after(at) }
      guard at < tokens.upperBound, at > tokens.lowerBound, let speaker = signature(at, tokens) else { return false }
      let quotations = passage.quotations(in: Range(from: tokens.lowerBound, upTo: at))
      add(
        quotations.map { passage.quotedSpans[$0].tokens }, speaker: speaker, cue: nil,
        reporterSentence: state.reporterSentence, as: .quotation, isBackground: false)
      return true
    }
    if let speaker = signature(tokens.lowerBound, tokens), state.reporterSentence > 0 {
      let previous = passage.reporterSentences[state.reporterSentence - 1]
      guard passage.isOnlyQuoted(previous.tokens), let quotation = passage.quotations(in: previous.tokens).last,
        !isUsed[quotation]
      else { return false }
      add(
        [passage.quotedSpans[quotation].tokens], speaker: speaker, cue: nil, reporterSentence: state.reporterSentence,
        as: .quotation, isBackground: false)
      return true
    }
    return readFromLine(state)
  }

  /// Who signs with a dash, “-Commissioner Ada Corr”, up to the end of the paragraph.
  private func signature(_ dash: Int, _ tokens: Range<Int>) -> Range<Int>? {
    guard words[dash].traits.has([.dash, .hyphen]), dash + 1 < tokens.upperBound,
      words[dash + 1].traits.contains(.capital), tokens.upperBound - dash <= Self.longestSignature,
      tokens.upperBound == words.count
        || passage.reporterSentences[passage.reporterSentence(of: tokens.upperBound)].opensParagraph
    else { return nil }
    let rest = Range(from: dash + 1, upTo: tokens.upperBound)
    var isBehindComma = false
    let isName = rest.allSatisfy { at in
      let word = words[at]
      if word.traits.contains(.comma) { isBehindComma = true }
      // “– Ada Corr, state secretary”
      if isBehindComma, !word.isQuoted, !word.traits.has([.auxiliary, .modal, .subjectPronoun]) { return true }
      return !word.isQuoted
        && (word.traits.has([.capital, .comma, .preposition, .determiner, .terminal, .number, .hyphen])
          || word.speech.isEmpty && !word.traits.has(.closed))
    }
    guard isName else { return nil }
    var end = dash + 1
    while end < tokens.upperBound, !words[end].traits.has([.comma, .terminal]) { end += 1 }
    let speaker = Range(from: dash + 1, upTo: end)
    if let names { return names.hasMention(in: speaker) || names.hasMention(in: rest) ? speaker : nil }
    return speaker
  }

  /// Tokens, with the dash.
  private static var longestSignature: Int { 16 }

  /// “And from Chairwoman Ada Corr:” before a quotation.
  private mutating func readFromLine(_ state: State) -> Bool {
    let tokens = state.tokens
    guard words[tokens.upperBound - 1].traits.contains(.colon), tokens.count <= Self.longestSignature,
      state.reporterSentence + 1 < passage.reporterSentences.count
    else { return false }
    let next = words[passage.reporterSentences[state.reporterSentence + 1].tokens.lowerBound]
    guard next.isQuoted else { return false }
    var at = tokens.lowerBound
    while at < tokens.upperBound, words[at].traits.has([.coordinator, .adverb, .comma]) { at += 1 }
    // “Statement from Corr:”
    if at + 1 < tokens.upperBound, words[at + 1].lowered == Self.fromWord,
      words[at].speech.isEmpty || words[at].traits.contains(.speechNoun)
    {
      at += 1
    }
    if let name = nameBeforeColon(Range(from: at, upTo: tokens.upperBound - 1)) {
      announcement = Announcement(
        quotedSpan: next.quotedSpan, speaker: name, cue: Range(from: tokens.upperBound - 1, count: 1),
        reporterSentence: state.reporterSentence)
      return true
    }
    guard at < tokens.upperBound, words[at].lowered == Self.fromWord,
      let speaker = passage.nounPhrase(startingAt: at + 1, limit: tokens.upperBound, prepositions: true),
      speaker.upperBound == tokens.upperBound - 1 || words[speaker.upperBound].traits.contains(.comma)
    else { return false }
    announcement = Announcement(
      quotedSpan: next.quotedSpan, speaker: speaker, cue: Range(from: at, count: 1),
      reporterSentence: state.reporterSentence)
    return true
  }

  /// A line of a name alone, with their office: “Commissioner Ada Corr:”.
  private func nameBeforeColon(_ line: Range<Int>) -> Range<Int>? {
    guard let names, !line.isEmpty,
      line.allSatisfy({ !words[$0].isQuoted && words[$0].traits.has([.capital, .hyphen]) }),
      let entity = names.named(line), names.kind(of: entity) == .person
    else { return nil }
    return line
  }

  /// “…,” shares Ada Corr, a farmer: whatever somebody does right behind words that end with a comma, it is speech.
  ///
  /// - Returns: the token to go on from; `nil` where it is nothing of the kind.
  mutating func readUnknownVerb(_ verb: Int, _ state: inout State) -> Int? {
    guard verb > state.tokens.lowerBound, words[verb - 1].isQuoted, words[verb].speech.isEmpty, words[verb].isLower,
      words[verb].traits.has([.endsInS, .endsInEd]), !words[verb].traits.has([.closed, .preposition, .adverb]),
      verb + 1 < state.tokens.upperBound, words[verb + 1].traits.contains(.capital)
    else { return nil }
    let quotation = passage.quotedSpans[words[verb - 1].quotedSpan]
    guard quotation.endsClause, !quotation.endsSentence, !isUsed[words[verb - 1].quotedSpan],
      let speaker = passage.nounPhrase(startingAt: verb + 1, limit: state.tokens.upperBound, prepositions: false),
      speaker.upperBound < state.tokens.upperBound, words[speaker.upperBound].traits.has([.comma, .terminal])
    else { return nil }
    if let names {
      guard let entity = names.named(speaker), names.kind(of: entity) == .person else { return nil }
    }
    let cue = Cue(
      verb: verb, tokens: Range(from: verb, count: 1), speech: .quote, use: .finite(before: verb - 1),
      isHeading: state.isHeading)
    return readTag(cue, speaker: speaker, tagEnd: speaker.upperBound, &state)
  }

  static let asWord = WordHash("as".utf8)
  static let forWord = WordHash("for".utf8)
  private static let fromWord = WordHash("from".utf8)
  private static let per = WordHash("per".utf8)
  private static let itWord = WordHash("it".utf8)
  private static let puts = WordSet(["put", "puts"])
}
