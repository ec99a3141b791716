import Synchronization
import Testing
import Threads

@Suite struct WorkerPoolTests {
  @Test(arguments: [1, 2, 7])
  func resultsComeInTheOrderOfTheWork(workers: Int) throws {
    let pool = try WorkerPool(workers: workers)
    let queue = pool.queue(window: 16) { (number: Int) -> Int in
      // Uneven work, so that later pieces are done before earlier ones.
      (0..<(number % 7 == 0 ? 20_000 : 10)).reduce(number) { $0 &+ $1 &- $1 }
    }
    let producer = try Thread {
      for number in 0..<3000 { queue.submit(number, cost: 1) }
      queue.finish()
    }
    var results = [Int]()
    while true {
      let batch = queue.take(atMost: 10)
      if batch.isEmpty { break }
      #expect(batch.count <= 10)
      results += batch
    }
    producer.join()
    pool.stop()
    #expect(results == Array(0..<3000))
  }

  @Test(arguments: [1, 3])
  func batchesKeepTheOrderAndTheWindow(workers: Int) throws {
    let pool = try WorkerPool(workers: workers)
    let queue = pool.queue(window: 20) { (number: Int) -> Int in number }
    let most = Atomic<Int>(0)
    let producer = try Thread {
      // Also batches that are larger than the window.
      for start in stride(from: 0, to: 2000, by: 50) {
        queue.submit((start..<(start + 50)).map { ($0, 1) })
        most.max(queue.underWay, ordering: .relaxed)
      }
      queue.submit([])
      queue.finish()
    }
    var results = [Int]()
    while true {
      let batch = queue.take(atMost: 3)
      if batch.isEmpty { break }
      results += batch
      most.max(queue.underWay, ordering: .relaxed)
    }
    producer.join()
    pool.stop()
    #expect(results == Array(0..<2000))
    #expect(most.load(ordering: .relaxed) <= 20)
  }

  @Test func theWindowBoundsWhatIsUnderWay() throws {
    let pool = try WorkerPool(workers: 2)
    let underWay = Atomic<Int>(0)
    let most = Atomic<Int>(0)
    let queue = pool.queue(window: 5) { (number: Int) -> Int in number }
    let producer = try Thread {
      for number in 0..<500 {
        queue.submit(number, cost: 1)
        let now = underWay.add(1, ordering: .sequentiallyConsistent).newValue
        most.max(now, ordering: .sequentiallyConsistent)
      }
      queue.finish()
    }
    while true {
      let batch = queue.take(atMost: 1)
      if batch.isEmpty { break }
      underWay.subtract(batch.count, ordering: .sequentiallyConsistent)
    }
    producer.join()
    pool.stop()
    // Two counts are outside the queue's own lock: one submitted and not yet counted, one taken and not yet counted.
    #expect(most.load(ordering: .sequentiallyConsistent) <= 7)
  }

  @Test func aPieceLargerThanTheWindowStillGoesThrough() throws {
    let pool = try WorkerPool(workers: 1)
    let queue = pool.queue(windowBytes: 10) { (number: Int) -> Int in number * 2 }
    queue.submit(21, cost: 1000)
    queue.finish()
    #expect(queue.take() == [42])
    #expect(queue.take().isEmpty)
    pool.stop()
  }

  /// The one worker is held until both queues have all their work: from then on each gets its turn.
  @Test func aBusyQueueNeverStarvesAnother() throws {
    let pool = try WorkerPool(workers: 1)
    let order = Mutex([Character]())
    let isOpen = Monitor(false)
    let gate = pool.queue { (_: Int) -> Int in isOpen.wait { $0 ? 0 : nil } }
    let queues = ["a", "b", "c"].map { (name: Character) in
      pool.queue { (number: Int) -> Int in
        order.withLock { $0.append(name) }
        return number
      }
    }
    gate.submit(0, cost: 0)
    for queue in queues {
      queue.submit((0..<100).map { ($0, 0) })
      queue.finish()
    }
    gate.finish()
    isOpen.signal { $0 = true }
    for queue in queues {
      var results = [Int]()
      while true {
        let batch = queue.take()
        if batch.isEmpty { break }
        results += batch
      }
      #expect(results == Array(0..<100))
    }
    pool.stop()
    var (left, behind): ([Character: Int], [Character: Int]) = (["a": 100, "b": 100, "c": 100], [:])
    for name in order.withLock({ $0 }) {
      left[name, default: 0] -= 1
      behind[name] = 0
      // Of each other queue that has work, no more than two shares of eight go before its next piece.
      for (other, count) in left where other != name && count > 0 {
        behind[other, default: 0] += 1
        #expect(behind[other, default: 0] <= 16, "\(other) waits for \(behind[other, default: 0]) pieces")
      }
    }
    #expect(left.values.allSatisfy { $0 == 0 })
  }

  /// A queue for one thread is never run by two at once, however many there are, and others go on beside it.
  @Test func aQueueMayHaveFewerThreads() throws {
    let pool = try WorkerPool(workers: 4)
    let (now, most) = (Monitor(0), Monitor(0))
    let narrow: OrderedQueue<Int, Int> = pool.queue(threads: 1, makeRunner: { Counting(now, most) })
    let wide = pool.queue { (number: Int) -> Int in number }
    let producer = try Thread {
      for number in 0..<1000 {
        narrow.submit(number, cost: 1)
        wide.submit(number, cost: 1)
      }
      narrow.finish()
      wide.finish()
    }
    var results: [[Int]] = [[], []]
    for (place, queue) in [narrow, wide].enumerated() {
      while true {
        let batch = queue.take()
        if batch.isEmpty { break }
        results[place] += batch
      }
    }
    producer.join()
    pool.stop()
    #expect(results == [Array(0..<1000), Array(0..<1000)])
    #expect(most.withLock { $0 } == 1)
  }

  @Test func anEmptyQueueEnds() throws {
    let pool = try WorkerPool(workers: 2)
    let queue = pool.queue { (number: Int) -> Int in number }
    queue.finish()
    #expect(queue.take().isEmpty)
    pool.stop()
  }
}

/// Notes how many of its kind are at work at once.
private final class Counting: PieceRunner {
  private let (now, most): (Monitor<Int>, Monitor<Int>)

  init(_ now: Monitor<Int>, _ most: Monitor<Int>) { (self.now, self.most) = (now, most) }

  func run(_ pieces: [Int], more: () -> [Int], done: (Int) -> Void) {
    let count = now.withLock { count in
      count += 1
      return count
    }
    most.withLock { $0 = max($0, count) }
    for piece in pieces { done((0..<200).reduce(piece) { $0 &+ $1 &- $1 }) }
    now.withLock { $0 -= 1 }
  }
}
