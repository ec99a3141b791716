import ArticleIO
import BuiltinStages
import Foundation
import StageKit
import Testing

@testable import PipelineKit

/// Articles that run through a chain again, with a record of theirs.
@Suite struct EarlierRecordTests {
  private static func caster(_ settings: String = "") throws -> Caster {
    let text = "name: a\n\(settings)stages: [clean, segment, entities, quotes, dedupe]\n"
    let file = SourceFile(path: "a.yaml", bytes: Array(text.utf8))
    let loaded = Pipeline.load([file], registry: .builtin, context: .installed)
    return Caster(pipeline: try #require(loaded.pipelines.first, "\(loaded.diagnostics)"))
  }

  private static var inputs: [(name: String, bytes: [UInt8])] {
    get throws {
      let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../samples")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      return try names.map { (name: $0, bytes: Array(try Data(contentsOf: folder.appendingPathComponent($0)))) }
    }
  }

  private static func raws(_ name: String, _ bytes: [UInt8]) throws -> [RawArticle] {
    var feed = ArticleFeed(BytesInMemory(bytes), kind: try InputKind(fileName: Array(name.utf8)), limit: 1 << 30)
    var raws: [RawArticle] = []
    while let item = try feed.next() { if case .article(let raw) = item { raws.append(raw) } }
    return raws
  }

  @Test(arguments: [1, 2, 3, 4]) func whatComesIsWhatComesOfAllStages(stages: Int) throws {
    let caster = try Self.caster()
    var compared = 0
    for (name, bytes) in try Self.inputs {
      for raw in try Self.raws(name, bytes) {
        var input = CastInput(raw, name: Array(name.utf8), arrival: 0)
        let whole = try caster.cast(input).get()
        input.earlier = try EarlierRecord(whole.parts.line(Decision()), stages: stages)
        var entered: [Int] = []
        let again = try caster.cast(input) { entered.append($0) }.get()
        #expect(
          String(decoding: again.parts.bytes, as: UTF8.self) == String(decoding: whole.parts.bytes, as: UTF8.self))
        #expect(again.article.handover == whole.article.handover, "\(name)")
        // Tokens are in no record unless they are asked for, so segment runs, and quotes wants entities fresh.
        #expect(!entered.contains(0) && entered.contains(1), "\(name)")
        #expect(entered.contains(2) == (stages < 4) && entered.contains(3) == (stages < 4), "\(name)")
        compared += 1
      }
    }
    #expect(compared > 5)
  }
}
