import StageKit

/// The scores of a block's states: what its features say one by one, and what a small network makes of them together
/// with those of the blocks around.
///
/// Each block's features add up to a vector, cut off below zero. A second vector mixes this one with the means of those
/// before and after the block, which fade with distance: a lane's mean keeps between nothing (the neighbour alone) and
/// 95 % of itself from block to block. Sums have a fixed order, so that every machine finds the same.
package struct Network: Sendable {
  package typealias Vector = SIMD16<Float>
  package typealias Scores = SIMD4<Float>

  /// Four for each row of `Features`: before, body, inside, after.
  package var rows: [Scores]
  /// One for each row of `Features`.
  package var embedding: [Vector]
  /// The columns of three matrices: from the block's own vector, and from the means before and after it.
  package var own: [Vector]
  package var before: [Vector]
  package var after: [Vector]
  package var bias: Vector
  /// What each lane of the second vector stands for.
  package var output: [Scores]

  package static let lanes = Vector.scalarCount
  /// The share of a mean that is left one block on, by lane.
  package static let fading = Vector(0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0.8, 0.8, 0.8, 0.8, 0.95, 0.95, 0.95, 0.95)

  /// A network that says nothing.
  package init(featureCount: Int) {
    rows = Array(repeating: .zero, count: featureCount)
    embedding = Array(repeating: .zero, count: featureCount)
    own = Array(repeating: .zero, count: Self.lanes)
    (before, after) = (own, own)
    bias = .zero
    output = Array(repeating: .zero, count: Self.lanes)
  }

  /// The scores of each block of a page.
  func scores(_ page: Page, _ facts: PageFacts, deadline: Deadline) throws(StageError) -> [Scores] {
    let count = page.blocks.count
    var features = Features(page, facts)
    var scores = [Scores](repeating: .zero, count: count)
    var vectors = [Vector](repeating: .zero, count: count)
    var mixed = vectors
    var mean = Vector.zero
    for index in 0..<count {
      if index & 0x3FF == 0 { try deadline.check() }
      features.look(at: index)
      var (score, vector) = (Scores.zero, Vector.zero)
      for at in 0..<features.count {
        let row = Int(features.found[at])
        score += rows[row]
        vector += embedding[row]
      }
      vector = Self.cut(vector)
      scores[index] = score
      vectors[index] = vector
      mixed[index] = bias + Self.mix(own, vector) + Self.mix(before, mean)
      mean = Self.fade(mean, vector)
    }
    mean = .zero
    for index in stride(from: count - 1, through: 0, by: -1) {
      if index & 0xFFF == 0 { try deadline.check() }
      let second = Self.cut(mixed[index] + Self.mix(after, mean))
      for lane in 0..<Self.lanes { scores[index] += output[lane] * second[lane] }
      mean = Self.fade(mean, vectors[index])
    }
    return scores
  }

  /// Zero where a number is below.
  @inline(__always)
  package static func cut(_ vector: Vector) -> Vector { vector.replacing(with: 0, where: vector .< 0) }

  @inline(__always)
  package static func fade(_ mean: Vector, _ vector: Vector) -> Vector { fading * mean + (1 - fading) * vector }

  /// A matrix times a vector.
  @inline(__always)
  package static func mix(_ columns: [Vector], _ vector: Vector) -> Vector {
    var sum = Vector.zero
    for lane in 0..<lanes { sum += columns[lane] * vector[lane] }
    return sum
  }

  /// All numbers in the order of the declarations, lane by lane.
  package var numbers: [Float] {
    get {
      var numbers: [Float] = []
      numbers.reserveCapacity(rows.count * 20 + 1024)
      func add(_ vectors: [some SIMD<Float>]) {
        for vector in vectors { for lane in vector.indices { numbers.append(vector[lane]) } }
      }
      add(rows)
      add(embedding)
      add(own + before + after + [bias])
      add(output)
      return numbers
    }
    set {
      var at = 0
      func take<V: SIMD>(_ vectors: inout [V]) where V.Scalar == Float {
        for index in vectors.indices {
          for lane in vectors[index].indices {
            vectors[index][lane] = newValue[at]
            at += 1
          }
        }
      }
      take(&rows)
      take(&embedding)
      take(&own)
      take(&before)
      take(&after)
      var last = [bias]
      take(&last)
      bias = last[0]
      take(&output)
    }
  }
}
