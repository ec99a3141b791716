import ArticleIO
import Disk
import StageKit

/// The plugins that were found, and what is wrong with others.
public struct FoundPlugins: Sendable {
  public var manifests: [PluginManifest] = []
  /// What is wrong with a plugin's manifest, by the name of its folder: the first diagnostic of each.
  public var broken: [String: String] = [:]
  public var diagnostics: [Diagnostic] = []
  /// The manifests, to show the lines that diagnostics point at.
  public var files: [SourceFile] = []

  public init() {}
}

/// Finds plugins: folders with a `plugin.yaml`.
public struct PluginSearch: Sendable {
  public static let manifest = "plugin.yaml"
  /// Where plugins are that every pipeline can name.
  public static let system = ["/usr/lib/linecaster/plugins", "/etc/linecaster/plugins"]

  let registry: StageRegistry

  /// - Parameter registry: the stages that are there already; a plugin cannot have the name of one.
  public init(besides registry: StageRegistry) { self.registry = registry }

  /// - Parameters:
  ///   - folders: each a plugin's own, or one that holds such folders; a plugin in a later one does not replace one of the
  ///     same name in an earlier one.
  ///   - optional: folders that need not be there.
  public func find(in folders: [String], optional: [String] = []) -> FoundPlugins {
    var found = FoundPlugins()
    var sources: [(SourceFile, folder: String)] = []
    for (folder, isNeeded) in folders.map({ ($0, true) }) + optional.map({ ($0, false) }) {
      do throws(FileProblem) {
        sources += try manifests(in: folder, &found)
      } catch {
        if isNeeded { found.add("\(folder): \(error.message)", file: folder) }
      }
    }
    // A plugin may need what another one provides, whichever is read first.
    var before = sources.count + 1
    while sources.count < before {
      before = sources.count
      sources.removeAll { source, folder in take(source, folder, &found, isLast: false) }
    }
    for (source, folder) in sources { _ = take(source, folder, &found, isLast: true) }
    return found
  }

  /// Those of the folders that are there, and the plugins' own in them: where a change may make another plugin. No manifest is read.
  public static func watched(_ folders: [String]) -> [String] {
    let fs = PosixFileSystem()
    return folders.flatMap { folder in
      [folder]
        + ((try? fs.list(Path(folder))) ?? []).map { "\(folder)/\(String(decoding: $0, as: UTF8.self))" }
        .filter { ((try? fs.status(at: Path("\($0)/\(manifest)"))) ?? nil) != nil }
    }
  }

  /// - Returns: whether all is said of it: it was taken, or its faults were told.
  private func take(_ source: SourceFile, _ folder: String, _ found: inout FoundPlugins, isLast: Bool) -> Bool {
    let known = found.manifests.flatMap(\.provides).filter { $0.place == .layers }
    let (manifest, diagnostics) = ManifestReader(known: known).read(source, folder: folder)
    if manifest == nil, !isLast { return false }
    found.files.append(source)
    // What is written as it is by default is no matter of a manifest.
    found.diagnostics += diagnostics.filter { $0.severity != .note }
    let name = String(folder.split(separator: "/").last ?? "")
    guard let manifest else {
      if let first = diagnostics.first(where: { $0.severity == .error }) {
        found.broken[name] = "\(source.path):\(first.start.line):\(first.start.column): \(first.message)"
      }
      return true
    }
    if registry[manifest.name] != nil {
      found.add(
        "the name ‘\(manifest.name)’ is that of a stage that comes with the program: choose another one",
        file: source.path)
    } else if let other = found.manifests.first(where: { $0.name == manifest.name }) {
      if other.folder != manifest.folder {
        found.add(
          "a plugin ‘\(manifest.name)’ was found in \(other.folder) before: this one is not used", file: source.path,
          .warning)
      }
    } else {
      found.manifests.append(manifest)
    }
    return true
  }

  private func manifests(
    in path: String, _ found: inout FoundPlugins
  ) throws(FileProblem) -> [(SourceFile, folder: String)] {
    let fs = PosixFileSystem()
    let folder: String
    do throws(DiskError) {
      folder = String(decoding: try fs.resolved(Path(path)).bytes, as: UTF8.self)
    } catch {
      throw FileProblem("cannot be opened: \(error)")
    }
    if let own = try manifest(of: folder, fs) { return [(own, folder)] }
    let names: [[UInt8]]
    do throws(DiskError) {
      names = try fs.list(Path(folder))
    } catch {
      throw FileProblem("cannot be listed: \(error)")
    }
    var sources: [(SourceFile, folder: String)] = []
    for name in names.map({ String(decoding: $0, as: UTF8.self) }).sorted() where !name.hasPrefix(".") {
      do throws(FileProblem) {
        if let source = try manifest(of: "\(folder)/\(name)", fs) { sources.append((source, "\(folder)/\(name)")) }
      } catch {
        // The others are as good as they were.
        found.add(error.message, file: "\(folder)/\(name)/\(Self.manifest)")
        found.broken[name] = "\(folder)/\(name)/\(Self.manifest): \(error.message)"
      }
    }
    return sources
  }

  private func manifest(of folder: String, _ fs: PosixFileSystem) throws(FileProblem) -> SourceFile? {
    let path = "\(folder)/\(Self.manifest)"
    guard (try? fs.status(at: Path(path))) != nil else { return nil }
    return SourceFile(path: path, bytes: try readFile(path, limit: 1 << 20).0)
  }
}

extension FoundPlugins {
  fileprivate mutating func add(_ message: String, file: String, _ severity: Diagnostic.Severity = .error) {
    diagnostics.append(Diagnostic(severity, file: file, start: .wholeFile, end: .wholeFile, message))
  }
}
