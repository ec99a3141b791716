/// Why a request is not answered as it wants.
public struct Refusal: Error, Equatable {
  public let status: Int
  public let reason: String

  public init(_ status: Int, _ reason: String) { (self.status, self.reason) = (status, reason) }
}

/// The lines of a request before its body. What two readers might take differently is refused.
struct RequestHead {
  var request: Request
  /// Bytes of the body that follows.
  var length = 0
  /// Whether the connection may take another request afterwards.
  var staysOpen: Bool
  /// The client waits for a word before it sends the body.
  var expectsContinue = false

  /// - Parameter bytes: the lines with their ends, without the empty one.
  init(_ bytes: some Collection<UInt8>, longestBody: Int) throws(Refusal) {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Refusal(400, "the request is not UTF-8") }
    var lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)[...]
    let words = (lines.popFirst() ?? "").split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3 else { throw Refusal(400, "the first line is no request") }
    guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else { throw Refusal(505, "only HTTP/1.1 is spoken here") }
    guard let method = Method(rawValue: String(words[0])) else {
      throw Refusal(405, "only GET, HEAD and POST are known")
    }
    let (path, query) = try Self.target(words[1])
    request = Request(method, path, query: query)
    staysOpen = words[2] == "HTTP/1.1"
    for line in lines where !line.isEmpty {
      guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { throw Refusal(400, "a header has no colon") }
      let name = line[..<colon]
      guard !name.isEmpty, name.utf8.allSatisfy(Self.isToken) else { throw Refusal(400, "a header's name is none") }
      let value = line[line.utf8.index(after: colon)...].trimmingBlanks
      guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw Refusal(400, "a header's value has a control character")
      }
      request.headers.append((name.lowercased(), String(value)))
    }
    try readFraming(longestBody: longestBody)
  }

  private mutating func readFraming(longestBody: Int) throws(Refusal) {
    guard request.headers.count(where: { $0.name == "host" }) == 1 else {
      throw Refusal(400, "one Host header is wanted")
    }
    guard !request.headers.contains(where: { $0.name == "transfer-encoding" }) else {
      throw Refusal(501, "a body comes with its Content-Length")
    }
    let lengths = request.headers.filter { $0.name == "content-length" }
    guard lengths.count < 2 else { throw Refusal(400, "the length of the body stands twice") }
    if let value = lengths.first?.value {
      guard value.utf8.count <= 12, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(value)
      else {
        throw Refusal(400, "the length of the body is no number")
      }
      guard number <= longestBody else { throw Refusal(413, "the body is longer than \(longestBody) bytes") }
      length = number
    }
    switch request.header("connection")?.lowercased() {
    case "close"?: staysOpen = false
    default: break
    }
    expectsContinue = request.header("expect")?.lowercased() == "100-continue"
  }

  /// Splits a target in origin form and decodes it.
  private static func target(
    _ target: Substring
  ) throws(Refusal) -> (path: String, query: [(name: String, value: String)]) {
    guard target.utf8.first == UInt8(ascii: "/"),
      target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") })
    else { throw Refusal(400, "the target is no path") }
    let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let path = try decoded(halves[0], plusIsBlank: false)
    var query: [(name: String, value: String)] = []
    if halves.count == 2 {
      for pair in halves[1].split(separator: "&") {
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = try decoded(sides[0], plusIsBlank: true)
        let value = sides.count == 2 ? try decoded(sides[1], plusIsBlank: true) : ""
        query.append((name, value))
      }
    }
    return (path, query)
  }

  /// Takes `%41` for what it stands for.
  static func decoded(_ text: Substring, plusIsBlank: Bool) throws(Refusal) -> String {
    var bytes: [UInt8] = []
    var rest = text.utf8
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal) else {
          throw Refusal(400, "a percent sign without two digits behind it")
        }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsBlank: bytes.append(0x20)
      default: bytes.append(byte)
      }
    }
    guard !bytes.contains(0), let decoded = String(validating: bytes, as: UTF8.self) else {
      throw Refusal(400, "the target is not UTF-8")
    }
    return decoded
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }

  /// A character of a header's name.
  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var rest = self
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return rest
  }
}
