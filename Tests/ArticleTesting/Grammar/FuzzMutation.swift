import ArticleIO
import Bytes
import StageKit

/// Changes of whole input files, for libFuzzer.
public enum FuzzMutation {
  /// - Parameters:
  ///   - input: valid UTF-8.
  ///   - limit: bytes that the outcome has at most.
  public static func mutate(_ input: [UInt8], _ kind: InputKind, seed: UInt64, upTo limit: Int) -> [UInt8] {
    var start = SeededGenerator(state: seed)
    var grammar = ArticleGrammar(seed: start.next())
    var mutation = ArticleMutation(seed: start.next())
    // One in a hundred is written anew, one in a thousand grows as far as it may.
    let isNew = grammar.chance(1)
    if grammar.number(1000) == 0 { return grown(isNew ? grammar.article(upTo: limit) : input, &grammar, upTo: limit) }
    switch kind.format.name {
    case "text":
      if isNew { return grammar.article(upTo: limit) }
      return mutation.mutate(input, with: grammar.article(upTo: 400), upTo: limit)
    case "html", "xml":
      let page = grammar.page(of: grammar.article(upTo: 400))
      return isNew ? page.cut(to: limit) : mutation.mutate(input, with: page, upTo: limit)
    case "json", "jsonl":
      if isNew || grammar.chance(10) {
        return SampleGenerator(seeds: [], seed: seed, limit: 2000).sample(0).line.cut(to: limit)
      }
      return withText(of: input, &mutation, upTo: limit)
    default: return mutation.mutate(input, with: grammar.article(upTo: 400), upTo: limit)
    }
  }

  /// A stretch of the input, again and again.
  private static func grown(_ input: [UInt8], _ grammar: inout ArticleGrammar, upTo limit: Int) -> [UInt8] {
    guard !input.isEmpty else { return input }
    let wanted = min(limit, 1 << (10 + grammar.number(11)))
    let start = grammar.number(input.count)
    let piece = input[start..<min(input.count, start + 1 + grammar.number(300))]
    var text = Array(input[..<start])
    while text.count < wanted { text += piece }
    return Array(String(decoding: text, as: UTF8.self).utf8).cut(to: limit)
  }

  /// A JSON input with a change inside of its text, or anywhere where it has none.
  private static func withText(of input: [UInt8], _ mutation: inout ArticleMutation, upTo limit: Int) -> [UInt8] {
    guard case .object(var members)? = try? JSONValue(parsing: input),
      let place = members.firstIndex(where: { $0.key == "text" || $0.key == "html" }),
      let text = members[place].value.string
    else { return mutation.mutate(input, with: input, upTo: limit) }
    let mutated = mutation.mutate(Array(text.utf8), with: input, upTo: limit)
    members[place].value = .string(String(decoding: mutated, as: UTF8.self))
    return JSONValue.object(members).encoded.cut(to: limit)
  }
}
