import Bytes
import StageKit
import Testing
import YAML

@Suite struct NoiseTests {
  private let seed = UInt64.random(in: 0 ... .max)

  private func check(_ bytes: [UInt8]) {
    let document = Document(bytes, file: "noise.yaml")
    #expect(document.root != nil || !document.diagnostics.isEmpty, "nothing said of \(bytes), seed \(seed)")
    for diagnostic in document.diagnostics {
      #expect(
        diagnostic.start <= diagnostic.end && diagnostic.start.line >= 1 && diagnostic.start.column >= 1,
        "\(diagnostic) of \(bytes), seed \(seed)")
    }
    if let root = document.root { check(root, inside: 0..<bytes.count, bytes) }
  }

  /// Children lie inside their parents, in order; where an alias repeats a node its children lie elsewhere.
  private func check(_ node: Node, inside outer: Range<Int>, _ bytes: [UInt8]) {
    #expect(
      node.start.offset <= node.end.offset && outer.lowerBound <= node.start.offset
        && node.end.offset <= outer.upperBound, "\(node) of \(bytes), seed \(seed)")
    if node.start.offset < bytes.count, bytes[node.start.offset] == UInt8(ascii: "*") { return }
    let children = node.sequence ?? node.mapping?.flatMap { [$0.key, $0.value] } ?? []
    var at = node.start.offset
    for child in children {
      check(child, inside: at..<max(at, node.end.offset), bytes)
      at = child.end.offset
    }
  }

  @Test func randomBytesNeverCrash() {
    print("YAML noise seed \(seed)")
    var random = SeededGenerator(state: seed)
    let alphabet = Array("-:?[]{},&*!|>'\"%@`# \t\n\rab01é~<…\u{FEFF}\\".utf8) + [0, 0xFF, 0xC3]
    for round in 0..<4000 {
      let count = Int.random(in: 0..<60, using: &random)
      check(
        (0..<count).map { _ in
          round % 4 == 0 ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random) ?? 0
        })
    }
  }

  @Test func mutatedYAMLNeverCrashes() {
    print("YAML mutation seed \(seed)")
    var random = SeededGenerator(state: seed)
    let sample = Array(
      """
      name: news  # a comment
      inbox: &in {path: inbox, accept: ["*.txt", '*.html'], settle: 500ms}
      outbox:
        path: outbox
        again: *in
      stages:
        - clean
        - entities: {types: [PERSON, ORG]}
      tests:
        - name: é
          input: |
            Ann said so.

            “Yes,” she said.
          expect: {quotes: [{kind: direct}]}

      """.utf8)
    check(sample)
    for _ in 0..<4000 {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.remove(at: at)
        case 1: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes.insert(sample.randomElement(using: &random) ?? 0, at: at)
        default:
          let end = min(bytes.count, at + Int.random(in: 1..<40, using: &random))
          bytes.insert(contentsOf: Array(bytes[at..<end]), at: Int.random(in: 0...bytes.count, using: &random))
        }
      }
      check(bytes)
    }
  }
}
