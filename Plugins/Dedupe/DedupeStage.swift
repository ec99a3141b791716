import Bytes
import Disk
import StageKit

/// Finds earlier articles that this one repeats, whole or in part.
public struct DedupeStage: RememberingStage {
  public init(options: DedupeOptions, context: StageContext) throws(StageError) {
    let isName = options.scope.utf8.allSatisfy { byte in
      byte.isDigit || byte.isLetter || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_")
    }
    guard isName, 1...64 ~= options.scope.utf8.count else {
      throw StageError(
        .failsArticle, class: .scope, "‘scope’ is ‘pipeline’, or 1 to 64 of a-z, A-Z, 0-9, ‘-’ and ‘_’")
    }
    if options.containment > options.similarity {
      throw StageError(
        .failsArticle, class: .thresholds,
        "‘containment’ is \(options.containment) and above ‘similarity’, \(options.similarity): a partial copy would share more than "
          + "a near one; lower the one or raise the other")
    }
  }

  public func handOver(_ article: Article, deadline: Deadline) throws(StageError) -> Fingerprint {
    try Fingerprint(of: article.text, datelines: article.datelines, deadline: deadline)
  }
}

public struct DedupeOptions: StageOptions, Equatable {
  /// A match needs this share of one of the two articles.
  public var containment = 0.4
  /// A near copy shares this much of both.
  public var similarity = 0.55
  public var minWords = 20
  /// Milliseconds for which articles are remembered, at least.
  public var windowMilliseconds = 30 * 86_400_000
  public var windowBy = WindowBy.received
  public var action = Action.tag
  public var setAside = CopiesSetAside.near
  /// `pipeline`, or a name that several pipelines share their index under.
  public var scope = Self.ownScope

  /// What becomes of exact and near copies.
  public enum Action: String, CaseIterable, Sendable {
    case tag
    case setAside = "set_aside"
  }
  /// Which copies are set aside.
  public enum CopiesSetAside: String, CaseIterable, Sendable { case exact, near }
  /// What makes two articles too far apart.
  public enum WindowBy: String, CaseIterable, Sendable { case received, published }

  static let ownScope = "pipeline"
  /// No match has less of both articles.
  var leastShare: Double { min(containment, similarity) }
  var windowSeconds: Int64 { Int64(windowMilliseconds / 1000) }

  public init() {}
}

extension DedupeStage {
  public static func scope(of options: DedupeOptions) -> String? {
    options.scope == DedupeOptions.ownScope ? nil : options.scope
  }

  public static func sharedTerms(of options: DedupeOptions) -> [String: String] {
    ["window": "\(options.windowMilliseconds)"]
  }

  public static func setsAside(with options: DedupeOptions) -> Bool { options.action == .setAside }

  public static func openMemory(
    with options: DedupeOptions, in directory: StateDirectory?
  ) throws(DiskError) -> DuplicateIndex {
    guard let directory else { return DuplicateIndex(window: options.windowSeconds) }
    return try DuplicateIndex.open(directory, windowSeconds: options.windowSeconds)
  }

  public static func makeDecider(with options: DedupeOptions, over index: DuplicateIndex) -> DuplicateDecider {
    DuplicateDecider(options: options, index: index)
  }
}

