/// A paragraph of the text: body, or one of the other kinds that keep their own line.
public struct Paragraph: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable { case body, heading, list, question, answer }

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
