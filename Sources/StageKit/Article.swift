import Bytes

/// One article on its way through the chain: its source, its text, what is known of it, and the layers that stages
/// have laid over the text. A value: stages pass it `inout` and never share it.
public struct Article: Sendable {
  public let source: Source
  /// The input's own `id`, else 24 hex digits of a hash over name, line and content.
  public var id: [UInt8]
  /// Valid UTF-8. The raw page until a stage that provides `body` replaces it.
  public private(set) var text: [UInt8]
  /// What `text` is written in while it is the raw page; `nil` where it is plain text.
  public private(set) var markup: Markup?
  /// `nil` while the text is the source itself.
  public private(set) var alignment: Alignment?
  public var metadata: Metadata
  /// Tags that the pipeline gives it, beside those of its metadata.
  public var addedTags: [[UInt8]] = []
  /// Where the metadata stood in the source; `nil` where no stage looked for it.
  public var places: MetadataPlaces?
  /// The datelines that open the text; `nil` where no stage has read them. Whoever needs them asks for `readDatelines()`.
  public var datelines: [Dateline]?
  /// What stands between quotation marks; `nil` where no stage has read them. Whoever needs them asks for
  /// `readQuotations(_:)`.
  public var quotations: [Quotation]?
  /// Who speaks in each paragraph of an interview, “LUND” or “Q”; empty for other texts, `nil` where no stage has read them.
  /// Whoever needs them asks for `readSpeakerLabels(_:)`.
  public var speakerLabels: [ByteSpan?]?
  /// The text with its words and names, as `Coreference` has read them; `nil` where no stage has asked. StageKit does not
  /// know its form.
  public var namedText: (any Sendable)?
  /// Whom pronouns and descriptions may stand for; `nil` where no stage has asked. Whoever needs them asks for
  /// `readAntecedents`.
  public var antecedents: Antecedents?

  public var paragraphs: [Paragraph]? {
    // These were read paragraph by paragraph.
    didSet { (quotations, speakerLabels, namedText, antecedents) = (nil, nil, nil, nil) }
  }
  public var segmentation: Segmentation? {
    didSet { (namedText, antecedents) = (nil, nil) }
  }
  /// Sorted by the start of the first mention.
  public var entities: [Entity]? {
    didSet { (namedText, antecedents) = (nil, nil) }
  }
  /// Sorted by the start of the hull.
  public var quotes: [Quote]?
  /// Layers that are not of the built-in set.
  var ownLayers = OwnLayers()
  /// What went wrong in stages without costing the article.
  public var errors: [StageError] = []

  /// What the last stage hands over to its memory: bytes that only the two of them understand.
  public var handover: [UInt8]?

  public init(
    source: Source, id: [UInt8], text: [UInt8], markup: Markup? = nil, metadata: Metadata = Metadata()
  ) {
    self.source = source
    self.id = id
    self.text = text
    self.markup = markup
    self.metadata = metadata
  }

  public var isMarkup: Bool { markup != nil }

  /// Puts the body in place of the raw page.
  ///
  /// - Throws: where a layer stands on the text already, because its spans would point nowhere.
  public mutating func replaceText(_ body: [UInt8], alignment: Alignment) throws(StageError) {
    guard !Layer.builtin.contains(where: { $0.standsOnText && has($0) }), !ownLayers.isAnyOnText else {
      throw StageError(
        .failsArticle, class: .textReplacedLate, "the text was replaced under a layer that stands on it")
    }
    text = body
    self.alignment = alignment
    markup = nil
    datelines = nil
    quotations = nil
    speakerLabels = nil
    namedText = nil
    antecedents = nil
  }
}

extension Article {
  /// The value is the name that messages use.
  public enum Markup: String, Sendable {
    case html = "HTML"
    /// News in XML, or an item of a feed.
    case xml = "XML"
  }

  /// Where an article came from.
  public struct Source: Sendable {
    /// The file's name: bytes, because names on Linux need not be text. `-` for standard input.
    public var name: [UInt8]
    /// From the inbox, with the name; `nil` where the folders below the inbox are not read, and outside a spool.
    public var path: [UInt8]?
    /// The line, or the number of the item, in a file with many articles, from 1.
    public var line: Int?
    /// What the input was: `text`, `html`, `json`, one of those that `ArticleIO` lists.
    public var format: String
    /// The character set it was decoded from, lower case: `utf-8`, `utf-16le`, `windows-1252`.
    public var encoding: String
    /// Bytes of the raw article: the file, or its line.
    public var byteCount: Int
    /// 32 bytes, over the raw article.
    public var sha256: [UInt8]

    public init(
      name: [UInt8], path: [UInt8]? = nil, line: Int?, format: String, encoding: String, byteCount: Int, sha256: [UInt8]
    ) {
      self.name = name
      self.path = path
      self.line = line
      self.format = format
      self.encoding = encoding
      self.byteCount = byteCount
      self.sha256 = sha256
    }
  }

  /// What is known of an article besides its body. All text is UTF-8.
  public struct Metadata: Sendable {
    public var url: [UInt8]?
    public var title: [UInt8]?
    public var byline: [[UInt8]] = []
    public var dateline: Dateline?
    /// The day, ISO 8601: `2017-05-08`.
    public var published: [UInt8]?
    /// The instant, ISO 8601 with its zone, where it is known.
    public var publishedAt: [UInt8]?
    /// ISO 639-1: `en`.
    public var language: [UInt8]?
    public var captions: [[UInt8]] = []
    public var credits: [[UInt8]] = []
    public var tags: [[UInt8]] = []
    /// What else the input says of the article: one JSON object. Unknown keys of a JSON input as they were written.
    public var extra: [UInt8]?

    public init() {}
  }

  /// Where pieces of the metadata stood in the source, in bytes of it as UTF-8, as in `Alignment`. A list here runs along
  /// the list of the same name in `Metadata`; it is empty where the input itself said what stands there.
  public struct MetadataPlaces: Sendable, Equatable {
    public var title: ByteSpan?
    public var byline: [ByteSpan] = []
    public var captions: [ByteSpan] = []
    public var credits: [ByteSpan] = []
    /// Of the day of publication.
    public var date: ByteSpan?

    public init() {}
  }

  /// “MOSCOW (Sputnik) —”: where and for whom the report was filed.
  public struct Dateline: Sendable, Equatable {
    public var place: [UInt8]?
    public var agency: [UInt8]?
    /// ISO 8601, where the dateline has one.
    public var date: [UInt8]?
    /// From the first byte of the place to the end of the dash or colon that closes it.
    public var span: ByteSpan

    public init(place: [UInt8]?, agency: [UInt8]?, date: [UInt8]?, span: ByteSpan) {
      self.place = place
      self.agency = agency
      self.date = date
      self.span = span
    }
  }
}
