import Bytes
import CLibYAML
import StageKit

/// An error that libyaml met, to be told in plain words.
struct SyntaxFault {
  private let kind: yaml_error_type_t
  private let problem: String
  /// What libyaml was doing: `while parsing a flow sequence`.
  private let context: String
  private let codePoint: Int
  private let contextCodePoint: Int
  /// Of a reader error, which has no code points to count.
  private let offset: Int
  private let byte: Int32

  init(_ parser: yaml_parser_t) {
    kind = parser.error
    problem = parser.problem.map { String(cString: $0) } ?? ""
    context = parser.context.map { String(cString: $0) } ?? ""
    codePoint = parser.problem_mark.index
    contextCodePoint = parser.context_mark.index
    offset = parser.problem_offset
    byte = parser.problem_value
  }

  func diagnostic(file: String, source: SourceText) -> Diagnostic {
    if kind == YAML_READER_ERROR {
      // libyaml names the byte that breaks a sequence; where the sequence starts is where to look.
      let invalid = problem.contains("control character") ? nil : source.firstInvalidUTF8
      let start = source.mark(offset: invalid?.offset ?? source.offset(fromOrigin: offset)).position
      let end = Diagnostic.Position(line: start.line, column: start.column + 1)
      return Diagnostic(file: file, start: start, end: end, readerMessage(invalid?.byte))
    }
    if kind == YAML_MEMORY_ERROR {
      let mark = source.mark(codePoint: 0)
      return Diagnostic(file: file, start: mark.position, end: mark.position, "no memory to read it with")
    }
    if problem.hasPrefix("mapping values") || problem.hasPrefix("could not find expected ':'"),
      let missing = source.missingBlank(before: source.mark(codePoint: codePoint).offset)
    {
      var end = missing.mark.position
      end.column += 1
      return Diagnostic(
        file: file, start: missing.mark.position, end: end, "a blank is missing behind ‘\(missing.key):’")
    }
    let problemMark = source.mark(codePoint: codePoint)
    if problem == "did not find expected ',' or '}'" || problem == "did not find expected ',' or ']'",
      source.endsWithDollar(before: problemMark.offset)
    {
      var end = problemMark.position
      end.column += 1
      return Diagnostic(
        file: file, start: problemMark.position, end: end,
        "put ‘${…}’ in quotes here: in braces its own ones end the mapping")
    }
    let opening = source.mark(codePoint: contextCodePoint)
    var start = source.mark(codePoint: codePoint)
    let found = source.scalar(at: start.offset)
    if (found == nil && isUnclosed) || isNamelessAnchor { start = opening }
    var end = start
    if source.scalar(at: start.offset) != nil { end.position.column += isUnknownEscape ? 2 : 1 }
    return Diagnostic(
      file: file, start: start.position, end: end.position, message(found: found, opening: opening.position))
  }

  private func readerMessage(_ invalid: UInt8?) -> String {
    if let invalid {
      return "the byte 0x\(hexadecimal(Int32(invalid), digits: 2)) is not valid UTF-8 here: save the file as UTF-8"
    }
    if byte >= 0 { return "the control character U+\(hexadecimal(byte, digits: 4)) cannot stand in YAML" }
    return "this cannot be read: \(problem)"
  }

  private var isUnclosed: Bool {
    context.hasSuffix("a quoted scalar") || context.hasSuffix("a flow sequence") || context.hasSuffix("a flow mapping")
  }

  private var isNamelessAnchor: Bool { problem == "did not find expected alphabetic or numeric character" }
  private var isUnknownEscape: Bool { problem == "found unknown escape character" }

  private func message(found: Unicode.Scalar?, opening: Diagnostic.Position) -> String {
    if found == "\t" { return "a tab cannot indent YAML: use spaces" }
    if problem.contains("tab character") { return "a tab cannot indent YAML: use spaces" }
    let line = "line \(opening.line)"
    switch problem {
    case "found character that cannot start any token":
      return "‘\(found.map(String.init) ?? "")’ cannot start a value: put the value in quotes"
    case "mapping values are not allowed in this context":
      return "‘:’ is not expected here: check the indentation, or put a text that holds ‘: ’ in quotes"
    case "block sequence entries are not allowed in this context":
      return "‘-’ is not expected here: a list starts on a line of its own"
    case "mapping keys are not allowed in this context":
      return "‘?’ is not expected here: put a text that starts with it in quotes"
    case "could not find expected ':'":
      return "‘:’ is missing after the key at \(line), or the line is not indented as the lines above it"
    case "did not find expected key":
      return "a key is expected here, as in the mapping that starts at \(line): check the indentation"
    case "did not find expected '-' indicator":
      return "‘- …’ is expected here, as in the list that starts at \(line): check the indentation"
    case "did not find expected ',' or ']'":
      return found == nil ? "‘[’ is never closed: add ‘]’" : "‘,’ or ‘]’ is expected here, in the list of \(line)"
    case "did not find expected ',' or '}'":
      return found == nil ? "‘{’ is never closed: add ‘}’" : "‘,’ or ‘}’ is expected here, in the mapping of \(line)"
    case "did not find expected node content":
      return "a value is expected here"
    case "did not find expected alphabetic or numeric character":
      let sign = context.contains("alias") ? "*" : "&"
      return "‘\(sign)’ has a meaning of its own in YAML: put a text that starts with it in quotes, as in ‘\"*.txt\"’"
    case "found unexpected end of stream":
      return "the quoted text is never closed"
    case "found unexpected document indicator":
      return "‘---’ or ‘...’ stands inside the quoted text of \(line): is its end quote missing?"
    case "found unknown escape character":
      return "this is no escape of double quotes: write ‘\\\\’ for a backslash, or use single quotes"
    case "did not find expected <document start>":
      return "nothing more is expected here: check the indentation"
    case "did not find expected comment or line break":
      return "a line end is expected here"
    default:
      return "this is not YAML: " + [problem, context].filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  private func hexadecimal(_ value: Int32, digits: Int) -> String {
    String(value.magnitude, radix: 16, uppercase: true, width: digits)
  }
}
