import Bytes
import StageKit
import Testing

@testable import Segment

@Suite("Sentences")
struct SentenceTests {
  /// `|` marks where a sentence must end.
  @Test(
    arguments: [
      "Gen. Corr met Sen. Lund.| Both left at 6 p.m.| The hall was dark.",
      "At 7 a.m. Dr. Holm opened the door.| Nobody came.",
      "J. K. Corr and Ada B. Lund wrote it.| Plan B.| The rest failed.",
      "He came from the U.S. Senate.| She left the U.S.| They met in the U.K. in May.",
      "Lund Inc. Chief Executive Ada Corr quit.| She led Holm Corp.| The shares fell.",
      "Ships, boats, etc.| Harbours are closed.",
      "See No. 5 on p. 12.| No.| That is not it.",
      "It cost 3.5 crowns.| 40 people paid.",
      "“Why?” he asked.| “Because.”| She left.",
      "“Why?” Corr asked.| “We won.”| Lund wept.",
      "“It is over.”| Corr said the mill had closed.",
      "She said (it was late.| Too late) that it rained.",
      "It burned down.[3]| Nobody was hurt.[4][5]| Ships left.",
      "The mill burned.|Nobody was hurt.| Visit lund.example.org now.",
      "I was ... well ... not sure.| Then...| The door opened.",
      "1. Open the lid| 2. Close the lid",
      // Five signs are a rule, four a long dash.
      "The boats came home -----| The harbour was full.", "The boats came home ---- The harbour was full.",
      "• Bread| • Milk",
      "Corr (b. 1949; d. 2003) was the first.| Lund was next.",
      "They ran for Yahoo! in May.| Hello!!| Who is it?!| Me.",
      "The harbour at dawn| Photo: Ada Corr",
      "“All is well.” — Ada Corr",
      "The firm (Holm Ltd.) closed.| iPhone sales fell.| eBay grew.",
      "we won.| nobody saw it.| so what?",
      "Great boats!!| we sailed twice.| “Why?!” he asked.",
      "We sailed on Sunday.| the harbour was closed.| it rained.",
      "They stayed ten min. because of fog (The mill burned then.) near Lund.",
      "What a trip! :-)| Come again ;)| Bye",
      "Lovely boat :)",
      "What a boat 🥳| Everyone cheered.", "We left 😢😢| Nobody knows.", "Fine ❤️| We go on.", "Snow ⛄| It melts.",
      "Thanks 🙏🏽| We write.", "I love my 🐶 dog.", "🔥 Boats are cheap.| Buy.",
      "They live in the U.S.A.| Peter works in the U.K.| Nobody left.", "She left Lund, D.C.| Tom followed.",
      "The U.S. Grant prize is old.",
      "Brig. (Rtd.) Sam Lund came.| Arch. Bola Corr and Surv. Tunde Holm met.", "Sq. Ldr. (retd) A. B. Corr flew.",
      "Dear Ada,| The boat is back.",
      "Best regards,| Ada Corr",
      "Thanks, we sailed.| Dear boats, the harbour said, are few.",
      "Ada Corr/LUND@HOLM| 08/16/2000 12:05 PM| The boat is back.",
      "On 08/16/2000 the boat came back.",
      "See the maps...| http://lund.example/a| http://lund.example/b",
      "Ada <ada@lund.example>| Groups of ten may sail.",
      "Mail ada@lund.example and Ada will answer.",
      "========| The boat is back.",
    ])
  func endWhereTheyShould(marked: String) throws {
    let expected = marked.split(separator: "|").map { $0.drop(while: { $0 == " " }) }.map(String.init)
    #expect(try sentences(marked.replacing("|", with: "")) == expected)
  }

  @Test func everySpaceIsASpace() throws {
    #expect(try sentences("He left.\u{A0}She\u{202F}stayed.\u{2003}Rain fell.").count == 3)
  }

  @Test func noSentenceCrossesAParagraph() throws {
    #expect(try sentences("Harbour reopens\n\nShips came in.") == ["Harbour reopens", "Ships came in."])
  }

  @Test func anExpiredDeadlineStopsALongText() throws {
    let text = String(repeating: "The rain fell on the harbour. ", count: 5_000)
    var article = try segmented("")
    article = Article(source: article.source, id: [], text: Array(text.utf8))
    let stage = try SegmentStage(options: SegmentStage.Options(), context: StageContext())
    #expect(throws: StageError.self) { try stage.process(&article, deadline: Deadline(after: .zero)) }
  }
}

@Suite("Paragraphs")
struct ParagraphTests {
  private func paragraphs(_ text: String) throws -> [String] {
    let article = try segmented(text)
    return article.paragraphs?.map { "\($0.kind.rawValue): \(string($0.span, of: article))" } ?? []
  }

  @Test func blankLinesPart() throws {
    #expect(
      try paragraphs("Harbour reopens\n \t\nShips came in.\r\n\r\nRain fell.\n")
        == ["heading: Harbour reopens", "body: Ships came in.", "body: Rain fell."])
  }

  @Test func wrappedProseIsOneParagraph() throws {
    let text = """
      The harbour of Lund opened again on Monday after
      three weeks of storms. The first ships came in at
      noon, and the mayor was there to greet them. Then
      it rained.
      """
    #expect(try paragraphs(text) == ["body: \(text)"])
  }

  @Test func linesOfProseAreParagraphsOfTheirOwn() throws {
    #expect(
      try paragraphs("The port opened.\nShips came in, and the mayor of Lund greeted them.\nThen it rained.").count == 3
    )
  }

  @Test func aFirstParagraphInCapitalsIsAHeading() throws {
    #expect(
      try paragraphs("Harbour Chief Says Ferry Is Late.\n\nIt was.") == [
        "heading: Harbour Chief Says Ferry Is Late.", "body: It was.",
      ])
    #expect(try paragraphs("It was.\n\nHarbour Chief Says Ferry Is Late.").allSatisfy { $0.hasPrefix("body") })
    #expect(try paragraphs("The Mayor of Lund spoke to the crew.") == ["body: The Mayor of Lund spoke to the crew."])
    #expect(try paragraphs("Ada Corr.") == ["body: Ada Corr."])
  }

  @Test func questionsAndAnswersAreTold() throws {
    #expect(
      try paragraphs("Q: Why do we sail?\n\nA: It is May.") == [
        "question: Q: Why do we sail?", "answer: A: It is May.",
      ])
  }

  @Test func aLineInLowerCaseGoesOn() throws {
    #expect(try paragraphs("The mayor of\nlund spoke.") == ["body: The mayor of\nlund spoke."])
  }

  @Test func listLinesStandAlone() throws {
    #expect(try paragraphs("- bread\n- milk\n2) eggs") == ["list: - bread", "list: - milk", "list: 2) eggs"])
  }

  @Test func thoseOfAnEarlierStageAreKept() throws {
    let known = [Paragraph(ByteSpan(0, 7), kind: .question), Paragraph(ByteSpan(9, 14), kind: .answer)]
    let article = try segmented("Why not\n\nNever", paragraphs: known)
    #expect(article.paragraphs == known)
    #expect(article.segmentation?.sentences.map(\.span) == known.map(\.span))
  }
}
