import Bytes
import RecordReading

/// Lines that go into the tables in one transaction, in the order in which they were read.
public struct Batch {
  /// Where a line stood.
  struct Origin {
    /// Place among the positions of files.
    var file: Int
    var line: Int
    var offset: Int
    var bytes: Int
  }

  struct Refusal {
    var file: Int
    var line: Int
    var message: String
  }

  /// Those behind `count` are kept for the next batch, with their memory.
  private(set) var records: [Record] = []
  private(set) var origins: [Origin] = []
  private(set) var refusals: [Refusal] = []
  /// Bytes of its lines.
  public private(set) var bytes = 0
  private var ids: Set<UInt64> = []
  private var numbers: Set<Int> = []
  private var revised: Set<Int> = []

  public init() {}

  public var count: Int { origins.count }
  public var isEmpty: Bool { count == 0 && refusals.isEmpty }
  /// The record that was added last.
  public var last: Record? { count > 0 ? records[count - 1] : nil }
  /// Whether it should go in before more is read.
  public var isFull: Bool { count >= Self.mostRecords || bytes >= Self.mostBytes }

  private static let mostRecords = 2048
  private static let mostBytes = 24 << 20
  /// A record that was larger gives its memory back.
  private static let keptBytes = 1 << 20

  /// Reads a line.
  ///
  /// - Parameters:
  ///   - line: without its end.
  ///   - number: from 1.
  ///   - offset: in bytes of the plain file.
  ///   - file: place among the positions of files.
  /// - Returns: `false` where a record of the batch must be in the tables first: commit the batch, and add the line again.
  /// - Throws: where the line is no record; the batch then holds that it was refused.
  public mutating func add(_ line: Span<UInt8>, number: Int, offset: Int, file: Int) throws(LineFault) -> Bool {
    if records.count == count { records.append(Record()) }
    let place = count
    do throws(LineFault) { try records[place].read(line) } catch {
      refusals.append(Refusal(file: file, line: number, message: error.message))
      throw error
    }
    let hash = records[place].idHash
    let revision = records[place].revisionOf
    if ids.contains(hash) || revision.map(numbers.contains) == true || records[place].seq.map(revised.contains) == true
    {
      return false
    }
    ids.insert(hash)
    if let seq = records[place].seq { numbers.insert(seq) }
    if let revision { revised.insert(revision) }
    origins.append(Origin(file: file, line: number, offset: offset, bytes: line.count))
    bytes += line.count
    return true
  }

  /// Empties it.
  public mutating func clear() {
    for place in 0..<count where records[place].bytes.capacity > Self.keptBytes { records[place] = Record() }
    origins.removeAll(keepingCapacity: true)
    refusals.removeAll(keepingCapacity: true)
    ids.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    revised.removeAll(keepingCapacity: true)
    bytes = 0
  }
}

extension Record {
  /// Of id and pipeline: by these two an article is known.
  fileprivate var idHash: UInt64 {
    var hash = FNV1a()
    for span in [id, pipeline] {
      for at in span.range { hash.add(bytes[at]) }
      hash.add(UInt64(span.count))
    }
    return hash.value
  }
}
