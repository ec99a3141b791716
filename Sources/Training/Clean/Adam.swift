import Glibc

/// Stochastic gradient descent with a step of its own for each parameter (Kingma and Ba 2015).
struct Adam {
  private var means: [Double]
  private var squares: [Double]
  private var steps = 0.0

  init(parameterCount: Int) {
    means = Array(repeating: 0, count: parameterCount)
    squares = means
  }

  /// Moves the parameters against the gradient.
  mutating func step(_ parameters: inout [Double], against gradient: [Double], rate: Double) {
    steps += 1
    let (meanScale, squareScale) = (1 - pow(0.9, steps), 1 - pow(0.999, steps))
    for at in parameters.indices {
      means[at] = 0.9 * means[at] + 0.1 * gradient[at]
      squares[at] = 0.999 * squares[at] + 0.001 * gradient[at] * gradient[at]
      parameters[at] -= rate * (means[at] / meanScale) / ((squares[at] / squareScale).squareRoot() + 1e-6)
    }
  }
}
