import CLinux

/// A page of memory that a child shares with its parent, where it notes what it is at and why it dies.
///
/// Make it before the fork, one for each child that lives. It belongs to the parent's one thread.
public final class FaultPage {
  /// Mapped as long as this object lives, in parent and child.
  private let page: UnsafeMutablePointer<linux_fault_page>

  public init() throws(ChildError) {
    guard let page = linux_make_fault_page() else { throw .call("mmap") }
    self.page = page
  }

  deinit { linux_free_fault_page(page) }

  /// For the next child.
  public func clear() { page.pointee = linux_fault_page() }

  // MARK: In the child

  /// From now on a fatal signal is noted, and then ends the child as it would have.
  public func watch() throws(ChildError) {
    guard linux_note_faults(page) == 0 else { throw .call("sigaltstack") }
  }

  /// Notes what the child is at, by a number that both sides understand.
  public func note(work: UInt64) { linux_note_work(page, work) }

  /// Notes how many pieces of work the child has finished.
  public func note(finished count: UInt64) { linux_note_finished(page, count) }

  // MARK: In the parent, when the child is gone

  /// What the child noted of its death. It may have been made to write anything here.
  public var fault: Fault? {
    let noted = page.pointee
    guard noted.signal != 0 else { return nil }
    return Fault(signal: noted.signal, isOwn: noted.is_own == 1, lackedMemory: noted.lacked_memory == 1)
  }

  /// What the child was at last, as it says.
  public var work: UInt64 { page.pointee.work }

  /// How many pieces of work it had finished, as it says.
  public var finished: UInt64 { page.pointee.finished }
}

/// A fatal signal, as the child met it.
public struct Fault: Sendable, Equatable {
  public var signal: CInt
  /// A fault, a trap or abort(3), and not what another process sent.
  public var isOwn: Bool
  /// The last system call or allocation that failed before had failed for want of memory.
  public var lackedMemory: Bool

  public init(signal: CInt, isOwn: Bool, lackedMemory: Bool) {
    self.signal = signal
    self.isOwn = isOwn
    self.lackedMemory = lackedMemory
  }
}
