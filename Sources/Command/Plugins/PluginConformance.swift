import ArticleIO
import PipelineKit
import StageKit
import Terminal
import Workers

/// What every stage promises, tried on a plugin: articles that nobody expects, each twice.
struct PluginConformance {
  struct Finding: Equatable {
    var isGood: Bool
    var words: String
  }

  private let manifest: PluginManifest
  private let registry: StageRegistry

  init(_ manifest: PluginManifest, registry: StageRegistry) { (self.manifest, self.registry) = (manifest, registry) }

  private struct Case {
    var name: String
    var text: String
  }

  private static let cases: [Case] = {
    let sentence = "Norwegian Prime Minister Karl Dahl said on Monday that the harbour of Holmvik would open again. "
    let plain = sentence + "“We agree,” he told reporters.\n\n"
    return [
      Case(name: "an ordinary article", text: plain + "Repairs had cost 3.5 million kroner by 4 May 2017."),
      Case(name: "one character", text: "x"),
      Case(name: "blanks and line ends alone", text: " \n\n \t\n"),
      Case(name: "one word", text: "Harbour"),
      Case(name: "no letters", text: "1234 – 5678; 90 % …!?"),
      Case(name: "quotation marks that do not close", text: "“He said, “no, “never (and [then"),
      Case(name: "capitals", text: "HARBOUR REOPENS AFTER STORM, SAYS MINISTER"),
      Case(name: "characters beyond the first plane", text: "The 🚢 waits 🌊🌊. 👩‍👩‍👧 said so in 𝕙𝕠𝕝𝕞𝕧𝕚𝕜."),
      Case(name: "combining marks", text: "Za\u{0300}\u{0301}lgo Ho\u{0308}lmvik cafe\u{0301}"),
      Case(name: "Arabic", text: "قال الوزير إن الميناء سيفتح يوم الاثنين."),
      Case(name: "Chinese", text: "部长说，港口将于星期一重新开放。船只在海上等待。"),
      Case(name: "Hindi", text: "मंत्री ने कहा कि बंदरगाह सोमवार को खुलेगा।"),
      Case(name: "control characters", text: "A\u{01}B\u{1F}C \u{7F} \u{FEFF} \u{200B}\u{2028}end"),
      Case(name: "JSON in the text", text: #"{"error": "none", "text": "\u0000"}"#),
      Case(name: "one long word", text: String(repeating: "ab", count: 50_000)),
      Case(name: "one long line", text: String(repeating: sentence, count: 2_000)),
      Case(name: "many paragraphs", text: String(repeating: plain, count: 1_000)),
    ]
  }()

  func findings() throws -> [Finding] {
    let source = SourceFile(path: "\(manifest.name).yaml", bytes: Array(pipelineText.utf8))
    let loaded = Pipeline.load([source], registry: registry, context: nil)
    guard let pipeline = loaded.pipelines.first else {
      return loaded.diagnostics.map { Finding(isGood: false, words: $0.message) }
    }
    let host = try orExit { try ChainHost(pipeline, in: .workers(memory: nil)) { complain("\(manifest.name): \($0)") } }
    defer { host.stop() }
    let begin = ContinuousClock.now
    do throws(ChainProcess.StartProblem) {
      try host.waitUntilReady()
    } catch {
      return [Finding(isGood: false, words: error.description.trimmingNewlines)]
    }
    var findings = [
      Finding(
        isGood: true,
        words: "it starts, with the stages before it, in \((ContinuousClock.now - begin).inMilliseconds) ms")
    ]
    let first = run(host)
    let second = run(host)
    for (index, test) in Self.cases.enumerated() {
      switch (first[index], second[index]) {
      case (.failure(let failure)?, _), (_, .failure(let failure)?):
        findings.append(Finding(isGood: false, words: "\(test.name): \(failure.message) (\(failure.class))"))
      case (.record(let one)?, .record(let two)?):
        let isSame = one.parts.line(Decision()) == two.parts.line(Decision())
        findings.append(
          Finding(
            isGood: isSame, words: isSame ? test.name : "\(test.name): it says something else of it the second time"))
      default: findings.append(Finding(isGood: false, words: "\(test.name): it never came back"))
      }
    }
    return findings
  }

  private func run(_ host: ChainHost) -> [WorkOutcome?] {
    var outcomes: [WorkOutcome?] = []
    let works = Self.cases.enumerated().map { number, test in
      let json = JSONValue.object([
        .init(key: "id", value: .string("case-\(number)")), .init(key: "text", value: .string(test.text)),
        .init(key: "language", value: .string("en")),
      ])
      return ArticleWork(
        name: Array("check.jsonl".utf8),
        .part(RawArticle(bytes: json.encoded, line: number + 1, format: .jsonLines)), arrival: 0)
    }
    host.makeRunner().run(works, more: { [] }, done: { outcomes.append($0) })
    return outcomes + Array(repeating: nil, count: max(0, works.count - outcomes.count))
  }

  /// The plugin behind the stages that it needs.
  private var pipelineText: String {
    var stages: [String] = [manifest.name]
    var wanted = manifest.requires
    while let layer = wanted.popLast() {
      guard let provider = registry.stages.first(where: { $0.name != manifest.name && $0.provides.contains(layer) })
      else { continue }
      stages.removeAll { $0 == provider.name }
      stages.insert(provider.name, at: 0)
      wanted += provider.requires
    }
    return "name: check\nstages: [\(stages.joined(separator: ", "))]\n"
  }
}

extension String {
  fileprivate var trimmingNewlines: String { split(separator: "\n").joined(separator: "; ") }
}

extension Duration {
  fileprivate var inMilliseconds: Int { Int((self / .milliseconds(1)).rounded()) }
}
