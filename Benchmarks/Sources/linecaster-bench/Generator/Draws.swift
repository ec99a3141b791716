import Bytes
import StageKit

extension SeededGenerator {
  mutating func pick(_ list: [String]) -> String { list[Int(next() % UInt64(list.count))] }
  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
  mutating func chance(_ percent: Int) -> Bool { next() % 100 < UInt64(percent) }
}
