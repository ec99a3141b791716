/// Sorted numbers as a Golomb-Rice code of their gaps: the high part of a gap as that many ones and a zero, the low
/// bits as they are. Hashes that are spread evenly have gaps for which no code is much shorter.
enum RiceCode {
  /// One byte with the number of low bits, then the code, filled up to a byte.
  static func encode(_ numbers: [UInt32], into bytes: inout [UInt8]) {
    guard let last = numbers.last else { return }
    let mean = last / UInt32(numbers.count)
    let low = mean == 0 ? 0 : UInt32(31 - mean.leadingZeroBitCount)
    bytes.append(UInt8(low))
    var (pending, filled): (UInt64, UInt32) = (0, 0)
    func flush(_ bytes: inout [UInt8]) {
      while filled >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        filled -= 8
      }
    }
    var before: UInt32 = 0
    for number in numbers {
      let gap = number - before
      before = number
      var high = gap >> low
      while high >= 24 {
        pending |= 0xFF_FFFF << UInt64(filled)
        filled += 24
        high -= 24
        flush(&bytes)
      }
      pending |= (1 << UInt64(high) - 1) << UInt64(filled)
      filled += high + 1
      flush(&bytes)
      pending |= UInt64(gap & (1 << low - 1)) << UInt64(filled)
      filled += low
      flush(&bytes)
    }
    if filled > 0 { bytes.append(UInt8(truncatingIfNeeded: pending)) }
  }

  /// Reads the first numbers; fewer where the bytes end before.
  ///
  /// - Parameters:
  ///   - count: of the numbers in the code.
  ///   - numbers: takes as many as it has room for.
  /// - Returns: how many were read.
  static func decode(
    _ bytes: Span<UInt8>, from start: Int, count: Int, into numbers: inout MutableSpan<UInt32>
  ) -> Int {
    guard count > 0, start < bytes.count, bytes[start] < 32 else { return 0 }
    let low = UInt64(bytes[start])
    let mask: UInt64 = 1 << low - 1
    let wanted = min(count, numbers.count)
    var at = start + 1
    var (pending, filled): (UInt64, UInt64) = (0, 0)
    var number: UInt32 = 0
    for place in 0..<wanted {
      var gap: UInt64 = 0
      while true {
        if filled <= 32, at + 4 <= bytes.count {
          pending |= UInt64(bytes.fixed32(at: at)) << filled
          filled += 32
          at += 4
        } else if filled < 32 {
          while filled <= 56, at < bytes.count {
            pending |= UInt64(bytes[at]) << filled
            filled += 8
            at += 1
          }
        }
        let ones = UInt64((~pending).trailingZeroBitCount)
        if ones < filled {
          gap += ones
          pending >>= ones + 1
          filled -= ones + 1
          break
        }
        // All that there is are ones, and more may follow.
        if filled == 0 || at == bytes.count { return place }
        gap += filled
        (pending, filled) = (0, 0)
      }
      while filled < low, at < bytes.count {
        pending |= UInt64(bytes[at]) << filled
        filled += 8
        at += 1
      }
      guard filled >= low else { return place }
      gap = gap << low | pending & mask
      pending >>= low
      filled -= low
      number = number &+ UInt32(truncatingIfNeeded: gap)
      numbers[place] = number
    }
    return wanted
  }
}
