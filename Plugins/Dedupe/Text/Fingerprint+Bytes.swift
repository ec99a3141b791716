import Bytes
import StageKit

/// A fingerprint as the worker hands it to the decider. All numbers are little-endian:
///
/// `version:1 isComplete:1 0:2 wordCount:4 textHash:8 bodyHash:8 hashes:4 keys:4`, four bytes for each hash of the sketch and each
/// key, one for the place of each hash; `leadNames:1 names:1 numbers:1`, for names and then for numbers two bytes for the hash and two for the end of each, and
/// their text.
extension Fingerprint: StageHandover {
  private static let version: UInt8 = 2
  static let headLength = 32

  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.headLength + (sketch.hashes.count + sketch.keys.count) * 4 + 512)
    bytes += [Self.version, sketch.isComplete ? 1 : 0, 0, 0]
    bytes.appendFixed(UInt32(clamping: wordCount))
    bytes.appendFixed(textHash)
    bytes.appendFixed(bodyHash)
    bytes.appendFixed(UInt32(sketch.hashes.count))
    bytes.appendFixed(UInt32(sketch.keys.count))
    for hash in sketch.hashes { bytes.appendFixed(hash) }
    for key in sketch.keys { bytes.appendFixed(key) }
    bytes += places
    bytes += [UInt8(sides.leadNames), UInt8(sides.names.count), UInt8(sides.numbers.count)]
    for list in [sides.names, sides.numbers] {
      for hash in list.hashes { bytes.appendFixed(hash) }
      for end in list.ends { bytes.appendFixed(end) }
      bytes += list.text
    }
    return bytes
  }

  public init(_ bytes: [UInt8]) throws(HandoverProblem) {
    guard let version = bytes.first else { throw HandoverProblem("a fingerprint is empty") }
    guard version == Self.version else {
      throw HandoverProblem("a fingerprint of version \(version), where version \(Self.version) is read")
    }
    var reader = Reader(bytes: bytes)
    guard bytes.count >= Self.headLength, bytes[1] <= 1 else { throw reader.damage }
    let span = bytes.span
    let hashes = try reader.numbers(Int(span.fixed32(at: 24)), most: Sketch.largest)
    for (place, hash) in hashes.enumerated() {
      guard hash >> Shingles.bits == 0, place == 0 || hashes[place - 1] < hash else {
        throw HandoverProblem("the sketch of a fingerprint is not in order at hash \(place)")
      }
    }
    let keys = try reader.numbers(Int(span.fixed32(at: 28)), most: hashes.count)
    var at = 0
    for (place, key) in keys.enumerated() {
      while at < hashes.count, hashes[at] < key >> Sketch.keyBits { at += 1 }
      guard at < hashes.count, hashes[at] == key >> Sketch.keyBits,
        place == 0 || keys[place - 1] >> Sketch.keyBits < hashes[at]
      else { throw HandoverProblem("key \(place) of a fingerprint is none of its hashes") }
    }
    let places = try reader.bytes(hashes.count)
    let counts = try reader.bytes(3)
    let names = try reader.list(Int(counts[1]), most: SideLists.mostNames)
    let numbers = try reader.list(Int(counts[2]), most: SideLists.mostNumbers)
    guard reader.at == bytes.count, counts[0] <= counts[1] else { throw reader.damage }
    self.init(
      textHash: span.fixed64(at: 8), bodyHash: span.fixed64(at: 16), wordCount: Int(span.fixed32(at: 4)),
      sketch: Sketch(hashes: hashes, isComplete: bytes[1] == 1, keys: keys), places: places,
      sides: SideLists(names: names, numbers: numbers, leadNames: Int(counts[0])))
  }

  private struct Reader {
    let bytes: [UInt8]
    var at = Fingerprint.headLength

    var damage: HandoverProblem { HandoverProblem("a fingerprint of \(bytes.count) bytes is damaged") }

    mutating func bytes(_ count: Int) throws(HandoverProblem) -> [UInt8] {
      guard count <= bytes.count - at else { throw damage }
      let start = at
      at += count
      return Array(bytes[Range(from: start, upTo: at)])
    }

    mutating func numbers(_ count: Int, most: Int) throws(HandoverProblem) -> [UInt32] {
      guard count <= most, count * 4 <= bytes.count - at else { throw damage }
      let all = bytes
      let span = all.span
      var numbers: [UInt32] = []
      numbers.reserveCapacity(count)
      for place in 0..<count { numbers.append(span.fixed32(at: at + 4 * place)) }
      at += 4 * count
      return numbers
    }

    mutating func list(_ count: Int, most: Int) throws(HandoverProblem) -> SideList {
      guard count <= most else { throw damage }
      let pairs = try bytes(4 * count)
      let values = (0..<(2 * count)).map { UInt16(pairs[2 * $0]) | UInt16(pairs[2 * $0 + 1]) << 8 }
      let ends = Array(values[count...])
      let text = try bytes(Int(ends.last ?? 0))
      guard text.firstInvalidUTF8 == nil, let list = SideList(hashes: Array(values[..<count]), ends: ends, text: text)
      else { throw damage }
      return list
    }
  }
}
