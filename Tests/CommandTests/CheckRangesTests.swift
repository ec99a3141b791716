import Foundation
import Testing

/// The part of `make lint` that finds ranges which a text may turn upside down.
@Suite struct CheckRangesTests {
  /// The lines that it names.
  private func found(_ lines: [String]) throws -> [Int] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ranges-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("A.swift")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    let process = Process()
    process.executableURL = BuiltCommand.checkout.appendingPathComponent("scripts/check-ranges")
    process.arguments = [folder.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let numbers = output.split(separator: "\n").compactMap {
      $0.split(separator: ":").dropFirst().first.flatMap { Int($0) }
    }
    #expect(process.terminationStatus == (numbers.isEmpty ? 0 : 1))
    return numbers
  }

  @Test func rangesOfTwoComputedEndsAreNamed() throws {
    let lines = [
      "for at in start..<end {}", "words[low...high]", "let r = at + 1..<min(at + 3, limit)",
      "f(range.lowerBound..<end)",
      "for end in start + 1...min(limit, start + 5) {}", "(name.end)..<limit", "for at in 1..<words.count {}",
      "let a = at..<at + count", "let a = at..<at + 1 - shift", "let b = end..<other + 1", "x[0..<4] + y[a..<b]",
      "let a = low..<max(high, low)", "for _ in 4..<span.count {}", "let a = rows[i]..<rows[j]",
    ]
    #expect(try found(lines) == Array(1...lines.count))
  }

  @Test func whatCannotBeUpsideDownIsLeftAlone() throws {
    let lines = [
      "for at in 0..<count {}", "for at in 0..<min(words.count, 4) {}", "case 0x41...0x5A, 0x80...: break",
      "rest[at...]",
      "rest[..<end]", "func f(_ names: String...) {}", "(1...12).contains(month)", "near(-3 ... -1, isDate)",
      "let a = at..<at + 1", "let a = at...at + 2", "let a = name.start..<name.start + 4", "in: 0.05...1,",
      "let a = low..<max(low, high)", "// a..<b", "let a = \"a..<b\"", "Range(from: start, upTo: end)",
      "let t = \"\"\"", "a..<b", "\"\"\"", "case 0..<0x80: one()",
    ]
    #expect(try found(lines) == [])
  }
}
