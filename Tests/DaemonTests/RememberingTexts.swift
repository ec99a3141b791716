import Disk
import StageKit
import Synchronization

/// What is handed over: the text itself.
struct Text: StageHandover {
  var bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// Texts that came by, with the id of the first article; forgotten at the end of the process.
final class SeenTexts: JournaledState {
  let ids = Mutex<[[UInt8]: [UInt8]]>([:])
  func replay(_ change: [UInt8]) {}
  func committed(_ change: [UInt8]) {}
  func makeDurable() throws(DiskError) {}
  var wantsFilling: Bool { true }
}

struct TextDecider: StageDecider {
  let memory: SeenTexts
  let whenDeciding: @Sendable ([UInt8]) -> Void

  func decide(_ arrival: Arrival, _ text: Text) -> Decision {
    whenDeciding(text.bytes)
    let first = memory.ids.withLock { ids in
      let first = ids[text.bytes]
      ids[text.bytes] = first ?? arrival.id
      return first
    }
    let duplicates = Duplicates(
      status: first == nil ? .unique : .exact, matches: [], cluster: first ?? arrival.id)
    return Decision(layer: duplicates.json)
  }

  func restore(_ arrival: Arrival, _ text: Text, decided: RecordNode) throws(RecordProblem) {
    let cluster = try Duplicates(decided).cluster
    memory.ids.withLock { $0[text.bytes] = cluster }
  }
}
