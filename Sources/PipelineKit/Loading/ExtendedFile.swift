import Disk
import StageKit
import YAML

/// A pipeline's file with those that it extends (`extends: news.yaml`), put together: keys of mappings are merged, everything else of
/// the file itself takes the place of what it extends.
struct ExtendedFile {
  /// `nil` where the file cannot be read.
  private(set) var root: Node?
  /// The file itself first: marks of nodes say which it is.
  private(set) var sources: [SourceFile]
  private(set) var diagnostics: [Diagnostic] = []

  static let key = "extends"
  /// Files on top of each other.
  private static let most = 8

  init(_ source: SourceFile) {
    sources = [source]
    root = read(source, number: 0)
  }

  /// What it extends, as it was read.
  var bases: [SourceFile] { Array(sources.dropFirst()) }

  private mutating func read(_ source: SourceFile, number: Int) -> Node? {
    let document = Document(source.bytes, file: source.path, number: number)
    diagnostics += document.diagnostics
    guard let root = document.root, let pairs = root.mapping, let base = root[Self.key] else { return document.root }
    let own = Node(.mapping(pairs.filter { $0.key.scalar?.text != Self.key }), start: root.start, end: root.end)
    guard let name = base.scalar?.text, !base.isNull, !name.isEmpty else {
      report(
        base, source, "‘\(Self.key)’ names the pipeline’s file that this one builds on, as in ‘\(Self.key): news.yaml’")
      return own
    }
    let place = path(name, besides: source.path)
    do throws(FileProblem) {
      let bytes = try readFile(place, limit: Document.Limits().bytes).0
      if sources.count == Self.most { throw FileProblem("more than \(Self.most - 1) files on top of each other") }
      if sources.contains(where: { Self.isSame($0.path, place) }) { throw FileProblem("it extends itself") }
      let file = SourceFile(path: place, bytes: bytes)
      sources.append(file)
      guard let below = read(file, number: sources.count - 1) else { return own }
      return Self.merge(own, over: below)
    } catch {
      report(base, source, "\(place): \(error.message)")
      return own
    }
  }

  /// Whether two paths lead to one file, through whatever links.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    let fs = PosixFileSystem()
    guard let place = try? fs.resolved(Path(one)) else { return false }
    return (try? fs.resolved(Path(other))) == place
  }

  private mutating func report(_ node: Node, _ source: SourceFile, _ message: String) {
    diagnostics.append(Diagnostic(file: source.path, start: node.start.position, end: node.end.position, message))
  }

  private static func merge(_ own: Node, over base: Node) -> Node {
    guard let pairs = own.mapping, let below = base.mapping else { return own }
    var merged = pairs.map { pair in
      guard let under = base[pair.key.scalar?.text ?? ""] else { return pair }
      return Node.Pair(key: pair.key, value: merge(pair.value, over: under))
    }
    let names = Set(pairs.map { $0.key.scalar?.text ?? "" })
    merged += below.filter { !names.contains($0.key.scalar?.text ?? "") }
    return Node(.mapping(merged), start: own.start, end: own.end)
  }
}
