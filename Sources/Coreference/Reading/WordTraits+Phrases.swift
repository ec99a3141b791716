import Lexicon

extension WordTraits {
  @inlinable package static var pronoun: Self { [.subjectPronoun, .objectPronoun] }
  @inlinable package static var punctuation: Self {
    [.comma, .terminal, .colon, .semicolon, .dash, .openBracket, .closeBracket, .mark]
  }
  /// Never inside a plain noun phrase.
  @inlinable package static var closed: Self {
    [
      .punctuation, .pronoun, .coordinator, .subordinator, .relative, .that, .to, .auxiliary, .be, .negation, .verb,
      .according, .modal,
    ]
  }
}
