import Bytes
import StageKit
import Testing

@testable import ArticleIO

@Suite struct SHA256Tests {
  /// FIPS 180-4 example values, and lengths round the block's edge.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func knownValues(text: String, digest: String) {
    #expect(Hex.encode(SHA256.digest(Array(text.utf8))) == Array(digest.utf8))
  }

  @Test func piecesGiveWhatTheWholeGives() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for cut in [0, 1, 55, 56, 63, 64, 65, 127, 128, 999] {
      var hash = SHA256()
      hash.update(Array(bytes[..<cut]))
      hash.update(Array(bytes[cut...]))
      #expect(hash.finish() == SHA256.digest(bytes))
    }
  }

  @Test func everyProcessorGivesTheSame() {
    for count in [0, 3, 63, 64, 200, 4096, 10_001] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 &+ 31) }
      var portable = SHA256(isPortable: true)
      portable.update(bytes)
      #expect(portable.finish() == SHA256.digest(bytes), "\(count) bytes")
    }
  }
}
