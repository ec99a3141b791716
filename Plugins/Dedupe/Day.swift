/// A day of the Gregorian calendar.
struct Day {
  /// Days since 1970-01-01.
  let sinceEpoch: Int64

  /// - Parameter text: begins as ISO 8601 wants it, `2017-05-08`.
  init?(_ text: [UInt8]) {
    guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
    var numbers: [Int64] = []
    for range in [0..<4, 5..<7, 8..<10] {
      var number: Int64 = 0
      for byte in text[range] {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        number = number * 10 + Int64(byte - 0x30)
      }
      numbers.append(number)
    }
    guard 1...12 ~= numbers[1], 1...31 ~= numbers[2] else { return nil }
    // Counted from March, so that the leap day comes last.
    let year = numbers[1] > 2 ? numbers[0] : numbers[0] - 1
    let month = (numbers[1] + 9) % 12
    let leapDays = year / 4 - year / 100 + year / 400
    sinceEpoch = year * 365 + leapDays + (month * 153 + 2) / 5 + numbers[2] - 1 - 719_468
  }
}
