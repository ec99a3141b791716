import Bytes
import StageKit
import Testing

@testable import Dedupe

@Suite("Looking keys up")
struct LookupTests {
  /// Many articles of few keys and few of many, so that buckets run over.
  private func content(seed: UInt64) -> (content: SealedTable.Content, keys: [Key]) {
    var random = SeededGenerator(state: seed)
    var table = KeyTable()
    let keys = (0..<400).map { _ in Key(shingle: UInt32.random(in: 0..<1 << 26, using: &random)) }
    let places = 1000
    for place in 0..<places {
      for _ in 0..<10 {
        let rank = Int.random(in: 0..<400, using: &random)
        table.insert(keys[rank * rank / 400], place)
      }
    }
    let content = SealedTable.Content(
      keys: table, offsets: (0..<UInt32(places)).map { $0 * 7 },
      limits: (0..<UInt16(places)).map { KeyLimit(rawValue: $0 &* 61) }, standing: [3, 5, 1 << 25], isFormer: seed == 2,
      entriesLength: 7000, firstNumber: 3,
      lastNumber: 1002, newestArrival: 5)
    return (content, keys)
  }

  private func found(_ table: some KeyLookup, _ key: Key, most: Int) -> [String] {
    var found: [String] = []
    table.visit(key, most: most) { place, isCommon in found.append("\(place) \(isCommon)") }
    return found
  }

  @Test("A complete table gives what the growing one gave, in the order of arrival", arguments: 1...5 as ClosedRange)
  func sealing(seed: UInt64) throws {
    let (content, keys) = content(seed: seed)
    let table = try #require(SealedTable(content.encoded))
    #expect(table.isIntact && table.header.bucketCount >= table.header.homeCount)
    #expect(table.standing == [3, 5, 1 << 25] && table.header.isFormer == (seed == 2))
    for key in keys {
      for most in [4, 32] { #expect(found(table, key, most: most) == found(content.keys, key, most: most)) }
    }
    let common = keys.filter { found(table, $0, most: 32).count >= KeyTable.common }
    #expect(!common.isEmpty && common.allSatisfy { found(table, $0, most: 1).first?.hasSuffix("true") == true })
    #expect((0..<1000).allSatisfy { table.offset(of: $0) == $0 * 7 && table.keyLimit(of: $0) == content.limits[$0] })
    for shingle in 5000..<5100 as Range<UInt32> where !keys.contains(Key(shingle: shingle)) {
      #expect(found(table, Key(shingle: shingle), most: 32).isEmpty)
    }
  }

  @Test("A table that goes on growing leaves its copy as it was")
  func copies() {
    var table = KeyTable()
    for n in 0..<100 as Range<UInt32> { table.insert(Key(shingle: n), Int(n)) }
    let copy = table
    for n in 0..<3000 as Range<UInt32> { table.insert(Key(shingle: n), 7) }
    table.set(Key(id: [1]), 9)
    #expect(copy.count == 100 && found(copy, Key(shingle: 50), most: 32) == ["50 false"])
    #expect(found(table, Key(shingle: 50), most: 32) == ["50 false", "7 false"])
  }

  @Test("One shared key of many is too few, of a few it is not")
  func odds() {
    let odds = KeyOdds(share: 0.4)
    // 24 keys below the limit of an article of its own size; three below that of one eight times as long.
    let sketch = Sketch(hashes: (0..<192).map { $0 * 100_000 }, isComplete: false, keys: [])
    let limit = KeyLimit(of: sketch).rawValue
    let limitsNeedingMore = odds.limitsNeedingMore(for: sketch)
    #expect(
      limitsNeedingMore[1].contains(limit) && !limitsNeedingMore[1].contains(limit / 8)
        && !limitsNeedingMore[1].contains(limit * 8))
    #expect(limitsNeedingMore[3].contains(limit) && limitsNeedingMore.count == 4)
    // With a small share to be found one key is enough.
    #expect(!KeyOdds(share: 0.05).limitsNeedingMore(for: sketch).dropFirst().contains { $0.contains(limit) })
    // A short text with few keys of its own.
    let short = Sketch(hashes: (0..<8).map { $0 * 8_000_000 }, isComplete: true, keys: [])
    #expect(!odds.limitsNeedingMore(for: short).dropFirst().contains { $0.contains(limit) })
  }
}
