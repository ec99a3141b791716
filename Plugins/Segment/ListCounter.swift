/// Follows the numbers or letters of a list inside one paragraph, so that “2.” in running text is taken for the head
/// of an item only where “1.” came before it.
struct ListCounter {
  private var nextNumber: Int?
  private var nextLetter: UInt8?

  mutating func start(at number: Int) { nextNumber = number + 1 }

  mutating func start(at letter: UInt8?) {
    if let letter { nextLetter = letter &+ 1 }
  }

  func expects(number: Int) -> Bool { nextNumber == number }
  func expects(letter: UInt8) -> Bool { nextLetter == letter }
}
