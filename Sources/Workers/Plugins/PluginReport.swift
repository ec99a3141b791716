/// What `status` tells of a plugin.
public struct PluginReport: Sendable, Equatable {
  public var name: String
  public var version: String
  /// Processes that run.
  public var processes: Int
  /// Processes that were started, and that ended otherwise than with their worker.
  public var starts: Int
  public var ended: Int
  /// Articles that it had, and the time that workers waited for it.
  public var articles: Int
  public var microseconds: Int
  /// Why it does not run, where it ended several times in a row.
  public var problem: String?
}

extension PluginReport {
  func write(_ writer: inout FrameWriter) {
    writer.text(name)
    writer.text(version)
    for number in [processes, starts, ended, articles, microseconds] { writer.number(number) }
    writer.optional(problem) { $0.text($1) }
  }

  init(_ reader: inout FrameReader) throws(FrameProblem) {
    name = try reader.text()
    version = try reader.text()
    processes = try reader.integer()
    starts = try reader.integer()
    ended = try reader.integer()
    articles = try reader.integer()
    microseconds = try reader.integer()
    problem = try reader.optional { reader throws(FrameProblem) in try reader.text() }
  }
}
