import ArticleIO
import Bytes
import StageKit
import YAML

/// Reads one pipeline file.
struct PipelineReader {
  let registry: StageRegistry
  /// `nil` where the stages are not to be made.
  let context: StageContext?
  var environment = Environment.process

  static let sections = ["inbox", "outbox", "done", "failed", "stages", "discard", "tests"]

  func read(_ source: SourceFile) -> PipelineDraft {
    var draft = PipelineDraft(file: source.path)
    let extended = ExtendedFile(source)
    draft.otherFiles = extended.bases
    guard let root = extended.root else {
      draft.diagnostics = extended.diagnostics
      return draft
    }
    var reader = SettingsReader(extended.sources)
    var variables = Variables(environment)
    // A test's input and what it expects are texts of articles.
    let filled = variables.fill(root, besides: { $0 == "tests" || $0.hasPrefix("x-") }, &reader)
    let pipeline = read(filled, &draft, &reader)
    // The file's own first.
    draft.diagnostics = (extended.diagnostics + reader.diagnostics).sorted {
      $0.file == $1.file ? $0.start < $1.start : $0.file == source.path
    }
    draft.otherFiles += reader.files
    if !draft.diagnostics.contains(where: { $0.severity == .error }) {
      draft.pipeline = pipeline
      draft.pipeline?.source = source.bytes
      draft.pipeline?.bases = extended.bases.map(\.bytes)
      draft.pipeline?.variables = variables.used
    }
    return draft
  }

  private func read(_ root: Node, _ draft: inout PipelineDraft, _ reader: inout SettingsReader) -> Pipeline? {
    if root.isNull {
      reader.report(root, "the file is empty: a pipeline has at least ‘name’ and ‘stages’")
      return nil
    }
    reader.note("version", .text(Program.version))
    let top = reader.read(root, as: TopSettings.table, owner: nil, prefix: "pipeline", sections: Self.sections)
    if root.mapping == nil { return nil }
    draft.name = top.values.name
    draft.nameNode = top.nodes["name"]
    checkName(draft, root, &reader)

    let inbox = reader.read(top.nodes["inbox"], as: InboxSettings.table, owner: "inbox", prefix: "inbox")
    draft.inbox = inbox.values
    draft.inboxNode = inbox.nodes["path"].flatMap { $0.start.file == 0 ? $0 : nil }
    checkPath(inbox.nodes["path"], &reader)
    checkPatterns(inbox.nodes["accept"], &reader)

    let outbox = reader.read(
      top.nodes["outbox"], as: OutboxSettings.table, owner: "outbox", prefix: "outbox", sections: ["roll", "route"])
    checkPath(outbox.nodes["path"], &reader)
    draft.outbox = outbox.values
    draft.outbox.roll =
      reader.read(outbox.nodes["roll"], as: RollSettings.table, owner: "roll", prefix: "outbox.roll").values

    // How long files are kept changes no line: the digest has no part in it.
    let done = readDone(top.nodes["done"], &reader)
    let failed = reader.read(top.nodes["failed"], as: FailedSettings.table, owner: "failed", prefix: nil).values

    var chain: Chain?
    if let stages = top.nodes["stages"] {
      chain = ChainReader(registry: registry, context: context).read(stages, into: &reader)
    } else {
      reader.report(root.start, root.start, "the pipeline has no stages: add ‘stages:’ and a line ‘- NAME’ for each")
    }
    let rules = RuleReader(registry: registry, chain: chain?.links.map(\.kind))
    let routing = Routing(
      discards: rules.discards(top.nodes["discard"], into: &reader),
      routes: rules.routes(outbox.nodes["route"], into: &reader))
    if let chain, let keys = outbox.nodes["keys"] { checkKeys(draft.outbox.keys, keys, chain, &reader) }
    let tests = TestReader().read(top.nodes["tests"], of: draft.file, into: &reader)
    guard let chain else { return nil }
    checkAccepted(chain, draft.inbox.accept, inbox.nodes["accept"], top.nodes["stages"], &reader)
    checkUnread(chain, top.nodes["stages"], draft.outbox.keys, routing, &reader)
    var pipeline = Pipeline(
      name: draft.name, file: draft.file, inbox: draft.inbox, outbox: draft.outbox, done: done, failed: failed,
      deadline: .milliseconds(top.values.deadlineMilliseconds), chain: chain,
      digest: context.map { _ in Digest.hex(reader.canonical + chain.stageDigests.flatMap { $0.digest.utf8 }) },
      tests: tests)
    pipeline.routing = routing
    func span(_ node: Node?) -> Pipeline.Origin.Span {
      (node.flatMap { $0.start.file == 0 ? $0 : nil } ?? draft.nameNode).map { ($0.start.position, $0.end.position) }
        ?? (.wholeFile, .wholeFile)
    }
    pipeline.origin.name = span(draft.nameNode)
    pipeline.origin.inbox = span(inbox.nodes["path"])
    pipeline.origin.outbox = span(outbox.nodes["path"])
    return pipeline
  }
}

