import ArgumentParser
import Glibc
import Terminal
import Training

/// Files that training writes.
enum TrainingOutput {
  /// The file is whole or not there.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let draft = path + ".new"
    guard let file = fopen(draft, "w") else { return try refuse(draft) }
    let written = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, written == bytes.count, rename(draft, path) == 0 else { return try refuse(path) }
  }

  /// Prints how often the right candidate was chosen.
  static func show(_ result: ChoiceFit.Result, _ name: String, epochs: Int) {
    var lines = ["\(name): fitted to \(result.pagesLearnedFrom) pages in \(epochs) epochs"]
    for (title, scores) in [("domains held out", result.heldOut), ("in sample", result.inSample)] {
      for (group, right, pages) in scores {
        lines.append("  \(title), \(group): \(right) of \(pages) right, \(right * 1000 / max(1, pages)) ‰")
      }
    }
    StandardOutput.write(lines.joined(separator: "\n") + "\n")
  }

  private static func refuse(_ path: String) throws {
    complain("\(path) cannot be written: \(String(cString: strerror(errno)))")
    throw ExitCode.inputOutput
  }
}

/// A number with so many digits after the point.
func decimals(_ value: Double, _ places: Int) -> String {
  var scale = 1
  for _ in 0..<places { scale *= 10 }
  let whole = Int((abs(value) * Double(scale)).rounded())
  let fraction = String(whole % scale)
  return
    "\(value < 0 ? "-" : "")\(whole / scale).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
}
