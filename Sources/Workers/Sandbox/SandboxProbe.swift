import Glibc

extension Sandbox {
  /// What a worker on this machine, started by this user in this place, would be confined by: tries it in a child.
  ///
  /// - Throws: where this process has more than one thread, or no child can be had.
  public static func probe() throws(ChildError) -> SandboxReport {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .call("pipe") }
    let (reading, writing, parent) = (ends[0], ends[1], getpid())
    defer { close(reading) }
    let child: ChildProcess
    do throws(ChildError) {
      child = try ChildProcess.fork {
        guard let report = try? enter(parent: parent, keeping: [writing]) else { _exit(1) }
        let bytes = report.numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
        _exit(write(writing, bytes, bytes.count) == bytes.count ? 0 : 1)
      }
    } catch {
      close(writing)
      throw error
    }
    close(writing)
    var bytes = [UInt8](repeating: 0, count: 8)
    let count = read(reading, &bytes, bytes.count)
    while let event = try ChildProcess.next(child.pid) { if case .stopped = event.kind { child.send() } else { break } }
    let numbers = [0, 4].map { start in
      (0..<4).reduce(Int32(0)) { $0 | Int32(truncatingIfNeeded: Int(bytes[start + $1]) << ($1 * 8)) }
    }
    guard count == bytes.count, let report = SandboxReport(numbers: numbers) else { throw .call("the sandbox") }
    return report
  }
}
