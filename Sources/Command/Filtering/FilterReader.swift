import ArticleIO
import Disk
import Glibc
import PipelineKit
import Terminal
import Threads
import Workers

/// Cuts the inputs of a filter into articles, on a thread of its own.
struct FilterReader: Sendable {
  private let queue: OrderedQueue<FilterItem, FilterResult>
  private let host: ChainHost
  /// Bytes an article may have.
  private let limit: Int
  private let ids: Filter.IDs

  init(_ queue: OrderedQueue<FilterItem, FilterResult>, _ host: ChainHost, limit: Int, ids: Filter.IDs) {
    self.queue = queue
    self.host = host
    self.limit = limit
    self.ids = ids
  }

  func read(_ inputs: Filter.Inputs) {
    switch inputs {
    case .standardInput:
      let kind = InputKind(.jsonLines)
      let cutter = LocalCutter(kind: kind, limit: limit) { () throws(InputError) in DescriptorSource(STDIN_FILENO) }
      _ = submit(cutter, kind, label: "standard input", name: [UInt8(ascii: "-")])
    case .files(let paths):
      for path in paths { submit(path) }
    }
    queue.finish()
  }

  private func submit(_ path: [UInt8]) {
    let (label, name) = (Path.printable(path), Path(path).name)
    do throws(InputError) {
      let kind = try InputKind(fileName: name, documents: host.documents)
      let descriptor = openForReading(path)
      guard descriptor >= 0 else {
        throw InputError(.read, "cannot be opened: \(String(cString: strerror(errno)))")
      }
      defer { close(descriptor) }
      if kind.format.isStreamed {
        let cutter: any ArticleCutter =
          kind.format.isCutInLines && kind.packing == nil
          ? LocalCutter(kind: kind, limit: limit) { () throws(InputError) in DescriptorSource(descriptor) }
          : host.cut(kind, limit: limit) { () throws(InputError) in try Self.rewound(descriptor) }
        _ = submit(cutter, kind, label: label, name: name)
        return
      }
      let bytes = try Self.readAll(descriptor, limit: limit)
      if kind.mayHoldMany(bytes) {
        let cutter = host.cut(kind, limit: limit) { () throws(InputError) in BytesInMemory(bytes) }
        if submit(cutter, kind, label: label, name: name) { return }
      }
      submit(bytes, kind, label: label, name: name)
    } catch {
      refuse(error, label: label)
    }
  }

  private func submit(_ bytes: [UInt8], _ kind: InputKind, label: String, name: [UInt8]) {
    var work = ArticleWork(name: name, .file(bytes, kind), arrival: Int64(time(nil)))
    work.hasContentID = ids == .content
    queue.submit(FilterItem(label: label, content: .success(work)), cost: bytes.count)
  }

  /// - Returns: `false` where the file is one article, of which nothing was sent.
  private func submit(_ cutter: any ArticleCutter, _ kind: InputKind, label: String, name: [UInt8]) -> Bool {
    do throws(InputError) {
      while true {
        switch try cutter.next() {
        case .isOne: return false
        case .end(let error):
          if cutter.recordsPassedOver > 0 {
            complain("\(label): \(cutter.recordsPassedOver) records are no pages, and were passed over")
          }
          if let error { refuse(error, label: label) }
          return true
        case .part(.badLine(let line, let error)):
          refuse(error, label: "\(label), \(kind.format.part) \(line)", line: line)
        case .part(.article(let raw)):
          var work = ArticleWork(name: name, .part(raw), arrival: Int64(time(nil)))
          work.hasContentID = ids == .content
          let label = raw.place.map { "\(label), \($0)" } ?? label
          queue.submit(FilterItem(label: label, line: raw.line, content: .success(work)), cost: raw.bytes.count)
        }
      }
    } catch {
      refuse(error, label: label)
      return true
    }
  }

  private func refuse(_ error: InputError, label: String, line: Int? = nil) {
    let failure = WorkFailure(stage: nil, class: error.class, message: error.message)
    queue.submit(FilterItem(label: label, line: line, content: .failure(failure)), cost: 0)
  }

  /// A worker that cuts a file and dies is followed by one that begins anew.
  private static func rewound(_ descriptor: CInt) throws(InputError) -> any ByteSource {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw InputError(.read, "a pipe cannot be cut into articles; write it to a file first")
    }
    return DescriptorSource(descriptor)
  }

  private static func readAll(_ descriptor: CInt, limit: Int) throws(InputError) -> [UInt8] {
    var source = DescriptorSource(descriptor)
    var bytes: [UInt8] = []
    while try source.read(into: &bytes, upTo: 1 << 18) > 0 {
      if bytes.count > limit {
        throw InputError(.tooLarge, "the article is larger than max_input, \(limit) bytes")
      }
    }
    return bytes
  }
}
