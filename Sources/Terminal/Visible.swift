/// What a page says, safe for a terminal: control characters, which could be commands to it, are shown as U+FFFD.
///
/// - Parameter lines: whether line ends and tabs stay.
public func visible(_ scalars: some Sequence<Unicode.Scalar>, lines: Bool = false) -> String {
  String(
    String.UnicodeScalarView(
      scalars.map { scalar in
        if lines, scalar == "\n" || scalar == "\t" { return scalar }
        return scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
      }))
}
