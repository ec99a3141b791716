import StageKit
import Workers

/// What stands in the place of a record where an input has none, schema `linecaster-error/1`.
struct ErrorRow {
  private let value: JSONValue

  /// - Parameter line: from 1; `nil` where the input is a file.
  init(line: Int?, _ failure: WorkFailure) {
    value = .object([
      .init(key: "schema", value: .string("linecaster-error/1")),
      .init(key: "line", value: line.map { .number("\($0)") } ?? .null),
      .init(key: "id", value: failure.id.map { .string(String(decoding: $0, as: UTF8.self)) } ?? .null),
      .init(key: "stage", value: failure.stage.map { .string($0) } ?? .null),
      .init(key: "class", value: .string(failure.class)), .init(key: "message", value: .string(failure.message)),
    ])
  }

  /// With its end.
  var line: [UInt8] { value.encoded + [0x0A] }
}
