import Glibc

/// Why a file could not be read, as the end of a sentence about it.
struct FileProblem: Error {
  var message: String

  init(_ message: String) { self.message = message }

  /// Of the call that just failed.
  static func system(_ action: String) -> FileProblem {
    FileProblem("\(action): \(String(cString: strerror(errno)))")
  }
}

/// Which file it is, whatever its path.
struct FileIdentity: Hashable {
  var device: UInt
  var inode: UInt
}

/// Reads a regular file; never waits on a pipe or device.
///
/// - Parameter limit: reading stops one byte past it, so that the caller sees that the file is larger.
func readFile(_ path: String, limit: Int) throws(FileProblem) -> ([UInt8], FileIdentity) {
  let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  guard descriptor >= 0 else { throw .system("cannot be opened") }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0 else { throw .system("cannot be read") }
  guard status.st_mode & S_IFMT == S_IFREG else { throw FileProblem("not a regular file") }
  var bytes: [UInt8] = []
  while bytes.count <= limit {
    let want = min(64 << 10, limit + 1 - bytes.count)
    var count = 0
    bytes.append(
      contentsOf: [UInt8](unsafeUninitializedCapacity: want) { buffer, used in
        count = read(descriptor, buffer.baseAddress, want)
        used = max(0, count)
      })
    if count == 0 { break }
    if count < 0, errno != EINTR { throw .system("cannot be read") }
  }
  return (bytes, FileIdentity(device: UInt(status.st_dev), inode: UInt(status.st_ino)))
}

/// The path itself, or the pipeline files of the directory it names.
func pipelineFiles(at path: String) throws(FileProblem) -> [String] {
  var status = stat()
  guard stat(path, &status) == 0 else { throw .system("cannot be opened") }
  guard status.st_mode & S_IFMT == S_IFDIR else { return [path] }
  guard let directory = opendir(path) else { throw .system("cannot be listed") }
  defer { closedir(directory) }
  var names: [String] = []
  while let entry = readdir(directory) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      // d_name ends with a zero byte inside its array.
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if !name.hasPrefix("."), name.hasSuffix(".yaml") || name.hasSuffix(".yml") { names.append(name) }
  }
  if names.isEmpty { throw FileProblem("no pipeline here: the directory holds no *.yaml file") }
  return names.sorted().map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
}
