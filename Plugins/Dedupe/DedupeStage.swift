import StageKit

/// Finds earlier articles that this one repeats, whole or in part.
public struct DedupeStage: Stage {
  private let options: DedupeOptions

  public init(options: DedupeOptions, context: StageContext) throws(StageError) {
    self.options = options
  }

  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    article.handoff = try Fingerprint(of: article.text, deadline: deadline)
  }

  public func makeDecider() -> (any Decider)? { DuplicateDecider(options: options) }
}

public struct DedupeOptions: StageOptions, Equatable {
  /// A match needs this share of one of the two articles.
  public var containment = 0.4
  /// A match is a near copy from this Jaccard similarity on.
  public var similarity = 0.45
  public var minWords = 20
  public var maxArticles = 100_000

  public init() {}
}

extension DedupeStage {
  public static let declaration = StageDeclaration<DedupeOptions>(
    name: "dedupe",
    summary: "Finds exact, near and partial copies of earlier articles.",
    discussion: """
      Two articles are compared by the runs of five words (5-grams) that they share. Case, quotation marks, dashes, \
      punctuation, white space and a wire lead-in such as “MOSCOW (Sputnik) —” do not count. From each article a \
      bottom-k MinHash sketch is kept: its 192 smallest 5-gram hashes, or all where it has fewer, or an eighth where it \
      is long. The smallest eighth of those find the candidates, the whole sketch verifies them. Up to 192 5-grams the \
      shares are exact, above that they carry a standard error of three to four points.

      `exact` means equal words in equal order; `near` that `similarity` (shared 5-grams over all 5-grams of the two) \
      is reached; `partial` that a share of one of the two reaches `containment`, as where a paragraph was lifted or \
      a tail trimmed. Matches are always earlier articles, at most 20, best first. An article joins the cluster of its \
      best exact or near match; clusters are never merged, and partial copies start a cluster of their own.

      The answer depends on the order of arrival only. The index is held in memory, about 1.2 kB for an article of \
      4 kB, and forgets the oldest articles beyond `max_articles`.
      """,
    provides: [.duplicates],
    options: OptionTable([
      .number(
        "containment", \.containment, in: 0.05...1,
        help: "report an earlier article when this share of the 5-grams of one of the two stands in the other",
        example: "0.4"),
      .number(
        "similarity", \.similarity, in: 0.05...1,
        help: "call a match near from this Jaccard similarity on, partial below it", example: "0.6"),
      .integer(
        "min_words", \.minWords, in: 5...10_000,
        help: "shorter articles only match when all their words are equal", example: "40"),
      .integer(
        "max_articles", \.maxArticles, in: 1...10_000_000,
        help: "how many articles to remember at least; the oldest beyond that are forgotten", example: "1000000"),
    ]),
    examples: [
      StageExample(
        "the first article of its kind is unique",
        input: """
          PORT ELLERY (Coastal News) — The harbour authority will close the northern basin for six weeks from Monday, \
          its director said, while divers repair the lock gates that were damaged in the January storm.
          """,
        expect: "{duplicates: {status: unique, of: null, revision_of: null, matches: []}}"),
      StageExample(
        "a short article is remembered too, and matches only when all its words are equal",
        options: "{min_words: 40}",
        input: "Trading in Ellery Shipping was halted on Tuesday pending an announcement.",
        expect: "{duplicates: {status: unique, matches: []}}"),
    ])
}
