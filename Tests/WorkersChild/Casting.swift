import ArticleIO
import BuiltinStages
import Glibc
import PipelineKit
import StageKit
import Workers

/// Runs files through a chain in a confined child, which gets them as descriptors, and says of each whether the lines are
/// those that come out here.
func runChain(_ confinement: Confinement, pipeline path: String, files: [String]) throws {
  let loaded = Pipeline.load(paths: [path], registry: .builtin, context: .installed)
  guard let pipeline = loaded.pipelines.first else { return say("error", "\(loaded.diagnostics)") }
  let caster = Caster(pipeline: pipeline)
  if confinement.loadsCharacterSets { loadCharacterSets() }

  var pair: [CInt] = [-1, -1]
  guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0, &pair) == 0 else {
    throw ChildError.call("socketpair", code: errno)
  }
  let (own, theirs) = (pair[0], pair[1])
  let parent = getpid()
  // Before this process has cast anything: what is set up late is set up in the sandbox.
  let child = try ChildProcess.fork {
    do {
      if let limits = confinement.limits {
        _ = try Sandbox.enter(limits, parent: parent, keeping: [theirs, STDERR_FILENO], receiver: theirs)
      } else {
        close(own)
      }
      try serve(theirs, caster)
      _exit(0)
    } catch {
      _exit(3)
    }
  }
  close(theirs)
  for file in files {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    try DescriptorPassing.send(Array(name.utf8), descriptors: [descriptor], over: own)
    let confined = try receiveAnswer(own)
    lseek(descriptor, 0, SEEK_SET)
    let free = cast(descriptor, name: Array(name.utf8), caster)
    close(descriptor)
    say("file", name, "\(free.lines)", "\(free.failures)", confined == free.bytes ? "same" : "different")
    if confined != free.bytes { say("confined", String(decoding: confined.prefix(500), as: UTF8.self)) }
  }
  close(own)
  try expectEnd(of: child)
}

/// In the child: a name with a descriptor comes in, the size of the lines and the lines go out.
private func serve(_ socket: CInt, _ caster: Caster) throws(ChildError) {
  while true {
    let (name, descriptors) = try DescriptorPassing.receive(over: socket, upTo: 256)
    guard !name.isEmpty, let descriptor = descriptors.first else { return }
    let lines = cast(descriptor, name: name, caster).bytes
    close(descriptor)
    var answer = withUnsafeBytes(of: UInt64(lines.count)) { Array($0) } + lines
    while !answer.isEmpty {
      let count = write(socket, answer, answer.count)
      if count <= 0 { throw .call("write", code: errno) }
      answer.removeFirst(count)
    }
  }
}

private func receiveAnswer(_ socket: CInt) throws -> [UInt8] {
  func take(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let piece = try DescriptorPassing.receive(over: socket, upTo: count - bytes.count).bytes
      if piece.isEmpty { return bytes }
      bytes += piece
    }
    return bytes
  }
  let size = try take(8).enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) }
  return try take(size)
}

/// All articles of a file: their lines, and the messages of those that have none.
private func cast(_ descriptor: CInt, name: [UInt8], _ caster: Caster) -> (bytes: [UInt8], lines: Int, failures: Int) {
  var (bytes, lines, failures) = ([UInt8](), 0, 0)
  func fail(_ message: String) {
    bytes += Array("\(message)\n".utf8)
    failures += 1
  }
  do throws(InputError) {
    var feed = ArticleFeed(DescriptorSource(descriptor), kind: try InputKind(fileName: name), limit: 64 << 20)
    while let item = try feed.next() {
      switch item {
      case .badLine(_, let error): fail(error.message)
      case .article(let raw):
        switch caster.cast(raw, name: name) {
        case .failure(let error): fail(error.message)
        case .success(let cast):
          do throws(CastingError) {
            bytes += try cast.line(nil)
            lines += 1
          } catch {
            fail(error.message)
          }
        }
      }
    }
  } catch {
    fail(error.message)
  }
  return (bytes, lines, failures)
}
