/// What is to be done at some time, the soonest on top of a heap: one more costs little, however many there are.
struct Agenda<Item> {
  private var heap: [(due: ContinuousClock.Instant, item: Item)] = []

  var isEmpty: Bool { heap.isEmpty }
  var count: Int { heap.count }
  var nextDue: ContinuousClock.Instant? { heap.first?.due }

  mutating func add(_ item: Item, due: ContinuousClock.Instant) {
    heap.append((due, item))
    var place = heap.count - 1
    while place > 0, heap[place].due < heap[(place - 1) / 2].due {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  /// Takes out the soonest where it is due; `nil` where nothing is.
  mutating func take(at now: ContinuousClock.Instant) -> Item? {
    guard let first = heap.first, first.due <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var place = 0
    while true {
      var soonest = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if heap[child].due < heap[soonest].due { soonest = child }
      }
      if soonest == place { return first.item }
      heap.swapAt(place, soonest)
      place = soonest
    }
  }
}
