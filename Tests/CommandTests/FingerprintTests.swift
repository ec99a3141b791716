import Foundation
import StageKit
import Testing

/// `fingerprint`: what dedupe compares articles by.
@Suite struct FingerprintTests {
  private static let pipeline = "name: d\nstages:\n  - dedupe: {min_words: 8, containment: 0.3}\n"
  private static let lines = [
    #"{"id":"a","published":"2024-03-11","text":"The lock at Orla opened on Monday after Ada Corr had it mended for 40 days."}"#,
    #"{"id":"b","text":"Rain fell."}"#, "nonsense",
  ]

  private func run(_ flags: String..., pipeline: String = pipeline) throws -> BuiltCommand.Outcome {
    let folder = try Folder()
    let path = try folder.write("d.yaml", pipeline)
    let input = Array((Self.lines.joined(separator: "\n") + "\n").utf8)
    return try BuiltCommand.run(["fingerprint", path] + flags, input: input)
  }

  @Test func eachArticleHasALine() throws {
    let outcome = try run("--arrivals", "published", "--errors", "rows")
    #expect(outcome.code == 0)
    let lines = outcome.records
    #expect(lines.map { $0["schema"]?.string }.last == "linecaster-error/1" && lines.count == 3)
    let first = lines[0]
    #expect(first["id"]?.string == "a" && first["words"]?.int == 16 && first["indexed"] == .bool(true))
    #expect(first["day"]?.int == 19_793 && first["arrival"]?.int == 19_793 * 86_400)
    #expect(first["hashes"]?.array?.count == 12 && first["complete"] == .bool(true))
    #expect(first["places"]?.array?.count == 12 && first["key_count"]?.int == first["keys"]?.array?.count)
    #expect(first["names"]?.array?.compactMap(\.string) == ["Orla", "Monday", "Ada", "Corr"])
    #expect(first["numbers"]?.array?.compactMap(\.string) == ["40"])
    #expect(lines[1]["indexed"] == .bool(false) && lines[1]["hashes"] == .array([]) && lines[1]["day"] == .null)
  }

  @Test func keysBeginAsHashesDo() throws {
    func numbers(_ value: JSONValue?) -> [UInt64] {
      (value?.array ?? []).compactMap { if case .number(let text) = $0 { UInt64(text) } else { nil } }
    }
    let first = try run().records[0]
    let (hashes, keys) = (numbers(first["hashes"]), numbers(first["keys"]))
    #expect(hashes == hashes.sorted() && !keys.isEmpty)
    #expect(keys.allSatisfy { key in hashes.contains { $0 >> 38 == key >> 38 } })
    #expect(hashes.contains { $0 >> 40 != 0 && $0 & 0xFFFF_FFFF != 0 })
  }

  @Test func theRulesAreThoseOfThePipeline() throws {
    let rules = try #require(try run("--rules").records.first)
    #expect(rules["min_words"]?.int == 8 && rules["window"]?.int == 30 * 86_400)
    #expect(rules["slice_span"]?.int == 30 * 86_400 / 16 && rules["hash_bits"]?.int == 26)
    #expect(rules["too_few_keys"]?.array?.isEmpty == false)
  }

  @Test func aChainWithoutDedupeIsRefused() throws {
    let outcome = try run(pipeline: "name: d\nstages: [segment]\n")
    #expect(outcome.code == 78 && outcome.errors.contains("has no dedupe"))
  }
}
