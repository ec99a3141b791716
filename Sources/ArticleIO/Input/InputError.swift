/// Why an input is no article.
public struct InputError: Error, Sendable, Equatable {
  /// Short and the same across versions: `empty`, `binary`, `not_utf8`, `too_large`, `not_json`, `not_xml`,
  /// `unknown_xml`, `not_one`, `no_text`, `not_mail`, `bad_gzip`, `unknown_kind`, `read`.
  public var `class`: String
  /// A sentence for a person, with the mend.
  public var message: String

  public init(_ class: String, _ message: String) {
    self.class = `class`
    self.message = message
  }
}
