import StageKit

/// The numbers that the answer of `dedupe` depends on, for those who reckon it from fingerprints: `docs/stages/dedupe.md` says how.
public enum DedupeRules {
  /// One line of schema `linecaster-rules/1`.
  public static func line(_ options: DedupeOptions) -> [UInt8] {
    var members: [JSONValue.Member] = [.init(key: "schema", value: .string("linecaster-rules/1"))]
    func add(_ key: String, _ number: some Numeric) { members.append(.init(key: key, value: .number("\(number)"))) }
    add("containment", options.containment)
    add("similarity", options.similarity)
    add("min_words", options.minWords)
    add("window", options.windowSeconds)
    members.append(.init(key: "window_by", value: .string(options.windowBy.rawValue)))
    let action = options.action == .setAside ? options.setAside.rawValue : "none"
    members.append(.init(key: "set_aside", value: .string(action)))
    add("hash_bits", Shingles.bits)
    add("shingle_width", Shingles.width)
    add("fewest_keys", Sketch.fewestKeys)
    add("most_of_one_key", KeyTable.mostOfOneKey)
    add("common", KeyTable.common)
    add("most_looked_up", CandidateSearch.mostLookedUp)
    add("fewest_looked_up", CandidateSearch.fewestLookedUp)
    add("least_weight", CandidateSearch.leastWeight)
    add("most_candidates", CandidateSearch.mostCandidates)
    add("slice_articles", KeyTable.mostPlaces)
    add("slice_keys", KeyTable.mostKeys)
    add("slice_span", ArticleIndex.span(of: options.windowSeconds))
    members.append(
      .init(key: "too_few_keys", value: .array(KeyOdds(share: options.leastShare).enough.map { .number("\($0)") })))
    return JSONValue.object(members).encoded + [0x0A]
  }
}
