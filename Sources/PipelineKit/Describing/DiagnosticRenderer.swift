import ArticleIO
import StageKit

/// Shows diagnostics as a compiler does: the place, the message, the source line, and carets under the span.
public struct DiagnosticRenderer {
  /// Whether to use ANSI colours.
  public var colours: Bool
  private var lines: [String: [ArraySlice<UInt8>]] = [:]

  private static let tabWidth = 4
  /// Columns of a source line that are shown; of a longer one the part round the span.
  private static let widest = 160

  public init(_ files: [SourceFile], colours: Bool = false) {
    self.colours = colours
    for file in files { lines[file.path] = splitLines(file.bytes) }
  }

  /// The diagnostic with a line end after each of its lines.
  public func render(_ diagnostic: Diagnostic) -> String {
    var place = printable(diagnostic.file)
    if diagnostic.start != .wholeFile { place += ":\(diagnostic.start.line):\(diagnostic.start.column)" }
    let severity = coloured("\(diagnostic.severity.rawValue):", severityColour(diagnostic.severity))
    let head = coloured("\(place):", "1") + " \(severity) " + coloured(printable(diagnostic.message), "1") + "\n"
    return head + excerpt(diagnostic)
  }

  /// All of them, in order.
  public func render(_ diagnostics: [Diagnostic]) -> String { diagnostics.map(render).joined() }

  private func excerpt(_ diagnostic: Diagnostic) -> String {
    guard let fileLines = lines[diagnostic.file], fileLines.indices.contains(diagnostic.start.line - 1) else {
      return ""
    }
    let line = fileLines[diagnostic.start.line - 1]
    let first = diagnostic.start.column - 1
    // Of a span of several lines, the part on the first.
    let last = diagnostic.end.line > diagnostic.start.line ? Int.max : diagnostic.end.column - 1
    // Far from the span nothing is shown or even decoded, however long the line is.
    let from = max(0, first - Self.widest / 2)
    let start = line.advanced(byCodePoints: from, from: line.startIndex)
    let end = line.advanced(byCodePoints: Self.widest * 2, from: start)
    var shown = ShownLine(tabWidth: Self.tabWidth)
    if from > 0 { shown.append("…") }
    for (at, scalar) in String(decoding: line[start..<end], as: UTF8.self).unicodeScalars.enumerated() {
      if shown.width >= Self.widest {
        shown.append("…")
        break
      }
      shown.append(scalar, marked: at + from >= first && at + from < last)
    }
    let column = shown.mark ?? shown.width
    let run = "^" + String(repeating: "~", count: max(0, shown.markedWidth - 1))
    let number = String(diagnostic.start.line)
    let blank = String(repeating: " ", count: number.utf8.count)
    return coloured("  \(number) | ", "2") + shown.text + "\n" + coloured("  \(blank) | ", "2")
      + String(repeating: " ", count: column) + coloured(run, severityColour(diagnostic.severity)) + "\n"
  }

  private func severityColour(_ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;36"
    }
  }

  private func coloured(_ text: String, _ code: String) -> String { colours ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }

  /// Without characters that steer a terminal, and no longer than anyone reads.
  private func printable(_ text: String) -> String {
    var shown = ""
    for (count, scalar) in text.unicodeScalars.enumerated() {
      if count == 400 { return shown + "…" }
      shown.unicodeScalars.append(TerminalWidth.isControl(scalar) ? "\u{FFFD}" : scalar)
    }
    return shown
  }
}

/// A source line as it is printed, and where the marked part of it stands.
private struct ShownLine {
  let tabWidth: Int
  private(set) var text = ""
  private(set) var width = 0
  private(set) var mark: Int?
  private(set) var markedWidth = 0

  init(tabWidth: Int) { self.tabWidth = tabWidth }

  mutating func append(_ scalar: Unicode.Scalar, marked: Bool = false) {
    var columns = TerminalWidth.columns(scalar)
    if marked, mark == nil { mark = width }
    if scalar == "\t" {
      columns = tabWidth - width % tabWidth
      text += String(repeating: " ", count: columns)
    } else if TerminalWidth.isControl(scalar) {
      text += "\u{FFFD}"
      columns = 1
    } else {
      text.unicodeScalars.append(scalar)
    }
    width += columns
    if marked { markedWidth += columns }
  }
}

extension ArraySlice<UInt8> {
  /// The index `count` code points further on, or the end.
  fileprivate func advanced(byCodePoints count: Int, from start: Int) -> Int {
    var (at, left) = (start, count)
    while at < endIndex {
      if self[at] & 0xC0 != 0x80 {
        if left == 0 { return at }
        left -= 1
      }
      at += 1
    }
    return at
  }
}

/// Lines as editors count them: LF, CR LF and CR end one. A byte order mark is not part of the first.
private func splitLines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
  var lines: [ArraySlice<UInt8>] = []
  var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  var at = start
  while at < bytes.count {
    defer { at += 1 }
    guard bytes[at] == 0x0A || bytes[at] == 0x0D else { continue }
    lines.append(bytes[start..<at])
    if bytes[at] == 0x0D, at + 1 < bytes.count, bytes[at + 1] == 0x0A { at += 1 }
    start = at + 1
  }
  lines.append(bytes[start...])
  return lines
}
