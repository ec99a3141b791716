import ArticleIO
import Bytes
import Lexicon

/// What tells one state of a pipeline, or of one stage, from another.
enum Digest {
  /// 24 hex digits: 96 bits of SHA-256.
  static func hex(_ canonical: [UInt8]) -> String {
    String(decoding: Hex.encode(SHA256.digest(canonical)).prefix(24), as: UTF8.self)
  }

  /// Of one stage by itself.
  ///
  /// - Parameters:
  ///   - settings: the stage's name, and its options with their defaults filled in.
  ///   - resources: names and contents of the models, lists and files that it was made with.
  static func ofStage(_ settings: ArraySlice<UInt8>, resources: [UInt8]) -> String {
    // The word lists are part of the program; another state of them makes other records.
    let program = "version \(Program.version)\nlists \(Lexicon.english.checksum) \(Lexicon.languagesChecksum)\n"
    return hex(Array(program.utf8) + settings + resources)
  }
}