extension DedupeStage {
  public static let declaration = StageDeclaration<DedupeOptions>(
    name: "dedupe",
    summary: "Finds exact, near and partial copies of earlier articles.",
    discussion: """
      Two articles are compared by the runs of five words (5-grams) that they share. Case, quotation marks, dashes, \
      punctuation, white space and a dateline such as “MOSCOW (Sputnik) —” do not count, nor do the ways in which one \
      letter is written: composed or in parts, full width or half, with accents or without, Greek and Turkish capitals, \
      ß or ss and ä or ae, Arabic vowel signs, tatweel, forms of alef, ye and kaf, digits of any script. In Chinese and \
      Japanese each character is a word, in Thai, Lao, Khmer and Burmese a few letters are.

      From each article a bottom-k MinHash sketch is kept: its 192 smallest 5-gram hashes, all where it has fewer, a third \
      where it is long, at most 8,192. It verifies what keys find: the smallest hashes, and the least of each 24 5-grams in a \
      row (winnowing), so that any part of 28 words leads to where it stands. Up to 192 5-grams the shares are exact, above \
      that they carry a standard error of three to four points.

      `exact` means equal words in equal order, but for a headline that only one of the two has above its text; `near` \
      that of each of the two a share of `similarity` stands in the other; `partial` that a share of `containment` of \
      one of them does and `near` is not reached, as where half was lifted, a long tail trimmed, or a paragraph of a long page \
      stands alone. A match that would be near is a `form` where the two are one form filled in twice: they begin with other names, \
      or nearly all numbers are others, as in two obituaries or the reports of two earthquakes; a report whose toll was put right \
      stays near. An article whose best match is a form is `partial`, and never set aside. `differs` says which names and numbers, of \
      the first thousand words, this article has and the match has not, and about how many words.

      In a match `share_of_this` and `share_of_match` are these two shares and `containment` is the larger one. Its `similarity` is \
      no share but the Jaccard similarity, shared 5-grams over all of the two: two texts of one length that share 0.55 \
      of each other have 0.38. Matches are always earlier articles, at most 20: exact, near, form, partial, of each the most \
      similar first. An article joins the cluster of its best exact or near match; clusters are never merged, and \
      partial copies start a cluster of their own.

      Standing text is left out of the shares: lines that are notices or menus by their words, and what an article has in \
      common with two earlier ones that share nothing else, once that was seen.

      The answer depends on the order of arrival only. `run` keeps the index in the spool, under `state/dedupe`: about \
      800 bytes on disk for an article of 4 kB, which are given back a sixteenth of the window at a time. `pipe` and \
      `process` begin with an empty one in memory, which holds the last 250,000 articles.
      """,
    provides: [.duplicates],
    options: OptionTable([
      .number(
        "containment", \.containment, in: 0.05...1,
        help: "The share of the 5-grams of one of two articles that must stand in the other for the earlier to be "
          + "listed.",
        example: "0.4"),
      .number(
        "similarity", \.similarity, in: 0.05...1,
        help: "The share of the 5-grams of each of two articles that must stand in the other for a near copy; else "
          + "partial.",
        example: "0.6"),
      .integer(
        "min_words", \.minWords, in: 5...10_000,
        help: "Words. Shorter articles only match when all their words are equal.", example: "40"),
      .duration(
        "window", \.windowMilliseconds, in: 1000...315_360_000_000,
        help: "How long articles are remembered after their arrival; up to a sixteenth longer.", example: "30d"),
      .choice(
        "window_by", \.windowBy,
        help:
          "Which times the window is about. published: two articles whose dates of publication are known match only "
          + "when those lie within the window too, as when an archive is read in at once.", example: "published"),
      .choice(
        "action", \.action, former: ["drop": .setAside],
        help:
          "What becomes of copies. set_aside: records of exact and near ones go to duplicates/NAME.jsonl in the outbox, "
          + "not to NAME.jsonl; partial copies and corrections (revision_of, revises) stay. Only what came out itself counts: of a "
          + "page that changes bit by bit each state comes out that is near to none before it that did.",
        example: "set_aside"),
      .choice(
        "set_aside", \.setAside,
        help: "Which copies action: set_aside means. exact: those of equal words only; near: near ones too.",
        example: "exact"),
      .text(
        "scope", \.scope,
        help:
          "What an article is held against: earlier ones of its own pipeline, or of all pipelines of this spool with "
          + "the same scope; letters, digits, ‘-’ and ‘_’.", example: "wires"),
    ]),
    examples: [
      StageExample(
        "the first article of its kind is unique",
        input: """
          PORT ELLERY (Coastal News) — The harbour authority will close the northern basin for six weeks from Monday, \
          its director said, while divers repair the lock gates that were damaged in the January storm.
          """,
        expect: "{revision_of: null, duplicates: {status: unique, of: null, matches: []}}"),
      StageExample(
        "a short article is remembered too, and matches only when all its words are equal",
        options: "{min_words: 40}",
        input: "Trading in Ellery Shipping was halted on Tuesday pending an announcement.",
        expect: "{duplicates: {status: unique, matches: []}}"),
    ])
}
