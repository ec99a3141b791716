import Glibc
import OutboxReading
import StageKit

/// A file that says which lines were sent: a line of JSON for each file of lines.
public struct Cursor: Sendable {
  public struct Problem: Error, Sendable, CustomStringConvertible {
    public var description: String
  }

  private static let schema = "linecaster-cursor/1"

  public let path: String

  public init(_ path: String) { self.path = path }

  /// - Returns: `nil` where there is no such file yet.
  public func read() throws(Problem) -> [FilePosition]? {
    guard let stream = fopen(path, "re") else {
      if errno == ENOENT { return nil }
      throw problem("cannot be read")
    }
    defer { fclose(stream) }
    var (bytes, room) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
    while true {
      let count = room.withUnsafeMutableBytes { fread($0.baseAddress, 1, $0.count, stream) }
      if count == 0 { break }
      bytes += room[..<count]
    }
    var positions: [FilePosition] = []
    for (number, line) in bytes.split(separator: 0x0A).enumerated() {
      let row = try? JSONValue(parsing: Array(line))
      if number == 0 {
        guard row?["schema"]?.string == Self.schema else {
          throw Problem(description: "\(path) is no cursor of linecaster send: name another file")
        }
        continue
      }
      guard let row, let position = FilePosition(row) else {
        throw Problem(description: "\(path):\(number + 1): this is no line of a cursor")
      }
      positions.append(position)
    }
    return positions
  }

  /// Puts positions in place of what was there, at once or not at all.
  public func write(_ positions: [FilePosition]) throws(Problem) {
    var json = JSONWriter()
    json.raw("{\"schema\":")
    json.string(Self.schema)
    json.raw("}\n")
    for position in positions where position.line > 0 { position.write(&json) }
    let bytes = json.take()
    let draft = path + ".new"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw problem("cannot be written") }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw problem("cannot be written") }
      rest = rest.dropFirst(count)
    }
    guard fdatasync(descriptor) == 0, rename(draft, path) == 0 else { throw problem("cannot be written") }
  }

  private func problem(_ what: String) -> Problem {
    Problem(description: "\(path) \(what): \(String(cString: strerror(errno)))")
  }
}

extension FilePosition {
  fileprivate init?(_ row: JSONValue) {
    guard let outbox = row["outbox"]?.string, let name = row["name"]?.string, let line = row["line"]?.int,
      let offset = row["offset"]?.int, let first = row["first_hash"]?.string.flatMap({ UInt64($0, radix: 16) }),
      let last = row["last_hash"]?.string.flatMap({ UInt64($0, radix: 16) }), let bytes = row["last_bytes"]?.int,
      let device = row["device"]?.int, let inode = row["inode"]?.int
    else { return nil }
    self.init(outbox: outbox, name: name)
    (self.line, self.offset, firstHash, lastHash, lastBytes) = (line, offset, first, last, bytes)
    (self.device, self.inode) = (Int64(device), Int64(inode))
    isCompressed = row["is_compressed"] == .bool(true)
  }

  fileprivate func write(_ json: inout JSONWriter) {
    json.raw("{\"outbox\":")
    json.string(outbox)
    json.raw(",\"name\":")
    json.string(name)
    for (key, value) in [
      (",\"line\":", Int64(line)), (",\"offset\":", Int64(offset)), (",\"last_bytes\":", Int64(lastBytes)),
      (",\"device\":", device), (",\"inode\":", inode),
    ] as [(StaticString, Int64)] {
      json.raw(key)
      json.integer(value)
    }
    json.raw(",\"first_hash\":")
    json.string(String(firstHash, radix: 16))
    json.raw(",\"last_hash\":")
    json.string(String(lastHash, radix: 16))
    json.raw(isCompressed ? ",\"is_compressed\":true}\n" : ",\"is_compressed\":false}\n")
  }
}
