import StageKit

// Interviews and debates: paragraphs that open with who speaks.
extension Passage {
  /// “LUND: We sail.”, “Q: Why?”, “Ada Lund: We sail.”: the last token of what opens a paragraph so.
  ///
  /// - Parameter names: whether names in usual spelling count too; “Related: …” looks the same.
  func speakerLabel(of frame: Frame, names: Bool) -> Int? {
    guard frame.opensParagraph, !frame.isHeading else { return nil }
    let start = frame.tokens.lowerBound
    let limit = min(frame.tokens.upperBound, start + 5)
    if words[start].traits.contains(.speakerLabel) {
      // “Q.” may be one token.
      guard start + 1 < words.count else { return nil }
      if words[start + 1].traits.isAny([.colon, .terminal]) { return start + 1 }
      return words[start].endsInStop ? start : nil
    }
    var at = start
    var isUpper = true
    while at < limit, words[at].traits.contains(.capital), !words[at].isQuoted {
      if words[at].traits.contains(.label) { return nil }
      if !words[at].traits.contains(.allCapitals) { isUpper = false }
      at += 1
    }
    guard at > start, at < limit, words[at].traits.contains(.colon), isUpper || names else { return nil }
    return at
  }

  /// Paragraphs open with “LUND:” or “Q:” twice; or with names three times, and one of them again.
  func transcript(in text: Span<UInt8>) -> (isTranscript: Bool, hasNameLabels: Bool) {
    var names: Set<WordHash> = []
    var (strong, all) = (0, 0)
    for frame in frames where frame.opensParagraph {
      guard let label = speakerLabel(of: frame, names: true) else { continue }
      all += 1
      if speakerLabel(of: frame, names: false) != nil { strong += 1 }
      names.insert(WordHash(text, span(frame.tokens.lowerBound..<label + 1)))
    }
    let hasNameLabels = all > 2 && names.count < all
    return (strong > 1 || hasNameLabels, hasNameLabels)
  }
}

extension AttributionReader {
  /// A paragraph of a transcript: all of it is verbatim.
  mutating func readTranscript(_ index: Int, label: Int) {
    let frame = passage.frames[index]
    var last = index
    while last + 1 < passage.frames.count, passage.frames[last + 1].paragraph == frame.paragraph { last += 1 }
    let end = passage.frames[last].tokens.upperBound
    // “Lund: 1,204” is a row of a table.
    guard
      (label + 1..<end).contains(where: { !words[$0].traits.isAny(.punctuation) && !words[$0].traits.contains(.number) }
      )
    else { return }
    let content = passage.span(label + 1..<end)
    var made = Attribution(
      kind: .direct, spans: [content], quoted: [content], stretches: [],
      speaker: frame.tokens.lowerBound..<max(label, frame.tokens.lowerBound + 1),
      cue: words[label].traits.contains(.colon) ? label..<label + 1 : nil, frame: index, construction: .label,
      lastToken: end - 1)
    made.isLabel = true
    attributions.append(made)
    for stretch in passage.quotations(in: frame.tokens.lowerBound..<end) { isUsed[stretch] = true }
  }
}

extension SpeakerResolution {
  /// “LUND”, “AL” for Ada Lund; “A” for whoever is interviewed.
  func labelled(_ label: Range<Int>, _ text: Span<UInt8>) -> Int? {
    if let name = named(label), entities[name].kind == .person { return name }
    let span = passage.span(label)
    let position = span.start
    if passage.words[label.lowerBound].traits.contains(.speakerLabel) {
      guard text[span.start] | 0x20 == 0x61 else { return nil }
      // Whoever is named most before the first answer.
      return entities.indices.filter { entities[$0].kind == .person }
        .map { index in (index, entities[index].mentions.prefix(20).count { $0.start < position }) }
        .max { $0.1 < $1.1 }.flatMap { $0.1 > 0 ? $0.0 : nil }
    }
    return entities.indices.first { index in
      guard entities[index].kind == .person else { return false }
      let name = entities[index].name
      return isSame(name.span, ByteSpan(lastWord(of: name), name.count), text, span) || isInitials(of: name, text, span)
    }
  }

  private func lastWord(of name: [UInt8]) -> Int { (name.lastIndex(of: 0x20) ?? -1) + 1 }

  private func isSame(_ name: Span<UInt8>, _ word: ByteSpan, _ text: Span<UInt8>, _ span: ByteSpan) -> Bool {
    WordHash(lowered: name, word) == WordHash(lowered: text, span)
  }

  private func isInitials(of name: [UInt8], _ text: Span<UInt8>, _ span: ByteSpan) -> Bool {
    var at = span.start
    for (index, byte) in name.enumerated() where index == 0 || name[index - 1] == 0x20 {
      guard at < span.end, text[at] == byte else { return false }
      at += 1
    }
    return at == span.end && span.count > 1
  }
}
