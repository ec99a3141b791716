import Glibc

/// Zeroed numbers for a large table, straight from the system, which has them back as soon as they are freed: malloc
/// keeps for itself as much as twice the largest block that was ever freed.
///
/// Unchecked: `KeyTable` alone has the pointer, and writes only where nobody else has the object.
final class SlotMemory: @unchecked Sendable {
  let slots: UnsafeMutableBufferPointer<UInt64>

  /// - Parameter count: a power of two.
  init(count: Int) {
    let memory = mmap(nil, count * 8, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { fatalError("no memory for \(count * 8) bytes of index") }
    slots = UnsafeMutableBufferPointer(start: memory.bindMemory(to: UInt64.self, capacity: count), count: count)
  }

  deinit { munmap(slots.baseAddress, slots.count * 8) }
}
