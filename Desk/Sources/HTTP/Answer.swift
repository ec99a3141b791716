/// What a request is answered with.
public struct Answer: Sendable {
  public enum Content: Sendable {
    case bytes([UInt8])
    /// Written as it comes; the connection ends with it. It runs on the connection's thread, until it comes back or the
    /// reader is gone, which `write` says.
    case stream(@Sendable (_ write: ([UInt8]) -> Bool) -> Void)
  }

  public var status: Int
  public var headers: [(name: String, value: String)]
  public var content: Content

  public init(_ status: Int, type: String, _ content: Content, headers: [(name: String, value: String)] = []) {
    self.status = status
    self.headers = [("Content-Type", type)] + headers
    self.content = content
  }

  public static func text(_ status: Int, _ text: String) -> Answer {
    Answer(status, type: "text/plain; charset=utf-8", .bytes(Array("\(text)\n".utf8)))
  }

  public static func json(_ text: String, status: Int = 200) -> Answer {
    Answer(status, type: "application/json; charset=utf-8", .bytes(Array(text.utf8)))
  }

  /// The lines before the content.
  ///
  /// - Parameter staysOpen: whether another request may follow.
  func head(staysOpen: Bool) -> [UInt8] {
    var text = "HTTP/1.1 \(status) \(Self.phrases[status] ?? "Answer")\r\n"
    for header in headers { text += "\(header.name): \(header.value)\r\n" }
    if case .bytes(let bytes) = content { text += "Content-Length: \(bytes.count)\r\n" }
    if !staysOpen { text += "Connection: close\r\n" }
    return Array("\(text)\r\n".utf8)
  }

  private static let phrases = [
    200: "OK", 204: "No Content", 303: "See Other", 304: "Not Modified", 400: "Bad Request", 401: "Unauthorized",
    403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout", 409: "Conflict",
    413: "Content Too Large", 415: "Unsupported Media Type", 421: "Misdirected Request", 429: "Too Many Requests",
    431: "Request Header Fields Too Large", 500: "Internal Server Error", 501: "Not Implemented",
    502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout", 505: "HTTP Version Not Supported",
  ]
}
