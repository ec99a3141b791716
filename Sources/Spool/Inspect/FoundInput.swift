import Disk

/// An input of one lane, somewhere on its way.
public struct FoundInput: Sendable {
  public enum Place: Sendable, Equatable {
    case inbox
    /// The number of the claim.
    case claimed(UInt64)
    case done
  }

  public let lane: SpoolView.KnownLane
  public let place: Place
  public let path: Path
  /// Its path from the inbox: `a.txt`, or from a folder below it `desk/a.txt`.
  public let name: [UInt8]
  /// Of the claim, where its place or its own name there tells: later ones have higher numbers.
  public var number: UInt64?
}
