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
