import FoundationEssentials

/// All figures of one run.
struct Report: Encodable {
  var cores: Int
  var articles: Int
  var runs: Int
  /// What else kept the machine busy before the first figure: runnable threads over the last minute.
  var loadAtStart: Double
  var throughput: [Throughput] = []
  var conditions: [ConditionCost] = []
  var pipe: Pipe?
  var startMilliseconds: Double?
  var sync: SyncFloor?

  /// The built command as a filter over the generated text dumps.
  struct Pipe: Encodable {
    var articlesPerSecond: Double
    var megabytesPerSecond: Double
    var peakMegabytes: Double
  }

  var json: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  var table: String {
    var rows = [["", "articles/s", "MB/s", "× floor"]]
    rows += throughput.map {
      [$0.name, whole($0.articlesPerSecond), one($0.megabytesPerSecond), one($0.timesFloor)]
    }
    if let pipe { rows.append(["linecaster pipe", whole(pipe.articlesPerSecond), one(pipe.megabytesPerSecond), ""]) }
    var text =
      "\(articles) articles, medians of \(runs) runs, \(cores) cores, load at start \(two(loadAtStart))\n\n"
      + Self.aligned(rows) + "\n"
    if let pipe { text += "peak memory of linecaster pipe   \(one(pipe.peakMegabytes)) MB\n" }
    if let startMilliseconds { text += "start of linecaster version      \(two(startMilliseconds)) ms\n" }
    if let sync {
      text += "4 KiB append and fdatasync       \(two(sync.medianMilliseconds)) ms, one in a hundred over "
      text += "\(two(sync.p99Milliseconds)) ms\n"
    }
    for cost in conditions { text += "\(whole(cost.nanoseconds)) ns an article: \(cost.condition)\n" }
    return text
  }

  private static func aligned(_ rows: [[String]]) -> String {
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column == 0 ? cell + space : space + cell
      }.joined(separator: "  ") + "\n"
    }.joined()
  }

  private func whole(_ value: Double) -> String { "\(Int(value.rounded()))" }
  private func one(_ value: Double) -> String { decimal(value, 10) }
  private func two(_ value: Double) -> String { decimal(value, 100) }
  private func decimal(_ value: Double, _ factor: Double) -> String { "\((value * factor).rounded() / factor)" }
}
