import ArgumentParser
import Glibc
import Terminal

/// A command that is a program of its own, as those of Git may be: `linecaster NAME` runs `linecaster-NAME`, which lies
/// beside this program or in `libexec/linecaster` next to its folder.
struct CommandProgram {
  /// Those that the project has, each with the package that brings it.
  static let known = [
    (name: "train", package: "linecaster-train"), (name: "send", package: "linecaster-desk"),
    (name: "export", package: "linecaster-desk"), (name: "desk", package: "linecaster-desk"),
    (name: "metrics", package: "linecaster-desk"),
  ]

  let name: String

  /// - Returns: `nil` for a word that names no program.
  init?(_ word: String) {
    guard let first = word.utf8.first, first != UInt8(ascii: "-"), word.utf8.count <= 64,
      word.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") })
    else { return nil }
    name = word
  }

  /// Where it may lie.
  private var places: [String] {
    guard let executable = realpath("/proc/self/exe", nil) else { return [] }
    defer { free(executable) }
    let parts = String(cString: executable).split(separator: "/").dropLast()
    let (folder, above) = (parts.joined(separator: "/"), parts.dropLast().joined(separator: "/"))
    return ["/\(folder)/linecaster-\(name)", "/\(above)/libexec/linecaster/linecaster-\(name)"]
  }

  /// Goes on as that program, if it is there; comes back only where it is not.
  ///
  /// - Parameters:
  ///   - arguments: those of this process that it gets, as bytes.
  ///   - first: an argument to stand before them.
  func run(_ arguments: Range<Int>, behind first: String? = nil) throws {
    let found = places.filter { access($0, F_OK) == 0 }
    guard let path = found.first else { return }
    // A vector of C strings that ends in a null pointer; they live until the process is another, or ends.
    var vector = [strdup(path)]
    if let first { vector.append(strdup(first)) }
    vector += arguments.map { CommandLine.unsafeArgv[$0] } + [nil]
    execv(path, vector)
    complain("\(path) cannot be run: \(String(cString: strerror(errno)))")
    throw ExitCode.unavailable
  }

  /// Says how to get a program of the project that is not there; `nil` for another.
  var missing: String? {
    guard let known = Self.known.first(where: { $0.name == name }) else { return nil }
    return "‘\(name)’ is a program of its own, linecaster-\(name), and it is neither at "
      + places.joined(separator: " nor at ")
      + ": install the package \(known.package), or make it with ‘make \(known.package)’ in the sources"
  }
}
