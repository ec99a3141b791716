/// What each feature of a candidate says for choosing it, in hundredths.
struct ChoiceWeights: Sendable {
  let rows: [Int16]

  init(rows: [Int16]) { self.rows = rows }

  /// - Parameters:
  ///   - table: numbers by group, each group's after its name.
  ///   - count: of the features that they are for.
  init(table: StaticString, count: Int) {
    self.init(rows: Self.numbers(table.withUTF8Buffer { Array($0) }))
    precondition(rows.count == count, "the weight table has other features")
  }

  static func numbers(_ table: [UInt8]) -> [Int16] {
    table.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }).compactMap { Int16(String(decoding: $0, as: UTF8.self)) }
  }

  func score(_ held: [Int]) -> Int { held.reduce(0) { $0 + Int(rows[$1]) } }
}
