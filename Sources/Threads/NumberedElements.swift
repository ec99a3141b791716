/// Elements under numbers that lie close together and only rise, each put in once and taken out once.
struct NumberedElements<Element> {
  /// A power of two of places, each for the numbers that are the same behind it; more than lie between the least number that
  /// is there and the greatest.
  private var places: [(number: Int, element: Element)?]

  init() { places = Array(repeating: nil, count: 16) }

  private func place(_ number: Int) -> Int { number & (places.count - 1) }

  func holds(_ number: Int) -> Bool { places[place(number)]?.number == number }

  mutating func put(_ element: Element, at number: Int) {
    while places[place(number)] != nil { grow() }
    places[place(number)] = (number, element)
  }

  /// - Returns: `nil` where there is none.
  mutating func take(_ number: Int) -> Element? {
    guard holds(number) else { return nil }
    defer { places[place(number)] = nil }
    return places[place(number)]?.element
  }

  private mutating func grow() {
    let old = places
    places = Array(repeating: nil, count: 2 * old.count)
    for case let entry? in old { places[place(entry.number)] = entry }
  }
}
