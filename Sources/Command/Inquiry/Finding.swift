import Disk
import StageKit

/// One thing that is known of an input.
struct Finding {
  enum State: String { case waiting, ignored, inFlight = "in_flight", failed, done }

  var state: State
  /// Which rule it is that makes it wait or be left alone.
  var rule: String?
  /// `nil` where the input itself is not kept.
  var path: Path?
  var pipeline: String?
  /// RFC 3339.
  var since: String?
  var message: String
  var records: [PublishedPlace] = []
  /// What the reason file says.
  var reason: JSONValue?

  func label(_ file: String) -> String { path?.shown ?? file }

  var json: JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    let places = records.map { place -> JSONValue in
      .object([
        .init(key: "outbox", value: .string(place.file.description)),
        .init(key: "line", value: .number("\(place.line)")),
        .init(key: "id", value: .string(place.id)),
        .init(key: "seq", value: place.sequence.map { .number("\($0)") } ?? .null),
        .init(key: "source_line", value: place.sourceLine.map { .number("\($0)") } ?? .null),
        .init(key: "revision_of", value: place.revisionOf.map { .number("\($0)") } ?? .null),
        .init(key: "discarded", value: text(place.discarded)),
      ])
    }
    return .object([
      .init(key: "state", value: .string(state.rawValue)),
      .init(key: "rule", value: text(rule)),
      .init(key: "path", value: text(path?.description)),
      .init(key: "pipeline", value: text(pipeline)),
      .init(key: "since", value: text(since)),
      .init(key: "message", value: .string(message)),
      .init(key: "records", value: .array(places)),
      .init(key: "reason", value: reason ?? .null),
    ])
  }
}
