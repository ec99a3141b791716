import Glibc
import HTTP

/// Articles as they come, as server-sent events.
struct LiveFeed {
  let archive: Archive

  /// Microseconds between two looks for a change.
  private static let pause: UInt32 = 40_000
  /// How many of them there are for each look at the reader.
  private static let looksAtReader = 12
  /// Without an event, a comment shows that the connection stands.
  private static let silence = Duration.seconds(15)
  /// Articles of one look; those above are jumped over, as nobody reads as fast.
  private static let most = 200

  /// - Parameter arrival: after which articles are new; `nil` for now.
  func answer(after arrival: Int64?) -> Answer {
    Answer(
      200, type: "text/event-stream; charset=utf-8",
      .stream { write in
        var arrival = arrival
        var connection: ArchiveConnection?
        var version: Int64?
        var spoke = ContinuousClock.now
        var looks = 0
        guard write(Array("retry: 2000\n\n".utf8)) else { return }
        while true {
          // The file may come later than the reader.
          if connection == nil { connection = try? archive.connection() }
          if let connection, let now = try? connection.version(), now != version {
            version = now
            if let events = try? events(after: &arrival, connection) {
              if !events.isEmpty {
                guard write(Array(events.utf8)) else { return }
                spoke = .now
              }
            } else {
              version = nil
            }
          }
          looks += 1
          // Nothing is written, but whether the reader is gone is seen.
          if looks.isMultiple(of: Self.looksAtReader), !write([]) { return }
          if .now - spoke > Self.silence {
            guard write(Array(": here\n\n".utf8)) else { return }
            spoke = .now
          }
          usleep(Self.pause)
        }
      })
  }

  private func events(after arrival: inout Int64?, _ connection: ArchiveConnection) throws(ArchiveProblem) -> String {
    let articles = Articles(archive: archive)
    let newest = try articles.newestArrival(connection)
    guard var last = arrival else {
      arrival = newest
      return ""
    }
    last = max(last, newest - Int64(Self.most))
    let rows = try articles.arrived(after: last, limit: Self.most, connection)
    arrival = max(last, rows.last?.last.flatMap { $0 }.flatMap { Int64($0) } ?? last)
    return rows.compactMap { $0.first ?? nil }.map { "event: article\ndata: \($0)\n\n" }.joined()
  }
}
