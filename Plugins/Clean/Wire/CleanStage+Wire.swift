import Bytes
import StageKit

extension CleanStage {
  /// The body and the metadata of an article in wire XML.
  func processWire(_ article: inout Article, deadline: Deadline) throws(StageError) {
    var wire = try WireReader.read(article.text, deadline: deadline)
    if wire.blocks.isEmpty, let text = wire.text {
      try processText(text, of: wire.metadata, &article, deadline: deadline)
    } else {
      try processBlocks(&wire, &article, deadline: deadline)
    }
    fill(&article, wire.metadata)
    guard !article.text.isEmpty || article.metadata.title != nil || !article.metadata.captions.isEmpty else {
      throw StageError(.failsArticle, class: .noText, "the item has neither a text nor a title")
    }
  }

  /// What the elements say of the article counts before what the body seems to say.
  private func fill(_ article: inout Article, _ wire: WireMetadata) {
    var places = article.places ?? Article.MetadataPlaces()
    if let title = wire.title { (article.metadata.title, places.title) = (title.text, title.source) }
    if !wire.byline.isEmpty {
      article.metadata.byline = wire.byline.map(\.text)
      places.byline = wire.byline.map(\.source)
    }
    if let date = wire.date {
      (article.metadata.published, article.metadata.publishedAt) = (date.day, date.instant)
      places.date = date.source
    }
    // Feeds that are made by a template say “en” whatever they hold.
    if article.metadata.language == nil { article.metadata.language = wire.language }
    article.metadata.url = wire.url
    article.metadata.tags = wire.tags
    let captions = wire.captions.filter { !article.metadata.captions.contains($0.text) }
    article.metadata.captions = captions.map(\.text) + article.metadata.captions
    places.captions = captions.map(\.source) + places.captions
    let credits = wire.credits.filter { !article.metadata.credits.contains($0.text) }
    article.metadata.credits = credits.map(\.text) + article.metadata.credits
    places.credits = credits.map(\.source) + places.credits
    article.places = places
    // A dateline beside the body has no place in the text.
    if article.metadata.dateline == nil { article.metadata.dateline = wire.dateline }
  }

  /// A marked-up body: each block is what the format says.
  private func processBlocks(
    _ wire: inout WireReader, _ article: inout Article, deadline: Deadline
  ) throws(StageError) {
    let page = wire.page()
    var roles = wire.blocks.roles
    for (index, block) in page.blocks.enumerated() {
      let piece = page.snippet(block.span)
      switch roles[index] {
      case .caption: wire.metadata.add(caption: piece)
      case .credit: wire.metadata.add(credit: piece)
      default: if isDropped(piece.text, isFirst: index == 0, wire.metadata) { roles[index] = .chrome }
      }
    }
    try write(page, roles, to: &article, deadline: deadline)
  }

  /// A body that is written as text: HTML, or plain.
  private func processText(
    _ text: WireText, of wire: WireMetadata, _ article: inout Article, deadline: Deadline
  ) throws(StageError) {
    if !text.isHTML {
      var page = try PlainPage.read(text.bytes, deadline: deadline)
      page.alignment = text.alignment
      let roles = page.blocks.enumerated().map { index, block -> BlockRoles.Role in
        if isDropped(BodyWriter.plain(page, block.span), isFirst: index == 0, wire) { return .chrome }
        return block.context.contains(.listItem) ? .list : .body
      }
      return try write(page, roles, to: &article, deadline: deadline)
    }
    var page = try HTMLPage.read(text.bytes, deadline: deadline)
    page.alignment = page.alignment?.traced(through: text.alignment)
    if let title = wire.title?.text { page.head.noteTitle(title.span, ByteSpan(0, title.count)) }
    let facts = try PageFacts(page, deadline: deadline)
    // The feed gives the article alone, but for links that lead on and the notes that programs put under it.
    let states = page.blocks.map { block -> Labeller.State in
      options.boilerplate == .keep || !FeedTail.isOne(page, block) ? .body : .before
    }
    let roles = try BlockRoles(
      page, facts, states: states, isMarkup: true, address: wire.url, dropPhrases: dropPhrases,
      keepsAll: options.boilerplate == .keep, titles: model.titles, deadline: deadline)
    try write(roles.page, roles.roles, to: &article, deadline: deadline)
    try fill(&article, roles, page, deadline)
  }

  /// The headline once more, and what the options name.
  private func isDropped(_ text: [UInt8], isFirst: Bool, _ wire: WireMetadata) -> Bool {
    if EndMark.isOne(text.span, ByteSpan(0, text.count)) { return true }
    if isFirst, text == wire.title?.text { return true }
    return dropPhrases?.contains(text) ?? false
  }
}

/// What feeds put under an article: links to more, “The post … appeared first on …”.
enum FeedTail {
  static func isOne(_ page: Page, _ block: Block) -> Bool {
    let bytes = page.bytes.span
    if Int(block.linkBytes) * 10 >= block.span.count * 9, block.span.count < 200,
      LineEnd(bytes, block.span) != .terminal, !block.context.contains(.heading)
    {
      return true
    }
    return block.span.count < 600 && block.linkBytes > 0 && starts("The post ", bytes, block.span)
      && holds(" appeared first on ", bytes, block.span)
  }

  private static func starts(_ text: StaticString, _ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    guard span.count >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { expected in
      for (index, byte) in expected.enumerated() where bytes[span.start + index] != byte { return false }
      return true
    }
  }

  private static func holds(_ text: StaticString, _ bytes: Span<UInt8>, _ span: ByteSpan) -> Bool {
    for at in span.range where starts(text, bytes, ByteSpan(at, span.end)) { return true }
    return false
  }
}
