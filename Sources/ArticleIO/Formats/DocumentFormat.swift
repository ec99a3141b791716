import StageKit

extension InputFormat {
  /// A file that a plugin of the chain turns into text or HTML before any stage: a PDF, a word processor's file. Its endings are the
  /// plugin's.
  public static let document = InputFormat(
    name: "document", endings: [], help: "a document that a plugin of the chain reads", idHelp: nil,
    sourceName: "document", part: "part", cut: .one,
    decode: { (_, _) throws(InputError) in
      throw InputError(.unknownKind, "the file is a document, and no plugin of the chain reads it")
    })
}

extension RawArticle {
  /// What a document became, with the identity of the document.
  ///
  /// - Parameter source: the document as it came in.
  public func decode(from source: RawArticle, name: [UInt8], path: [UInt8]?) throws(InputError) -> Article {
    let decoded = try decode(name: name, path: path)
    let whole = source.article(name: SourceName(name: name, path: path), encoding: "binary", text: [])
    return Article(
      source: whole.source, id: whole.id, text: decoded.text, markup: decoded.markup, metadata: decoded.metadata)
  }
}
