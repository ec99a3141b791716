import ArticleIO
import Bytes
import StageKit
import YAML

/// Reads one `plugin.yaml`.
struct ManifestReader {
  /// Layers that plugins read before this one provide.
  let known: [Layer]

  private static let sections = ["options", "requires", "provides", "access"]

  /// - Parameter folder: that it lies in.
  /// - Returns: the manifest; `nil` where it has errors.
  func read(_ source: SourceFile, folder: String) -> (manifest: PluginManifest?, diagnostics: [Diagnostic]) {
    let document = Document(source.bytes, file: source.path)
    var reader = SettingsReader([source])
    guard let root = document.root else { return (nil, document.diagnostics) }
    let manifest = manifest(root, folder, &reader)
    let diagnostics = document.diagnostics + reader.diagnostics
    return (diagnostics.contains { $0.severity == .error } ? nil : manifest, diagnostics)
  }

  private func manifest(_ root: Node, _ folder: String, _ reader: inout SettingsReader) -> PluginManifest? {
    if root.isNull {
      reader.report(root, "the file is empty: a plugin has at least ‘name’, ‘version’, ‘summary’ and ‘command’")
      return nil
    }
    let top = reader.read(
      root, as: PluginSettings.table, owner: "plugin.yaml", prefix: nil, sections: Self.sections)
    if root.mapping == nil { return nil }
    let settings = top.values
    for (key, value) in [("name", settings.name), ("version", settings.version), ("summary", settings.summary)]
    where value.isEmpty && top.nodes[key].map({ !reader.isReported($0) }) ?? true {
      reader.report(
        top.nodes[key]?.start ?? root.start, top.nodes[key]?.end ?? root.start,
        "the plugin has no \(key): add ‘\(key): …’")
    }
    checkName(settings.name, top.nodes["name"], &reader)
    let program = program(settings, top.nodes, root, &reader)
    let options = OptionSpecReader().read(top.nodes["options"], into: &reader)
    let requires = layers(top.nodes["requires"], &reader)
    var provided = ProvidedReader(plugin: settings.name).read(top.nodes["provides"], into: &reader)
    if !settings.reads.isEmpty { checkConverter(settings, top.nodes, &provided.layers, &reader) }
    let access = reader.read(top.nodes["access"], as: PluginAccess.table, owner: "access", prefix: nil)
    for key in ["read", "write"] {
      for path in access.nodes[key]?.sequence ?? [] where path.scalar?.text.hasPrefix("/") == false {
        reader.report(path, "the path does not begin with ‘/’: write out where it lies")
      }
    }
    guard let program else { return nil }
    return PluginManifest(
      name: settings.name, version: settings.version, summary: settings.summary, discussion: settings.discussion,
      folder: folder, program: program, options: options, requires: requires, provides: provided.layers,
      metadata: provided.metadata, settings: settings, access: access.values)
  }

  /// What reads files comes before all layers.
  private func checkConverter(
    _ settings: PluginSettings, _ nodes: [String: Node], _ layers: inout [Layer], _ reader: inout SettingsReader
  ) {
    for ending in nodes["reads"]?.sequence ?? [] {
      let text = ending.scalar?.text ?? ""
      if text.isEmpty || !text.utf8.allSatisfy({ ByteClass($0).isAny(of: .lower) || $0.isDigit }) {
        reader.report(ending, "an ending is written in small letters and digits, without its dot, as in ‘pdf’")
      } else if (try? InputKind(fileName: Array("x.\(text)".utf8))) != nil {
        reader.report(ending, "files that end in .\(text) are read without a plugin")
      }
    }
    if nodes["provides"] == nil { layers = [] }
    if let node = nodes["provides"], !layers.isEmpty {
      reader.report(node, "a plugin that reads files runs before the text is there, and provides metadata only")
    }
    if let node = nodes["requires"], node.sequence?.isEmpty == false {
      reader.report(node, "a plugin that reads files runs before all stages, and requires nothing")
    }
    if let node = nodes["library"] { reader.report(node, "a plugin that reads files is a command") }
  }

  private func checkName(_ name: String, _ node: Node?, _ reader: inout SettingsReader) {
    guard let node, !name.isEmpty else { return }
    if !PluginManifest.isName(name) { reader.report(node, PluginManifest.nameRule) }
  }

  private func program(
    _ settings: PluginSettings, _ nodes: [String: Node], _ root: Node, _ reader: inout SettingsReader
  ) -> PluginManifest.Program? {
    switch (nodes["command"], nodes["library"]) {
    case (nil, nil):
      reader.report(
        root.start, root.start, "nothing says what runs: add ‘command: [PROGRAM, ARGUMENT]’ or ‘library: FILE.so’")
      return nil
    case (let command?, nil):
      if settings.command.first?.isEmpty == false { return .command(settings.command) }
      if !reader.isReported(command), command.sequence != nil {
        reader.report(command, "the command is empty: write [PROGRAM, ARGUMENT]")
      }
      return nil
    case (nil, let library?):
      if settings.library.contains("/") {
        reader.report(library, "the library lies in the plugin’s folder: write its file’s name alone")
      }
      return .library(settings.library)
    case (_, let library?):
      reader.report(library, "a plugin has a command or a library, not both")
      return nil
    }
  }

  private func layers(_ node: Node?, _ reader: inout SettingsReader) -> [Layer] {
    guard let node, !node.isNull else { return [] }
    guard let items = node.sequence else {
      reader.report(node, "a list of layers is wanted here: write [\(node.scalar?.text ?? "sentences")]")
      return []
    }
    let all = Layer.builtin.filter { $0.place == .record } + known
    return items.compactMap { item in
      let name = item.scalar?.text ?? ""
      if let layer = all.first(where: { $0.key == name }) { return layer }
      reader.report(
        item,
        nearest(to: name, among: all.map(\.key)).map { "unknown layer ‘\(name)’; did you mean ‘\($0)’?" }
          ?? "unknown layer ‘\(name)’: the layers are \(all.map(\.key).joined(separator: ", "))")
      return nil
    }
  }
}
