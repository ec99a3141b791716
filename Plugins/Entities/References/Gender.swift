import Bytes
import StageKit

/// What a name, a title or an office says of a person's gender.
enum Gender: Sendable {
  case masculine, feminine, unknown

  /// Of the words of names and roles; `unknown` where they do not agree.
  static func of(_ hashes: some Sequence<WordHash>) -> Gender {
    var gender = Gender.unknown
    for hash in hashes {
      guard let one = table[hash] ?? ofGivenName(hash) else { continue }
      if gender != .unknown, gender != one { return .unknown }
      gender = one
    }
    return gender
  }

  private static func ofGivenName(_ hash: WordHash) -> Gender? {
    GivenNames.masculine.contains(hash) ? .masculine : GivenNames.feminine.contains(hash) ? .feminine : nil
  }

  private static let table: WordTable<Gender> = {
    var table = WordTable<Gender>(capacity: 64)
    table.insert(masculineWords, .masculine)
    table.insert(feminineWords, .feminine)
    return table
  }()

  // From general knowledge: titles and offices that leave no doubt; lower case.
  private static let masculineWords: StaticString = """
    mr mr. sir lord king prince duke sheikh ayatollah pope imam herr monsieur spokesman chairman congressman businessman
    actor brother father son husband
    """
  private static let feminineWords: StaticString = """
    mrs mrs. ms ms. miss mme madam madame lady dame queen princess duchess frau spokeswoman chairwoman congresswoman
    businesswoman actress sister mother daughter wife
    """
}

extension WordTable {
  /// Words with spaces or line ends between them.
  fileprivate mutating func insert(_ list: StaticString, _ value: Value) {
    for word in Lexicon.fields(list, separators: [0x20, 0x0A]) { insert(WordHash(word), value) }
  }
}
