import Bytes
import Clean

extension Words {
  /// The hash of the words from `start` on, `count` of them.
  static func sequence(_ words: [UInt64], _ start: Int, _ count: Int) -> UInt64 {
    var mixed: UInt64 = 0x9E37_79B9_7F4A_7C15
    for at in Range(from: start, upTo: start + count) {
      mixed = (mixed ^ words[at]) &* 0xD6E8_FEB8_6659_FD93
      mixed ^= mixed >> 32
    }
    return mixed
  }
}
