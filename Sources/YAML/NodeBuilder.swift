import CLibYAML
import StageKit

/// Builds nodes from libyaml's events, within limits.
struct NodeBuilder {
  private(set) var diagnostics: [Diagnostic] = []

  private let file: String
  private let source: SourceText
  private let limits: Document.Limits
  private var open: [Collection] = []
  private var anchors: [String: Anchored] = [:]
  private var nodes = 0
  private var root: Node?

  /// Further ones of the same kind would not help.
  private let mostDiagnostics = 100

  /// A sequence or mapping whose end has not come yet.
  fileprivate struct Collection {
    var isMapping: Bool
    var isFlow: Bool
    var anchor: String?
    var start: Mark
    /// Of the last child.
    var lastEnd: Mark
    /// The node count when it was opened.
    var nodesBefore: Int
    /// Levels inside it so far.
    var height = 0
    var items: [Node] = []
    var pairs: [Node.Pair] = []
    var key: Node?
    var keys: [String: Mark] = [:]
    /// Of its merge keys, for those of these keys that it has not itself.
    var merged: [Node.Pair] = []
  }

  /// What an alias repeats.
  private struct Anchored {
    var node: Node
    var nodes: Int
    var height: Int
  }

  /// Ends the build: nothing after it can be understood.
  private struct Fault: Error {}

  init(file: String, source: SourceText, limits: Document.Limits) {
    self.file = file
    self.source = source
    self.limits = limits
  }

  mutating func build(_ bytes: ArraySlice<UInt8>) -> Node? {
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      report(at: source.mark(offset: 0), "no memory to read it with")
      return nil
    }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    return bytes.withUnsafeBufferPointer { input in
      // The parser keeps this pointer; it is not used after the closure, where the buffer is valid.
      yaml_parser_set_input_string(&parser, input.baseAddress, input.count)
      do throws(Fault) {
        while try step(&parser) {}
        return root
          ?? Node(
            .scalar(.init(text: "", isPlain: true)), start: source.mark(codePoint: 0), end: source.mark(codePoint: 0))
      } catch {
        return nil
      }
    }
  }

  /// Takes one event; `false` after the last.
  private mutating func step(_ parser: inout yaml_parser_t) throws(Fault) -> Bool {
    var event = yaml_event_t()
    guard yaml_parser_parse(&parser, &event) == 1 else {
      diagnostics.append(SyntaxFault(parser).diagnostic(file: file, source: source))
      throw Fault()
    }
    defer { yaml_event_delete(&event) }
    let start = source.mark(codePoint: event.start_mark.index)
    switch event.type {
    case YAML_STREAM_END_EVENT:
      return false
    case YAML_DOCUMENT_START_EVENT where root != nil:
      throw fault(at: start, length: 3, "a second document starts here: keep one in a file")
    case YAML_ALIAS_EVENT:
      try alias(text(event.data.alias.anchor), at: start, to: source.mark(codePoint: event.end_mark.index))
    case YAML_SCALAR_EVENT:
      try scalar(event, at: start)
    case YAML_SEQUENCE_START_EVENT:
      let data = event.data.sequence_start
      refuse(tag: data.tag, at: start)
      try begin(
        Collection(
          isMapping: false, isFlow: data.style == YAML_FLOW_SEQUENCE_STYLE, anchor: optionalText(data.anchor),
          start: start, lastEnd: start, nodesBefore: nodes))
    case YAML_MAPPING_START_EVENT:
      let data = event.data.mapping_start
      refuse(tag: data.tag, at: start)
      try begin(
        Collection(
          isMapping: true, isFlow: data.style == YAML_FLOW_MAPPING_STYLE, anchor: optionalText(data.anchor),
          start: start, lastEnd: start, nodesBefore: nodes))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      try end(at: source.mark(codePoint: event.end_mark.index))
    default:
      break
    }
    return true
  }
}

extension NodeBuilder {
  private mutating func scalar(_ event: yaml_event_t, at start: Mark) throws(Fault) {
    let data = event.data.scalar
    refuse(tag: data.tag, at: start)
    var end = source.mark(codePoint: event.end_mark.index)
    if data.style == YAML_LITERAL_SCALAR_STYLE || data.style == YAML_FOLDED_SCALAR_STYLE {
      let space = source.trailingSpace(before: end.offset, from: start.offset)
      end = source.mark(codePoint: event.end_mark.index - space)
    }
    let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
    let node = Node(
      .scalar(.init(text: text, isPlain: data.style == YAML_PLAIN_SCALAR_STYLE)), start: start, end: end)
    try count(1, at: start)
    if let anchor = optionalText(data.anchor) { anchors[anchor] = Anchored(node: node, nodes: 1, height: 0) }
    try add(node, height: 0)
  }

  private mutating func alias(_ name: String, at start: Mark, to end: Mark) throws(Fault) {
    guard let target = anchors[name] else {
      let isOpen = open.contains { $0.anchor == name }
      throw fault(
        at: start, to: end,
        isOpen
          ? "‘*\(name)’ stands inside what it repeats"
          : "‘*\(name)’ repeats something named ‘&\(name)’, and nothing before it has that name; "
            + "a pattern that starts with ‘*’ needs quotes")
    }
    try count(target.nodes, at: start)
    if open.count + target.height > limits.depth { throw tooDeep(at: start) }
    try add(Node(target.node.content, start: start, end: end), height: target.height)
  }

