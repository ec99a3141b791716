import Bytes
import StageKit

/// What a desk has put right: names as texts write them, with the right name, type and identifier, or that they are none.
struct Corrections: Sendable {
  struct Correction: Sendable {
    /// `nil` where the words are no name.
    var kind: Entity.Kind?
    /// The right name; empty for the one that the text writes.
    var name: [UInt8]
    var id: [UInt8]
    /// Of the article that it holds in; empty for all.
    var article: [UInt8]

    /// For an entity with an identifier and a right name.
    var listed: ListedName? { id.isEmpty || name.isEmpty ? nil : ListedName(id: id, name: name) }
  }

  /// A name of the text and what it is.
  struct Match {
    var tokens: Range<Int>
    var correction: Correction
  }

  /// Of each row of `written`, what holds in an article or in all.
  private var corrections: [[Correction]] = []
  private var written: Gazetteer

  /// - Throws: which row is wrong, and how to fix it.
  init?(_ path: String, _ context: StageContext) throws(StageError) {
    guard !path.isEmpty else { return nil }
    let bytes = try context.file(path)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Self.problem(path, 1, "the file is not UTF-8: save it in that character set")
    }
    written = Gazetteer(expectedNames: bytes.count { $0 == 0x0A } + 1)
    var rows: [[UInt8]: Int] = [:]
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let row = line.last == 0x0D ? line.dropLast() : line
      if row.isEmpty || row.first == UInt8(ascii: "#") { continue }
      let fields = row.split(separator: 0x09, omittingEmptySubsequences: false).map { $0.trimmed { $0 == 0x20 } }
      if index == 0, fields[0].elementsEqual("written".utf8) { continue }
      let correction = try Self.correction(fields, path, index + 1)
      let key = Array(fields[0])
      if let known = rows[key] {
        corrections[known].append(correction)
      } else {
        let row = written.addRow(.miscellaneous, name: fields[0], id: [])
        rows[key] = row
        corrections.append([correction])
        // Other forms of the same letters are one name.
        if let same = written.add(fields[0], row: row) {
          rows[key] = same
          corrections[same].append(correction)
        }
      }
    }
  }

  private static func correction(
    _ fields: [ArraySlice<UInt8>], _ path: String, _ line: Int
  ) throws(StageError) -> Correction {
    guard fields.count > 1, fields.count < 6, !fields[0].isEmpty else {
      throw problem(
        path, line,
        "write the words as the text has them, a tab, and the right name or ‘-’ for none; then type, id and article may follow"
      )
    }
    let isNone = fields[1].elementsEqual("-".utf8)
    let type = fields.count > 2 ? fields[2] : []
    let kind = [Entity.Kind.person, .organization, .location, .miscellaneous].first {
      type.elementsEqual($0.rawValue.utf8)
    }
    guard isNone || kind != nil else {
      throw problem(
        path, line, "‘\(String(decoding: type, as: UTF8.self))’ is no type of names: write PERSON, ORG, LOC or MISC")
    }
    return Correction(
      kind: isNone ? nil : kind, name: isNone ? [] : Array(fields[1]), id: fields.count > 3 ? Array(fields[3]) : [],
      article: fields.count > 4 ? Array(fields[4]) : [])
  }

  private static func problem(_ path: String, _ line: Int, _ message: String) -> StageError {
    StageError(.failsArticle, class: .badGazetteer, "\(path):\(line): \(message)")
  }

  /// What is corrected in an article; one for the article counts before one for all.
  func matches(
    in article: Article, _ words: [Word], _ segmentation: Segmentation, _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Match] {
    var found: [Match] = []
    for match in try written.matches(words, segmentation, article.text.span, &watch) {
      try watch.step()
      let all = corrections[match.row]
      guard let correction = all.last(where: { $0.article == article.id }) ?? all.last(where: { $0.article.isEmpty })
      else {
        continue
      }
      found.append(Match(tokens: match.tokens, correction: correction))
    }
    return found
  }

  /// The names with the corrections in the place of what was found there.
  static func put(
    _ matches: [Match], on names: [Candidate], _ words: [Word], _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    var kept: [Candidate] = []
    kept.reserveCapacity(names.count + matches.count)
    var next = 0
    for name in names {
      try watch.step()
      while next < matches.count, matches[next].tokens.upperBound <= name.tokens.lowerBound {
        if let kind = matches[next].correction.kind { kept.append(Candidate(matches[next].tokens, kind, words)) }
        next += 1
      }
      // A longer name that holds the words is another one: “Lund” is corrected, “Lund University” is not.
      let isOther = { (match: Match) in
        name.tokens.lowerBound <= match.tokens.lowerBound && name.tokens.upperBound >= match.tokens.upperBound
          && name.tokens.count > match.tokens.count
      }
      if next < matches.count, matches[next].tokens.lowerBound < name.tokens.upperBound {
        guard isOther(matches[next]) else { continue }
        while next < matches.count, matches[next].tokens.lowerBound < name.tokens.upperBound { next += 1 }
      }
      kept.append(name)
    }
    for match in matches[Range(from: min(next, matches.count), upTo: matches.count)] {
      if let kind = match.correction.kind { kept.append(Candidate(match.tokens, kind, words)) }
    }
    return kept
  }
}
