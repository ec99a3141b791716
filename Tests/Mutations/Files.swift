import Glibc

/// Whole files, for a program that ends where it cannot have them.
enum Files {
  static func list(_ folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append("\(folder)/\(name)") }
    }
    return names.sorted()
  }

  static func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { fail(path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&piece, 1, piece.count, file)
      if count == 0 { return bytes }
      bytes += piece[..<count]
    }
  }

  static func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "w") else { fail(path) }
    if fwrite(bytes, 1, bytes.count, file) != bytes.count || fclose(file) != 0 { fail(path) }
  }

  static func temporaryFolder() -> String {
    var template = Array("/tmp/linecaster-mutations-XXXXXX".utf8CString)
    guard let path = mkdtemp(&template) else { fail("/tmp") }
    return String(cString: path)
  }

  private static func fail(_ path: String) -> Never {
    print("mutations: \(path): \(String(cString: strerror(errno)))")
    exit(74)
  }
}
