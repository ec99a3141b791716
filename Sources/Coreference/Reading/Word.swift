import Bytes
import Lexicon
import StageKit

/// A token with what the lists and its place say of it.
package struct Word: Sendable {
  package var span: ByteSpan
  package var traits: WordTraits
  /// With ASCII letters lowered; of a mark, nothing.
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
