import ArticleFacts
import Bytes
import Coreference
import Lexicon
import StageKit

/// Finds the people, organisations and places of an article, and dates and amounts.
public struct EntitiesStage: Stage {
  public struct Options: StageOptions {
    public enum Coreference: String, Sendable, CaseIterable { case names, all }

    /// Which types the record lists.
    public var types = FoundType.allCases
    /// Paths of lists of names.
    public var gazetteers: [String] = []
    /// The path of a list of corrections; empty for none.
    public var corrections = ""
    /// The file of the name model, by name or path.
    public var model = "entities.model"
    /// Whether pronouns and descriptions are resolved too.
    public var coreference = Coreference.all
    /// ISO 639-1.
    public var languages = ["en"]
    public init() {}
  }

  /// The types that this stage finds.
  public enum FoundType: String, Sendable, CaseIterable {
    case person = "PERSON"
    case organization = "ORG"
    case location = "LOC"
    case miscellaneous = "MISC"
    case date = "DATE"
    case time = "TIME"
    case money = "MONEY"
    case percent = "PERCENT"
    case quantity = "QUANTITY"
  }

  public static let declaration = StageDeclaration<Options>(
    name: "entities",
    summary: "Finds people, organisations, places and other names, and dates, times, money and quantities.",
    discussion: """
      A trained model finds names. It sees the words and their letters, word lists and clusters, what the article does \
      with the same words elsewhere, and what a set of rules makes of them: what a name's own words say (“University of”, \
      “Inc.”, a given name) and what stands beside it (“Gen.”, “in”, “said”). The model is the file ‘entities.model’, \
      which lies in share/linecaster or in the package's models; ‘linecaster train entities’ makes another. \
      Mentions of one person are joined: a surname belongs to the full name that came before it. Titles, “the” and the \
      possessive 's stay outside a mention; titles are kept as roles. Countries and cities are LOC, nationalities MISC. \
      In reports of sport a town that stands for its team is ORG. An acronym in brackets, before or after the full \
      name, is the same entity wherever it stands. \
      “He”, “her” and “the Russian minister” are `references` of a person, never mentions, and only where one person alone \
      can be meant. “The ministry”, “the company” and “the country” are references of an organisation or place, where \
      exactly one name of that sort stands in the sentence or the three before. Words inside quotation marks are left \
      alone. Of a sentence 64 references of people and 64 of others are listed at most; `errors` says where there are more.

      Dates and times have their `value` as TIMEX3 writes it, in ISO 8601 where it can: `2017-05-04`, `2017-W19`, \
      `2017-05-08TEV`, `XXXX-05-04` for May 4 of a \
      year that nothing tells. “Tuesday”, “last month” and days without a year count from the day of publication where \
      that is known. Amounts have their plain number in `amount` and a `unit`: ISO 4217 for money, `%`, or the symbol of \
      the measure (`km`, `h`, `week`); of a range, “5 to 10 miles”, the `value` is `5/10`.

      A list of names (`gazetteers`) is a file of rows with tabs between the fields: the name as texts write it; PERSON, \
      ORG, LOC or MISC; where it has one, its identifier, which comes out as `link`; where it has any, its other \
      names with `|` between them; and `confirm` where the name is a common word and counts only where a name is found \
      anyway, as a common word at the beginning of a sentence does without it. Mentions of one identifier are one entity, with the \
      name that the list gives first. Marks, width, the kind of space and the forms of one letter do not count in the look-up, and \
      capitals do not where all letters in the text are. A listed name takes the place of what was \
      found there, but for a longer name that holds it, and for a date: “May 2017”. In Chinese, Japanese, Thai and other scripts \
      without spaces the longest listed name is found where it stands. A line that starts with `#` is a comment.

      A file of `corrections` has what a reader has put right, and wins over all else: rows of the words as the text writes \
      them, the right name or `-` where they are none, the type, and, where there is one, the identifier and the `id` of the one \
      article that the row is about, with tabs between them. An entity is called by its right name, and mentions with one right name are one entity. \
      A longer name that holds the words is left alone. Of several rows for the same words the last one counts.
      """,
    requires: [.sentences, .tokens],
    provides: [.entities],
    options: OptionTable([
      .choices("types", \.types, help: "The types to list.", example: "[PERSON, ORG, LOC]"),
      .texts(
        "gazetteers", \.gazetteers,
        help: """
          Lists of names that count for more than what is found: TSV files, by their path from the pipeline's file, with \
          name, type, identifier, other names and ‘confirm’ in each row.
          """,
        example: "[lists/ministers.tsv]"),
      .text(
        "corrections", \.corrections,
        help: """
          A list of corrections, by its path from the pipeline's file: a TSV file of words as written, right name or -, type, \
          identifier and article.
          """,
        example: "desk/corrections.tsv"),
      .text(
        "model", \.model,
        help: "The model that finds names: the name of an installed file, or a path.", example: "/srv/news/mine.model"),
      .choice(
        "coreference", \.coreference,
        help: "Whether only names are joined, or pronouns and descriptions are listed as references too."),
      .languages(\.languages),
    ]),
    examples: examples)

