import Bytes
import CLinecasterStage
import Glibc
import PipelineKit
import StageKit
import Threads

/// A stage in a shared library, behind the C functions of `linecaster_stage.h`. It is loaded into workers only; in any other process
/// articles pass without its layers.
public final class LibraryStage: ArticleProcessor {
  let exchange: PluginExchange
  private let state = Monitor(State())

  private struct State {
    var library: LoadedLibrary?
    /// Why it could not be loaded.
    var problem: String?
  }

  init(_ manifest: PluginManifest, options: OptionValues) {
    var manifest = manifest
    // Bytes are what C counts.
    manifest.settings.offsets = .utf8
    exchange = PluginExchange(manifest: manifest, options: options)
  }

  /// In a worker, before its sandbox.
  ///
  /// - Parameter log: takes its lines.
  public func open(log: @escaping (String) -> Void) {
    state.withLock { state in
      do throws(PluginProblem) {
        state.library = try LoadedLibrary(exchange, log: log)
      } catch {
        state.problem = error.message
      }
    }
  }

  /// What keeps it from being loaded; `nil` where nothing does. It loads it: call it in a process that ends afterwards.
  func trial() -> String? {
    open { _ in }
    return state.withLock { $0.problem }
  }

  public func process(_ article: inout Article, deadline: Deadline) throws(StageError) {
    let (library, problem) = state.withLock { ($0.library, $0.problem) }
    if let problem { throw StageError(.failsArticle, class: .pluginUnavailable, problem) }
    guard let library else { return }
    try library.process(&article)
  }
}

/// A library that is loaded, and its stage. It stays until the process ends.
///
/// Unchecked: the stage behind the pointers is called by the one thread that a worker has.
private final class LoadedLibrary: @unchecked Sendable {
  private let exchange: PluginExchange
  private let stage: UnsafeMutableRawPointer
  private let functions: linecaster_stage
  /// Retained for as long as the process lives, so that the pointer to it stays good.
  private let call: LibraryCall
  private let context: UnsafeMutableRawPointer
  private var answer: linecaster_answer

  init(_ exchange: PluginExchange, log: @escaping (String) -> Void) throws(PluginProblem) {
    self.exchange = exchange
    call = LibraryCall(exchange)
    context = Unmanaged.passRetained(call).toOpaque()
    answer = Self.answer(context)
    let manifest = exchange.manifest
    guard case .library(let name) = manifest.program else { throw PluginProblem("it has no library") }
    let path = "\(manifest.folder)/\(name)"
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw PluginProblem("the library cannot be loaded: \(dlerror().map { String(cString: $0) } ?? path)")
    }
    guard let symbol = dlsym(handle, "linecaster_stage_v1") else {
      throw PluginProblem("\(path) does not export ‘linecaster_stage_v1’, as linecaster_stage.h has it")
    }
    typealias Entry = @convention(c) () -> UnsafePointer<linecaster_stage>?
    // The symbol is that of the header: the name says which.
    guard let declared = unsafeBitCast(symbol, to: Entry.self)() else {
      throw PluginProblem("\(path): ‘linecaster_stage_v1’ gives nothing")
    }
    guard declared.pointee.abi == UInt32(LINECASTER_STAGE_ABI) else {
      throw PluginProblem(
        "\(path) is made for ABI \(declared.pointee.abi), and this program has \(LINECASTER_STAGE_ABI): build it with its linecaster_stage.h"
      )
    }
    guard declared.pointee.size >= MemoryLayout<linecaster_stage>.size, declared.pointee.create != nil,
      declared.pointee.process != nil
    else { throw PluginProblem("\(path): the structure of ‘linecaster_stage_v1’ is not whole: build it anew") }
    let functions = declared.pointee
    // Both live as long as the process, which the stage may rely on.
    let host = UnsafeMutablePointer<linecaster_host>.allocate(capacity: 1)
    let folder = strdup(manifest.folder)
    host.initialize(
      to: linecaster_host(
        abi: UInt32(LINECASTER_STAGE_ABI), size: MemoryLayout<linecaster_host>.size,
        context: Unmanaged.passRetained(LibraryLog(log)).toOpaque(),
        folder: linecaster_text(bytes: folder, count: manifest.folder.utf8.count),
        log: { context, line in
          guard let context else { return }
          Unmanaged<LibraryLog>.fromOpaque(context).takeUnretainedValue().write(line.string)
        }))
    var error = [CChar](repeating: 0, count: 500)
    let options = exchange.optionsJSON
    let made = options.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        functions.create(host, linecaster_text(bytes: $0.baseAddress, count: $0.count), &error, error.count)
      }
    }
    guard let made else {
      let words = String(decoding: error.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw PluginProblem(words.isEmpty ? "it makes no stage, and does not say why" : PluginExchange.printable(words))
    }
    (self.functions, stage) = (functions, made)
  }

  func process(_ article: inout Article) throws(StageError) {
    let call = call
    withUnsafePointer(to: &article) { place in
      // Not copied: an article has dozens of references.
      call.begin(place)
      place.pointee.text.text { text in
        place.pointee.id.text { id in
          place.pointee.metadata.title.text { title in
            place.pointee.metadata.language.text { language in
              place.pointee.metadata.published.text { published in
                place.pointee.metadata.url.text { url in
                  var given = linecaster_article(
                    size: MemoryLayout<linecaster_article>.size, context: context, id: id, text: text, title: title,
                    language: language, published: published, url: url,
                    spans: { LibraryCall.of($0)?.spans($1, $2) }, layer: { LibraryCall.of($0)?.layer($1) ?? .none })
                  functions.process(stage, &given, &answer)
                }
              }
            }
          }
        }
      }
      call.end()
    }
    if let failure = call.failure {
      throw StageError(.failsArticle, class: .pluginError, PluginExchange.printable(failure))
    }
    for (layer, value) in call.values { try exchange.take(value, as: layer.layer, into: &article) }
    if let payload = call.payload { try exchange.take(payload, into: &article) }
  }

  private static func answer(_ context: UnsafeMutableRawPointer) -> linecaster_answer {
    linecaster_answer(
      size: MemoryLayout<linecaster_answer>.size, context: context,
      json: { LibraryCall.of($0)?.payload = $1.copy },
      number: { LibraryCall.of($0)?.say($1, .number(LibraryCall.written($2))) },
      text: { LibraryCall.of($0)?.say($1, .string($2.string)) },
      spans: { LibraryCall.of($0)?.say($1, LibraryCall.list($2, $3)) },
      fail: { LibraryCall.of($0)?.failure = $1.string })
  }
}

private final class LibraryLog {
  let write: (String) -> Void
  init(_ write: @escaping (String) -> Void) { self.write = write }
}

/// One article in a library at a time, and what that says of it.
private final class LibraryCall {
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
  fileprivate static var none: linecaster_text { linecaster_text(bytes: nil, count: 0) }

  /// The library says that so many bytes stand there.
  fileprivate var copy: [UInt8] {
    guard let bytes else { return [] }
    return UnsafeBufferPointer(start: bytes, count: count).map { UInt8(bitPattern: $0) }
  }

  fileprivate var string: String { String(decoding: copy, as: UTF8.self) }
}

extension [UInt8]? {
  fileprivate func text(_ body: (linecaster_text) -> Void) {
    if let self { self.text(body) } else { body(.none) }
  }
}

extension [UInt8] {
  /// The bytes where they are, for as long as `body` runs.
  fileprivate func text(_ body: (linecaster_text) -> Void) {
    withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { body(linecaster_text(bytes: $0.baseAddress, count: $0.count)) }
    }
  }
}
