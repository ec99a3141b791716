import Bytes
import StageKit

/// Tells the questions and answers of an interview apart, and who speaks. Where that is not certain, paragraphs stay body.
enum Interview {
  /// Who speaks, of each paragraph; empty unless paragraphs open with “LUND:” or “Q:” twice, or with names three times and
  /// one of them again. Where names in usual spelling do not tell, they are left out: “Related: …” looks the same.
  static func speakerLabels(_ openings: [ParagraphOpening]) -> [ByteSpan?] {
    var speakers: Set<WordHash> = []
    var (strong, all) = (0, 0)
    for opening in openings {
      guard let speaker = opening.speaker, !recitals.contains(speaker) else { continue }
      all += 1
      if opening.form != .name { strong += 1 }
      speakers.insert(speaker)
    }
    let hasNames = all > 2 && speakers.count < all
    guard strong > 1 || hasNames else { return [] }
    return openings.map { hasNames || $0.form != .name ? $0.label : nil }
  }

  /// What opens the paragraphs of a resolution, and nobody's name.
  private static let recitals = WordSet(["WHEREAS", "AND WHEREAS", "RESOLVED", "NOW THEREFORE"])

  /// Marks the paragraphs that are questions or answers.
  static func mark(_ paragraphs: inout [Paragraph], _ openings: [ParagraphOpening]) {
    let questions = labelled(openings) ?? bySpeaker(openings) ?? byForm(openings) ?? []
    guard let last = questions.last else { return }
    func isLabelled(_ index: Int) -> Bool { index < openings.count && openings[index].isLabelledBody }
    var isAnswer = false
    var next = 0
    for index in paragraphs.indices where paragraphs[index].kind == .body {
      if next < questions.count, questions[next] == index {
        paragraphs[index].kind = .question
        (next, isAnswer) = (next + 1, true)
      } else if isAnswer {
        paragraphs[index].kind = .answer
        // What follows the last answer's first paragraph may be the reporter again, unless it is labelled.
        isAnswer = index < last || isLabelled(index) && isLabelled(index + 1)
      }
    }
  }

  /// “Q: …”, “A: …”: at least one of each.
  private static func labelled(_ openings: [ParagraphOpening]) -> [Int]? {
    let questions = openings.indices.filter { openings[$0].isLabelledBody && openings[$0].form == .question }
    let hasAnswer = openings.contains { $0.isLabelledBody && $0.form == .answer }
    return questions.isEmpty || !hasAnswer ? nil : questions
  }

  /// “Northwire: …?”, “Corr: …”: one speaker asks, at least twice; the others hardly do.
  private static func bySpeaker(_ openings: [ParagraphOpening]) -> [Int]? {
    var counts: [WordHash: (all: Int, questions: Int)] = [:]
    for opening in openings where opening.isLabelledBody {
      guard let speaker = opening.speaker else { continue }
      counts[speaker, default: (0, 0)].all += 1
      if opening.isQuestion { counts[speaker, default: (0, 0)].questions += 1 }
    }
    let asking = counts.filter { $0.value.questions >= 2 && $0.value.questions * 3 >= $0.value.all * 2 }
    guard asking.count == 1, let asker = asking.first else { return nil }
    let replies = counts.filter { $0.key != asker.key && $0.value.all >= 2 && $0.value.questions * 3 < $0.value.all }
    guard !replies.isEmpty else { return nil }
    return openings.indices.filter { openings[$0].isLabelledBody && openings[$0].speaker == asker.key }
  }

  /// Three questions and more that stand alone in their paragraphs, each with an answer longer than itself and, for the
  /// most part, not of many paragraphs: an author who asks now and then is no interviewer.
  private static func byForm(_ openings: [ParagraphOpening]) -> [Int]? {
    let body = openings.indices.filter { openings[$0].isBody }
    var questions: [Int] = []
    for (place, index) in body.enumerated() where openings[index].isQuestion && openings[index].words <= 60 {
      var answer = 0
      for next in body[(place + 1)...] {
        if openings[next].isQuestion { break }
        answer += openings[next].words
      }
      // A question without an answer is part of the report.
      guard answer > openings[index].words else { return nil }
      questions.append(index)
    }
    guard questions.count >= 3, let first = questions.first, let last = questions.last else { return nil }
    let span = openings[Range(from: first, upTo: last + 1)]
    let between = span.count { $0.isBody }
    return (questions.count - 1) * 3 >= between - 1 && !span.contains { !$0.isBody } ? questions : nil
  }
}

extension ParagraphOpening {
  /// A paragraph of body that a speaker's words follow in.
  fileprivate var isLabelledBody: Bool { isBody && label != nil && hasWords }
}
