import Bytes
import PipelineKit
import StageKit
import Testing

@Suite struct MutationTests {
  /// Whatever a file holds, it is either a pipeline or has an error, and every error can be shown.
  @Test func mutatedPipelinesAreRightOrHaveErrors() {
    let seed = UInt64.random(in: 0 ... .max)
    print("pipeline mutation seed \(seed)")
    var random = SeededGenerator(state: seed)
    let sample = Array(
      """
      name: news
      inbox: {path: in, accept: ["*.txt"], settle: 500ms, max_input: 1MiB}
      outbox:
        offsets: utf16
        roll: {size: 1GiB, every: 1h}
        keys: [text, title]
        route: [{when: 'tags == "é" or words > 9', to: sport}]
      discard:
        - {when: "not title matches \\"*\\"", reason: no headline}
      stages:
        - body
        - cut
        - names: {types: [PERSON, ORG], limit: 7, mode: careful, window: 5s, when: words > 5, on_error: skip}
        - speech:
            when: >
              entities.count > 0
              and published != "2017-05-08"
        - seen:
      tests:
        - name: é
          input: Ann
          expect: {text: Ann}
      """.utf8)
    let words = ["\n  ", "- ", "{", "}", "[", "]", ": ", "cut", "*", "&a ", "limit: 99", "\t", "null", "é", "'"].map {
      Array($0.utf8)
    }
    for _ in 0..<2000 {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1..<8, using: &random)))
        case 1: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: at)
        default: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &random))
        }
        if bytes.isEmpty { bytes = [0x0A] }
      }
      let file = SourceFile(path: "a.yaml", bytes: bytes)
      let loaded = Pipeline.load([file], registry: registry, context: .installed)
      #expect(loaded.pipelines.isEmpty == loaded.hasErrors, "\(bytes), seed \(seed)")
      #expect(
        loaded.diagnostics == loaded.diagnostics.sorted { $0.start < $1.start }, "not in order: \(bytes), seed \(seed)")
      for diagnostic in loaded.diagnostics {
        let lines = DiagnosticRenderer(loaded.files).render(diagnostic).split(separator: "\n")
        #expect(lines.count == 3, "\(diagnostic) of \(bytes), seed \(seed)")
        #expect(lines.last?.contains("^") == true, "\(diagnostic) of \(bytes), seed \(seed)")
      }
    }
  }
}
