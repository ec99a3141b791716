/// What a chain runs on an article: a step of the chain that is ready to work.
public protocol ArticleProcessor: Sendable {
  /// Adds its layers to the article. Called from many threads at once.
  ///
  /// - Throws: `StageError`; its effect says whether the article fails or only the layer stays `nil`.
  func process(_ article: inout Article, deadline: Deadline) throws(StageError)
}

/// A step that takes many articles at once, since that is quicker.
public protocol BatchProcessor: ArticleProcessor {
  /// How many at most.
  var batch: Int { get }

  /// Adds its layers to each of the articles.
  ///
  /// - Returns: of each what went wrong; `nil` where nothing did.
  func process(_ articles: inout [Article], deadline: Deadline) -> [StageError?]
}

/// A step that turns files of other programs into text or HTML, before any other step.
public protocol DocumentConverter: ArticleProcessor {
  /// - Parameters:
  ///   - file: its bytes.
  ///   - name: the file's name.
  /// - Throws: where it cannot be turned into text.
  func convert(_ file: [UInt8], name: [UInt8], deadline: Deadline) throws(StageError) -> ConvertedDocument
}

/// What a document became.
public struct ConvertedDocument: Sendable {
  /// UTF-8.
  public var content: [UInt8]
  public var isHTML: Bool
  /// What the document itself says of it, such as its title; `nil` where it says nothing.
  public var title: [UInt8]?
  public var byline: [[UInt8]]
  public var published: [UInt8]?

  public init(
    _ content: [UInt8], isHTML: Bool, title: [UInt8]? = nil, byline: [[UInt8]] = [], published: [UInt8]? = nil
  ) {
    self.content = content
    self.isHTML = isHTML
    self.title = title
    self.byline = byline
    self.published = published
  }
}

/// A step of the chain that is written in Swift. One that also remembers articles is a `RememberingStage`.
public protocol Stage: ArticleProcessor {
  associatedtype Options: StageOptions

  /// What the stage is called, needs, gives and can be told: the one source for docs, lint and tests.
  static var declaration: StageDeclaration<Options> { get }

  /// - Throws: where a list or model that the options name cannot be had.
  init(options: Options, context: StageContext) throws(StageError)
}

/// Options of a stage: a plain struct whose initial values are the defaults.
public protocol StageOptions: Sendable {
  init()
}

/// A stage without options.
public struct NoOptions: StageOptions {
  public init() {}
}
