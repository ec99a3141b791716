import ArticleFacts
import Bytes
import Lexicon
import StageKit

/// Cuts the text into paragraphs, sentences and tokens.
public struct SegmentStage: Stage {
  public struct Options: StageOptions {
    /// Whether the record lists the tokens.
    public var tokens = false
    /// ISO 639-1; empty for any.
    public var languages: [String] = []
    public init() {}
  }

  public static let declaration = StageDeclaration<Options>(
    name: "segment",
    summary: "Cuts the text into paragraphs, sentences and tokens.",
    discussion: """
      One pass over the bytes of the text. Paragraphs that an earlier stage found are kept; otherwise blank lines part \
      them, wrapped lines are joined, a short line without a full stop is a heading, as is a first paragraph of words with \
      capitals, and the questions and answers of an interview are told. Tokens are cut as Universal \
      Dependencies cuts English: don't is do + n't, Lavrov's is Lavrov + 's, well-known is three tokens, U.S. is one. \
      No sentence crosses the end of a paragraph. Abbreviations, initials, ellipses, list numbers, decimals, quotations \
      and missing spaces after full stops are told apart by lists and by what stands beside them. In letters and posts \
      greetings, addresses, smileys and drawn lines end sentences too. Texts of all languages are read: the marks that \
      end sentences in all scripts, quotation marks of all styles, ordinals with a full stop, and abbreviations of \
      eighteen languages beside English, of the article's language or, where nothing tells it, of all. In scripts \
      without spaces between words each letter with its marks is a token. Where nothing has told the language of the \
      article yet, it is told here.
      """,
    provides: [.paragraphs, .sentences, .tokens],
    options: OptionTable([
      .bool("tokens", \.tokens, help: "Whether tokens stand in the record; later stages read them either way."),
      .languages(\.languages),
    ]),
    examples: examples)

  private let options: Options

  public init(options: Options, context: StageContext) throws(StageError) { self.options = options }

  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    if article.metadata.language == nil {
      article.metadata.language = TextLanguage.code(of: article.text.span).map { Array($0.utf8) }
    }
    try article.requireLanguage(options.languages)
    var watch = DeadlineWatch(deadline)
    if article.paragraphs == nil {
      article.paragraphs = try ParagraphSplitter.paragraphs(of: article.text.span, &watch)
      try article.markInterview(&watch)
    }
    article.segmentation = try Segmenter.segment(
      article.text.span, paragraphs: article.paragraphs ?? [], language: SegmentLanguage(article.metadata.language),
      tokensInRecord: options.tokens, &watch)
  }
}

/// The way from paragraphs to sentences and tokens.
enum Segmenter {
  static func segment(
    _ text: Span<UInt8>, paragraphs: [Paragraph], language: SegmentLanguage = SegmentLanguage(nil),
    tokensInRecord: Bool,
    _ watch: inout DeadlineWatch
  ) throws(StageError) -> Segmentation {
    var tokenizer = Tokenizer(expectedBytes: text.count, language: language)
    var sentences: [Sentence] = []
    sentences.reserveCapacity(text.count / 100 + paragraphs.count)
    for paragraph in paragraphs {
      let first = tokenizer.tokens.count
      try tokenizer.add(paragraph.span, of: text, &watch)
      try SentenceSplitter(tokens: tokenizer.tokens, marks: tokenizer.marks, language: language)
        .split(Range(from: first, upTo: tokenizer.tokens.count), of: text, into: &sentences, &watch)
    }
    return Segmentation(sentences: sentences, tokens: tokenizer.tokens, tokensInRecord: tokensInRecord)
  }
}
