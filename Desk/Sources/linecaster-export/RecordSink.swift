import ArgumentParser
import Exporting
import Glibc
import RecordReading
import StageKit
import Terminal

/// Where exported records go: standard output, a file, or a file each in a folder.
struct RecordSink {
  private let target: Export.Target
  private let folder: String?
  private var count = 0
  private var file: UnsafeMutablePointer<FILE>?

  init(target: Export.Target, out: String?) throws {
    self.target = target
    folder = target == .labelstudio ? nil : out
    if let folder {
      guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw Self.failure(folder) }
      if target == .brat { try Self.write(Array(Brat.configuration.utf8), to: "\(folder)/annotation.conf") }
    } else if let out {
      file = fopen(out, "we")
      if file == nil { throw Self.failure(out) }
    }
    if target == .labelstudio { try write(Array("[".utf8)) }
  }

  mutating func write(_ record: Record) throws {
    count += 1
    switch target {
    case .brat:
      let annotations = Annotations(record)
      let path = "\(folder ?? ".")/\(Brat.name(count, id: record.string(record.id)))"
      try Self.write(annotations.text, to: path + ".txt")
      try Self.write(Brat.annotations(annotations), to: path + ".ann")
    case .labelstudio:
      let task = LabelStudio.task(
        Annotations(record), id: Array(record.bytes[record.id.range]),
        title: record.title.map { Array(record.bytes[$0.range]) },
        version: "linecaster \(record.string(record.pipeline))")
      try write(Array((count > 1 ? ",\n" : "\n").utf8) + task)
    case .ninjs:
      let item = NinjsItem.json(record) + [0x0A]
      if let folder {
        try Self.write(item, to: "\(folder)/\(Brat.name(count, id: record.string(record.id))).json")
      } else {
        try write(item)
      }
    }
  }

  mutating func finish() throws {
    if target == .labelstudio { try write(Array("\n]\n".utf8)) }
    if let file, fclose(file) != 0 { throw Self.failure("the file") }
  }

  private func write(_ bytes: [UInt8]) throws {
    guard let file else { return StandardOutput.write(bytes) }
    if fwrite(bytes, 1, bytes.count, file) != bytes.count { throw Self.failure("the file") }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    guard let file = fopen(path, "we") else { throw failure(path) }
    let count = fwrite(bytes, 1, bytes.count, file)
    if fclose(file) != 0 || count != bytes.count { throw failure(path) }
  }

  private static func failure(_ path: String) -> ExitCode {
    complain("\(path) cannot be written: \(String(cString: strerror(errno)))")
    return .inputOutput
  }
}
