/// What a forking parent makes its chain from.
public struct ChainSource: Sendable {
  /// The pipeline's file; paths in it count from there.
  public var file: String
  /// Its content, as the daemon checked it.
  public var content: [UInt8]
  /// What the variables in it stand for.
  public var variables: [String: String] = [:]
  /// The folders of plugins that it names.
  public var plugins: [String] = []
  /// The keys that records have beside those that are always there; empty for all.
  public var keys: [String] = []
  /// Which registry the stages are of, by its name; empty for the one that all programs have.
  public var variant = ""
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
    writer.number(variables.count)
    for (name, value) in variables.sorted(by: { $0.key < $1.key }) {
      writer.text(name)
      writer.text(value)
    }
    writer.number(plugins.count)
    for folder in plugins { writer.text(folder) }
    writer.text(variant)
    writer.number(keys.count)
    for key in keys { writer.text(key) }
    writer.optional(workerMemory) { $0.number($1) }
    return writer.finish()
  }

  init(_ frame: Frame) throws(FrameProblem) {
    var reader = FrameReader(frame)
    file = try reader.text()
    content = try reader.bytes()
    for _ in 0..<max(0, try reader.integer()) {
      let name = try reader.text()
      variables[name] = try reader.text()
    }
    for _ in 0..<max(0, try reader.integer()) { plugins.append(try reader.text()) }
    variant = try reader.text()
    for _ in 0..<max(0, try reader.integer()) { keys.append(try reader.text()) }
    workerMemory = try reader.optional { reader throws(FrameProblem) in try reader.number() }
    try reader.finish()
  }
}
