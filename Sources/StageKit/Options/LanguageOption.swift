// The option `languages`, which stages with rules of one language share.
extension OptionRow where Root: StageOptions {
  /// ISO 639-1 codes; empty for any language.
  public static func languages(_ path: any WritableKeyPath<Root, [String]> & Sendable) -> Self {
    .codes(
      "languages", path,
      help: """
        The languages that are read: an article in another one gets no layer, and an entry in `errors`. Articles whose \
        language nothing tells are read. An empty list reads all, by the rules of English.
        """,
      example: "[en, fr]")
  }
}

extension Article {
  /// - Throws: a `StageError` that leaves the layer `nil`, where the article is in none of the languages.
  public func requireLanguage(_ languages: [String]) throws(StageError) {
    guard !languages.isEmpty, let language = metadata.language, language.count >= 2 else { return }
    let code = LanguageTag.language(of: language)
    if languages.contains(where: { $0.utf8.elementsEqual(code) }) { return }
    throw StageError(
      .skipsLayer, class: .otherLanguage,
      """
      the article is in ‘\(String(decoding: language, as: UTF8.self))’ and only \(languages.joined(separator: ", ")) is \
      read: name it in ‘languages’ to have it read all the same
      """)
  }
}
