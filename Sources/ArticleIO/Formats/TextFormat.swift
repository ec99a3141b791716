extension InputFormat {
  public static let text = InputFormat(
    name: "text", endings: [".txt"], help: "plain text: an article, or the text of a whole page", idHelp: nil,
    sourceName: "text", part: "part", cut: .one,
    decode: { (raw, name) throws(InputError) in
      let decoded = try raw.page(.text)
      return raw.article(name: name, encoding: decoded.encoding, text: decoded.text)
    })
}
