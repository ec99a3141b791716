import Synchronization

/// Who may ask, and how a request that changes something must look.
///
/// A loopback address is no border against a page of another site in the same browser: names can be made to lead there
/// (DNS rebinding), and simple POSTs reach it. So the Host is checked, what is read wants a cookie that no other site
/// can have sent, and what changes something wants a header that no other site can add.
public final class Gate: Sendable {
  private let hosts: Set<String>
  private let token: String?
  private let cookie: String
  private let isGuarded: @Sendable (String) -> Bool
  private let sessions = Mutex<[String: ContinuousClock.Instant]>([:])

  /// - Parameters:
  ///   - address: where the desk listens.
  ///   - names: more hosts by whose name it is asked, without ports: those of a proxy.
  ///   - token: what a reader shows once; `nil` where the mode of a Unix socket says who may ask.
  ///   - isGuarded: whether a path is only for those who showed the token.
  public init(
    _ address: ListeningAddress, names: [String] = [], token: String?,
    isGuarded: @escaping @Sendable (String) -> Bool = { $0.hasPrefix("/api/") && $0 != "/api/session" }
  ) {
    (self.token, self.isGuarded) = (token, isGuarded)
    var hosts = Set(names.map { $0.lowercased() })
    if let authority = address.authority, case .tcp(_, let port) = address {
      hosts.insert(authority)
      if address.isLocal { hosts.formUnion(Self.localNames.map { "\($0):\(port)" }) }
      cookie = "linecaster-desk-\(port)"
    } else {
      hosts.formUnion(Self.localNames)
      cookie = "linecaster-desk"
    }
    self.hosts = hosts
  }

  private static let localNames = ["localhost", "127.0.0.1", "[::1]"]
  /// How long a browser stays known.
  private static let lifetime = Duration.seconds(30 * 86400)
  /// Browsers that are known at a time.
  private static let mostSessions = 1024

  /// - Returns: what to answer in place of what was asked; `nil` where it may be asked.
  public func refusal(of request: Request) -> Answer? {
    guard let host = request.header("host")?.lowercased(), knows(host) else {
      return .text(421, "Nothing is known by that name here. Name it with --host.")
    }
    if request.method == .post, let refusal = refusalOfChange(request, host) { return refusal }
    guard isGuarded(request.path), !isKnown(request) else { return nil }
    return .problem(401, "Open the address that linecaster desk printed when it started.")
  }

  /// By its whole authority, or, for a name that stands without a port, by any port.
  private func knows(_ host: String) -> Bool {
    if hosts.contains(host) { return true }
    guard let colon = host.lastIndex(of: ":"), host[host.index(after: colon)...].allSatisfy(\.isNumber) else {
      return false
    }
    return hosts.contains(String(host[..<colon]))
  }

  private func refusalOfChange(_ request: Request, _ host: String) -> Answer? {
    let type = request.header("content-type")?.split(separator: ";").first
    guard type == "application/json" else { return .text(415, "The body must be application/json.") }
    guard request.header("x-linecaster") == "desk" else { return .text(403, "The header X-Linecaster is missing.") }
    if let origin = request.header("origin") {
      guard origin == "http://\(host)" || origin == "https://\(host)" else {
        return .text(403, "Another site may not ask for this.")
      }
    }
    if let site = request.header("sec-fetch-site"), site != "same-origin" {
      return .text(403, "Another site may not ask for this.")
    }
    return nil
  }

  /// By the cookie of a browser that showed the token, or by the token itself.
  private func isKnown(_ request: Request) -> Bool {
    guard let token else { return true }
    if let session = request.cookie(cookie) {
      return sessions.withLock { sessions in
        guard let end = sessions[session] else { return false }
        if end < .now { sessions[session] = nil }
        return end >= .now
      }
    }
    let bearer = "Bearer "
    guard let authorization = request.header("authorization"), authorization.hasPrefix(bearer) else { return false }
    return Self.isSame(authorization.dropFirst(bearer.count), token)
  }

  /// Gives a browser that shows the token its cookie.
  public func session(showing shown: String, over request: Request) -> Answer {
    guard let token else { return .json(#"{"ok":true}"#) }
    guard Self.isSame(shown, token) else { return .problem(403, "That is not the token.") }
    let session = randomToken()
    sessions.withLock { sessions in
      let now = ContinuousClock.now
      if sessions.count >= Self.mostSessions { sessions = sessions.filter { $0.value > now } }
      if sessions.count >= Self.mostSessions, let oldest = sessions.min(by: { $0.value < $1.value }) {
        sessions[oldest.key] = nil
      }
      sessions[session] = now + Self.lifetime
    }
    // A proxy that speaks TLS says so.
    let secure = request.header("x-forwarded-proto") == "https" ? "; Secure" : ""
    var answer = Answer.json(#"{"ok":true}"#)
    answer.headers.append(
      (
        "Set-Cookie",
        "\(cookie)=\(session); Path=/; Max-Age=\(Self.lifetime.components.seconds); HttpOnly; SameSite=Strict\(secure)"
      ))
    return answer
  }

  /// Takes as long for any text of the same length.
  private static func isSame(_ one: some StringProtocol, _ other: String) -> Bool {
    let (one, other) = (Array(one.utf8), Array(other.utf8))
    guard one.count == other.count else { return false }
    var difference: UInt8 = 0
    for (a, b) in zip(one, other) { difference |= a ^ b }
    return difference == 0
  }
}

/// 256 random bits, in hexadecimal.
public func randomToken() -> String {
  var generator = SystemRandomNumberGenerator()
  return (0..<4).map { _ in
    let digits = String(generator.next() as UInt64, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }.joined()
}
