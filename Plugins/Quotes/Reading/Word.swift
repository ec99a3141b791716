import Bytes
import Lexicon
import StageKit

/// A token with what the lists and its place say of it.
struct Word {
  var span: ByteSpan
  var traits: WordTraits
  /// Index of the outermost quoted span it is in, or -1.
  var quotedSpan = -1
  var speech: Speech = []
  var form: VerbForms = []

  /// “Q.”: with a stop of its own.
  var endsInStop = false
  /// The last of its reporter's sentence.
  var endsReporterSentence = false

  var isQuoted: Bool { quotedSpan >= 0 }
}
