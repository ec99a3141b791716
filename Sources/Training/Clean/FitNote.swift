/// What a section of the model says of how it was fitted.
struct FitNote {
  var sources: [String]
  var pages: Int
  var epochs: Int
  var seed: UInt64

  var text: String {
    "fitted to \(sources.joined(separator: ", ")); \(pages) pages, \(epochs) epochs, seed \(seed)"
  }
}