  private mutating func begin(_ collection: Collection) throws(Fault) {
    if open.count >= limits.depth { throw tooDeep(at: collection.start) }
    if let parent = open.last, parent.isMapping, parent.key == nil {
      throw fault(at: collection.start, length: 1, "a key must be a single word or text, not a list or mapping")
    }
    try count(1, at: collection.start)
    open.append(collection)
  }

  private mutating func end(at mark: Mark) throws(Fault) {
    guard let collection = open.popLast() else { return }
    let content: Node.Content = collection.isMapping ? .mapping(collection.allPairs) : .sequence(collection.items)
    // The end mark of a block collection is the start of the next token, lines further down.
    let end = collection.isFlow ? mark : collection.lastEnd
    let node = Node(content, start: collection.start, end: end)
    let height = collection.height + 1
    if let anchor = collection.anchor {
      anchors[anchor] = Anchored(node: node, nodes: nodes - collection.nodesBefore, height: height)
    }
    try add(node, height: height)
  }

  /// Puts a finished node where it belongs.
  private mutating func add(_ node: Node, height: Int) throws(Fault) {
    guard !open.isEmpty else {
      root = node
      return
    }
    let top = open.count - 1
    open[top].height = max(open[top].height, height)
    open[top].lastEnd = node.end
    if !open[top].isMapping {
      open[top].items.append(node)
    } else if let key = open[top].key {
      open[top].key = nil
      try addPair(key, node)
    } else if node.scalar == nil {
      throw fault(at: node.start, length: 1, "a key must be a single word or text, not a list or mapping")
    } else {
      open[top].key = node
    }
  }

  private mutating func addPair(_ key: Node, _ value: Node) throws(Fault) {
    let top = open.count - 1
    let name = key.scalar?.text ?? ""
    if name.isEmpty {
      report(at: key.start, to: key.end, "a key must not be empty")
    } else if name == "<<", key.scalar?.isPlain == true {
      guard let pairs = Self.mergedPairs(value) else {
        report(
          at: value.start, to: value.end,
          "‘<<’ takes the keys of another mapping, or of a list of them: write ‘<<: *NAME’")
        return
      }
      open[top].merged += pairs
      return
    } else if let first = open[top].keys[name] {
      report(
        at: key.start, to: key.end,
        "‘\(name)’ is given twice: first at \(first.position.line):\(first.position.column)")
    } else {
      open[top].keys[name] = key.start
      open[top].pairs.append(Node.Pair(key: key, value: value))
      return
    }
    if diagnostics.count >= mostDiagnostics { throw Fault() }
  }
}

extension NodeBuilder.Collection {
  /// Its own pairs, and those of its merge keys that it does not have: of several the first.
  fileprivate var allPairs: [Node.Pair] {
    if merged.isEmpty { return pairs }
    var names = Set(keys.keys)
    return pairs + merged.filter { names.insert($0.key.scalar?.text ?? "").inserted }
  }
}

extension NodeBuilder {
  private static func mergedPairs(_ value: Node) -> [Node.Pair]? {
    if let pairs = value.mapping { return pairs }
    guard let items = value.sequence else { return nil }
    let mappings = items.compactMap(\.mapping)
    return mappings.count == items.count ? mappings.flatMap(\.self) : nil
  }

  private mutating func count(_ more: Int, at mark: Mark) throws(Fault) {
    nodes += more
    if nodes > limits.nodes {
      throw fault(
        at: mark, length: 1,
        "the file has more than \(limits.nodes) values, those that aliases repeat included: no pipeline needs as many")
    }
  }

  private mutating func tooDeep(at mark: Mark) -> Fault {
    fault(at: mark, length: 1, "nested more than \(limits.depth) levels deep")
  }

  private mutating func refuse(tag: UnsafeMutablePointer<yaml_char_t>?, at start: Mark) {
    guard tag != nil else { return }
    report(
      at: start, length: source.wordLength(from: start.offset), "tags such as ‘!!str’ are not supported: remove it")
  }

  private mutating func fault(at start: Mark, length: Int, _ message: String) -> Fault {
    report(at: start, length: length, message)
    return Fault()
  }

  private mutating func fault(at start: Mark, to end: Mark, _ message: String) -> Fault {
    report(at: start, to: end, message)
    return Fault()
  }

  private mutating func report(at start: Mark, length: Int, _ message: String) {
    var end = start
    end.position.column += length
    report(at: start, to: end, message)
  }

  private mutating func report(at start: Mark, to end: Mark? = nil, _ message: String) {
    diagnostics.append(
      Diagnostic(file: file, start: start.position, end: (end ?? start).position, message))
  }

  // libyaml's strings end with a zero byte and live as long as their event.
  private func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String { optionalText(pointer) ?? "" }

  private func optionalText(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}
