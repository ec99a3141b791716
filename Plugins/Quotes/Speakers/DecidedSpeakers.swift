/// Who each speaker was taken for, by the first token as written. A table: to make a dictionary of a million speakers larger takes
/// longer than a stage may go without a look at the clock.
struct DecidedSpeakers {
  private static let open: Int32 = -2
  private static let nobody: Int32 = -1
  private var entities: [Int32]

  init(tokenCount: Int) { entities = Array(repeating: Self.open, count: tokenCount) }

  /// `nil` where it is not decided yet, `.some(nil)` where it is nobody with a name.
  subscript(token: Int) -> Int?? {
    get {
      let entity = entities[token]
      if entity == Self.open { return nil }
      return .some(entity == Self.nobody ? nil : Int(entity))
    }
    set {
      guard let decision = newValue else { return entities[token] = Self.open }
      entities[token] = decision.map { Int32(clamping: $0) } ?? Self.nobody
    }
  }
}
