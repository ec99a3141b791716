/// What is stopped: a disk, and whatever works on it.
public protocol CrashableHouse {
  var disk: SimulatedDisk { get }
  /// What befalls the disk between the stop and the way up.
  mutating func afterStop() throws
}

extension CrashableHouse {
  public mutating func afterStop() throws {}
}

/// Runs the same work again and again, and stops it at each of its operations in turn. The way up from there is stopped as well.
public struct CrashSweep: Sendable {
  private let restart: SimulatedDisk.Restart
  private let stops: Int
  private let span: Int

  /// - Parameters:
  ///   - restart: what a stop leaves.
  ///   - stops: how often the way up is stopped.
  ///   - span: operations of the way up at one of which it is.
  public init(_ restart: SimulatedDisk.Restart, stops: Int = 1, span: Int = 29) {
    self.restart = restart
    self.stops = stops
    self.span = span
  }

  /// - Parameters:
  ///   - make: gives the house in which the operation of this number is the last one; the same each time but for chance.
  ///   - work: ends by itself where it is not stopped.
  ///   - recover: the way up; the last one is not stopped.
  ///   - check: gets to know whether the work was stopped, and what to call this run.
  /// - Returns: at how many operations the work was stopped.
  @discardableResult
  public func run<House: CrashableHouse>(
    _ make: (_ operation: Int) throws -> House, work: (inout House) throws -> Void,
    recover: (inout House) throws -> Void, check: (House, _ wasStopped: Bool, _ place: String) throws -> Void
  ) throws -> Int {
    var operation = 1
    while true {
      var house = try make(operation)
      let wasStopped = try stop(&house, after: operation, work)
      if wasStopped {
        house.disk.restart(restart)
        try house.afterStop()
        for again in 1...stops {
          if try stop(&house, after: operation &* again % span + 1, recover) { house.disk.restart(restart) }
          house.disk.restart(.afterKill)
        }
      }
      house.disk.restart(.afterKill)
      try recover(&house)
      try check(house, wasStopped, "stop at operation \(operation), \(restart)")
      if !wasStopped { return operation - 1 }
      operation += 1
    }
  }

  /// - Returns: whether the work got as far as that operation.
  private func stop<House: CrashableHouse>(
    _ house: inout House, after operations: Int, _ work: (inout House) throws -> Void
  ) throws -> Bool {
    house.disk.crash(at: house.disk.operations + operations)
    do { try work(&house) } catch {
      // Any other error is a finding.
      guard house.disk.isDown else { throw error }
    }
    return house.disk.isDown
  }
}
