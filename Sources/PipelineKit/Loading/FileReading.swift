import Disk
import Glibc

/// Why a file could not be read, as the end of a sentence about it.
struct FileProblem: Error {
  var message: String

  init(_ message: String) { self.message = message }

  fileprivate init(_ action: String, _ error: DiskError) {
    message = "\(action): \(String(cString: strerror(error.code)))"
  }
}

/// Reads a regular file, whatever links lead to it; never waits on a pipe or device.
///
/// - Parameter limit: reading stops one byte past it, so that the caller sees that the file is larger.
func readFile(_ path: String, limit: Int) throws(FileProblem) -> ([UInt8], FileStatus) {
  let fs = PosixFileSystem()
  let file = try problem("cannot be opened") { () throws(DiskError) in
    try fs.open(try fs.resolved(Path(path)), for: .reading)
  }
  defer { fs.close(file) }
  let status = try problem("cannot be read") { () throws(DiskError) in try fs.status(of: file) }
  guard status.kind == .regular else { throw FileProblem("not a regular file") }
  return (try problem("cannot be read") { () throws(DiskError) in try fs.readAll(file, limit: limit + 1) }, status)
}

/// A path that a file names: as it is, or from that file's folder.
func path(_ path: String, besides file: String) -> String {
  if path.hasPrefix("/") { return path }
  return (file.lastIndex(of: "/").map { String(file[...$0]) } ?? "") + path
}

/// The path itself, or the pipeline files of the directory it names.
func pipelineFiles(at path: String) throws(FileProblem) -> [String] {
  let fs = PosixFileSystem()
  let (place, status) = try problem("cannot be opened") { () throws(DiskError) in
    let place = try fs.resolved(Path(path))
    return (place, try fs.status(at: place))
  }
  guard status?.kind == .directory else { return [path] }
  let names = try problem("cannot be listed") { () throws(DiskError) in try fs.list(place) }
    .map { String(decoding: $0, as: UTF8.self) }
    .filter { !$0.hasPrefix(".") && ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) }
    .filter { name in !TestReader.endings.contains { name.hasSuffix($0) } }
  if names.isEmpty { throw FileProblem("no pipeline here: the directory holds no *.yaml file") }
  return names.sorted().map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
}

private func problem<R>(_ action: String, _ work: () throws(DiskError) -> R) throws(FileProblem) -> R {
  do throws(DiskError) { return try work() } catch { throw FileProblem(action, error) }
}
