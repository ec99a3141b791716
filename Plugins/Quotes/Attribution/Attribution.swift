import Bytes
import Coreference
import StageKit

/// A quotation in the making.
package struct Attribution {
  var kind: Quote.Kind
  package var spans: [ByteSpan]
  var quoted: [ByteSpan]
  /// The quoted spans it uses up.
  var quotedSpans: [Int]
  /// Tokens of the speaker as written.
  package var speaker: Range<Int>?
  var cue: Range<Int>?
  /// Index of the reporter's sentence of the cue, or of the quotation where there is none.
  var reporterSentence: Int
  package var construction: Construction
  /// “X earlier stressed”: a speaker in passing, who is not the one meant by a later “he”.
  var isBackground = false
  /// In a transcript: “Q:”, “LUND:”.
  var isLabel = false
  /// The content, where it is a clause after a verb.
  package var clause: Clause?

  /// The last token of the content or the tag.
  var lastToken: Int

  package var hull: ByteSpan { ByteSpan(spans.first?.start ?? 0, spans.last?.end ?? 0) }
}
