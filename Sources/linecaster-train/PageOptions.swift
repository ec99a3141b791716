import ArgumentParser
import ArticleIO
import Terminal
import Training

/// The annotated pages that a fit of the stage clean reads, and how it goes through them.
struct PageOptions: ParsableArguments {
  @Option(parsing: .upToNextOption, help: "The annotated pages.", completion: .file(extensions: ["jsonl", "gz"]))
  var data: [String]

  @Option(help: "A source whose rows may be learned from; repeat it for more.")
  var source: [String] = ["scrapinghub", "naeb", "magic-html", "fundus", "wcxb"]

  @Option(
    help: "How often the fit goes through all pages (default: 20, for HTML 32; 8 for titles, 12 for dates).")
  var epochs: Int?

  @Option(help: "The number that the order of the pages comes from.")
  var seed: UInt64 = 1

  func validate(leastEpochs least: Int) throws {
    if let epochs, epochs < least { throw ValidationError("--epochs must be \(least) or more.") }
  }

  /// - Throws: the exit code of bad input, after its message.
  func read() throws -> [TrainingPage] {
    var pages: [TrainingPage] = []
    for path in data {
      do {
        pages += try Self.pages(in: path)
      } catch {
        complain(error.message)
        throw ExitCode.badInput
      }
    }
    return pages
  }

  private static func pages(in path: String) throws(InputError) -> [TrainingPage] {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    var pages: [TrainingPage] = []
    try LabelledFile.forEachRow(of: path) { row, place throws(InputError) in
      guard let text = row["html"]?.string ?? row["text"]?.string else {
        throw InputError(.training, "\(place): the row has neither ‘text’ nor ‘html’")
      }
      guard let gold = row["gold_text"]?.string else {
        throw InputError(.training, "\(place): the row has no ‘gold_text’")
      }
      let group = name.prefix(while: { $0 != "." }) + (row["style"]?.string.map { " " + $0 } ?? "")
      var page = TrainingPage(
        text: Array(text.utf8), isMarkup: row["html"]?.string != nil, gold: Array(gold.utf8),
        source: row["source"]?.string ?? "own", domain: row["domain"]?.string ?? place, group: String(group))
      page.goldTitle = row["gold_title"]?.string.map { Array($0.utf8) }
      page.goldDay = row["gold_date"]?.string.map { Array($0.utf8) }
      // A dump seldom comes with its address.
      if page.isMarkup { page.address = row["url"]?.string.map { Array($0.utf8) } }
      pages.append(page)
    }
    return pages
  }
}
