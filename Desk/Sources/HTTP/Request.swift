/// What a request wants to do. No other method is answered.
public enum Method: String, Sendable {
  case get = "GET"
  case head = "HEAD"
  case post = "POST"
}

/// A request that was read whole.
public struct Request: Sendable {
  public var method: Method
  /// Of the target, decoded, such as `/api/people`.
  public var path: String
  /// Names and values behind the `?`, decoded, in their order.
  public var query: [(name: String, value: String)]
  /// Names in lower case, in their order.
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]

  public init(
    _ method: Method, _ path: String, query: [(name: String, value: String)] = [],
    headers: [(name: String, value: String)] = [], body: [UInt8] = []
  ) {
    (self.method, self.path, self.query, self.headers, self.body) = (method, path, query, headers, body)
  }

  /// The value of a header that stands once; `nil` where it is missing, or there more than once and so says nothing.
  public func header(_ name: String) -> String? {
    var found: String?
    for header in headers where header.name == name {
      if found != nil { return nil }
      found = header.value
    }
    return found
  }

  /// The first value of this name behind the `?`; `nil` where it is missing or empty.
  public subscript(name: String) -> String? {
    guard let value = query.first(where: { $0.name == name })?.value, !value.isEmpty else { return nil }
    return value
  }

  /// The value of a cookie.
  public func cookie(_ name: String) -> String? {
    for header in headers where header.name == "cookie" {
      for part in header.value.split(separator: ";") {
        let pair = part.drop(while: { $0 == " " })
        guard let equals = pair.firstIndex(of: "="), pair[..<equals] == name else { continue }
        return String(pair[pair.index(after: equals)...])
      }
    }
    return nil
  }
}
