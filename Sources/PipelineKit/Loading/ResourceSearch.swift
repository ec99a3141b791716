import Glibc
import StageKit

/// Finds models and lists by name: where they were installed, or in the package that the program was built in.
public struct ResourceSearch: Sendable {
  /// In the order they are looked through.
  public let folders: [String]

  public init(folders: [String]) { self.folders = folders }

  /// For the program that runs: beside it; in `share/linecaster` next to its folder, or next to `libexec` for one in
  /// `libexec/linecaster`; in the `models` of a package that
  /// it lies in, as after `swift build`; then in the folders of the system.
  public static let installed: ResourceSearch = {
    var folders: [String] = []
    if let executable = realpath("/proc/self/exe", nil) {
      defer { free(executable) }
      let parts = String(cString: executable).split(separator: "/").dropLast()
      var parents: [String] = []
      for count in stride(from: parts.count, through: 0, by: -1) {
        parents.append("/" + parts.prefix(count).joined(separator: "/"))
      }
      folders.append(parents[0])
      if parents.count > 1 { folders.append(joined(parents[1], "share/linecaster")) }
      if parents.count > 2, parents[0].hasSuffix("/libexec/linecaster") {
        folders.append(joined(parents[2], "share/linecaster"))
      }
      // A package inside another one, as that of the benchmarks, has no models of its own.
      for parent in parents where access(joined(parent, "Package.swift"), F_OK) == 0 {
        let models = joined(parent, "models")
        if isFolder(models) { folders.append(models) }
      }
    }
    for system in ["/usr/local/share/linecaster", "/usr/share/linecaster"] where !folders.contains(system) {
      folders.append(system)
    }
    return ResourceSearch(folders: folders)
  }()

  public var context: StageContext { StageContext { name throws(StageError) in try find(name) } }

  /// The file of that name in the first folder that has it; a name with a slash is a path.
  public func find(_ name: String) throws(StageError) -> Resource {
    guard !name.contains("/") else { return try Self.map(name) }
    for folder in folders where access(Self.joined(folder, name), F_OK) == 0 {
      return try Self.map(Self.joined(folder, name))
    }
    throw StageError(
      .failsArticle, class: .noResource,
      "there is no ‘\(name)’ in \(folders.joined(separator: ", ")): put it into one of them, or name its path")
  }

  /// A pipeline that comes with the program: where models and lists were installed, or of the package.
  public func pipeline(_ name: String) -> String? {
    for folder in folders {
      let places =
        [Self.joined(folder, "pipelines")] + (folder.hasSuffix("/models") ? [folder.dropLast(6) + "pipelines"] : [])
      for place in places where access(Self.joined(place, name), R_OK) == 0 { return Self.joined(place, name) }
    }
    return nil
  }

  /// The folder of the Python module that plugins are written with.
  public var pythonModule: String? { folder("python", inPackage: "Plugins/python") }

  /// A folder that comes with the program: where models and lists were installed, or of the package.
  public func folder(_ name: String, inPackage packaged: String) -> String? {
    let places =
      folders.map { Self.joined($0, name) }
      + folders.filter { $0.hasSuffix("/models") }.map { $0.dropLast(6) + packaged }
    return places.first(where: Self.isFolder)
  }

  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  private static func map(_ path: String) throws(StageError) -> Resource {
    func fail(_ problem: String) -> StageError {
      StageError(.failsArticle, class: .noResource, "\(path) \(problem)")
    }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw fail("cannot be opened: \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw fail("is no regular file") }
    let size = Int(status.st_size)
    if size == 0 { return Resource(path: path, copying: []) }
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw fail("cannot be mapped: \(String(cString: strerror(errno)))")
    }
    return Resource(path: path, bytes: UnsafeRawBufferPointer(start: start, count: size)) {
      munmap(UnsafeMutableRawPointer(mutating: $0.baseAddress), $0.count)
    }
  }
}

extension StageContext {
  /// Models and lists from where `ResourceSearch.installed` finds them.
  public static var installed: StageContext { ResourceSearch.installed.context }
}
