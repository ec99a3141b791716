import ArticleIO
import Disk
import Logging
import Spool
import Workers

/// Holds a finished input that was written to since against what was taken of it.
struct LateLook {
  /// What is to be taken again.
  struct Change {
    /// The number of the record that is superseded, and the line that it was of; 0 for a whole file.
    var supersedes: UInt64?
    var line = 0
    /// Lines that are as they were.
    var settledLines = 0
    /// Files in `failed/` about what was half there.
    var outdated: [Path] = []
  }

  private let input: FinishedInputs.Input
  private let file: OpenFile
  private let status: FileStatus
  private let fs: any FileSystem
  private let host: ChainHost
  private let maxInput: Int

  init(
    _ input: FinishedInputs.Input, _ file: OpenFile, _ status: FileStatus, _ fs: any FileSystem, _ host: ChainHost,
    maxInput: Int
  ) {
    self.input = input
    self.file = file
    self.status = status
    self.fs = fs
    self.host = host
    self.maxInput = maxInput
  }

  /// `nil` where its content is what it was.
  ///
  /// - Throws: where it cannot be read.
  func change() throws(InputError) -> Change? {
    var change = input.part == .file ? try wholeChange() : try lineChange()
    if input.isFailed { change?.outdated.append(FailedDirectory.reason(of: input.place)) }
    return change
  }

  private func wholeChange() throws(InputError) -> Change? {
    if status.size == input.identity.size {
      let hash = input.identity.contentHash
      if hash.isEmpty || status.size > maxInput { return nil }
      do {
        if SHA256.digest(try fs.readAll(file)) == hash { return nil }
      } catch {
        throw InputError(.read, error.description)
      }
    }
    return Change(supersedes: input.sequence)
  }

  /// Lines that were settled are not read again but the last, of which perhaps a part was there.
  private func lineChange() throws(InputError) -> Change? {
    guard let last = input.last else { return status.size == input.identity.size ? nil : Change() }
    let kind = try InputKind(fileName: input.identity.name, documents: host.documents)
    let (fs, file) = (fs, file)
    let open = { () throws(InputError) -> any ByteSource in FileSource(fs, file) }
    let cutter =
      kind.format.isCutInLines && kind.packing == nil
      ? LocalCutter(kind: kind, limit: maxInput, open: open) : host.cut(kind, limit: maxInput, open: open)
    while case .part(let item) = try cutter.next() {
      if item.line < last.number { continue }
      guard item.line == last.number, Self.contentHash(of: item) == last.contentHash else {
        return Change(
          supersedes: last.sequence, line: last.number, settledLines: last.number - 1,
          outdated: last.place.map { [$0, FailedDirectory.reason(of: $0)] } ?? [])
      }
      // The file as a whole may have failed at its end.
      let isEnd = if case .part = try cutter.next() { false } else { true }
      return isEnd && (!input.isFailed || status.size == input.identity.size)
        ? nil : Change(settledLines: last.number)
    }
    return nil
  }

  private static func contentHash(of item: ArticleFeed.Item) -> [UInt8] {
    if case .article(let raw) = item { SHA256.digest(raw.bytes) } else { [] }
  }
}

/// Users whose files were taken before they were whole: each is told of once.
struct LateProducers {
  private var told: Set<UInt32> = []

  mutating func tell(of name: Path, owner: UInt32, _ log: Logger) {
    guard told.insert(owner).inserted else {
      return log.info("\(name) was written to after it was taken; it is taken again")
    }
    let sentence =
      "\(name) was written to after it was taken, and is taken again: its writer paused for longer than ‘settle’. Let uid "
      + "\(owner) upload under a temporary name and rename it (‘ready: rename’), or put a marker beside it (‘ready: "
      + "marker’), or set a longer ‘settle’; of further files of this user the log tells at info only"
    log.warning("\(sentence)")
  }
}
