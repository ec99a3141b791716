import Lexicon

extension WordTraits {
  static var pronoun: Self { [.subjectPronoun, .objectPronoun] }
  static var punctuation: Self {
    [.comma, .terminal, .colon, .semicolon, .dash, .openBracket, .closeBracket, .mark]
  }
  /// Never inside a plain noun phrase.
  static var closed: Self {
    [
      .punctuation, .pronoun, .coordinator, .subordinator, .relative, .that, .to, .auxiliary, .be, .negation, .verb,
      .according, .modal,
    ]
  }
}
