/// What a forking parent makes its chain from.
public struct ChainSource: Sendable {
  /// The pipeline's file; paths in it count from there.
  public var file: String
  /// Its content, as the daemon checked it.
  public var content: [UInt8]
  /// Bytes of memory that a worker may have; `nil` for no limit.
  public var workerMemory: UInt64?

  public init(file: String, content: [UInt8], workerMemory: UInt64? = 1 << 30) {
    self.file = file
    self.content = content
    self.workerMemory = workerMemory
  }

  var frame: [UInt8] {
    var writer = FrameWriter(kind: 1, reserving: content.count)
    writer.text(file)
    writer.bytes(content)
    writer.optional(workerMemory) { $0.number($1) }
    return writer.finish()
  }

  init(_ frame: Frame) throws(FrameProblem) {
    var reader = FrameReader(frame)
    file = try reader.text()
    content = try reader.bytes()
    workerMemory = try reader.optional { reader throws(FrameProblem) in try reader.number() }
    try reader.finish()
  }
}
