import Entities
import StageKit

extension NameModel {
  /// The bytes of a model file.
  ///
  /// - Parameters:
  ///   - keys: of each feature.
  ///   - weights: of each feature, one for each label.
  ///   - least: features whose weights are all smaller than this are left out.
  static func file(
    lists: ListFiles, keys: [UInt64], weights: [Float], transitions: [Float], least: Float
  ) -> [UInt8] {
    let labels = NameLabel.count
    var largest: Float = 0.01
    for weight in weights { largest = max(largest, abs(weight)) }
    // The largest weights are few: what is past the limit is cut.
    let scale = 127 / min(largest, Self.largestWeight)
    var kept: [Int] = []
    for feature in keys.indices {
      for label in 0..<labels where abs(weights[feature * labels + label]) >= least {
        kept.append(feature)
        break
      }
    }
    let rowCount = kept.count * 10 / 7 + 1
    var rows = Array(repeating: UInt8(0), count: rowCount * rowSize)
    rows.withUnsafeMutableBytes { rows in
      for feature in kept {
        let fingerprint = HashedTable.fingerprint(keys[feature])
        var at = HashedTable.place(keys[feature], of: rowCount)
        while rows.load(fromByteOffset: at * rowSize, as: UInt32.self) != 0 { at = (at + 1) % rowCount }
        rows.storeBytes(of: fingerprint, toByteOffset: at * rowSize, as: UInt32.self)
        for label in 0..<labels {
          let number = Int8(max(-127, min(127, (weights[feature * labels + label] * scale).rounded())))
          rows.storeBytes(of: number, toByteOffset: at * rowSize + 4 + label, as: Int8.self)
        }
      }
    }
    let steps = transitions.map { Int16(max(-30_000, min(30_000, ($0 * scale).rounded()))) }
    return file(sections: [steps.withUnsafeBytes { Array($0) }, lists.paths, lists.words, lists.phrases, rows])
  }

  static let largestWeight: Float = 4

  static func file(sections: [[UInt8]]) -> [UInt8] {
    var body: [UInt8] = []
    var lengths: [UInt64] = []
    for section in sections {
      let padding = (8 - section.count % 8) % 8
      lengths.append(UInt64(section.count + padding))
      body += section
      body += Array(repeating: 0, count: aligned(body.count) - body.count)
    }
    let header = [magic, version, Resource(path: "", copying: body).checksum()] + lengths
    return header.withUnsafeBytes { Array($0) } + body
  }
}
