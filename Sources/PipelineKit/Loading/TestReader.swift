import StageKit
import YAML

/// Reads `tests`: a list, or the path of a file with one.
struct TestReader {
  /// How names of files end that hold tests and no pipeline.
  static let endings = [".tests.yaml", ".tests.yml"]

  /// - Parameter file: of the pipeline; a path counts from there.
  func read(_ node: Node?, of file: String, into reader: inout SettingsReader) -> [PipelineTest] {
    guard let node, !node.isNull, !reader.isReported(node) else { return [] }
    if let name = node.scalar?.text { return read(name, node, of: file, into: &reader) }
    guard let items = node.sequence else {
      reader.report(
        node, "‘tests’ wants a list, each item with ‘name’, ‘input’ and ‘expect’, or the path of a file with one")
      return []
    }
    return items.compactMap { test($0, &reader) }
  }

  private func read(
    _ name: String, _ node: Node, of file: String, into reader: inout SettingsReader
  ) -> [PipelineTest] {
    guard Self.endings.contains(where: name.hasSuffix) else {
      reader.report(
        node,
        "a file of tests is called NAME\(Self.endings[0]), so that nobody takes it for a pipeline; or write a list here"
      )
      return []
    }
    let place = path(name, besides: file)
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try readFile(place, limit: Document.Limits().bytes).0
    } catch {
      reader.report(node, "\(place): \(error.message)")
      return []
    }
    let document = Document(bytes, file: place)
    var inner = SettingsReader(file: place, source: bytes)
    defer { reader.add(document.diagnostics + inner.diagnostics, from: SourceFile(path: place, bytes: bytes)) }
    guard let root = document.root, !root.isNull else { return [] }
    guard let items = root.sequence else {
      inner.report(root, "a file of tests holds a list, each item with ‘name’, ‘input’ and ‘expect’")
      return []
    }
    return items.compactMap { test($0, &inner) }
  }

  private func test(_ item: Node, _ reader: inout SettingsReader) -> PipelineTest? {
    let read = reader.read(item, as: TestSettings.table, owner: "tests", prefix: nil, sections: ["expect"])
    guard item.mapping != nil else {
      if item.isNull { reader.report(item, "a test has ‘name’, ‘input’ and ‘expect’") }
      return nil
    }
    for key in ["name", "input", "expect"] where read.nodes[key] == nil {
      reader.report(item.start, item.start, "the test has no ‘\(key)’")
    }
    guard let expect = read.nodes["expect"] else { return nil }
    if expect.mapping == nil { reader.report(expect, "‘expect’ wants a mapping of the record’s keys that matter") }
    let values = read.values
    return PipelineTest(
      name: values.name, input: values.input, earlier: values.earlier, file: reader.file(of: expect), expect: expect)
  }
}
