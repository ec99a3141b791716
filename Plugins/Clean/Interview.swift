import Bytes
import StageKit

/// Tells the questions and answers of an interview apart. Where that is not certain, paragraphs stay body.
enum Interview {
  /// Marks the paragraphs of the text that are questions or answers.
  ///
  /// - Throws: where the deadline has passed.
  static func mark(
    _ paragraphs: inout [Paragraph], in text: [UInt8], _ watch: inout DeadlineWatch
  ) throws(StageError) {
    var lines: [Line] = []
    lines.reserveCapacity(paragraphs.count)
    for paragraph in paragraphs {
      try watch.step()
      lines.append(Line(text.span, paragraph))
    }
    let questions = labelled(lines) ?? bySpeaker(lines) ?? byForm(lines) ?? []
    guard let last = questions.last else { return }
    var isAnswer = false
    var next = 0
    for index in paragraphs.indices where paragraphs[index].kind == .body {
      if next < questions.count, questions[next] == index {
        paragraphs[index].kind = .question
        (next, isAnswer) = (next + 1, true)
      } else if isAnswer {
        paragraphs[index].kind = .answer
        // What follows the last answer's first paragraph may be the reporter again, unless it is labelled.
        isAnswer = index < last || lines[index].label != nil && index + 1 < lines.count && lines[index + 1].label != nil
      }
    }
  }

  /// What a body paragraph looks like.
  private struct Line {
    var isBody: Bool
    /// Hash of what stands before a colon at the start: “Q”, “Northwire”.
    var label: WordHash?
    var isShortLabel = false
    /// Ends with a question mark, and opens like a sentence that is not quoted.
    var isQuestion: Bool
    var words: Int

    init(_ bytes: Span<UInt8>, _ paragraph: Paragraph) {
      let span = paragraph.span
      isBody = paragraph.kind == .body
      words = span.range.count { bytes[$0] == 0x20 } + 1
      var end = span.end
      while end > span.start, bytes[end - 1] == 0x20 { end -= 1 }
      let opening = LineStart(bytes, span.start, span.end)
      isQuestion = end > span.start && bytes[end - 1] == UInt8(ascii: "?") && opening == .upper
      guard opening == .upper else { return }
      var (at, spaces) = (span.start, 0)
      while at < min(span.end, span.start + 40), bytes[at] != UInt8(ascii: ":"), spaces < 4 {
        if bytes[at] == 0x20 { spaces += 1 }
        // A sentence before the colon is no label.
        if bytes[at] == UInt8(ascii: ","), spaces > 1 { return }
        at += 1
      }
      guard at < span.end, bytes[at] == UInt8(ascii: ":"), at + 1 < span.end, bytes[at + 1] == 0x20, at > span.start
      else { return }
      label = WordHash(lowered: bytes, ByteSpan(span.start, at))
      isShortLabel = Interview.questionLabels.contains(lowered: bytes, ByteSpan(span.start, at))
    }
  }

  private static let questionLabels = WordSet(["q", "question"])
  private static let answers: Set<WordHash> = [WordHash("a".utf8), WordHash("answer".utf8)]

  /// “Q: …”, “A: …”: at least one of each.
  private static func labelled(_ lines: [Line]) -> [Int]? {
    let questions = lines.indices.filter { lines[$0].isBody && lines[$0].isShortLabel }
    let hasAnswer = lines.contains { $0.isBody && $0.label.map(answers.contains) ?? false }
    return questions.isEmpty || !hasAnswer ? nil : questions
  }

  /// “Northwire: …?”, “Corr: …”: one speaker asks, at least twice; the others hardly do.
  private static func bySpeaker(_ lines: [Line]) -> [Int]? {
    var counts: [WordHash: (all: Int, questions: Int)] = [:]
    for line in lines where line.isBody {
      guard let label = line.label else { continue }
      counts[label, default: (0, 0)].all += 1
      if line.isQuestion { counts[label, default: (0, 0)].questions += 1 }
    }
    let asking = counts.filter { $0.value.questions >= 2 && $0.value.questions * 3 >= $0.value.all * 2 }
    guard asking.count == 1, let asker = asking.first else { return nil }
    let replies = counts.filter { $0.key != asker.key && $0.value.all >= 2 && $0.value.questions * 3 < $0.value.all }
    guard !replies.isEmpty else { return nil }
    return lines.indices.filter { lines[$0].isBody && lines[$0].label == asker.key }
  }

  /// Three questions and more that stand alone in their paragraphs, each with an answer longer than itself and, for the
  /// most part, not of many paragraphs: an author who asks now and then is no interviewer.
  private static func byForm(_ lines: [Line]) -> [Int]? {
    let body = lines.indices.filter { lines[$0].isBody }
    var questions: [Int] = []
    for (place, index) in body.enumerated() where lines[index].isQuestion && lines[index].words <= 60 {
      var answer = 0
      for next in body[(place + 1)...] {
        if lines[next].isQuestion { break }
        answer += lines[next].words
      }
      // A question without an answer is part of the report.
      guard answer > lines[index].words else { return nil }
      questions.append(index)
    }
    guard questions.count >= 3, let first = questions.first, let last = questions.last else { return nil }
    let span = lines[Range(from: first, upTo: last + 1)]
    let between = span.count { $0.isBody }
    return (questions.count - 1) * 3 >= between - 1 && !span.contains { !$0.isBody } ? questions : nil
  }
}
