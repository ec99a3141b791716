import ArticleIO
import Bytes
import StageKit
import YAML

extension Caster {
  /// Runs one of the pipeline's tests with its own chain, settings and a decider that knows what came before alone.
  public func outcome(of test: PipelineTest) -> TestOutcome {
    let decider = chain.makeDecider()
    for text in test.earlier {
      guard let raw = raw(text), case .success(let cast) = cast(raw, name: name(raw)) else { continue }
      _ = try? cast.finish(decider)
    }
    return outcome(of: test.input, decider)
  }

  private func raw(_ input: String) -> RawArticle? {
    let kind = isXML(input) ? InputKind(.xml) : InputKind(isMarkup(input) ? .html : .text)
    var feed = ArticleFeed(BytesInMemory(Array(input.utf8)), kind: kind, limit: .max - 1)
    guard case .article(let raw)? = try? feed.next() else { return nil }
    return raw
  }

  private func name(_ raw: RawArticle) -> [UInt8] { Array("test\(raw.format.endings.first ?? "")".utf8) }

  private func outcome(of input: String, _ decider: Decider?) -> TestOutcome {
    guard let raw = raw(input) else { return TestOutcome(problem: "the input holds no article") }
    switch cast(raw, name: name(raw)) {
    case .failure(let error):
      let stage = error.stage.map { " in ‘\($0)’" } ?? ""
      return TestOutcome(problem: "the article failed\(stage): \(error.message) (\(error.class))")
    case .success(let cast):
      var outcome = TestOutcome()
      do {
        outcome.line = try cast.line(decider)
        let record = try JSONValue(parsing: outcome.line)
        if case .discarded(let reason) = cast.destination {
          outcome.discarded = routing.discards[reason].reason
          outcome.problems = RecordSchema.discarded.problems(in: record).map {
            "against the schema of discarded lines: \($0)"
          }
        } else {
          outcome.problems =
            RecordSchema(writer.form).problems(in: record).map { "against the schema of records: \($0)" }
            + chain.layers.flatMap { cast.article.problems(in: $0) }
          outcome.remarks = cast.article.errors.map { "‘\($0.stage ?? "")’ said: \($0.message)" }
        }
      } catch {
        return TestOutcome(problem: "there is no record: \(error)")
      }
      return outcome
    }
  }
}

/// Runs an example of a stage: through the stages of the registry that it needs, with their defaults, then the stage
/// itself with the example's options.
///
/// - Returns: in what the record differs from what the example expects; empty where it passes.
public func failures(
  of example: StageExample, of stage: StageKind, in registry: StageRegistry,
  context: StageContext = .installed
) -> [String] {
  var problems: [String] = []
  let options = exampleNode(example.options, "options", &problems)
  let expect = exampleNode(example.expect, "expect", &problems)
  var links: [ChainLink] = []
  do throws(ExampleProblem) {
    for needed in try registry.stagesNeeded(by: stage, for: example) {
      links.append(try link(needed, options: nil, context))
    }
    links.append(try link(stage, options: options, context))
  } catch {
    problems += error.messages
  }
  guard problems.isEmpty, let expect else { return problems }
  let chain = Chain(links)
  let caster = Caster(
    chain: chain, writer: RecordWriter(RecordForm(layers: chain.layers)), pipelineName: "example",
    pipelineDigest: "0", deadline: .seconds(10))
  let test = PipelineTest(name: example.title, input: example.input, expect: expect)
  return test.verdict(on: caster.outcome(of: test)).messages
}

/// Why an example cannot be run.
struct ExampleProblem: Error {
  var messages: [String]
}

private func exampleNode(_ yaml: String, _ what: String, _ problems: inout [String]) -> Node? {
  let document = Document(Array(yaml.utf8), file: what)
  problems += document.diagnostics.map { "\(what):\($0.start.line):\($0.start.column): \($0.message)" }
  return document.root
}

extension StageRegistry {
  /// The stages that must run before `stage`, each after those it needs itself.
  func stagesNeeded(
    by stage: StageKind, for example: StageExample
  ) throws(ExampleProblem) -> [StageKind] {
    let body: [Layer] = isMarkup(example.input) && !stage.provides.contains(.body) ? [.body] : []
    var stages: [StageKind] = []
    try collect(body + stage.requires, for: [stage.name], into: &stages)
    return stages
  }

  private func collect(
    _ layers: [Layer], for needing: [String], into stages: inout [StageKind]
  ) throws(ExampleProblem) {
    for layer in layers where !stages.contains(where: { $0.provides.contains(layer) }) {
      guard let provider = provider(of: layer), !needing.contains(provider.name) else {
        throw ExampleProblem(messages: ["no stage provides \(layer.key), which ‘\(needing.last ?? "")’ needs"])
      }
      try collect(provider.requires, for: needing + [provider.name], into: &stages)
      stages.append(provider)
    }
  }
}

private func link(
  _ kind: StageKind, options: Node?, _ context: StageContext
) throws(ExampleProblem) -> ChainLink {
  var reader = SettingsReader(file: "options")
  let read = reader.read(options, as: kind.options, owner: kind.name, prefix: nil)
  guard reader.diagnostics.isEmpty else {
    throw ExampleProblem(
      messages: reader.diagnostics.map { "options:\($0.start.line):\($0.start.column): \($0.message)" })
  }
  do throws(StageError) {
    return try ChainLink(kind, options: read.values, context: context)
  } catch {
    throw ExampleProblem(messages: ["‘\(kind.name)’ cannot start: \(error.message)"])
  }
}

/// A test's input is taken for HTML where its first character is `<`, and for XML where it starts with `<?xml`.
func isMarkup(_ input: String) -> Bool { input.utf8.first { !ByteClass($0).isAny(of: .space) } == 0x3C }

func isXML(_ input: String) -> Bool { input.utf8.starts(with: "<?xml".utf8) }
