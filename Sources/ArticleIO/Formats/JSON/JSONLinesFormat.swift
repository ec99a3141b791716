extension InputFormat {
  public static let jsonLines = InputFormat(
    name: "jsonl", endings: [".jsonl", ".ndjson"], help: "such an object on each line", idHelp: "`id`; `uri` of ninjs",
    sourceName: "json", part: "line", cut: .lines(limit: 64 << 20),
    decode: { (raw, name) throws(InputError) in try raw.decodeJSON(name: name) })
}
