extension InputFormat {
  public static let html = InputFormat(
    name: "html", endings: [".html", ".htm"], help: "a page", idHelp: nil, sourceName: "html", part: "part", cut: .one,
    decode: { (raw, name) throws(InputError) in
      let decoded = try raw.page(.html)
      return raw.article(name: name, encoding: decoded.encoding, text: decoded.text, markup: .html)
    })
}
