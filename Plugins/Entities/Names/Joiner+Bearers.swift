import Bytes
import StageKit

// Whose family name stands alone, where several people share it.
extension Joiner {
  /// Mentions of one person whose neighbours are looked at.
  static let mostLookedAt = 8

  enum Sex { case unknown, male, female }

  /// What stands around a full name: “his wife, Ada Lund”, “David Lund and his wife”, “Mayor Lund”.
  func look(around tokens: Range<Int>, _ parts: Parts?, _ group: inout Group) {
    var sex = group.sex
    if let first = parts?.first, sex == .unknown {
      if words[first].traits.has(.masculineName) { sex = .male }
      if words[first].traits.has(.feminineName) { sex = .female }
    }
    var before = tokens.lowerBound - 1
    if before > 0, words[before].mark == UInt8(ascii: ",") { before -= 1 }
    if before >= 0 {
      let traits = words[before].traits
      if traits.has(.female), !traits.has(.male) { sex = .female }
      if traits.has(.male), !traits.has(.female) { sex = .male }
      if traits.has(.title), before == tokens.lowerBound - 1, !group.titles.contains(words[before].lowered) {
        group.titles.append(words[before].lowered)
      }
    }
    let after = tokens.upperBound
    if after + 2 < words.count, words[after].lowered == Chunker.and, words[after + 2].traits.has([.male, .female]),
      sex == .unknown
    {
      if words[after + 1].lowered == Self.his { sex = .male }
      if words[after + 1].lowered == Self.her { sex = .female }
    }
    group.sex = sex
  }

  enum Bearer { case one(Int), undecided, nobody }

  /// Whose family name stands alone at a mention: Mr. and Mrs., a title, or a given name behind it tell several bearers apart;
  /// else it is the one whom the sentence or the one before has named.
  func bearer(
    of tokens: Range<Int>, _ bearers: Chain, _ index: Int, _ mentions: [Mention], _ sentence: Range<Int>
  ) -> Bearer {
    let all = Array(bearers)
    let groups = bearers.groups
    guard all.count > 1 else {
      guard let only = all.first else { return .nobody }
      // “Mr Holt” is not Georgia Holt.
      let sex = tokens.lowerBound > sentence.lowerBound ? courtesy(tokens.lowerBound - 1) : .unknown
      return sex != .unknown && groups[only].sex != .unknown && groups[only].sex != sex ? .undecided : .one(only)
    }
    // “Nair, Arun, left”
    let after = tokens.upperBound
    if after + 1 < sentence.upperBound, words[after].mark == UInt8(ascii: ",") {
      let given = words[after + 1].lowered
      if let one = all.first(where: { groups[$0].parts.map { words[$0.first].lowered == given } ?? false }) {
        return .one(one)
      }
    }
    var candidates = all
    var isTold = false
    if tokens.lowerBound > sentence.lowerBound {
      let before = words[tokens.lowerBound - 1]
      let sex = courtesy(tokens.lowerBound - 1)
      let isTitle = before.traits.has(.title)
      if isTitle, sex != .unknown {
        let exact = candidates.filter { groups[$0].sex == sex }
        candidates = exact.isEmpty ? candidates.filter { groups[$0].sex == .unknown } : exact
        isTold = true
      } else if isTitle {
        let holders = candidates.filter { groups[$0].titles.contains(before.lowered) }
        if !holders.isEmpty { (candidates, isTold) = (holders, true) }
      }
    }
    if candidates.count == 1, isTold { return .one(candidates[0]) }
    if candidates.isEmpty { return .undecided }
    var best: (group: Int, mention: Int)?
    var isShared = false
    for group in candidates {
      guard let last = groups[group].lastMention(before: index) else { continue }
      if let known = best {
        let near = mentions[min(last, known.mention)].tokens.lowerBound
        if near >= previousStart(sentence) { isShared = true }
      }
      if last > best?.mention ?? -1 { best = (group, last) }
    }
    guard let best else { return candidates.last.map { .one($0) } ?? .nobody }
    let named = candidates.count { groups[$0].lastMention(before: index) != nil }
    if named == 1 { return .one(best.group) }
    return isShared || mentions[best.mention].tokens.lowerBound < previousStart(sentence)
      ? .undecided : .one(best.group)
  }

  private func courtesy(_ at: Int) -> Sex {
    let traits = words[at].traits
    guard traits.has(.title) else { return .unknown }
    return traits.has(.female) ? .female : traits.has(.male) ? .male : .unknown
  }

  /// The first token of the sentence before one.
  private func previousStart(_ sentence: Range<Int>) -> Int {
    let index = sentences.partitioningIndex { $0.tokens.lowerBound >= sentence.lowerBound }
    return index > 0 ? sentences[index - 1].tokens.lowerBound : sentence.lowerBound
  }

  static let rulers = WordSet(["king", "queen", "pope", "prince", "princess", "emperor", "sultan"])
  private static let his = WordHash("his".utf8)
  private static let her = WordHash("her".utf8)
}
