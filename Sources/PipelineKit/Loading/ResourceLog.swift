import ArticleIO
import StageKit
import Threads

/// Notes which models and files a stage was made with, so that its digest covers their content.
final class ResourceLog: Sendable {
  private let used = Monitor<[String: [UInt8]]>([:])
  private let warned = Monitor<[String]>([])
  private let source: StageContext
  private let pipeline: String

  /// - Parameter pipeline: the path of its file, which the paths of other files count from.
  init(_ context: StageContext, besides pipeline: String) {
    source = context
    self.pipeline = pipeline
  }

  var context: StageContext {
    var context = StageContext { [self] name throws(StageError) in
      let resource = try source.resource(name.contains("/") ? path(name, besides: pipeline) : name)
      used.withLock { $0[name] = resource.identity }
      return resource
    }
    context.file = { [self] name throws(StageError) in
      let full = path(name, besides: pipeline)
      do throws(FileProblem) {
        let bytes = try readFile(full, limit: Self.mostBytes).0
        if bytes.count > Self.mostBytes { throw FileProblem("larger than 1 GiB") }
        used.withLock { $0["file " + name] = SHA256.digest(bytes) }
        return bytes
      } catch {
        throw StageError(.failsArticle, class: .noFile, "\(full): \(error.message)")
      }
    }
    context.note = { [self] name, identity in used.withLock { $0[name] = identity } }
    context.warn = { [self] message in warned.withLock { $0.append(message) } }
    return context
  }

  /// What stages found odd.
  var warnings: [String] { warned.withLock { $0 } }

  private static let mostBytes = 1 << 30

  /// Names and contents.
  var canonical: [UInt8] {
    used.withLock { $0.sorted { $0.key < $1.key }.flatMap { Array($0.key.utf8) + [0] + $0.value } }
  }
}
