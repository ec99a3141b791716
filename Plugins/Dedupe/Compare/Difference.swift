import StageKit

/// What two articles say that is not the same: names and numbers of each that the other does not have.
struct Difference {
  /// Places in this article's lists.
  private(set) var names: [Int] = []
  private(set) var numbers: [Int] = []
  /// How many the other article has and this one has not.
  private(set) var otherNames = 0
  private(set) var otherNumbers = 0
  /// The same among the names that each begins with; those that both have.
  private(set) var leadNames = 0
  private(set) var otherLeadNames = 0
  private(set) var sharedLeadNames = 0
  private let (nameCount, otherNameCount, numberCount, otherNumberCount): (Int, Int, Int, Int)

  init(_ this: SideLists, _ other: EntrySides) {
    let (mine, its) = (this.names.hashes, other.names)
    for place in mine.indices {
      let isShared = its.contains(mine[place])
      if !isShared { names.append(place) }
      if place < this.leadNames { if isShared { sharedLeadNames += 1 } else { leadNames += 1 } }
    }
    for place in its.indices where !mine.contains(its[place]) {
      otherNames += 1
      if place < other.leadNames { otherLeadNames += 1 }
    }
    numbers = this.numbers.hashes.indices.filter { !other.numbers.contains(this.numbers.hashes[$0]) }
    otherNumbers = other.numbers.count { !this.numbers.hashes.contains($0) }
    (nameCount, otherNameCount) = (mine.count, its.count)
    (numberCount, otherNumberCount) = (this.numbers.count, other.numbers.count)
  }

  /// Shares above this are of one report, whatever was put right in it.
  private static let sameReport = 0.9
  private static let (fewNames, fewNumbers) = (2, 4)

  /// Whether two near texts are one form that was filled in twice, and no two versions of a report: another name stands where
  /// each begins, or nearly all numbers are others.
  ///
  /// - Parameter share: the smaller one of the two.
  func isForm(share: Double) -> Bool {
    let replacedLead = min(leadNames, otherLeadNames)
    let replacedNumbers = min(numbers.count, otherNumbers)
    // Nobody that the one begins with is in the other.
    if replacedLead >= Self.fewNames, sharedLeadNames == 0 { return true }
    if share >= Self.sameReport { return false }
    if replacedLead > 0, replacedNumbers > 0 { return true }
    if replacedLead >= Self.fewNames, replacedLead >= sharedLeadNames { return true }
    return replacedNumbers >= Self.fewNumbers && replacedNumbers * 5 >= max(numberCount, otherNumberCount) * 3
  }
}
