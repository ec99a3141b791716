import Disk

/// The oldest files of a directory of any size, by time of the last write and name: a heap of bounded size.
struct OldestFiles {
  typealias File = (name: [UInt8], status: FileStatus)

  private let capacity: Int
  /// The youngest is on top.
  private var heap: [File] = []
  /// Whether files were left out.
  private(set) var isIncomplete = false

  init(_ capacity: Int) { self.capacity = max(0, capacity) }

  static func isBefore(_ a: File, _ b: File) -> Bool {
    a.status.modified != b.status.modified
      ? a.status.modified < b.status.modified : a.name.lexicographicallyPrecedes(b.name)
  }

  var inOrder: [File] { heap.sorted(by: Self.isBefore) }

  mutating func add(_ name: [UInt8], _ status: FileStatus) {
    let file = (name, status)
    if heap.count < capacity {
      heap.append(file)
      rise()
    } else {
      isIncomplete = true
      if let top = heap.first, Self.isBefore(file, top) {
        heap[0] = file
        sink()
      }
    }
  }

  private mutating func rise() {
    var place = heap.count - 1
    while place > 0, Self.isBefore(heap[(place - 1) / 2], heap[place]) {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func sink() {
    var place = 0
    while true {
      var youngest = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if Self.isBefore(heap[youngest], heap[child]) { youngest = child }
      }
      if youngest == place { return }
      heap.swapAt(place, youngest)
      place = youngest
    }
  }
}
