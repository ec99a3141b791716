import Bytes
import Lexicon
import StageKit

/// A word as a stage has looked it up.
package struct LookedUpWord: Sendable {
  /// With ASCII letters lowered and straight apostrophes.
  package var lowered: WordHash
  /// The number of its entry in the dictionary of English.
  package var entry: UInt16

  package init(lowered: WordHash, entry: UInt16) {
    self.lowered = lowered
    self.entry = entry
  }
}

/// A token with what the lists and its place say of it.
package struct Word: Sendable {
  package var span: ByteSpan
  package var traits: WordTraits
  /// With ASCII letters lowered and straight apostrophes; of a mark, nothing.
  package var lowered = WordHash(value: 1)
  /// Index of the outermost quoted span it is in, or -1.
  package var quotedSpan = -1
  package var speech: Speech = []
  package var form: VerbForms = []

  /// Starts with a small letter.
  package var isLower = false
  /// “Q.”: with a stop of its own.
  package var endsInStop = false
  /// The last of its reporter's sentence.
  package var endsReporterSentence = false

  @inlinable package var isQuoted: Bool { quotedSpan >= 0 }
}
