/// How a quotation is tied to its speaker.
package enum Construction: Int, CaseIterable {
  /// With its verb: “…,” Corr said.
  case quotation
  /// After a participle: adding, “…”.
  case participleQuotation
  /// “said that …”, “according to”.
  case that
  /// Reported speech before its tag: …, Corr said. Or a clause with verbatim words.
  case tag
  /// “said the boats …”, without “that”.
  case bare
  /// A clause after a participle: adding that ….
  case participle
  /// “Corr: boats will sail”.
  case colon
  /// “asked whether …”.
  case question
  /// “was told that …”.
  case passive
  /// “called for …”, “vowed to …”, “blamed …”.
  case object
  /// “his claim that …”.
  case noun
  /// “the claim that …”.
  case unattributed
  /// “reports …”, where the verb may be a noun.
  case nounLike
  /// Verbatim words in a sentence without a verb of speech.
  case embedded
  /// A quotation alone, given to the last speaker.
  case untagged
  /// A single word or title in quotation marks.
  case scareQuotes
  /// A paragraph of a transcript.
  case label
  /// Inside the quotation of another.
  case inner
}
