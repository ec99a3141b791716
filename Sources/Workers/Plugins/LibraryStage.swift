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
  func open(log: @escaping (String) -> Void) {
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
    if let payload = try library.process(article) { try exchange.take(payload, into: &article) }
  }
}

/// A library that is loaded, and its stage. It stays until the process ends.
///
/// Unchecked: the stage behind the pointers is called by the one thread that a worker has.
private final class LoadedLibrary: @unchecked Sendable {
  private let exchange: PluginExchange
  private let stage: UnsafeMutableRawPointer
  private let functions: linecaster_stage
  private let log: (String) -> Void

  init(_ exchange: PluginExchange, log: @escaping (String) -> Void) throws(PluginProblem) {
    self.exchange = exchange
    self.log = log
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

  /// - Returns: its answer; `nil` where it has none.
  func process(_ article: Article) throws(StageError) -> [UInt8]? {
    let call = LibraryCall(article, exchange)
    defer { withExtendedLifetime(call) {} }
    let context = Unmanaged.passUnretained(call).toOpaque()
    let metadata = article.metadata
    article.text.text { text in
      article.id.text { id in
        (metadata.title ?? []).text { title in
          (metadata.language ?? []).text { language in
            (metadata.published ?? []).text { published in
              (metadata.url ?? []).text { url in
                var given = linecaster_article(
                  size: MemoryLayout<linecaster_article>.size, context: context, id: id, text: text,
                  title: metadata.title == nil ? .none : title, language: metadata.language == nil ? .none : language,
                  published: metadata.published == nil ? .none : published, url: metadata.url == nil ? .none : url,
                  spans: { LibraryCall.of($0)?.spans($1, $2) }, layer: { LibraryCall.of($0)?.layer($1) ?? .none })
                var answer = linecaster_answer(
                  size: MemoryLayout<linecaster_answer>.size, context: context,
                  json: { LibraryCall.of($0)?.payload = $1.copy }, fail: { LibraryCall.of($0)?.failure = $1.string })
                functions.process(stage, &given, &answer)
              }
            }
          }
        }
      }
    }
    if let failure = call.failure {
      throw StageError(.failsArticle, class: .pluginError, PluginExchange.printable(failure))
    }
    return call.payload
  }
}

private final class LibraryLog {
  let write: (String) -> Void
  init(_ write: @escaping (String) -> Void) { self.write = write }
}

/// One article in a library, and what it says of it.
private final class LibraryCall {
  let article: Article
  let exchange: PluginExchange
  var payload: [UInt8]?
  var failure: String?
  /// What was given out: it stays where it is until the call is over.
  private var spanLists: [UnsafeMutableBufferPointer<linecaster_span>] = []
  private var layers: [UnsafeMutableBufferPointer<CChar>] = []

  init(_ article: Article, _ exchange: PluginExchange) { (self.article, self.exchange) = (article, exchange) }

  deinit {
    for list in spanLists { list.deallocate() }
    for layer in layers { layer.deallocate() }
  }

  /// The context is that of `LoadedLibrary.process`, whose call is not over.
  static func of(_ context: UnsafeMutableRawPointer?) -> LibraryCall? {
    context.map { Unmanaged<LibraryCall>.fromOpaque($0).takeUnretainedValue() }
  }

  private func required(_ name: UnsafePointer<CChar>?) -> Layer? {
    guard let name else { return nil }
    let key = String(cString: name)
    return exchange.manifest.requires.first { $0.key == key }
  }

  func spans(_ name: UnsafePointer<CChar>?, _ count: UnsafeMutablePointer<Int>?) -> UnsafePointer<linecaster_span>? {
    count?.pointee = 0
    guard let layer = required(name) else { return nil }
    let spans: [ByteSpan]? =
      switch layer {
      case .paragraphs: article.paragraphs?.map(\.span)
      case .sentences: article.segmentation?.sentences.map(\.span)
      case .tokens: article.segmentation?.tokens.map(\.span)
      default: nil
      }
    guard let spans else { return nil }
    let list = UnsafeMutableBufferPointer<linecaster_span>.allocate(capacity: max(1, spans.count))
    for (at, span) in spans.enumerated() {
      list.initializeElement(
        at: at, to: linecaster_span(start: UInt32(clamping: span.start), end: UInt32(clamping: span.end)))
    }
    spanLists.append(list)
    count?.pointee = spans.count
    return list.baseAddress.map { UnsafePointer($0) }
  }

  func layer(_ name: UnsafePointer<CChar>?) -> linecaster_text {
    guard let layer = required(name) else { return .none }
    let json = exchange.json(of: layer, in: article)
    let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(1, json.count))
    for (at, byte) in json.enumerated() { copy.initializeElement(at: at, to: CChar(bitPattern: byte)) }
    layers.append(copy)
    return linecaster_text(bytes: copy.baseAddress, count: json.count)
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

extension [UInt8] {
  /// The bytes where they are, for as long as `body` runs.
  fileprivate func text(_ body: (linecaster_text) -> Void) {
    withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { body(linecaster_text(bytes: $0.baseAddress, count: $0.count)) }
    }
  }
}
