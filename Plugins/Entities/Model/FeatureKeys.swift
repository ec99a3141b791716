import Bytes
import Lexicon
import StageKit

/// Hashed features of a token: each key stands for a template and what it saw.
package struct FeatureKeys {
  /// As many weights of a signed byte have a sum that 16 bits hold. The templates give no token as many.
  static let most = Int(Int16.max) / 128

  private(set) var keys = InlineArray<255, UInt64>(repeating: 0)
  package private(set) var count = 0

  package init() {}

  package subscript(at: Int) -> UInt64 { keys[at] }

  /// A model with a row for this reads the context of words too: one that learned names on top of another one.
  package static var contextMark: UInt64 {
    var keys = FeatureKeys()
    keys.add(91, 0)
    return keys[0]
  }

  mutating func removeAll() { count = 0 }

  /// The mixing of splitmix64 (Steele, Lea, Flood 2014) over template and value.
  @inline(__always)
  mutating func add(_ template: UInt64, _ value: UInt64) {
    var key = value ^ (template &* 0x9E37_79B9_7F4A_7C15)
    key = (key ^ key >> 30) &* 0xBF58_476D_1CE4_E5B9
    key = (key ^ key >> 27) &* 0x94D0_49BB_1331_11EB
    guard count < Self.most else { return }
    keys[count] = key ^ key >> 31
    count += 1
  }

  @inline(__always)
  mutating func add(_ template: UInt64, _ a: UInt64, _ b: UInt64) {
    add(template, (a &* 0xD6E8_FEB8_6659_FD93) ^ (b &+ (a << 21 | a >> 43)))
  }

  @inline(__always)
  mutating func add(_ template: UInt64, _ a: UInt64, _ b: UInt64, _ c: UInt64) {
    add(template, a, (b &* 0xCA5A_8263_9512_1157) ^ (c &+ (b << 17 | b >> 47)))
  }
}

/// The templates of the name model: over words, their letters, lists, the rules' labels and the whole article.
///
/// A template is a number that stands before what it sees; a new one takes a new number, and makes old models useless.
extension ArticleFeatures {
  /// Puts the keys of a token of a stretch in the place of others.
  package func readKeys(_ at: Int, _ stretch: NameStretch, _ text: Span<UInt8>, into keys: inout FeatureKeys) {
    let sentence = sentences[stretch.sentence].tokens
    let window = Window(at, sentence, self)
    keys.removeAll()
    keys.add(0, 0)
    addWords(window, to: &keys)
    addLetters(window, text, to: &keys)
    addClusters(window, to: &keys)
    addLists(window, to: &keys)
    addRules(window, to: &keys)
    if !features[at].run.isEmpty { addRun(at, sentence, to: &keys) }
    addArticle(window, isHeadline: headlines[stretch.sentence], to: &keys)
    if readsContext { addContext(at, sentence, to: &keys) }
  }

  /// So many tokens before and behind are its context.
  private static let contextWidth = 8

  /// The small words around a token, wherever they stand: what a ship is told by, or a prize.
  private func addContext(_ at: Int, _ sentence: Range<Int>, to keys: inout FeatureKeys) {
    guard words[at].isCapital else { return }
    let around = Range(
      from: max(sentence.lowerBound, at - Self.contextWidth), upTo: min(sentence.upperBound, at + Self.contextWidth + 1)
    )
    for other in around where words[other].shape.has(.lower) && tokens[other].span.count > 2 {
      keys.add(90, words[other].lowered.value)
    }
  }

  /// A token and its neighbours in the sentence.
  private struct Window {
    let at: Int
    let here: TokenFeatures
    let left: TokenFeatures
    let right: TokenFeatures
    /// Indices of the tokens around it, -1 past an end of the sentence.
    let before: Int
    let before2: Int
    let after: Int
    let after2: Int

    init(_ at: Int, _ sentence: Range<Int>, _ article: borrowing ArticleFeatures) {
      self.at = at
      before = at > sentence.lowerBound ? at - 1 : -1
      before2 = at > sentence.lowerBound + 1 ? at - 2 : -1
      after = at + 1 < sentence.upperBound ? at + 1 : -1
      after2 = at + 2 < sentence.upperBound ? at + 2 : -1
      here = article.features[at]
      var (left, right) = (TokenFeatures(), TokenFeatures())
      left.pattern = 1
      right.pattern = 2
      if before >= 0 { left = article.features[before] }
      if after >= 0 { right = article.features[after] }
      self.left = left
      self.right = right
    }
  }

  private func word(_ at: Int, edge: UInt64) -> UInt64 { at >= 0 ? words[at].lowered.value : edge }
  private func traits(_ at: Int) -> UInt64 {
    at >= 0 ? UInt64(truncatingIfNeeded: words[at].traits.intersection(.ofModel).rawValue) : 1 << 40
  }

  private func addWords(_ window: Window, to keys: inout FeatureKeys) {
    let here = words[window.at].lowered.value
    let (left, right) = (word(window.before, edge: 1), word(window.after, edge: 2))
    keys.add(1, here)
    keys.add(2, left)
    keys.add(3, right)
    keys.add(4, word(window.before2, edge: 1))
    keys.add(5, word(window.after2, edge: 2))
    keys.add(6, left, here)
    keys.add(7, here, right)
    keys.add(8, left, right)
    keys.add(9, words[window.at].form.value)
  }

