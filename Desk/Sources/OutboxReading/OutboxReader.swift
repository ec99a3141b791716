import ArticleIO
import Bytes

/// Reads the lines of outboxes, each once: of files that grow, that are sealed by a rename, compressed, or gone. It knows a
/// file again by its inode, or by its first line and the last one that was taken.
public struct OutboxReader {
  /// A line that was not taken yet.
  public struct Line {
    /// Place in `positions`.
    public var file: Int
    /// From 1.
    public var number: Int
    /// In bytes of the plain file.
    public var offset: Int
    /// In `bytes`.
    public var range: Range<Int>
  }

  private struct Identity: Hashable {
    var device: Int64
    var inode: Int64
  }

  private struct Current {
    var file: OutboxFile
    var lines: LineFile
    var position: Int
    var line: Range<Int>?
  }

  private let places: [OutboxPlace]
  /// Of all files that were ever known, as they are behind the lines that were taken.
  public var positions: [FilePosition]
  /// The places of those that changed since somebody emptied it.
  public var touched: Set<Int> = []
  /// Folders that were looked into.
  public private(set) var folders: [String] = []
  /// Called with what is wrong with a file that cannot be read.
  private let complain: (String) -> Void

  private var byFirstLine: [UInt64: [Int]] = [:]
  private var queue: ArraySlice<OutboxFile> = []
  private var current: Current?
  /// Files as they were when they were read to their end.
  private var finished: [Identity: OutboxFile] = [:]
  private var byPath: [String: OutboxFile] = [:]
  /// Plain files of the last list.
  private var present: Set<Identity> = []

  /// - Parameter known: positions of former runs.
  public init(_ places: [OutboxPlace], known: [FilePosition], complain: @escaping (String) -> Void) {
    self.places = places
    self.complain = complain
    positions = known
    for place in known.indices { byFirstLine[known[place].firstHash, default: []].append(place) }
  }

  // MARK: What there is

  /// Looks for files with lines that were not taken.
  ///
  /// - Parameter grown: paths of files that grew, where nothing else happened; `nil` to look at all.
  public mutating func look(_ grown: Set<String>? = nil) {
    if let grown {
      let known = grown.compactMap { byPath[$0] }
      if known.count == grown.count {
        queue += known.sorted { $0.path < $1.path }
        return
      }
    }
    var files: [OutboxFile] = []
    folders.removeAll(keepingCapacity: true)
    for place in places { files += place.files(folders: &folders) }
    byPath = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
    let plain = files.filter { $0.compression == .none }
    present = Set(plain.map(Self.identity))
    let names = Set(plain.map(\.path))
    queue =
      files.filter { file in
        // While a file is being compressed both are there.
        if file.compression != .none, names.contains("\(file.outbox)/\(file.name)") { return false }
        let before = finished[Self.identity(file)]
        return before?.size != file.size || before?.changed != file.changed || before?.name != file.name
      }[...]
  }

  private static func identity(_ file: OutboxFile) -> Identity { Identity(device: file.device, inode: file.inode) }

  // MARK: Lines

  /// The bytes that the range of a line is of.
  public var bytes: [UInt8] { current?.lines.buffer ?? [] }

  /// Lends the bytes of the line that `next` gave.
  public func withLine<Result, Failure: Error>(
    _ line: Line, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let current else { return try body([UInt8]().span) }
    return try body(current.lines.buffer.span.extracting(line.range))
  }

  /// The next line, which stays the next one until it is taken; `nil` where there is none now.
  public mutating func next() -> Line? {
    while true {
      if current == nil {
        guard var file = queue.popFirst() else { return nil }
        open(&file)
        continue
      }
      do throws(InputError) {
        if current?.line == nil {
          let line = try current?.lines.next()
          current?.line = line
        }
      } catch {
        complain("\(current?.file.path ?? ""): \(error.message)")
        // Perhaps it is still being written: it is looked at again when it changes.
        if let file = current?.file { finished[Self.identity(file)] = file }
        current = nil
        continue
      }
      guard let current, let range = current.line else {
        finish()
        continue
      }
      let position = positions[current.position]
      return Line(file: current.position, number: position.line + 1, offset: position.offset, range: range)
    }
  }

  /// Takes the line that `next` gave.
  public mutating func take(_ line: Line) {
    guard let lines = current?.lines else { return }
    let hash = lines.lineHash(line.range)
    if positions[line.file].line == 0 {
      positions[line.file].firstHash = hash
      byFirstLine[hash, default: []].append(line.file)
    }
    positions[line.file].line += 1
    positions[line.file].offset += line.range.count + 1
    positions[line.file].lastHash = hash
    positions[line.file].lastBytes = line.range.count + 1
    touched.insert(line.file)
    current?.line = nil
  }

  private mutating func finish() {
    guard let ended = current else { return }
    finished[Self.identity(ended.file)] = ended.file
    let isCompressed = ended.file.compression != .none
    let place = ended.position
    var position = positions[place]
    position.isCompressed = isCompressed
    (position.device, position.inode) = (ended.file.device, ended.file.inode)
    (position.outbox, position.name) = (ended.file.outbox, ended.file.name)
    if position != positions[place], position.line > 0 {
      positions[place] = position
      touched.insert(place)
    }
    current = nil
  }

  // MARK: Files

  private mutating func open(_ file: inout OutboxFile) {
    do throws(InputError) {
      guard var lines = try LineFile(&file) else { return }
      guard let first = try lines.next() else {
        finished[Self.identity(file)] = file
        return
      }
      let hash = lines.lineHash(first)
      for place in candidates(hash, file) {
        let position = positions[place]
        if file.compression != .none, position.isCompressed, position.device == file.device,
          position.inode == file.inode
        {
          return closed(file, place)
        }
        // What is compressed cannot go back.
        if file.compression != .none, let anew = try LineFile(&file) { lines = anew }
        if try lines.seek(
          to: position.offset, behind: position.lastHash, of: position.lastBytes, file.compression)
        {
          current = Current(file: file, lines: lines, position: place)
          return
        }
      }
      guard let anew = try LineFile(&file) else { return }
      var position = FilePosition(outbox: file.outbox, name: file.name)
      (position.device, position.inode) = (file.device, file.inode)
      positions.append(position)
      current = Current(file: file, lines: anew, position: positions.count - 1)
    } catch {
      complain("\(file.path): \(error.message)")
      finished[Self.identity(file)] = file
    }
  }

  /// Leaves a compressed file that was read to its end before.
  private mutating func closed(_ file: OutboxFile, _ place: Int) {
    finished[Self.identity(file)] = file
    guard positions[place].name != file.name || positions[place].outbox != file.outbox else { return }
    (positions[place].outbox, positions[place].name) = (file.outbox, file.name)
    touched.insert(place)
  }

  /// Positions that may be of a file with such a first line, the likeliest first.
  private func candidates(_ hash: UInt64, _ file: OutboxFile) -> [Int] {
    let all = byFirstLine[hash] ?? []
    let identity = Self.identity(file)
    func isSame(_ place: Int) -> Bool {
      positions[place].device == identity.device && positions[place].inode == identity.inode
    }
    func isNamed(_ place: Int) -> Bool { positions[place].name == file.name && positions[place].outbox == file.outbox }
    // Another file that is there has its own position, unless this one is that file under its former name.
    let free = all.filter { place in
      isSame(place) || positions[place].isCompressed
        || !present.contains(Identity(device: positions[place].device, inode: positions[place].inode))
    }
    return free.filter(isSame) + free.filter { !isSame($0) && isNamed($0) }
      + free.filter { !isSame($0) && !isNamed($0) }
  }
}
