extension String {
  /// As a value in a list or mapping in braces: in quotes where it would be something else without.
  package var asYAML: String {
    let needsQuotes =
      isEmpty || first.map { "*&!%@`\"'#|>-?{}[], ".contains($0) } ?? true
      || contains(where: { "{}[],\n".contains($0) })
      || contains(": ") || contains(" #") || hasSuffix(":") || hasSuffix(" ")
    if !needsQuotes { return self }
    return "\"" + map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0 == "\n" ? "\\n" : "\($0)" }.joined() + "\""
  }
}
