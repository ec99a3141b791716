/// How many of the limits the value reaches: the row of a feature that stands for a number.
@inline(__always)
func bucket<Number: FixedWidthInteger>(_ value: Number, _ limits: [Number]) -> Int {
  var row = 0
  while row < limits.count, value >= limits[row] { row += 1 }
  return row
}
