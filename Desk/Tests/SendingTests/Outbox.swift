import Glibc
import OutboxReading
import Sending
import Store
import Testing

/// An outbox in a folder of its own, and the SQLite file beside it.
final class Outbox {
  let folder: String
  var path: String { folder + "/outbox" }
  var database: String { folder + "/news.db" }
  private(set) var complaints: [String] = []

  init() throws {
    var template = Array("/tmp/linecaster-desk-XXXXXX".utf8CString)
    folder = try #require(mkdtemp(&template).map { String(cString: $0) })
    mkdir(path, 0o755)
  }

  deinit { remove(folder) }

  private func remove(_ path: String) {
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove("\(path)/\(name)") }
      }
      closedir(directory)
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  func append(_ text: String, to name: String) throws {
    for part in name.split(separator: "/").dropLast() { mkdir("\(path)/\(part)", 0o755) }
    let file = try #require(fopen("\(path)/\(name)", "ae"))
    fputs(text, file)
    fclose(file)
  }

  func move(_ name: String, to other: String) { #expect(rename("\(path)/\(name)", "\(path)/\(other)") == 0) }

  func run(_ program: String, _ arguments: String...) throws {
    var child: pid_t = 0
    var vector = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for pointer in vector { free(pointer) } }
    try #require(posix_spawnp(&child, program, nil, nil, &vector, environ) == 0)
    var status: Int32 = 0
    waitpid(child, &status, 0)
    #expect(status == 0)
  }

  @discardableResult
  func send() throws -> SQLiteSender.Outcome {
    let place = try #require(OutboxPlace(path))
    var sender = try SQLiteSender(database, [place]) { self.complaints.append($0) }
    try sender.sendAll()
    return sender.outcome
  }

  func integer(_ sql: String) throws -> Int { Int(try Store.open(reading: database).integer(sql) ?? -1) }

  func texts(_ sql: String) throws -> [String] {
    let statement = try Store.open(reading: database).prepare(sql)
    var all: [String] = []
    while try statement.step() { all.append(statement.text(0)) }
    return all
  }
}

/// A record's line, in our own words.
func line(
  _ id: String, seq: Int? = nil, title: String = "Ice on the fjord", published: String? = "2026-03-01",
  revisionOf: Int? = nil, speaker: String = "Ada Corr", said: String = "The ice holds", cluster: String? = nil,
  url: String = "https://www.fjordpost.example/ice", pipeline: String = "news"
) -> String {
  func text(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "null" }
  func number(_ value: Int?) -> String { value.map { "\($0)" } ?? "null" }
  let body = "“\(said),” \(speaker) said."
  let (start, end) = (said.unicodeScalars.count + 4, said.unicodeScalars.count + 4 + speaker.unicodeScalars.count)
  return """
    {"schema":"linecaster/1","id":"\(id)","seq":\(number(seq)),"received":"2026-03-02T10:00:00Z",\
    "source":{"name":"\(id).txt","path":null,"line":null},"pipeline":{"name":"\(pipeline)","offsets":"codepoints"},\
    "revision_of":\(number(revisionOf)),"url":"\(url)","title":"\(title)","published":\(text(published)),"text":"\(body)",\
    "sentences":[{"start":0,"end":\(end + 6)}],\
    "entities":[{"id":0,"type":"PERSON","name":"\(speaker)","link":null,"roles":[],"value":null,"amount":null,"unit":null,\
    "mentions":[{"start":\(start),"end":\(end),"text":"\(speaker)"}],"references":[]}],\
    "quotes":[{"id":0,"kind":"direct","start":1,"end":\(start - 2),"spans":[{"start":1,"end":\(start - 2)}],"text":"\(said),",\
    "quoted":[{"start":1,"end":\(start - 2)}],"heading":false,"within":null,\
    "speaker":{"start":\(start),"end":\(end),"text":"\(speaker)","entity":0,"name":"\(speaker)"},\
    "cue":{"start":\(end + 1),"end":\(end + 5),"text":"said"},"confidence":0.9}],\
    "duplicates":{"status":"unique","of":null,"cluster":"\(cluster ?? id)","matches":[]},"errors":[]}

    """
}
