import Lexicon

/// How a quotation is tied to its speaker.
enum Construction: Int, CaseIterable {
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

/// How a speaker is written.
enum SpeakerForm: Int, CaseIterable {
  case none, name, pronoun, description

  init(_ tokens: Range<Int>?, in passage: Passage) {
    guard let tokens else {
      self = .none
      return
    }
    if tokens.count == 1, passage.words[tokens.lowerBound].traits.has(.pronoun) {
      self = .pronoun
    } else {
      let hasName = tokens.contains { at in
        let traits = passage.words[at].traits
        return traits.contains(.capital) && !traits.has([.determiner, .possessive, .indefinite])
      }
      self = hasName ? .name : .description
    }
  }
}

/// How often the content and the speaker of quotations like one are both right (docs/models/quotes.md).
struct ConfidenceTable: Sendable {
  /// A row for each construction, a column for each form of speaker.
  let hundredths: [[Int]]

  subscript(construction: Construction, form: SpeakerForm) -> Double {
    Double(hundredths[construction.rawValue][form.rawValue]) / 100
  }
}
