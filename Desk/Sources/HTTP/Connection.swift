import Glibc

/// One client: requests are read and answered one after the other.
struct Connection: ~Copyable {
  private let descriptor: CInt
  private var buffer: [UInt8] = []

  init(_ descriptor: CInt) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Answers until the client goes, says nothing for a while, or sends what is no request.
  mutating func serve(_ limits: Limits, _ respond: (Request) -> Answer) {
    while let first = next(limits, respond), first {}
  }

  /// - Returns: whether another request may follow; `nil` where the client is gone.
  private mutating func next(_ limits: Limits, _ respond: (Request) -> Answer) -> Bool? {
    let head: RequestHead
    do throws(Refusal) {
      guard let read = try readHead(limits) else { return nil }
      head = read
    } catch {
      _ = send(.text(error.status, error.reason), staysOpen: false, limits)
      return nil
    }
    var request = head.request
    if head.expectsContinue, head.length > 0 {
      guard write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), until: .now + limits.write) else { return nil }
    }
    let deadline = ContinuousClock.now + limits.read
    while buffer.count < head.length { guard fill(until: deadline) else { return nil } }
    request.body = Array(buffer[..<head.length])
    buffer.removeFirst(head.length)
    var answer = respond(request)
    if request.method == .head {
      // The length is that of the content which is not sent.
      if case .bytes(let bytes) = answer.content { answer.headers.append(("Content-Length", "\(bytes.count)")) }
      answer.content = .stream { _ in }
    }
    return send(answer, staysOpen: head.staysOpen, limits) ? head.staysOpen : nil
  }

  private static let end = Array("\r\n\r\n".utf8)

  /// - Returns: `nil` where the client went, or asked for nothing.
  private mutating func readHead(_ limits: Limits) throws(Refusal) -> RequestHead? {
    var deadline = ContinuousClock.now + limits.idle
    var looked = 0
    var hasBegun = false
    while true {
      if !buffer.isEmpty, !hasBegun {
        hasBegun = true
        deadline = .now + limits.read
      }
      if let end = Self.position(of: Self.end, in: buffer, from: max(0, looked - 3)) {
        let head = try RequestHead(buffer[..<end], longestBody: limits.body)
        buffer.removeFirst(end + Self.end.count)
        return head
      }
      guard buffer.count < limits.head else {
        throw Refusal(431, "the request's head is longer than \(limits.head) bytes")
      }
      looked = buffer.count
      guard fill(until: deadline) else {
        if hasBegun, .now >= deadline { throw Refusal(408, "the request did not come in time") }
        return nil
      }
    }
  }

  private static func position(of pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= pattern.count, start <= bytes.count - pattern.count else { return nil }
    return (start...(bytes.count - pattern.count)).first { at in
      pattern.indices.allSatisfy { bytes[at + $0] == pattern[$0] }
    }
  }

  /// - Returns: whether something came.
  private mutating func fill(until deadline: ContinuousClock.Instant) -> Bool {
    guard wait(for: POLLIN, until: deadline) else { return false }
    var part = [UInt8](repeating: 0, count: 16384)
    let count = part.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { return false }
    buffer += part[..<count]
    return true
  }

  private func send(_ answer: Answer, staysOpen: Bool, _ limits: Limits) -> Bool {
    let isStream = if case .stream = answer.content { true } else { false }
    let stays = staysOpen && !isStream
    var head = answer.head(staysOpen: stays)
    switch answer.content {
    case .bytes(let bytes):
      head += bytes
      return write(head, until: .now + limits.write)
    case .stream(let stream):
      guard write(head, until: .now + limits.write) else { return false }
      stream { bytes in !hasGone && write(bytes, until: .now + limits.write) }
      return false
    }
  }

  /// Whether the client of a stream closed its end. It has nothing to say while it listens.
  private var hasGone: Bool {
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&state, 1, 0) > 0 else { return false }
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, Int32(MSG_PEEK)) <= 0
  }

  private func write(_ bytes: [UInt8], until deadline: ContinuousClock.Instant) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      }
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno == EAGAIN {
        guard wait(for: POLLOUT, until: deadline) else { return false }
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  private func wait(for event: Int32, until deadline: ContinuousClock.Instant) -> Bool {
    while true {
      let left = deadline - .now
      guard left > .zero else { return false }
      var state = pollfd(fd: descriptor, events: Int16(event), revents: 0)
      let ready = poll(&state, 1, Int32(clamping: left.milliseconds))
      if ready > 0 { return true }
      if ready < 0, errno != EINTR { return false }
    }
  }
}

extension Duration {
  /// Rounded up, so that a wait of them is no shorter.
  fileprivate var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 + 1 }
}

/// How much and how long a client may take.
public struct Limits: Sendable {
  /// Bytes before the body.
  public var head = 16384
  /// Bytes of a body.
  public var body = 2 << 20
  /// For the whole of a request, once it has begun.
  public var read = Duration.seconds(20)
  /// Between requests.
  public var idle = Duration.seconds(60)
  /// Until a client takes what is written.
  public var write = Duration.seconds(20)
  /// Clients at a time. One more is turned away.
  public var connections = 64

  public init() {}
}