  private let types: Set<Entity.Kind>
  private let gazetteer: Gazetteer?
  private let corrections: Corrections?
  private let model: NameModel
  private let languages: [String]
  private let coreference: Options.Coreference

  public init(options: Options, context: StageContext) throws(StageError) {
    model = try NameModel(context.resource(options.model))
    types = Set(options.types.compactMap { Entity.Kind(rawValue: $0.rawValue) })
    languages = options.languages
    coreference = options.coreference
    gazetteer = try GazetteerFile.read(options.gazetteers, context)
    corrections = try Corrections(options.corrections, context)
  }

  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    try article.requireLanguage(languages)
    guard let segmentation = article.segmentation else {
      throw StageError(
        .skipsLayer, class: .needsSegment, "names need sentences and tokens, and this article has none")
    }
    var watch = DeadlineWatch(deadline)
    let words = try Self.words(segmentation.tokens, article.text.span, &watch)
    let datelines = article.readDatelines()
    var names = try Self.names(
      words, segmentation, article.paragraphs ?? [], datelines: datelines, model, article.text.span, &watch)
    try watch.look()
    names = try OfficeSplitter(words: words, lexicon: .english).split(names, segmentation.sentences, &watch)
    try watch.look()
    var rows: [Int: Int] = [:]
    let published = article.metadata.published.flatMap { Day(iso: $0) }
    let finder = ValueFinder(words: words, tokens: segmentation.tokens, published: published)
    if let gazetteer {
      var matches = try gazetteer.matches(words, segmentation, article.text.span, &watch)
      // A listed “May” is no name where it is a month.
      func isMonth(_ match: Gazetteer.Match) -> Bool {
        match.tokens.count == 1 && words[match.tokens.lowerBound].valueKind == .month
      }
      if matches.contains(where: isMonth) {
        let values = try finder.values(segmentation.sentences, besides: names, listed: [], article.text.span, &watch)
        let dated = Set(values.flatMap(\.tokens))
        matches.removeAll { isMonth($0) && dated.contains($0.tokens.lowerBound) }
      }
      (names, rows) = gazetteer.overlay(matches, on: names, words, segmentation.sentences)
    }
    var corrected: [Int: Corrections.Correction] = [:]
    if let corrections {
      let matches = try corrections.matches(in: article, words, segmentation, &watch)
      names = try Corrections.put(matches, on: names, words, &watch)
      for match in matches where match.correction.kind != nil {
        corrected[match.tokens.lowerBound] = match.correction
        rows[match.tokens.lowerBound] = nil
      }
    }
    let values = try finder.values(
      segmentation.sentences, besides: names, listed: Set(rows.keys).union(corrected.keys), article.text.span, &watch)
    try watch.look()
    names = try finder.names(names, besides: values, &watch)
    try NumberedBodies(words: words, tokens: segmentation.tokens)
      .extend(&names, segmentation.sentences, besides: values, article.text.span, &watch)
    try watch.look()
    let listed = rows.compactMapValues { gazetteer?.listed($0) }.merging(corrected.compactMapValues(\.listed)) { $1 }
    var assembly = Assembly(
      words: words, segmentation: segmentation, listed: listed,
      rightNames: corrected.compactMapValues { $0.name.isEmpty ? nil : $0.name })
    let isReferring = coreference == .all && !types.isDisjoint(with: [.person, .organization, .location])
    let quotations = isReferring ? try article.readQuotations(deadline).filter { $0.parent == nil } : nil
    var entities = try assembly.names(
      names, referringBeside: quotations, article.text.span, &watch)
    entities += try assembly.entities(of: values, article.text.span, &watch)
    if let gazetteer, gazetteer.hasUnspaced {
      let matches = try gazetteer.unspacedMatches(article.text.span, besides: entities, &watch)
      try Assembly.add(
        matches.map { ($0.span, gazetteer.rows[$0.row].kind, gazetteer.listed($0.row)) }, to: &entities, &watch)
    }
    entities.sort { ($0.mentions.first?.start ?? 0) < ($1.mentions.first?.start ?? 0) }
    article.entities = entities
    var isCutShort = assembly.isCutShort
    if isReferring {
      let antecedents = try article.resolveReferences(
        article.paragraphs ?? [], segmentation,
        lookedUp: words.map { LookedUpWord(lowered: $0.lowered, entry: $0.entry) }, deadline)
      isCutShort = isCutShort || antecedents.isCutShort
    }
    article.keepEntities { types.contains($0.kind) }
    if isCutShort { article.errors.append(Self.tooManyReferences) }
  }

  private static let tooManyReferences = StageError(
    .limitsLayer, class: .manyReferences,
    """
    a sentence has more than \(BoundedReferences<Int>.mostPerSentence) pronouns or descriptions that stand for names: of \
    each such sentence only the first ones are listed
    """)

  /// What the model sees of an article: its features, and what the rules find.
  package static func features(
    _ words: [Word], _ segmentation: Segmentation, _ paragraphs: [Paragraph], _ lists: NameLists, _ text: Span<UInt8>,
    _ watch: inout DeadlineWatch
  ) throws(StageError) -> (features: ArticleFeatures, ruled: [Candidate]) {
    let sentences = segmentation.sentences
    let reader = NameReader(words: words, lexicon: Lexicon.english)
    let headlines = try reader.headlines(sentences, headings: headings(sentences, paragraphs), &watch)
    let ruled = try reader.names(sentences, headlines: headlines, &watch)
    try watch.look()
    let features = try ArticleFeatures(
      words: words, segmentation: segmentation, headlines: headlines, ruled: ruled, lists: lists,
      lexicon: Lexicon.english, text: text, &watch)
    return (features, ruled)
  }

  /// What the model finds with the help of the rules, sorted and without overlaps.
  package static func names(
    _ words: [Word], _ segmentation: Segmentation, _ paragraphs: [Paragraph], datelines: [Article.Dateline] = [],
    _ model: NameModel, _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Candidate] {
    let sentences = segmentation.sentences
    defer { model.keepAlive() }
    var (features, ruled) = try features(words, segmentation, paragraphs, model.lists, text, &watch)
    features.readsContext = model.readsContext
    try watch.look()
    let found = try NameTagger(model: model).names(features, text, &watch)
    var names = try Agreement(words: words, sentences: sentences).names(found, ruled: ruled, &watch)
    names = try ListedNames(words: words, sentences: sentences, features: features).put(on: names, &watch)
    names = try PersonBounds(words: words, lists: model.lists, sentences: sentences).mend(names, &watch)
    names = try OrganizationBounds(words: words, tokens: segmentation.tokens, sentences: sentences)
      .mend(names, text, &watch)
    names = try FamilyNames(words: words, sentences: sentences).put(on: names, &watch)
    try watch.look()
    try Acronyms(words: words, tokens: segmentation.tokens, sentences: sentences).add(to: &names, text, &watch)
    try InformalNames(words: words, lists: model.lists).add(to: &names, sentences, &watch)
    try watch.look()
    names = try ArticleNames(words: words, tokens: segmentation.tokens, sentences: sentences)
      .settle(names, datelines, text, &watch)
    return try TeamFinder(words: words, lexicon: Lexicon.english).retype(names, sentences, &watch)
  }

  package static func words(
    _ tokens: [Token], _ text: Span<UInt8>, _ watch: inout DeadlineWatch
  ) throws(StageError) -> [Word] {
    var words: [Word] = []
    words.reserveCapacity(tokens.count)
    let lexicon = Lexicon.english
    var end = -1
    for token in tokens {
      try watch.step()
      words.append(Word(token, touching: token.span.start == end, text: text, lexicon))
      end = token.span.end
    }
    return words
  }

  /// For each sentence, whether it stands in a heading.
  static func headings(_ sentences: [Sentence], _ paragraphs: [Paragraph]) -> [Bool] {
    var index = 0
    return sentences.map { sentence in
      while index < paragraphs.count, paragraphs[index].span.end <= sentence.span.start { index += 1 }
      return index < paragraphs.count && paragraphs[index].kind == .heading
    }
  }
}
