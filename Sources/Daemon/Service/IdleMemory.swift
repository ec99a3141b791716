import CLinux

/// Gives memory back to the system when a flood of articles is through, which the allocator would keep for the next one.
struct IdleMemory {
  private var ended = 0
  private var isGivenBack = true

  /// Call it now and then.
  ///
  /// - Parameter ended: articles that came to their end.
  mutating func look(at ended: Int) {
    defer { self.ended = ended }
    if ended != self.ended {
      isGivenBack = false
    } else if !isGivenBack {
      linux_trim_memory()
      isGivenBack = true
    }
  }
}
