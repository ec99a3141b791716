import Foundation
import Testing

/// The tutorials' own commands, taken out of the pages.
@Suite struct TutorialTests {
  private struct Step {
    var title: String
    var script = ""
    /// Each must be in a line of what the script prints.
    var output: [String] = []
  }

  private func steps(of page: String) throws -> [Step] {
    let page = try String(contentsOf: BuiltCommand.checkout.appendingPathComponent("docs/\(page)"), encoding: .utf8)
    var steps: [Step] = []
    var fence = ""
    for line in page.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        fence = fence.isEmpty ? String(line.dropFirst(3)) : ""
      } else if line.hasPrefix("## ") {
        steps.append(Step(title: String(line.dropFirst(3))))
      } else if let last = steps.indices.last {
        if fence == "sh" { steps[last].script += line + "\n" }
        if fence == "text" { steps[last].output.append(line) }
      }
    }
    return steps
  }

  @Test(.timeLimit(.minutes(5)), arguments: ["tutorial.md", "plugins/tutorial.md"])
  func everyStepDoesWhatItSays(page: String) throws {
    let steps = try steps(of: page)
    #expect(steps.count == 10 && steps.allSatisfy { !$0.script.isEmpty })
    let folder = try Folder()
    var script = "set -em\nexec 2>&1\ntrap 'kill %1 2> /dev/null || true' EXIT\n"
    script += "PATH=\(BuiltCommand.path.deletingLastPathComponent().path):$PATH\n"
    for (number, step) in steps.enumerated() { script += "echo '@@ \(number)'\n" + step.script }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script + "echo '@@ end'\n"]
    process.currentDirectoryURL = folder.url
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0 && said.hasSuffix("@@ end\n"), "\(said.suffix(2000))")
    let parts = said.components(separatedBy: "@@ ").dropFirst()
    for (step, part) in zip(steps, parts) {
      for line in step.output { #expect(part.contains(line), "\(step.title): \(line), not in: \(part.prefix(2000))") }
    }
  }
}
