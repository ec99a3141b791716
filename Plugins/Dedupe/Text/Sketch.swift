import Bytes

/// A bottom-k MinHash sketch: the smallest distinct hashes of a set, sorted; and those of them that lead to it.
///
/// Below the largest hash of either of two sketches both sets are known whole, so that shares of each, and not only
/// their resemblance, can be counted there.
struct Sketch: Sendable, Equatable {
  /// Of `Shingles.bits` bits.
  let hashes: [UInt32]
  /// Nothing was left out.
  let isComplete: Bool
  /// The whole hashes of 32 bits that lead to the article, sorted: the smallest, and the least of each window of the text
  /// (winnowing: Schleimer, Wilkerson and Aiken 2003), so that any part as long as a window has one.
  let keys: [UInt32]
  /// Up to here all hashes of the set are known.
  let limit: UInt32

  static let smallest = 192
  static let largest = 8192
  /// Shingles in a window: a part of so many has a key in both of two texts that have it in common.
  static let window = 24
  /// The low bits that keys have and hashes do not.
  static let keyBits = 32 - Shingles.bits

  /// How many hashes a text with this many shingles keeps: a third of a long text, so that a paragraph of it that stands
  /// elsewhere is still measured.
  static func capacity(shingles count: Int) -> Int { min(max(smallest, count / 3), largest) }

  /// - Parameter limit: `nil` for the largest hash.
  init(hashes: [UInt32], isComplete: Bool, keys: [UInt32], limit: UInt32? = nil) {
    self.hashes = hashes
    self.limit = limit ?? (isComplete ? .max : hashes.last ?? 0)
    self.isComplete = isComplete
    self.keys = keys
  }

  /// - Parameter shingles: hashes spread evenly over 32 bits, with repeats, in the order of the text.
  /// - Returns: also where in the text each of the sketch's hashes stands first, from 0 at its head to 255 at its foot.
  static func make(of shingles: [UInt32]) -> (sketch: Sketch, places: [UInt8]) {
    let (smallest, isComplete) = smallest(of: shingles, capacity: capacity(shingles: shingles.count))
    let whole = smallest.map { UInt32($0 >> 32) }
    let last = max(1, shingles.count - 1)
    let sketch = Sketch(
      hashes: whole.map { $0 >> keyBits }, isComplete: isComplete, keys: keys(among: whole, of: shingles))
    return (sketch, smallest.map { UInt8(Int($0 & 0xFFFF_FFFF) * 255 / last) })
  }

  /// The smallest hashes that differ in their first `Shingles.bits` bits, sorted, each above its place; and whether these
  /// are all.
  private static func smallest(of shingles: [UInt32], capacity: Int) -> ([UInt64], isComplete: Bool) {
    // Sort only what can be among the smallest: a quarter more than that, or twice as much where repeats take it.
    var factor = 5
    while true {
      let part = shingles.isEmpty ? .max : UInt64(capacity * factor / 4 + 16) << 32 / UInt64(shingles.count)
      let isAll = part >= 1 << 32
      var kept: [UInt64] = []
      kept.reserveCapacity(isAll ? shingles.count : capacity * factor / 4 + 64)
      let bound = isAll ? .max : UInt32(part)
      for at in shingles.indices where shingles[at] <= bound { kept.append(UInt64(shingles[at]) << 32 | UInt64(at)) }
      sortSpread(&kept, upTo: isAll ? 1 << 32 : part)
      let distinct = removeRepeats(&kept, shift: keyBits + 32)
      if distinct >= capacity || isAll {
        kept.removeLast(kept.count - min(distinct, capacity))
        return (kept, isAll && distinct <= capacity)
      }
      factor *= 2
    }
  }

  /// Keys that are no hashes of the sketch are left out; of a text that is not very long that is none.
  private static func keys(among smallest: [UInt32], of shingles: [UInt32]) -> [UInt32] {
    guard let last = smallest.last else { return [] }
    var keys = Array(smallest.prefix(leadingCount(smallest.count)))
    var (least, place) = (UInt32.max, -1)
    for at in shingles.indices {
      if shingles[at] <= least {
        (least, place) = (shingles[at], at)
      } else if at - place >= window {
        // The least one has left the window.
        place = at - window + 1
        least = shingles[place]
        for other in Range(from: place + 1, upTo: at + 1) where shingles[other] <= least {
          (least, place) = (shingles[other], other)
        }
      } else if at != window - 1 {
        continue
      }
      if at >= window - 1, least <= last { keys.append(least) }
    }
    keys.sort()
    keys.removeLast(keys.count - removeRepeats(&keys, shift: keyBits))
    return keys
  }

  /// How many of the smallest hashes are keys, by their own right.
  static func leadingCount(_ count: Int) -> Int { min(count, max(fewestKeys, count / fewestKeys)) }
  var leadingCount: Int { Self.leadingCount(hashes.count) }
  static let fewestKeys = 24

  /// The same without some hashes.
  ///
  /// - Parameter removed: sorted.
  func without(_ removed: [UInt32]) -> Sketch {
    if removed.isEmpty { return self }
    var rest = hashes
    take(removed, outOf: &rest)
    var at = 0
    let keys = self.keys.filter { key in
      let hash = key >> Self.keyBits
      while at < removed.count, removed[at] < hash { at += 1 }
      return at == removed.count || removed[at] != hash
    }
    return Sketch(hashes: rest, isComplete: isComplete, keys: keys, limit: limit)
  }
}

/// Sorts numbers in whose upper half is a hash, spread evenly up to `bound`, and whose lower half grows.
///
/// Each goes where it should stand by its hash, and only neighbours are compared.
private func sortSpread(_ values: inout [UInt64], upTo bound: UInt64) {
  let count = values.count
  if count < 2 { return }
  let scale = UInt64(count) << 32 / bound
  func bucket(_ value: UInt64) -> Int { min(count - 1, Int(((value >> 32) &* scale) >> 32)) }
  var ends = [Int32](repeating: 0, count: count)
  for value in values { ends[bucket(value)] += 1 }
  var sum: Int32 = 0
  for at in ends.indices {
    let size = ends[at]
    ends[at] = sum
    sum += size
  }
  let unsorted = values
  for value in unsorted {
    let at = bucket(value)
    values[Int(ends[at])] = value
    ends[at] += 1
  }
  var moves = 0
  for at in Range(from: 1, clampedTo: count) {
    let value = values[at]
    var place = at
    // Somebody chose them: they are not spread.
    if moves > 32 * count { return values.sort() }
    while place > 0, values[place - 1] > value {
      values[place] = values[place - 1]
      place -= 1
    }
    moves += at - place
    values[place] = value
  }
}

/// Takes the values of one sorted array out of another.
func take(_ removed: [UInt32], outOf values: inout [UInt32]) {
  var (count, next) = (0, 0)
  for at in values.indices {
    while next < removed.count, removed[next] < values[at] { next += 1 }
    if next < removed.count, removed[next] == values[at] { continue }
    values[count] = values[at]
    count += 1
  }
  values.removeLast(values.count - count)
}

/// Moves the first of the values of a sorted array that are equal without their low bits to its front; their number.
private func removeRepeats<Value: FixedWidthInteger>(_ values: inout [Value], shift: Int) -> Int {
  var count = 0
  for at in values.indices where count == 0 || values[at] >> shift != values[count - 1] >> shift {
    values[count] = values[at]
    count += 1
  }
  return count
}
