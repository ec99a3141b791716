import Foundation
import StageKit
import Testing

@Suite struct MetricsTests {
  @Test(.timeLimit(.minutes(5))) func aScrapeTellsWhatWasDone() throws {
    let spool = try CommandSpool(stages: "[segment, dedupe]")
    let daemon = try spool.startDaemon()
    defer { daemon.terminate() }
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    try spool.drop("b.txt")
    try spool.drop("bad.json", "{")
    try spool.waitForRecords(2)
    while !spool.names("failed").contains("bad.json") { sched_yield() }
    var text = try spool.command("metrics").output
    while !text.contains("linecaster_failures_total{") || !text.contains("status=\"exact\"") {
      text = try spool.command("metrics").output
    }
    let values = try Self.values(text)
    #expect(values["linecaster_records_total{pipeline=\"news\"}"] == 2)
    #expect(values["linecaster_duplicates_total{pipeline=\"news\",status=\"exact\"}"] == 1)
    #expect(values["linecaster_failures_total{pipeline=\"news\",class=\"not_json\"}"] == 1)
    #expect(values["linecaster_line_seconds_count{pipeline=\"news\"}"] == 3)
    #expect(values["linecaster_stage_seconds_count{pipeline=\"news\",stage=\"segment\"}"] == 2)
    #expect(values["linecaster_stage_seconds_count{pipeline=\"news\",stage=\"record\"}"] == 2)
    #expect(values["linecaster_healthy"] == 1 && values["linecaster_ready_files{pipeline=\"news\"}"] == 0)
    #expect((values["linecaster_worker_memory_bytes{pipeline=\"news\"}"] ?? 0) > 0)
  }

  /// Each line by its name and labels; fails where one is not of the format.
  private static func values(_ text: String) throws -> [String: Double] {
    var values: [String: Double] = [:]
    var typed: Set<Substring> = []
    let sample = /([a-z_]+)(\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? ([0-9.]+)/
    for line in text.split(separator: "\n") {
      if line.hasPrefix("#") {
        let words = line.split(separator: " ")
        if words[1] == "TYPE" { typed.insert(words[2]) }
        continue
      }
      let match = try #require(line.wholeMatch(of: sample), "\(line)")
      let name = match.1
      #expect(typed.contains { name == $0 || name == $0 + "_bucket" || name == $0 + "_sum" || name == $0 + "_count" })
      values["\(name)\(match.2 ?? "")"] = Double(match.3)
    }
    return values
  }
}
