import Bytes
import StageKit

/// A fingerprint as the worker hands it to the decider. All numbers are little-endian:
///
/// `version:1 isComplete:1 0:2 wordCount:4 textHash:8 bodyHash:8`, then four bytes for each hash of the sketch.
extension Fingerprint: StageHandover {
  private static let version: UInt8 = 1
  private static let headLength = 24

  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.headLength + sketch.hashes.count * 4)
    bytes += [Self.version, sketch.isComplete ? 1 : 0, 0, 0]
    bytes.appendFixed(UInt32(clamping: wordCount))
    bytes.appendFixed(textHash)
    bytes.appendFixed(bodyHash)
    for hash in sketch.hashes { bytes.appendFixed(hash) }
    return bytes
  }

  public init(_ bytes: [UInt8]) throws(HandoverProblem) {
    let span = bytes.span
    guard let version = bytes.first else { throw HandoverProblem("a fingerprint is empty") }
    guard version == Self.version else {
      throw HandoverProblem("a fingerprint of version \(version), where version \(Self.version) is read")
    }
    let count = (bytes.count - Self.headLength) / 4
    guard bytes.count >= Self.headLength, bytes.count == Self.headLength + count * 4, count <= Sketch.largest,
      bytes[1] <= 1
    else { throw HandoverProblem("a fingerprint of \(bytes.count) bytes is damaged") }
    var hashes: [UInt32] = []
    hashes.reserveCapacity(count)
    for place in 0..<count {
      let hash = span.fixed32(at: Self.headLength + place * 4)
      guard hash >> Shingles.bits == 0, hashes.last.map({ $0 < hash }) ?? true else {
        throw HandoverProblem("the sketch of a fingerprint is not in order at hash \(place)")
      }
      hashes.append(hash)
    }
    self.init(
      textHash: span.fixed64(at: 8), bodyHash: span.fixed64(at: 16), wordCount: Int(span.fixed32(at: 4)),
      sketch: Sketch(hashes: hashes, isComplete: bytes[1] == 1))
  }
}
