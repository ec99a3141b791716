import Glibc

/// A worker asks its forking parent for a plugin's process: it cannot start one.
enum PluginRequest {
  /// A new process of a plugin of the chain, by its place among them, in place of the one that the worker has.
  ///
  /// - answered: how many articles that one answered.
  case start(plugin: Int, answered: Int)
  /// What it cost since the last time; nobody answers.
  case note(plugin: Int, articles: Int, microseconds: Int)
  /// A line of a library plugin for the log.
  case log(plugin: String, String)

  var frame: [UInt8] {
    switch self {
    case .start(let plugin, let answered):
      var writer = FrameWriter(kind: 1)
      writer.number(plugin)
      writer.number(answered)
      return writer.finish()
    case .note(let plugin, let articles, let microseconds):
      var writer = FrameWriter(kind: 2)
      for number in [plugin, articles, microseconds] { writer.number(number) }
      return writer.finish()
    case .log(let plugin, let line):
      var writer = FrameWriter(kind: 3)
      writer.text(plugin)
      writer.text(line)
      return writer.finish()
    }
  }

  init(_ frame: Frame) throws(FrameProblem) {
    var reader = FrameReader(frame)
    switch frame.kind {
    case 1: self = .start(plugin: try reader.integer(), answered: try reader.integer())
    case 2:
      self = .note(
        plugin: try reader.integer(), articles: try reader.integer(), microseconds: try reader.integer())
    case 3: self = .log(plugin: try reader.text(), try reader.text())
    default: throw FrameProblem("an unknown request \(frame.kind) for a plugin")
    }
    try reader.finish()
  }
}

/// What the forking parent answers.
enum PluginReply {
  /// With it comes the socket.
  ///
  /// - formerEnd: how the process that the worker had before ended, with its last words.
  case started(formerEnd: String)
  /// Not before so many milliseconds; why.
  case later(milliseconds: Int, String)

  var frame: [UInt8] {
    switch self {
    case .started(let formerEnd):
      var writer = FrameWriter(kind: 1)
      writer.text(formerEnd)
      return writer.finish()
    case .later(let milliseconds, let why):
      var writer = FrameWriter(kind: 2)
      writer.number(milliseconds)
      writer.text(why)
      return writer.finish()
    }
  }

  init(_ frame: Frame) throws(FrameProblem) {
    var reader = FrameReader(frame)
    switch frame.kind {
    case 1: self = .started(formerEnd: try reader.text())
    case 2: self = .later(milliseconds: try reader.integer(), try reader.text())
    default: throw FrameProblem("an unknown answer \(frame.kind) for a plugin")
    }
    try reader.finish()
  }
}

/// A worker's end of the socket that those go over.
final class PluginRequests {
  let socket: CInt
  private var incoming = IncomingBytes()
  private var descriptors: [CInt] = []

  init(socket: CInt) { self.socket = socket }

  /// - Returns: whether it went out.
  @discardableResult
  func tell(_ request: PluginRequest) -> Bool {
    (try? BlockingSocket.write(request.frame, to: socket)) != nil
  }

  /// - Returns: the answer and, with a process, its socket; `nil` where the forking parent is gone.
  func ask(_ request: PluginRequest) -> (reply: PluginReply, socket: CInt?)? {
    guard tell(request) else { return nil }
    while true {
      guard let frame = try? FrameBuffer.next(in: &incoming) else {
        guard let (bytes, passed) = try? DescriptorPassing.receive(over: socket, upTo: 4096), !bytes.isEmpty else {
          return nil
        }
        incoming.append(bytes)
        descriptors += passed
        continue
      }
      guard let reply = try? PluginReply(frame) else { return nil }
      if case .started = reply { return descriptors.isEmpty ? nil : (reply, descriptors.removeFirst()) }
      return (reply, nil)
    }
  }
}
