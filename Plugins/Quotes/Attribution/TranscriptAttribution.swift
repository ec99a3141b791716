import Bytes
import Coreference
import Lexicon
import StageKit

// Interviews and debates: paragraphs that open with who speaks.
extension Passage {
  /// Of a paragraph of an interview that opens with who speaks, the last token of that: “LUND: We sail.”, “Q. Why?”
  func endOfLabel(_ reporterSentence: ReporterSentence) -> Int? {
    guard reporterSentence.opensParagraph, reporterSentence.paragraph < speakerLabels.count,
      let label = speakerLabels[reporterSentence.paragraph]
    else { return nil }
    let tokens = reporterSentence.tokens
    guard let next = tokens.first(where: { words[$0].span.start >= label.end }) else { return tokens.last }
    return words[next].traits.has([.colon, .terminal]) ? next : max(tokens.lowerBound, next - 1)
  }

  /// “Related: …”, “Flood Warning: …”, “Reporting: …”: whether what stands before a colon says what the text is, and not
  /// who speaks.
  func isHeadingOfText(_ tokens: Range<Int>) -> Bool {
    if tokens.contains(where: { words[$0].traits.contains(.headlineLabel) }) { return true }
    guard let last = tokens.last.map({ words[$0] }) else { return false }
    return last.traits.contains(.speechNoun) || (!last.speech.isEmpty && last.form.contains(.ing))
  }
}

extension AttributionReader {
  /// A paragraph of a transcript: all of it is verbatim.
  mutating func readTranscript(_ index: Int, label: Int) {
    let reporterSentence = passage.reporterSentences[index]
    var last = index
    while last + 1 < passage.reporterSentences.count,
      passage.reporterSentences[last + 1].paragraph == reporterSentence.paragraph
    { last += 1 }
    let answer = Range(from: label + 1, upTo: passage.reporterSentences[last].tokens.upperBound)
    // “Lund: 1,204” is a row of a table, and “A.” says nothing.
    guard answer.contains(where: { !words[$0].traits.has(.punctuation) && !words[$0].traits.contains(.number) })
    else {
      return
    }
    let content = passage.span(answer)
    let start = reporterSentence.tokens.lowerBound
    var made = Attribution(
      kind: .direct, spans: [content], quoted: [content],
      quotedSpans: passage.quotations(in: Range(from: start, upTo: answer.upperBound)),
      speaker: Range(from: start, upTo: max(label, start + 1)),
      cue: words[label].traits.contains(.colon) ? Range(from: label, count: 1) : nil, reporterSentence: index,
      construction: .label,
      lastToken: answer.upperBound - 1)
    made.isLabel = true
    for quotedSpan in made.quotedSpans { isUsed[quotedSpan] = true }
    attributions.append(made)
  }
}

extension SpeakerResolution {
  /// “LUND”, “AL” for Ada Lund; “A” for whoever is interviewed.
  func labelled(_ label: Range<Int>, _ text: Span<UInt8>) -> Int? {
    if let name = names.named(label), entities[name].kind == .person { return name }
    let span = passage.span(label)
    guard passage.words[label.lowerBound].traits.contains(.speakerLabel) else { return people?[span, in: text] }
    guard text[span.start] | 0x20 == 0x61 else { return nil }
    // Whoever has spoken before the first answer, else the one person named there: the one whom they talk about may be
    // named more.
    let before = entities.indices.filter { index in
      entities[index].kind == .person && entities[index].mentions.first.map { $0.start < span.start } ?? false
    }
    let speaker = before.filter { spoken[$0] != nil }.max { (spoken[$0] ?? 0) < (spoken[$1] ?? 0) }
    return speaker ?? (before.count == 1 ? before.first : nil)
  }
}
