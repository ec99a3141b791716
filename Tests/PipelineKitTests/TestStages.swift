import Bytes
import Disk
import PipelineKit
import StageKit

// Small stages with every kind of option, so that loading is tested without the real ones.

/// Provides the body.
struct Body: Stage {
  static let declaration = StageDeclaration<NoOptions>(
    name: "body", summary: "Drops everything in angle brackets.", provides: [.body],
    examples: [StageExample("tags go", input: "<p>Ann came.</p>", expect: #"{text: "Ann came."}"#)])

  init(options: NoOptions, context: StageContext) {}

  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    var (kept, isInside) = ([UInt8](), false)
    for byte in article.text {
      if byte == UInt8(ascii: "<") { isInside = true }
      if !isInside { kept.append(byte) }
      if byte == UInt8(ascii: ">") { isInside = false }
    }
    try article.replaceText(kept, alignment: Alignment(identityOf: kept.count))
  }
}

/// Provides sentences: one, the whole text.
struct Cut: Stage {
  static let declaration = StageDeclaration<NoOptions>(
    name: "cut", summary: "Makes one sentence of the text.", provides: [.paragraphs, .sentences, .tokens],
    examples: [StageExample("all of it", input: "Ann came.", expect: "{sentences: [{start: 0, end: 9}]}")])

  init(options: NoOptions, context: StageContext) {}

  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    let all = ByteSpan(0, article.text.count)
    article.paragraphs = [Paragraph(all)]
    article.segmentation = Segmentation(
      sentences: [Sentence(all, tokens: 0..<0)], tokens: [], tokensInRecord: false)
  }
}

/// Has every kind of option.
struct Names: Stage {
  enum Mode: String, CaseIterable, Sendable { case fast, careful }

  struct Options: StageOptions {
    var types = [Entity.Kind.person, .location]
    var mode = Mode.fast
    var limit = 5
    var share = 0.5
    var window = 86_400_000
    var memory = 1 << 20
    var list = ""
    var also: [String] = []
    var strict = false
  }

  static let declaration = StageDeclaration<Options>(
    name: "names", summary: "Finds names.", discussion: "Takes the whole text for a name.\n\nThat is all it does.",
    requires: [.sentences], provides: [.entities],
    options: OptionTable([
      .choices("types", \.types, help: "Kinds to find.", example: "[PERSON, ORG]"),
      .choice("mode", \.mode, help: "How to find them."),
      .integer("limit", \.limit, in: 1...10, help: "At most so many."),
      .number("share", \.share, in: 0...1, help: "A share."),
      .duration("window", \.window, in: 1000...86_400_000, help: "For how long."),
      .size("memory", \.memory, in: 0...(1 << 30), help: "How much."),
      .text("list", \.list, help: "A list by name."),
      .texts("also", \.also, help: "More names."),
      .bool("strict", \.strict, help: "Whether to be strict."),
    ]),
    examples: [
      StageExample("nothing is found", options: "{limit: 3}", input: "Ann came.", expect: "{entities: []}"),
      StageExample("what is not so", input: "Ann came.", expect: "{entities: null}"),
      StageExample("what it does not take", options: "{limt: 3}", input: "Ann came.", expect: "{}"),
    ])

  init(options: Options, context: StageContext) throws(StageError) {
    if !options.list.isEmpty { _ = try context.resource(options.list) }
  }

  func process(_ article: inout Article, deadline: Deadline) throws(StageError) { article.entities = [] }
}

struct Speech: Stage {
  static let declaration = StageDeclaration<NoOptions>(
    name: "speech", summary: "Finds speech.", requires: [.sentences, .entities], provides: [.quotes],
    examples: [StageExample("through all it needs", input: "<b>Ann</b>", expect: "{text: Ann, quotes: []}")])

  init(options: NoOptions, context: StageContext) {}

  func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    guard article.entities != nil, article.segmentation != nil else {
      throw StageError(.failsArticle, ownClass: "order", "entities and sentences are missing")
    }
    article.quotes = []
  }
}

struct Seen: RememberingStage {
  static let declaration = StageDeclaration<NoOptions>(
    name: "seen", summary: "Remembers.", provides: [.duplicates],
    examples: [StageExample("the first is unique", input: "Ann.", expect: "{duplicates: {status: unique}}")])

  init(options: NoOptions, context: StageContext) {}

  static func scope(of options: NoOptions) -> String? { nil }
  static func setsAside(with options: NoOptions) -> Bool { false }
  static func openMemory(with options: NoOptions, in storage: StateDirectory?) throws(DiskError) -> Memory { Memory() }
  static func makeDecider(with options: NoOptions, over memory: Memory) -> Decider { Decider() }

  func handOver(_ article: Article, deadline: Deadline) throws(StageError) -> Nothing { Nothing() }

  struct Nothing: StageHandover {
    var bytes: [UInt8] { [1] }
    init() {}
    init(_ bytes: [UInt8]) throws(HandoverProblem) {
      if bytes != [1] { throw HandoverProblem("no such version") }
    }
  }

  struct Decider: StageDecider {
    func decide(_ arrival: Arrival, _ handover: Nothing) -> Decision {
      Decision(layer: Duplicates(status: .unique, matches: [], cluster: arrival.id).json)
    }
    func restore(_ arrival: Arrival, _ handover: Nothing, decided: RecordNode) {}
  }

  final class Memory: JournaledState {
    func replay(_ change: [UInt8]) {}
    func committed(_ change: [UInt8]) {}
    func makeDurable() throws(DiskError) {}
  }
}

let registry = StageRegistry([
  StageKind(Body.self), StageKind(Cut.self), StageKind(Names.self), StageKind(Speech.self), StageKind(Seen.self),
])

/// Loads pipelines from texts instead of files.
func load(_ texts: [String], names: [String] = ["a.yaml", "b.yaml"]) -> LoadedPipelines {
  let files = zip(names, texts).map { SourceFile(path: $0, bytes: Array($1.utf8)) }
  return Pipeline.load(
    files, registry: registry,
    context: StageContext { name throws(StageError) in
      if name.hasPrefix("people") { return Resource(path: name, copying: Array("Ann \(name)".utf8)) }
      throw StageError(.failsArticle, class: .noResource, "there is no list ‘\(name)’")
    })
}

/// `2:5-2:8 message` for each diagnostic of one pipeline.
func problems(_ text: String) -> [String] {
  load([text]).diagnostics.map {
    "\($0.start.line):\($0.start.column)-\($0.end.line):\($0.end.column) \($0.message)"
  }
}

/// The problems of a chain in an otherwise good pipeline; the list starts on line 3.
func chainProblems(_ stages: String) -> [String] { problems("name: a\nstages:\n" + stages) }
