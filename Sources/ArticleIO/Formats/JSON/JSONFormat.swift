extension InputFormat {
  public static let json = InputFormat(
    name: "json", endings: [".json"],
    help:
      "an object with `text` or `html`, and what else is known: `id`, `title`, `url`, `published`, `byline`, `tags`, "
      + "`language`; or ninjs; or a JSON Feed",
    idHelp: "`id`; `uri` of ninjs", sourceName: "json", part: "item",
    cut: .items(word: JSONFeedItems.word) { (file) throws(InputError) in try JSONFeedItems.cut(file) },
    decode: { (raw, name) throws(InputError) in try raw.decodeJSON(name: name) })
}
