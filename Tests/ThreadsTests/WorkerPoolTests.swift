import Synchronization
import Testing
import Threads

@Suite struct WorkerPoolTests {
  @Test(arguments: [1, 2, 7])
  func resultsComeInTheOrderOfTheWork(workers: Int) throws {
    let pool = try WorkerPool(workers: workers)
    let lane = pool.lane(window: 16) { (number: Int) -> Int in
      // Uneven work, so that later pieces are done before earlier ones.
      (0..<(number % 7 == 0 ? 20_000 : 10)).reduce(number) { $0 &+ $1 &- $1 }
    }
    let producer = try Thread {
      for number in 0..<3000 { lane.submit(number, cost: 1) }
      lane.finish()
    }
    var results = [Int]()
    while true {
      let batch = lane.take(atMost: 10)
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
    let lane = pool.lane(window: 20) { (number: Int) -> Int in number }
    let most = Atomic<Int>(0)
    let producer = try Thread {
      // Also batches that are larger than the window.
      for start in stride(from: 0, to: 2000, by: 50) {
        lane.submit((start..<(start + 50)).map { ($0, 1) })
        most.max(lane.underWay, ordering: .relaxed)
      }
      lane.submit([])
      lane.finish()
    }
    var results = [Int]()
    while true {
      let batch = lane.take(atMost: 3)
      if batch.isEmpty { break }
      results += batch
      most.max(lane.underWay, ordering: .relaxed)
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
    let lane = pool.lane(window: 5) { (number: Int) -> Int in number }
    let producer = try Thread {
      for number in 0..<500 {
        lane.submit(number, cost: 1)
        let now = underWay.add(1, ordering: .sequentiallyConsistent).newValue
        most.max(now, ordering: .sequentiallyConsistent)
      }
      lane.finish()
    }
    while true {
      let batch = lane.take(atMost: 1)
      if batch.isEmpty { break }
      underWay.subtract(batch.count, ordering: .sequentiallyConsistent)
    }
    producer.join()
    pool.stop()
    // Two counts are outside the lane's own lock: one submitted and not yet counted, one taken and not yet counted.
    #expect(most.load(ordering: .sequentiallyConsistent) <= 7)
  }

  @Test func aPieceLargerThanTheWindowStillGoesThrough() throws {
    let pool = try WorkerPool(workers: 1)
    let lane = pool.lane(windowBytes: 10) { (number: Int) -> Int in number * 2 }
    lane.submit(21, cost: 1000)
    lane.finish()
    #expect(lane.take() == [42])
    #expect(lane.take().isEmpty)
    pool.stop()
  }

  @Test func lanesShareTheWorkers() throws {
    let pool = try WorkerPool(workers: 1)
    let order = Mutex([String]())
    let gate = pool.lane { (_: Int) -> Int in 0 }
    let lanes = ["a", "b"].map { name in
      pool.lane { (number: Int) -> Int in
        order.withLock { $0.append("\(name)\(number)") }
        return number
      }
    }
    gate.submit(0, cost: 0)
    for lane in lanes { for number in 0..<50 { lane.submit(number, cost: 0) } }
    for lane in lanes { lane.finish() }
    for lane in lanes {
      var count = 0
      while true {
        let batch = lane.take()
        if batch.isEmpty { break }
        count += batch.count
      }
      #expect(count == 50)
    }
    gate.finish()
    pool.stop()
    let seen = order.withLock { $0 }
    #expect(seen.filter { $0.hasPrefix("a") } == (0..<50).map { "a\($0)" })
    #expect(seen.filter { $0.hasPrefix("b") } == (0..<50).map { "b\($0)" })
  }

  @Test func anEmptyLaneEnds() throws {
    let pool = try WorkerPool(workers: 2)
    let lane = pool.lane { (number: Int) -> Int in number }
    lane.finish()
    #expect(lane.take().isEmpty)
    pool.stop()
  }
}
