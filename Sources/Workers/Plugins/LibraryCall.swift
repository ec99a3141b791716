import Bytes
import CLinecasterStage
import Glibc
import PipelineKit
import StageKit

/// One article in a library at a time, and what that says of it.
final class LibraryCall {
  private let exchange: PluginExchange
  /// Good while the call is under way.
  private var article: UnsafePointer<Article>?
  private(set) var values: [(layer: Provided, value: JSONValue)] = []
  var payload: [UInt8]?
  var failure: String?
  /// What was given out: it stays where it is until the call is over.
  private var spanLists: [UnsafeMutableBufferPointer<linecaster_span>] = []
  private var layers: [UnsafeMutableBufferPointer<CChar>] = []

  /// The keys of what it requires, as C has them.
  private let required: [ContiguousArray<CChar>]
  private let provided: [Provided]

  /// A layer that it may fill. A reference: to copy a layer costs more than a call.
  final class Provided {
    let layer: Layer
    let key: ContiguousArray<CChar>
    init(_ layer: Layer) { (self.layer, key) = (layer, layer.key.utf8CString) }
  }

  init(_ exchange: PluginExchange) {
    self.exchange = exchange
    required = exchange.manifest.requires.map(\.key.utf8CString)
    provided = exchange.manifest.provides.map(Provided.init)
  }

  func begin(_ article: UnsafePointer<Article>) {
    self.article = article
    values.removeAll(keepingCapacity: true)
    (payload, failure) = (nil, nil)
  }

  func end() {
    article = nil
    for list in spanLists { list.deallocate() }
    for layer in layers { layer.deallocate() }
    spanLists.removeAll(keepingCapacity: true)
    layers.removeAll(keepingCapacity: true)
  }

  /// The context is that of the library, which lives as long as the process.
  static func of(_ context: UnsafeMutableRawPointer?) -> LibraryCall? {
    context.map { Unmanaged<LibraryCall>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func isEqual(_ name: UnsafePointer<CChar>, _ key: ContiguousArray<CChar>) -> Bool {
    key.withUnsafeBufferPointer { $0.baseAddress.map { strcmp(name, $0) } == 0 }
  }

  // MARK: - What it asks

  func spans(_ name: UnsafePointer<CChar>?, _ count: UnsafeMutablePointer<Int>?) -> UnsafePointer<linecaster_span>? {
    count?.pointee = 0
    guard let name, let article, required.contains(where: { Self.isEqual(name, $0) }) else { return nil }
    if strcmp(name, "sentences") == 0 { return give(article.pointee.segmentation?.sentences, count, \.span) }
    if strcmp(name, "tokens") == 0 { return give(article.pointee.segmentation?.tokens, count, \.span) }
    if strcmp(name, "paragraphs") == 0 { return give(article.pointee.paragraphs, count, \.span) }
    return nil
  }

  private func give<Element>(
    _ elements: [Element]?, _ count: UnsafeMutablePointer<Int>?, _ span: (Element) -> ByteSpan
  ) -> UnsafePointer<linecaster_span>? {
    guard let elements else { return nil }
    let list = UnsafeMutableBufferPointer<linecaster_span>.allocate(capacity: max(1, elements.count))
    for at in elements.indices {
      let span = span(elements[at])
      list.initializeElement(
        at: at, to: linecaster_span(start: UInt32(clamping: span.start), end: UInt32(clamping: span.end)))
    }
    spanLists.append(list)
    count?.pointee = elements.count
    return list.baseAddress.map { UnsafePointer($0) }
  }

  func layer(_ name: UnsafePointer<CChar>?) -> linecaster_text {
    guard let name, let article, let place = required.firstIndex(where: { Self.isEqual(name, $0) }) else {
      return .none
    }
    let json = exchange.json(of: exchange.manifest.requires[place], in: article.pointee)
    let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(1, json.count))
    for (at, byte) in json.enumerated() { copy.initializeElement(at: at, to: CChar(bitPattern: byte)) }
    layers.append(copy)
    return linecaster_text(bytes: copy.baseAddress, count: json.count)
  }

  // MARK: - What it says

  func say(_ name: UnsafePointer<CChar>?, _ value: JSONValue) {
    if let name, let layer = provided.first(where: { Self.isEqual(name, $0.key) }) {
      values.append((layer, value))
    } else {
      failure =
        "it answered with ‘\(name.map { String(cString: $0) } ?? "")’, which its manifest does not name under ‘provides’"
    }
  }

  static func written(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? (number.isFinite ? "\(number)" : "null")
  }

  /// The library says that so many stand there.
  static func list(_ spans: UnsafePointer<linecaster_span>?, _ count: Int) -> JSONValue {
    guard let spans else { return .array([]) }
    return .array(
      UnsafeBufferPointer(start: spans, count: count).map {
        .object([
          .init(key: "start", value: .number("\($0.start)")), .init(key: "end", value: .number("\($0.end)")),
        ])
      })
  }
}

extension linecaster_text {
  static var none: linecaster_text { linecaster_text(bytes: nil, count: 0) }

  /// The library says that so many bytes stand there.
  var copy: [UInt8] {
    guard let bytes else { return [] }
    return UnsafeBufferPointer(start: bytes, count: count).map { UInt8(bitPattern: $0) }
  }

  var string: String { String(decoding: copy, as: UTF8.self) }
}

extension [UInt8]? {
  func text(_ body: (linecaster_text) -> Void) {
    if let self { self.text(body) } else { body(.none) }
  }
}

extension [UInt8] {
  /// The bytes where they are, for as long as `body` runs.
  func text(_ body: (linecaster_text) -> Void) {
    withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { body(linecaster_text(bytes: $0.baseAddress, count: $0.count)) }
    }
  }
}
