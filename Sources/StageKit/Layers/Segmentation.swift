import Bytes

/// A paragraph of the text: body, or one of the other kinds that keep their own line. A standfirst is the paragraph
/// between headline and body that sums the article up; posts are the paragraphs of a live blog, each under its time.
public struct Paragraph: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable { case body, standfirst, heading, list, post, question, answer }

  public var span: ByteSpan
  public var kind: Kind

  public init(_ span: ByteSpan, kind: Kind = .body) {
    self.span = span
    self.kind = kind
  }
}

/// A sentence, and which tokens of the layer are its own.
public struct Sentence: Sendable, Equatable {
  public var span: ByteSpan
  /// Indices into `Article.tokens`.
  public var tokens: Range<Int>

  public init(_ span: ByteSpan, tokens: Range<Int>) {
    self.span = span
    self.tokens = tokens
  }
}

/// A token as Universal Dependencies cuts them: clitics and punctuation stand alone.
public struct Token: Sendable, Equatable {
  public enum Kind: UInt8, Sendable { case word, number, punctuation, symbol }

  public var span: ByteSpan
  public var kind: Kind

  @inlinable
  public init(_ span: ByteSpan, kind: Kind) {
    self.span = span
    self.kind = kind
  }
}

/// The sentences and tokens that one pass over the text found.
public struct Segmentation: Sendable, Equatable {
  public var sentences: [Sentence]
  public var tokens: [Token]
  /// Whether the record lists the tokens; stages read them either way.
  public var tokensInRecord: Bool

  public init(sentences: [Sentence], tokens: [Token], tokensInRecord: Bool) {
    self.sentences = sentences
    self.tokens = tokens
    self.tokensInRecord = tokensInRecord
  }
}

extension Layer {
  public static let paragraphs = Layer(
    "paragraphs", help: "Paragraphs.", .list(.span(.init("kind", .cases(of: Paragraph.Kind.self), "Kind."))),
    get: \.paragraphs, set: { $0.paragraphs = $1 },
    write: { writer, paragraphs in
      writer.list(paragraphs) {
        $0.json.raw("{")
        $0.bounds($1.span)
        $0.key("kind")
        $0.json.string($1.kind.rawValue)
        $0.json.raw("}")
      }
    },
    read: { node, reader, _ throws(RecordProblem) in
      try node.list { node throws(RecordProblem) in
        Paragraph(try reader.span(node), kind: try node["kind"].choice(Paragraph.Kind.self))
      }
    },
    problems: { paragraphs, article in SpanRules.apart.problems(paragraphs.lazy.map(\.span), in: article.text) })

  public static let sentences = Layer(
    "sentences", help: "Sentences.", .list(.span()),
    get: { $0.segmentation?.sentences },
    set: { article, sentences in
      article.segmentation = Segmentation(sentences: sentences, tokens: [], tokensInRecord: false)
    },
    write: { writer, sentences in writer.list(sentences) { $0.span($1.span) } },
    read: { node, reader, _ throws(RecordProblem) in
      try reader.spans(node).map { Sentence($0, tokens: 0..<0) }
    },
    problems: { sentences, article in SpanRules.apart.problems(sentences.lazy.map(\.span), in: article.text) })

  /// In the record only where the stage was told to list them.
  public static let tokens = Layer(
    "tokens", help: "Tokens, where the segment stage is told to list them.", .list(.span()),
    get: { $0.segmentation?.tokens }, set: { $0.segmentation?.take($1) },
    write: { writer, tokens in
      let areListed = writer.article.segmentation?.tokensInRecord == true
      writer.list(areListed ? tokens : nil) { $0.span($1.span) }
    },
    read: { node, reader, article throws(RecordProblem) in
      if article.segmentation == nil { throw RecordProblem(node.path, "tokens want sentences that they stand in") }
      return try reader.spans(node).map { Token($0, kind: Token.Kind(of: reader.text, at: $0)) }
    },
    problems: { tokens, article in
      SpanRules.apart.problems(tokens.lazy.map(\.span), in: article.text)
        + (article.segmentation?.misplacedTokens ?? [])
    })
}

extension Token.Kind {
  /// What a token of another program is, by its first byte.
  init(of text: [UInt8], at span: ByteSpan) {
    guard !span.isEmpty, span.start < text.count else {
      self = .symbol
      return
    }
    let first = ByteClass(text[span.start])
    self = first == .digit ? .number : first.isAny(of: .letter) || text[span.start] >= 0x80 ? .word : .punctuation
  }
}

extension Segmentation {
  /// Puts tokens in and tells each sentence which are its own. Both are sorted.
  mutating func take(_ tokens: [Token]) {
    self.tokens = tokens
    var first = 0
    for at in sentences.indices {
      while first < tokens.count, tokens[first].span.start < sentences[at].span.start { first += 1 }
      var end = first
      while end < tokens.count, tokens[end].span.end <= sentences[at].span.end { end += 1 }
      sentences[at].tokens = Range(from: first, upTo: end)
      first = end
    }
  }

  /// Tokens that a sentence claims and that stand outside it.
  fileprivate var misplacedTokens: [String] {
    sentences.lazy.enumerated().compactMap { at, sentence in
      guard sentence.tokens.lowerBound >= 0, sentence.tokens.upperBound <= tokens.count else {
        return "sentence \(at) has tokens \(sentence.tokens) of \(tokens.count)"
      }
      let isInside = tokens[sentence.tokens].allSatisfy { sentence.span.contains($0.span) }
      return isInside ? nil : "a token of sentence \(at) stands outside it"
    }
  }
}