  private func addLetters(_ window: Window, _ text: Span<UInt8>, to keys: inout FeatureKeys) {
    let (here, left, right) = (window.here.pattern, window.left.pattern, window.right.pattern)
    keys.add(10, here)
    keys.add(11, left, here)
    keys.add(12, here, right)
    keys.add(13, left, here, right)
    guard words[window.at].mark == 0 else { return }
    let span = tokens[window.at].span
    var letters: UInt64 = 0
    for count in 0..<min(4, span.count) {
      letters = letters << 8 | UInt64(text[span.start + count])
      if count > 0 { keys.add(14, letters) }
    }
    letters = 0
    for count in 0..<min(5, span.count) {
      letters = letters << 8 | UInt64(text[span.end - 1 - count] | 0x20)
      if count > 0 { keys.add(15, letters) }
    }
  }

  private func addClusters(_ window: Window, to keys: inout FeatureKeys) {
    let (here, left, right) = (window.here.cluster, window.left.cluster, window.right.cluster)
    if here != 0 {
      keys.add(20, here)
      keys.add(21, here & 0x3F)
      keys.add(22, here & 0x3FF)
      keys.add(23, here & 0xF)
    }
    if left != 0 { keys.add(24, left) }
    if right != 0 { keys.add(25, right) }
    if window.before2 >= 0 { keys.add(26, features[window.before2].cluster) }
    if window.after2 >= 0 { keys.add(27, features[window.after2].cluster) }
    keys.add(28, left & 0x3FF, here & 0x3FF)
    keys.add(29, here & 0x3FF, right & 0x3FF)
  }

  private func addLists(_ window: Window, to keys: inout FeatureKeys) {
    let (here, left, right) = (window.here, window.left, window.right)
    let use = here.facts.capitalUse << 2 | here.facts.frequency
    let head: UInt64 = here.isHead ? 1 : 0
    keys.add(30, use)
    keys.add(31, use, here.pattern ^ head)
    keys.add(32, here.facts.names)
    keys.add(33, left.facts.names, here.facts.names)
    keys.add(34, here.facts.names, right.facts.names)
    keys.add(35, here.facts.names, here.facts.capitalUse, head)
    let own = traits(window.at)
    var rest = own
    while rest != 0 {
      keys.add(40, UInt64(rest.trailingZeroBitCount))
      rest &= rest - 1
    }
    keys.add(41, own, here.pattern)
    keys.add(42, traits(window.before), left.pattern)
    keys.add(43, traits(window.after), right.pattern)
    keys.add(44, traits(window.before), own)
    keys.add(45, traits(window.after), own)
    keys.add(46, here.listed)
    keys.add(47, left.listed, here.listed, right.listed)
    keys.add(48, here.phrase)
    keys.add(49, here.listed, here.phrase, head)
  }

  private func addRules(_ window: Window, to keys: inout FeatureKeys) {
    let (here, left, right) = (window.here.rule, window.left.rule, window.right.rule)
    keys.add(50, here)
    keys.add(51, left, here)
    keys.add(52, here, right)
    keys.add(53, left, here, right)
    keys.add(54, here, window.here.pattern)
    keys.add(55, here, window.here.cluster & 0x3F)
    keys.add(56, here, window.here.facts.names, window.here.listed)
  }

  /// The run of capitals that the token stands in.
  private func addRun(_ at: Int, _ sentence: Range<Int>, to keys: inout FeatureKeys) {
    let first = Int(features[at].run.lowerBound)
    let last = Int(features[at].run.upperBound) - 1
    let place = UInt64(min(3, at - first)) << 2 | UInt64(min(3, last - at))
    let before = first > sentence.lowerBound ? first - 1 : -1
    let after = last + 1 < sentence.upperBound ? last + 1 : -1
    keys.add(60, place)
    keys.add(61, place, word(before, edge: 1))
    keys.add(62, place, word(after, edge: 2))
    keys.add(63, place, words[last].lowered.value)
    keys.add(64, place, words[first].lowered.value)
    keys.add(65, place, traits(last))
    keys.add(66, place, traits(first))
    keys.add(67, word(before, edge: 1), word(after, edge: 2))
    if before >= 0 { keys.add(68, place, features[before].cluster & 0x3FF) }
    if after >= 0 { keys.add(69, place, features[after].cluster & 0x3FF) }
    keys.add(71, words[first].lowered.value, words[last].lowered.value)
    keys.add(72, word(before, edge: 1), words[last].lowered.value)
    keys.add(73, features[first].facts.names, features[last].facts.names, word(after, edge: 2))
    // “Jae-in”, “Al-Attiyah”, “Akufo-Addo”: what a hyphen ties.
    if after >= 0, words[after].shape.contains([.hyphen, .touching]), after + 1 < sentence.upperBound {
      keys.add(74, features[after + 1].pattern, features[after + 1].facts.names, features[last].facts.names)
    }
    if at > sentence.lowerBound + 1, words[at - 1].shape.has(.hyphen), words[at].shape.has(.touching) {
      keys.add(75, words[at - 2].lowered.value)
      keys.add(76, features[at - 2].facts.names, features[at].facts.names)
    }
    keys.add(70, features[first].facts.names, features[last].facts.names, place)
  }

  private func addArticle(_ window: Window, isHeadline: Bool, to keys: inout FeatureKeys) {
    let here = window.here
    if words[window.at].isCapital {
      let all = UInt64(here.article.bits) & ((1 << UInt64(WordUse.flagCount)) - 1)
      var rest = all
      while rest != 0 {
        keys.add(80, UInt64(rest.trailingZeroBitCount), here.rule)
        rest &= rest - 1
      }
      keys.add(81, all)
      keys.add(82, here.article.ruled, here.rule)
      keys.add(83, here.article.ruled, all & 0x7F)
      keys.add(84, window.left.article.ruled, here.article.ruled, window.right.article.ruled)
    }
    let place: UInt64 = isHeadline ? 2 : here.isHead ? 1 : 0
    keys.add(85, place, here.pattern)
    keys.add(86, place, here.rule)
  }
}
