import ArticleIO
import Bytes
import Disk
import Spool
import StageKit

/// The records of inputs of one pipeline, told apart by the input they came from.
struct Publications {
  /// Of one input each, the newest first.
  private var runs: [InputKey: [[PublishedPlace]]] = [:]
  private var places: [UInt64: PublishedPlace] = [:]

  /// - Parameters:
  ///   - outlets: of the pipeline; it may have had other outboxes.
  ///   - name: of the inputs; `nil` for all.
  init(of name: [UInt8]?, in outlets: [OutletFiles], _ fs: PosixFileSystem) throws(DiskError) {
    for place in try OutboxSearch(name).places(in: outlets, fs) {
      if let sequence = place.sequence { places[sequence] = place }
      let last = runs[place.source]?.last?.last
      // The lines of one input come in their order, and those of the next begin anew.
      if let last, let before = last.sourceLine, let line = place.sourceLine, line > before {
        let end = runs[place.source, default: []].count - 1
        runs[place.source]?[end].append(place)
      } else {
        runs[place.source, default: []].append([place])
      }
    }
    for key in runs.keys { runs[key]?.reverse() }
  }

  /// Those of inputs that are meant, each with all its records, oldest first.
  func all(of name: [UInt8]) -> [[PublishedPlace]] {
    let isForAny = !name.contains(UInt8(ascii: "/"))
    return runs.filter { isForAny || $0.key == InputKey(name) }.values.map { $0.reversed().flatMap(\.self) }
      .sorted { ($0.first?.sequence ?? 0) < ($1.first?.sequence ?? 0) }
  }

  /// The records of an input. Call it with the newest of a name first: several may have had the same content.
  mutating func take(of name: [UInt8], _ content: inout InputContent) -> [PublishedPlace] {
    let key = InputKey(name)
    let mine = runs[key, default: []].firstIndex { run in
      run.first.map { content.digest(ofLine: $0.sourceLine) == $0.sha256 } ?? false
    }
    guard let mine, let records = runs[key]?[mine] else { return [] }
    // Those that are newer came from inputs that are not kept.
    runs[key]?.removeFirst(mine + 1)
    return records
  }

  /// The records that some took the place of, oldest first.
  func superseded(by records: [PublishedPlace]) -> [PublishedPlace] {
    var found: [PublishedPlace] = []
    var next = records.compactMap(\.revisionOf)
    while let sequence = next.popLast() {
      guard let place = places[sequence], !found.contains(where: { $0.sequence == sequence }) else { continue }
      found.append(place)
      if let earlier = place.revisionOf { next.append(earlier) }
    }
    return found.sorted { ($0.sequence ?? 0) < ($1.sequence ?? 0) }
  }

  /// The newest records of a name that no input was found for.
  func newest(of name: [UInt8]) -> [PublishedPlace] { runs[InputKey(name)]?.first ?? [] }

  /// All records that may be those of an input, where newer ones of its name were not asked for.
  func candidates(of name: [UInt8], _ content: inout InputContent) -> [PublishedPlace] {
    var found: [PublishedPlace] = []
    for run in runs[InputKey(name), default: []].reversed() {
      if let first = run.first, content.digest(ofLine: first.sourceLine) == first.sha256 { found += run }
    }
    return found
  }
}

/// An input that is kept, read again to know which records are its own.
struct InputContent {
  private let path: Path
  private let kind: InputKind?
  private let fs: PosixFileSystem
  private var digests: [Int: String] = [:]
  /// Articles of a file that are looked at.
  private static let most = 10_000
  private static let limit = 1 << 30

  /// - Parameter name: as it was called in the inbox.
  init(_ path: Path, name: [UInt8], _ fs: PosixFileSystem) {
    self.path = path
    self.fs = fs
    kind = try? InputKind(fileName: name)
  }

  /// Whether a file that may hold many articles holds none.
  var isEmpty: Bool {
    guard let kind, kind.format.mayHoldMany else { return false }
    var isEmpty = false
    read(kind) { isEmpty = $0 == nil }
    return isEmpty
  }

  /// Of the raw article in a line, or of the whole file; `nil` where there is none.
  mutating func digest(ofLine line: Int?) -> String? {
    guard let kind else { return nil }
    if let known = digests[line ?? 0] { return known.isEmpty ? nil : known }
    var found = ""
    var seen = 0
    read(kind) { item in
      guard case .article(let raw) = item else { return }
      if raw.line == line { found = String(decoding: Hex.encode(SHA256.digest(raw.bytes)), as: UTF8.self) }
    } until: { item in
      seen += 1
      let place = if case .article(let raw) = item { raw.line } else { nil as Int? }
      return !found.isEmpty || (place ?? 0) > (line ?? 0) || seen > Self.most
    }
    digests[line ?? 0] = found
    return found.isEmpty ? nil : found
  }

  /// Calls `body` with each article, or with `nil` where there is none, until `isDone`.
  private func read(
    _ kind: InputKind, _ body: (ArticleFeed.Item?) -> Void, until isDone: (ArticleFeed.Item) -> Bool = { _ in true }
  ) {
    guard let file = try? fs.open(path, for: .reading) else { return }
    defer { fs.close(file) }
    var feed = ArticleFeed(DescriptorSource(file.descriptor), kind: kind, limit: Self.limit)
    do throws(InputError) {
      guard var item = try feed.next() else { return body(nil) }
      while true {
        body(item)
        if isDone(item) { return }
        guard let next = try feed.next() else { return }
        item = next
      }
    } catch {
      // What cannot be read has no digest.
    }
  }
}
