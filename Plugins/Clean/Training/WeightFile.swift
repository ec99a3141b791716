import Bytes

extension Weights {
  /// Whole hundredths of what a fit found: the steps, then the network's numbers.
  init(parameters: [Double]) {
    self.init(numbers: parameters.map { Float(max(-32_000, min(32_000, ($0 * 100).rounded()))) / 100 })
  }

  /// The weights as a Swift file of this module.
  ///
  /// - Parameters:
  ///   - name: of the constant: `lines`.
  ///   - kind: of the pages, for the comment: `plain-text dumps`.
  func swiftFile(name: String, kind: String, sources: [String]) -> String {
    """
    extension Weights {
      /// For \(kind). Fitted by `linecaster train clean`, to pages of
      /// \(sources.joined(separator: ", ")); the figures hold no text of theirs.
      static let \(name) = Weights(
        table: \"""
    \(table)
          \""")
    }

    """
  }

  /// The numbers by group, each group's after its name.
  private var table: String {
    var (lines, at): ([String], Int) = ([], 0)
    let numbers = self.numbers.map { Int(($0 * 100).rounded()) }
    func add(_ name: String, _ count: Int) {
      var line = "      \(name)"
      for number in numbers[Range(from: at, upTo: at + count)] {
        if line.utf8.count + 1 + "\(number)".utf8.count > 118 {
          lines.append(line)
          line = "     "
        }
        line += " \(number)"
      }
      lines.append(line)
      at += count
    }
    add("steps", SoftmaxMargin.steps.count)
    for group in Features.Group.allCases { add("\(group)", group.size * SoftmaxMargin.states) }
    for group in Features.Group.allCases { add("\(group)-vectors", group.size * Network.lanes) }
    for matrix in ["own", "before", "after"] { add(matrix, Network.lanes * Network.lanes) }
    add("bias", Network.lanes)
    add("output", Network.lanes * SoftmaxMargin.states)
    return lines.joined(separator: "\n")
  }
}
