import ArticleTesting
import Glibc

/// Sends generated and mutated articles through the built command and holds each record against the invariants:
/// `mutations LINECASTER COUNT [SEED]`, from the root of the checkout.
@main
struct Mutations {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3, let count = Int(arguments[2]), count > 0 else {
      print("usage: mutations LINECASTER COUNT [SEED]")
      exit(64)
    }
    let seed = arguments.count > 3 ? UInt64(arguments[3]) : nil
    let run = MutationRun(
      command: arguments[1], count: count, seed: seed ?? UInt64.random(in: 0..<1_000_000_000_000),
      seeds: SeedArticles.load())
    do {
      exit(try run.run() ? 0 : 1)
    } catch {
      print("mutations: \(error)")
      exit(75)
    }
  }
}

/// Texts and pages of the project that samples are made of.
enum SeedArticles {
  /// Bytes that a sample has at most.
  static let limit = 2048

  static func load() -> [[UInt8]] {
    let samples = Files.list("samples").map { Files.read($0) }
    let examples = Files.list("docs/reference/stages").flatMap { fences(of: Files.read($0)) }
    let all = (samples + examples).filter { String(validating: $0, as: UTF8.self) != nil && $0.count > 20 }
    guard all.count > 20 else {
      print("mutations: there are no samples and docs here: run it from the root of the checkout")
      exit(66)
    }
    return all
  }

  /// What stands between two lines of three backticks.
  private static func fences(of page: [UInt8]) -> [[UInt8]] {
    var fences: [[UInt8]] = []
    var open: [UInt8]?
    for line in page.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: "```".utf8) {
        if let whole = open { fences.append(whole) }
        open = open == nil ? [] : nil
      } else {
        open? += line + [0x0A]
      }
    }
    return fences
  }
}
