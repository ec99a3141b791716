extension InputFormat {
  public static let xml = InputFormat(
    name: "xml", endings: [".xml"],
    help: "NITF, NewsML-G2, XHTML; or a NewsML-G2 message, or a feed: RSS, Atom, RDF",
    idHelp: "`guid` of an item, `id` of an entry, `id-string` of NITF's `doc-id`", sourceName: "xml", part: "item",
    cut: .items { (file) throws(InputError) in
      let decoded = try DecodedText(file, .xml)
      let items = try XMLItems(decoded.text)
      return items.isOne ? .one : .many(items, encoding: decoded.encoding)
    },
    decode: { (raw, name) throws(InputError) in
      let decoded = try raw.decodedText(.xml)
      if raw.encoding == nil, try !XMLItems(decoded.text).isOne {
        throw InputError(.notOne, "the XML holds a number of articles where one is wanted")
      }
      let id = try XMLItems.id(of: decoded.text)
      return raw.article(name: name, encoding: decoded.encoding, id: id, text: decoded.text, markup: .xml)
    })
}
