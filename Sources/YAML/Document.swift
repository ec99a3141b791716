import StageKit

/// One YAML file as nodes, or what is wrong with it.
///
/// What people write by hand is supported: block and flow style, all scalar styles, anchors, aliases and merge keys. Refused
/// with a message: tags, several documents, keys that are not scalars, keys given twice.
public struct Document: Sendable {
  /// How much a file may ask for. A file within them is read in milliseconds.
  public struct Limits: Sendable {
    /// Bytes of the file.
    public var bytes = 1 << 20
    /// Sequences and mappings inside each other.
    public var depth = 64
    /// Nodes, those that aliases repeat included.
    public var nodes = 100_000

    public init() {}
  }

  /// An empty file is an empty plain scalar. `nil` where the file could not be read to its end; without what stands
  /// wrong where the diagnostics are of single keys.
  public let root: Node?
  /// In the order of the file.
  public let diagnostics: [Diagnostic]

  /// - Parameter number: which file its marks say that they are of.
  public init(_ bytes: [UInt8], file: String, number: Int = 0, limits: Limits = Limits()) {
    let mark = [0xEF, 0xBB, 0xBF] as [UInt8]
    let origin = bytes.starts(with: mark) ? mark.count : 0
    let start = Diagnostic.Position(line: 1, column: 1)
    if bytes.count > limits.bytes {
      root = nil
      diagnostics = [
        Diagnostic(
          file: file, start: start, end: start,
          "the file is larger than \(OptionType.describe(bytes: limits.bytes)), the most that is read")
      ]
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      root = nil
      diagnostics = [Diagnostic(file: file, start: start, end: start, "the file is UTF-16: save it as UTF-8")]
    } else {
      var builder = NodeBuilder(file: file, source: SourceText(bytes, from: origin, file: number), limits: limits)
      root = builder.build(bytes[origin...])
      diagnostics = builder.diagnostics.sorted { $0.start < $1.start }
    }
  }
}
