/// How often the content and the speaker of quotations like one are both right (docs/models/quotes.md).
struct ConfidenceTable: Sendable {
  /// A row for each construction, a column for each form of speaker.
  let hundredths: [[Int]]

  subscript(construction: Construction, form: SpeakerForm) -> Double {
    Double(hundredths[construction.rawValue][form.rawValue]) / 100
  }
}