extension PipelineReader {
  private func checkName(_ draft: PipelineDraft, _ root: Node, _ reader: inout SettingsReader) {
    guard let node = draft.nameNode else {
      reader.report(root.start, root.start, "the pipeline has no name: add ‘name: NAME’")
      return
    }
    // A name that could not be read has been reported.
    guard node.scalar != nil, !node.isNull, !reader.isReported(node) else { return }
    let isGood =
      !draft.name.isEmpty && draft.name.utf8.count <= 64 && draft.name.first != "." && draft.name.first != "-"
      && draft.name.utf8.allSatisfy { ByteClass($0).isAny(of: .alphanumeric) || "-_.".utf8.contains($0) }
    if !isGood {
      reader.report(
        node,
        "the name becomes part of file names: use 1 to 64 of a-z, A-Z, 0-9, ‘-’, ‘_’ and ‘.’, and start with a letter "
          + "or digit")
    }
  }

  private func readDone(_ node: Node?, _ reader: inout SettingsReader) -> DoneSettings {
    var settings = DoneSettings()
    guard let node, let text = node.scalar?.text, !node.isNull else {
      return reader.read(node, as: DoneSettings.table, owner: "done", prefix: nil).values
    }
    settings.isRemoved = text == DoneSettings.remove
    if !settings.isRemoved {
      reader.report(node, "‘done’ is ‘\(DoneSettings.remove)’, or says for how long: ‘done: {keep: 30d}’")
    }
    return settings
  }

  private func checkPath(_ node: Node?, _ reader: inout SettingsReader) {
    guard let node, let path = node.scalar?.text, !node.isNull, !reader.isReported(node) else { return }
    if path.isEmpty { reader.report(node, "the path is empty") }
    if path.utf8.contains(0) { reader.report(node, "a path cannot hold a zero byte") }
    if let problem = UnexpandedPath.problem(path) { reader.report(node, problem) }
  }

  private func checkKeys(_ keys: [RecordKey], _ node: Node, _ chain: Chain, _ reader: inout SettingsReader) {
    if let memory = chain.memory, !keys.isEmpty, !keys.contains(.text) {
      reader.warn(
        node,
        "without ‘text’ the outbox cannot teach ‘\(memory.stage)’ again what it knew, should its index be lost: add it")
    }
  }

  /// A plugin that reads files which the inbox does not take.
  private func checkAccepted(
    _ chain: Chain, _ patterns: [String], _ node: Node?, _ stages: Node?, _ reader: inout SettingsReader
  ) {
    for (index, link) in chain.links.enumerated() {
      let endings = link.kind.plugin?.reads ?? []
      if endings.isEmpty
        || endings.contains(where: { ending in patterns.contains { $0.lowercased().hasSuffix(".\(ending)") } })
      {
        continue
      }
      guard let place = node ?? stages?.sequence?[index] else { continue }
      reader.warn(
        place,
        "the inbox takes no file that ‘\(link.kind.name)’ reads: write ‘accept: [\(endings.map { "\"*.\($0)\"" }.joined(separator: ", "))]’"
      )
    }
  }

  /// A stage whose layers nobody reads and no record has.
  private func checkUnread(
    _ chain: Chain, _ node: Node?, _ keys: [RecordKey], _ routing: Routing, _ reader: inout SettingsReader
  ) {
    guard !keys.isEmpty, let items = node?.sequence, items.count == chain.links.count else { return }
    let conditions =
      chain.links.compactMap(\.rules.when) + routing.discards.map(\.when) + routing.routes.map(\.when)
    for (index, link) in chain.links.enumerated() where !link.kind.provides.contains(.body) {
      let layers = link.kind.provides
      let isRecorded = layers.contains { layer in
        RecordKey(rawValue: layer.key).map(keys.contains) ?? keys.contains(.layers)
      }
      let isNeeded = chain.links[(index + 1)...].contains { $0.kind.requires.contains(where: layers.contains) }
      let isAsked = conditions.contains { condition in
        condition.tests.contains {
          if case .layer(let layer) = $0.field.standing { layers.contains(layer) } else { false }
        }
      }
      if isRecorded || isNeeded || isAsked || link.kind.memory != nil { continue }
      reader.warn(
        items[index],
        "nobody reads what ‘\(link.kind.name)’ finds, and ‘keys’ of ‘outbox’ leaves it out of the records: remove one of the two"
      )
    }
  }

  private func checkPatterns(_ node: Node?, _ reader: inout SettingsReader) {
    guard let node, let patterns = node.sequence else { return }
    for pattern in patterns {
      guard let text = pattern.scalar?.text, !text.contains("/"), let dot = text.lastIndex(of: "."),
        !text[dot...].contains(where: { "*?[".contains($0) })
      else { continue }
      // A name that fits it, as far as its ending goes.
      let documents = registry.stages.flatMap { $0.plugin?.reads ?? [] }
      if (try? InputKind(fileName: Array("x\(text[dot...])".utf8), documents: documents)) != nil
        || Packing.allCases.contains(where: { text[dot...] == $0.ending })
      {
        continue
      }
      reader.warn(pattern, "no file that fits ‘\(text)’ can be read: what is read is \(InputKind.listed("and"))")
    }
    if patterns.isEmpty { reader.report(node, "no file would be accepted: name at least one pattern, as in \"*.txt\"") }
    for pattern in patterns where pattern.scalar?.text.contains("/") == true {
      reader.report(pattern, "patterns are of file names, without directories: remove what stands before the last ‘/’")
    }
  }
}
