import ArticleFacts
import Bytes
import StageKit
import Testing

@Suite("Questions and answers")
struct InterviewTests {
  private func marked(_ paragraphs: [String]) throws -> Article {
    var (text, spans): ([UInt8], [Paragraph]) = ([], [])
    for paragraph in paragraphs {
      if !text.isEmpty { text += Array("\n\n".utf8) }
      spans.append(Paragraph(ByteSpan(text.count, text.count + paragraph.utf8.count)))
      text += Array(paragraph.utf8)
    }
    var article = Article(
      source: .init(name: [], line: nil, format: "text", encoding: "utf-8", byteCount: 0, sha256: []), id: [],
      text: text)
    article.paragraphs = spans
    var watch = DeadlineWatch(.none)
    try article.markInterview(&watch)
    return article
  }

  private func kinds(_ paragraphs: [String]) throws -> String {
    (try marked(paragraphs).paragraphs ?? []).map { String($0.kind.rawValue.prefix(1)) }.joined()
  }

  private func speakers(_ paragraphs: [String]) throws -> [String] {
    let article = try marked(paragraphs)
    return (article.speakerLabels ?? []).map { label in
      label.map { String(decoding: article.text[$0.range], as: UTF8.self) } ?? "-"
    }
  }

  @Test("who speaks")
  func labelsOfSpeakers() throws {
    #expect(
      try speakers(["It rained.", "LUND: Why?", "It is late.", "CORR: It is May."]) == ["-", "LUND", "-", "CORR"])
    #expect(try speakers(["Q. Why?", "A. It is May.", "Moderator: So it is."]) == ["Q", "A", "Moderator"])
    #expect(
      try speakers(["Dr. Ada Lund-Holm: Why?", "Ivan Corr : It is May.", "Dr. Ada Lund-Holm: So it is."])
        == ["Dr. Ada Lund-Holm", "Ivan Corr", "Dr. Ada Lund-Holm"])
    for text in [
      ["Lund: Why?", "Corr: It is May."], ["It rained.", "LUND: Why?"],
      ["Related: boats", "Related: nets", "Related: piers"],
      ["Flood Warning: boats", "Flood Warning: nets", "Flood Warning: piers"], ["A boat came.", "A boat left.", "Q"],
    ] { #expect(try speakers(text) == []) }
  }

  @Test("labels")
  func labels() throws {
    #expect(
      try kinds([
        "The new harbour master of Nordby spoke to us on the quay, in the rain.",
        "Q: When will the ice breaker sail?", "A: As soon as the crew is back from leave.",
        "We have waited long enough for it, and so has the town.",
        "Q: And who pays for the nights?", "A: The state does, as it always did.",
        "The harbour master took up the post in May after years at sea.",
      ]) == "bqaaqab")
    // A label alone is none.
    #expect(
      try kinds(["Q: When will the ice breaker sail?", "As soon as the crew is back from leave, he said."]) == "bb")
  }

  @Test("names before a colon")
  func speakers() throws {
    #expect(
      try kinds([
        "Northwire: When will the ice breaker sail again?", "Ada Corr: As soon as the crew is back.",
        "It will not be long now, I should think.", "Northwire: And who pays for the nights at sea?",
        "Ada Corr: The state does, as it always did.",
      ]) == "qaaqa")
    // Two who state their case are no interview.
    #expect(
      try kinds([
        "Council: The bridge is safe and will stay open.", "Union: The bridge is old and has to be closed.",
        "Council: The piers were tested in the spring.", "Union: The tests were made on the wrong piers.",
      ]) == "bbbb")
  }

  @Test("questions that stand alone, each with its answer")
  func form() throws {
    let interview = [
      "The new harbour master of Nordby spoke to us on the quay, in the rain.",
      "When will the ice breaker sail again?", "As soon as the crew is back from leave, which is a matter of days.",
      "Who pays for the nights at sea?", "The state does, as it always did, and nobody wants that to change.",
      "What comes after the winter?", "We will look at the old crane, which has stood on the quay for sixty years.",
      "The harbour master took up the post in May after years at sea.",
    ]
    #expect(try kinds(interview) == "bqaqaqab")
    #expect(try kinds(Array(interview.prefix(5))) == "bbbbb", "two questions are no interview")
    #expect(
      try kinds([
        "How much longer will this go on?", "Nobody knows.", "“Where is the crew?” asked the mayor.", "It rained.",
      ])
        == "bbbb")
  }
}
