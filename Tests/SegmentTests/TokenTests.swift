import StageKit
import Testing

@testable import Segment

@Suite("Tokens")
struct TokenTests {
  @Test(
    arguments: [
      ("They don't, can't and won’t.", "They do n't , ca n't and wo n’t ."),
      ("I cannot; she's gonna leave", "I can not ; she 's gon na leave"),
      ("Corr's 1990's", "Corr 's 1990 's"),
      ("O'Hara d'Este o'clock", "O'Hara d'Este o'clock"),
      ("well-known pro-Lund re-elected al-Holm", "well - known pro-Lund re-elected al - Holm"),
      ("the U.S. and the U.K.-based a.m. firm", "the U.S. and the U.K. - based a.m. firm"),
      ("$5m, 50% and 1,250.75 or US$20", "$ 5 m , 50 % and 1,250.75 or US$ 20"),
      ("Rs9,120 GBP14m N3.5bn GH₵20 8CUP $41Mil A$6.2b", "Rs 9,120 GBP 14 m N 3.5 bn GH₵ 20 8 CUP $ 41 Mil A$ 6.2 b"),
      ("the R61, an N95 and a B2B R2D2", "the R61 , an N95 and a B2B R2D2"),
      ("on Feb.14 he paid Rs.500", "on Feb. 14 he paid Rs. 500"),
      ("19th 1960s 430km 9/11 6:30pm", "19th 1960s 430 km 9/11 6:30 pm"),
      (
        "see https://a.example/b?c=d, or www.lund.example.org.",
        "see https://a.example/b?c=d , or www.lund.example.org ."
      ),
      ("write to ada.corr@lund.example.", "write to ada.corr@lund.example ."),
      ("(see report.pdf)(or not)", "( see report.pdf ) ( or not )"),
      ("“Why?!” wait... well… no --- yes", "“ Why ?! ” wait ... well … no --- yes"),
      ("555-0142 on 2017-05-08, pp. 13-17", "555-0142 on 2017-05-08 , pp. 13 - 17"),
      ("#lund @corr and/or R&D", "#lund @corr and / or R&D"),
      ("Holm Inc.. Then", "Holm Inc. . Then"),
      ("It was 25°C.", "It was 25 ° C ."),
      ("zéro\u{A0}naïve Łódź", "zéro naïve Łódź"),
    ])
  func cutAsUniversalDependenciesDoes(text: String, expected: String) throws {
    #expect(try tokens(text).joined(separator: " ") == expected)
  }

  @Test func kinds() throws {
    let article = try segmented("Ada paid $40, or 3%.")
    let kinds = article.segmentation?.tokens.map(\.kind)
    #expect(kinds == [.word, .word, .symbol, .number, .punctuation, .word, .number, .symbol, .punctuation])
  }

  @Test func sentencesHoldAllTokensInOrder() throws {
    let article = try segmented("One. Two?\n\nThree (four. Five) six…\nSeven")
    let segmentation = try #require(article.segmentation)
    var next = 0
    for sentence in segmentation.sentences {
      #expect(sentence.tokens.lowerBound == next)
      #expect(sentence.span.start == segmentation.tokens[sentence.tokens.lowerBound].span.start)
      #expect(sentence.span.end == segmentation.tokens[sentence.tokens.upperBound - 1].span.end)
      next = sentence.tokens.upperBound
    }
    #expect(next == segmentation.tokens.count)
  }

  @Test func anyBytesOfTextAreCutWithoutHarm() throws {
    for text in [
      "", " \n\t ", ".", "'", "’", "N°", "a.", "[...", "1.)", "…………", "\u{0}\u{1F600}\u{200B}", "@", "www.", "a@",
      "://",
    ] {
      let article = try segmented(text)
      for token in article.segmentation?.tokens ?? [] { #expect(!token.span.isEmpty) }
    }
  }
}
