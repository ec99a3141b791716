import ArticleFacts
import Lexicon
import StageKit

/// Takes the article out of a page: a plain-text dump, HTML, wire XML, or text that is clean already.
public struct CleanStage: Stage {
  public struct Options: StageOptions {
    public enum Boilerplate: String, CaseIterable, Sendable { case strict, normal, keep }
    public enum Choice: String, CaseIterable, Sendable { case keep, drop }

    public var boilerplate = Boilerplate.normal
    public var captions = Choice.drop
    public var headings = Choice.keep
    public var standfirst = Choice.keep
    public var minBody = 20
    public var dropPhrases: [String] = []
    /// The file of the model, by name or path.
    public var model = "clean.model"
    public init() {}
  }

  let options: Options
  let dropPhrases: PhraseSet?
  let model: CleanModel

  public init(options: Options, context: StageContext) throws(StageError) {
    self.init(options: options, model: try CleanModel(context.resource(options.model)))
  }

  package init(options: Options, model: CleanModel) {
    self.options = options
    self.model = model
    dropPhrases = options.dropPhrases.isEmpty ? nil : PhraseSet(options.dropPhrases)
  }

  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    guard let repaired = Mojibake(repairing: article.text) else { return try clean(&article, deadline: deadline) }
    var sound = Article(
      source: article.source, id: article.id, text: repaired.text, markup: article.markup,
      metadata: article.metadata)
    sound.errors = article.errors
    try clean(&sound, deadline: deadline)
    let alignment = sound.alignment ?? Alignment(identityOf: sound.text.count)
    try article.replaceText(sound.text, alignment: alignment.traced(through: repaired.alignment))
    article.paragraphs = sound.paragraphs
    article.metadata = sound.metadata
    article.errors = sound.errors
    (article.datelines, article.speakerLabels) = (sound.datelines, sound.speakerLabels)
    article.places = sound.places?.traced(through: repaired.alignment)
  }

  private func clean(_ article: inout Article, deadline: Deadline) throws(StageError) {
    var form = article.isMarkup ? PlainForm.html : PlainForm(article.text)
    var source = article.text
    var unmarked: Alignment?
    if form == .marked {
      let text = MarkedText(source)
      (source, unmarked) = (text.plain.bytes, text.plain.alignment)
      // “&lt;p&gt;”
      form = PlainForm(source)
      if form == .marked { form = .text }
    }
    let isMarkup = form == .html
    if article.markup == .xml, !WireReader.isPage(article.text) {
      return try processWire(&article, deadline: deadline)
    }
    var page: Page
    var wire: WireLines?
    switch form {
    case .html: page = try HTMLPage.read(source, deadline: deadline)
    case .text, .marked: page = try PlainPage.read(source, deadline: deadline)
    case .markdown:
      let text = MarkdownText(source)
      page = try PlainPage.read(text.plain.bytes, deadline: deadline)
      page.alignment = text.plain.alignment
    case .wire:
      let lines = WireLines(source)
      page = try PlainPage.read(lines.bytes, deadline: deadline)
      wire = lines
    }
    if let unmarked {
      page.alignment = page.alignment?.traced(through: unmarked) ?? unmarked
      // What stands in a head would have no place in the article's text.
      page.head = PageHead()
    }
    var facts = try PageFacts(page, deadline: deadline)
    // Raw wire says itself where its text is.
    var states: [Labeller.State]
    if let wire {
      states = page.blocks.map { block in
        block.span.start < wire.start ? .before : block.span.start >= wire.end ? .after : .body
      }
    } else {
      states = try label(page, facts, isMarkup: isMarkup, deadline: deadline)
    }
    let posts = wire == nil ? LivePosts(page, facts, &states) : nil
    if isMarkup, unmarked == nil, page.noscriptBytes >= Self.someMarkup || page.hasTemplate,
      bodyWords(states, facts) < Self.fewBodyWords
    {
      let opened = try HTMLPage.read(source, deadline: deadline, opensNoscript: true)
      let openedFacts = try PageFacts(opened, deadline: deadline)
      let openedStates = try label(opened, openedFacts, isMarkup: true, deadline: deadline)
      if bodyWords(openedStates, openedFacts) >= 2 * max(options.minBody, bodyWords(states, facts)) {
        (page, facts, states) = (opened, openedFacts, openedStates)
      }
    }
    var roles = try BlockRoles(
      page, facts, states: states, isMarkup: isMarkup, address: article.metadata.url, dropPhrases: dropPhrases,
      keepsAll: options.boilerplate == .keep, titles: model.titles, deadline: deadline)
    roles.markPosts(posts)
    let found = page.blocks.indices.reduce(0) {
      let role = roles.roles[$1]
      return role == .body || role == .list || role == .post ? $0 + page.blocks[$1].span.count : $0
    }
    if isMarkup, options.boilerplate != .keep, let told = DeclaredBody.page(article.text, page.head, found: found) {
      let body = Array(repeating: BlockRoles.Role.body, count: told.blocks.count)
      try write(told, body, to: &article, deadline: deadline)
    } else {
      try write(roles.page, roles.roles, to: &article, deadline: deadline)
    }
    try deadline.check()
    try fill(&article, roles, page, deadline)
  }

  /// Puts the blocks that stay in place of the article's text.
  func write(
    _ page: Page, _ roles: [BlockRoles.Role], to article: inout Article, deadline: Deadline
  ) throws(StageError) {
    var writer = BodyWriter(page)
    var watch = DeadlineWatch(deadline)
    for (block, role) in zip(page.blocks, roles) {
      try watch.step()
      switch role {
      case .body: try writer.add(block, kind: .body, &watch)
      case .list: try writer.add(block, kind: .list, &watch)
      case .post: try writer.add(block, kind: .post, &watch)
      case .row: try writer.add(block, kind: .list, joins: !block.context.contains(.rowStart), &watch)
      case .standfirst: if options.standfirst == .keep { try writer.add(block, kind: .standfirst, &watch) }
      case .heading: if options.headings == .keep { try writer.add(block, kind: .heading, &watch) }
      case .caption: if options.captions == .keep { try writer.add(block, kind: .body, &watch) }
      default: break
      }
    }
    if page.isCrowded { article.errors.append(Self.tooManyBlocks) }
    if writer.text.isEmpty, !page.blocks.isEmpty { article.errors.append(Self.noBody) }
    try article.replaceText(writer.text, alignment: writer.alignment)
    try deadline.check()
    article.paragraphs = writer.paragraphs
    try article.markInterview(&watch)
    if article.metadata.language == nil {
      article.metadata.language = TextLanguage.code(of: writer.text.span).map { Array($0.utf8) }
    }
    article.metadata.dateline = article.readDatelines().first
  }

  private static let tooManyBlocks = StageError(
    .limitsLayer, class: .manyBlocks,
    """
    the page has more than \(Page.mostBlocks) lines or elements of text: what follows them is one paragraph, or none where \
    it does not look like the article; cut the page into smaller ones
    """)
  private static let noBody = StageError(
    .limitsLayer, class: .noBody,
    """
    nothing on the page looks like the text of an article: the options ‘boilerplate: keep’ and ‘min_body’ of ‘clean’ keep \
    more
    """)

  private func label(
    _ page: Page, _ facts: PageFacts, isMarkup: Bool, deadline: Deadline
  ) throws(StageError) -> [Labeller.State] {
    let all = [Labeller.State](repeating: .body, count: page.blocks.count)
    // Nor is a text of a million lines a page.
    if !isMarkup, facts.isProse || page.isCrowded { return all }
    let labeller = Labeller(
      isMarkup ? model.markup : model.lines, bodyBias: options.boilerplate == .strict ? -0.8 : 0)
    let states = try labeller.label(page, facts, deadline: deadline)
    if bodyWords(states, facts) >= options.minBody {
      return Continuation(page, facts, states, isMarkup: isMarkup).states
    }
    func words(_ isKept: (Int) -> Bool) -> Int {
      page.blocks.indices.reduce(0) { isKept($1) ? $0 + Int(facts.blocks[$1].words) : $0 }
    }
    // Too little was found: every sentence of the page is better than nothing, and a short text is its own body.
    let sentences = page.blocks.indices.map { index -> Labeller.State in
      facts.shapes[index] == .good || facts.shapes[index] == .sentence ? .body : states[index]
    }
    if !isMarkup, words({ _ in true }) < Self.shortText { return all }
    if isMarkup {
      return sentences.contains(.body) ? sentences : page.blocks.map { Self.isParagraph($0) ? .body : .before }
    }
    // A list, a table: a few words of it would stand for the whole.
    return words({ sentences[$0] == .body }) >= Self.fewWords ? sentences : all
  }

  private func bodyWords(_ states: [Labeller.State], _ facts: PageFacts) -> Int {
    states.indices.reduce(0) { states[$1] == .body ? $0 + Int(facts.blocks[$1].words) : $0 }
  }

  /// Words; a body of fewer may have another one in an element that is not read at first.
  private static let fewBodyWords = 60
  /// Bytes of an element that may hold an article.
  private static let someMarkup = 400

  /// Whether the tags alone say that a block is text of the article: of scripts without spaces nothing else does.
  private static func isParagraph(_ block: Block) -> Bool {
    let isApart = block.context.isDisjoint(with: [.nav, .aside, .footer, .form, .hidden, .commentHint, .relatedHint])
    return block.context.contains(.paragraph) && isApart && block.span.count >= 60
      && Int(block.linkBytes) * 3 < block.span.count
  }

  /// Words. A plain text of fewer is no page.
  private static let shortText = 40
  /// Words. What is less is no body of a plain text that has more.
  private static let fewWords = 20

  /// What the input itself said of the article stays; what the page says fills the gaps.
  func fill(
    _ article: inout Article, _ roles: BlockRoles, _ page: Page, _ deadline: Deadline
  ) throws(StageError) {
    var places = Article.MetadataPlaces()
    if article.metadata.url == nil { article.metadata.url = page.head.address }
    if article.metadata.title == nil {
      article.metadata.title = roles.title?.text
      places.title = roles.title?.source
    }
    if article.metadata.byline.isEmpty {
      article.metadata.byline = roles.byline.map(\.text)
      places.byline = roles.byline.map(\.source)
    }
    if article.metadata.published == nil,
      let publication = Publication(
        try PublicationFeatures(roles, address: article.metadata.url, deadline: deadline), model.days)
    {
      article.metadata.published = publication.day.iso
      if article.metadata.publishedAt == nil { article.metadata.publishedAt = publication.instant?.iso }
      places.date = publication.source
    }
    article.metadata.captions = roles.captions.map(\.text)
    article.metadata.credits = roles.credits.map(\.text)
    (places.captions, places.credits) = (roles.captions.map(\.source), roles.credits.map(\.source))
    if article.metadata.tags.isEmpty { article.metadata.tags = roles.tags }
    article.places = places
  }
}

extension PageFacts {
  /// Whether the text is an article already: sentences throughout, and nothing that only pages have.
  var isProse: Bool {
    var (words, prose) = (0, 0)
    for (index, block) in blocks.enumerated() {
      words += Int(block.words)
      switch shapes[index] {
      case .good, .sentence: prose += Int(block.words)
      default: if !block.marker.subtracting([.byline, .caption]).isEmpty { return false }
      }
      if block.marker.contains(.pointer), block.words < 30 { return false }
    }
    return words < 8 || prose * 100 >= words * 88
  }
}
