extension Weights {
  /// Whole hundredths of what a fit found.
  init(parameters: [Double]) {
    let hundredths = parameters.map { Int16(max(-30_000, min(30_000, ($0 * 100).rounded()))) }
    let steps = hundredths.suffix(SoftmaxMargin.steps.count).map(Int.init)
    self.init(
      steps: Steps(
        idle: steps[0], begin: steps[1], stay: steps[2], pause: steps[3], finish: steps[4], wait: steps[5],
        resume: steps[6], rest: steps[7]),
      rows: Array(hundredths.dropLast(SoftmaxMargin.steps.count)))
  }

  /// The weights as a Swift file of this module.
  ///
  /// - Parameters:
  ///   - name: of the constant: `lines`.
  ///   - kind: of the pages, for the comment: `plain-text dumps`.
  func swiftFile(name: String, kind: String, sources: [String]) -> String {
    let steps = self.steps
    return """
      extension Weights {
        /// For \(kind). Fitted as a conditional random field by `linecaster train clean`, to pages of
        /// \(sources.joined(separator: ", ")); the figures hold no text of theirs.
        static let \(name) = Weights(
          steps: Steps(
            idle: \(steps.idle), begin: \(steps.begin), stay: \(steps.stay), pause: \(steps.pause), \
      finish: \(steps.finish), wait: \(steps.wait), resume: \(steps.resume), rest: \(steps.rest)),
          rows: \(name)Rows)

        /// By feature group, a row of four for each feature: before, body, inside, after.
        private static let \(name)Rows: StaticString = \"""
      \(table)
          \"""
      }

      """
  }

  /// The rows by group, each after its name.
  private var table: String {
    var (lines, at): ([String], Int) = ([], 0)
    for group in Features.Group.allCases {
      var line = "    \(group)"
      let count = group.size * SoftmaxMargin.states
      for number in rows[at..<at + count] {
        if line.utf8.count + 1 + "\(number)".utf8.count > 118 {
          lines.append(line)
          line = "   "
        }
        line += " \(number)"
      }
      lines.append(line)
      at += count
    }
    return lines.joined(separator: "\n")
  }
}
