import ArgumentParser
import ArticleIO
import Entities
import PipelineKit
import StageKit
import Terminal
import Training

struct TrainEntitiesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "entities",
    abstract: "Learn the name model of the stage entities from labelled articles.",
    discussion: """
      Reads JSON Lines, also with .gz: `text`, and `entities`, a list of [start, end, label] or of objects with these \
      keys; offsets are half-open and count code points. Labels are PERSON, ORG, LOC and MISC (and the usual other \
      words for them); a list `coarse` beside `entities` takes their place. A tenth of the articles is held out at \
      first; the fit ends when the score on them grows no more. Then all are fitted for as many epochs, and the model \
      is written. The score is F1 of spans with their types, over PERSON, ORG and LOC.

      EXAMPLES
        linecaster train entities --data mine.jsonl --out mine.model
        linecaster train entities --data mine.jsonl --silver theirs.jsonl.gz --measure test.jsonl
      """)

  @Option(parsing: .upToNextOption, help: "Labelled articles.", completion: .file(extensions: ["jsonl", "gz"]))
  var data: [String] = []

  @Option(
    parsing: .upToNextOption, help: "Articles labelled for PERSON, ORG and LOC only: what is MISC there is not told.",
    completion: .file(extensions: ["jsonl", "gz"]))
  var partial: [String] = []

  @Option(
    parsing: .upToNextOption, help: "Articles that a program labelled; they count for less.",
    completion: .file(extensions: ["jsonl", "gz"]))
  var silver: [String] = []

  @Option(
    parsing: .upToNextOption, help: "Articles that are measured only; silver ones that repeat them are left out.",
    completion: .file(extensions: ["jsonl", "gz"]))
  var measure: [String] = []

  @Option(help: "The weight of a silver article; others have 1.")
  var silverWeight = 0.4

  @Option(
    help: "A folder with words.tsv and phrases.tsv, or a model whose lists are taken over.", completion: .file())
  var lists = "entities.model"

  @Option(help: "The most epochs.")
  var epochs = 20

  @Option(help: "The number that the order of the articles comes from.")
  var seed: UInt64 = 1

  @Option(help: "Where the model goes; without it none is written.", completion: .file())
  var out: String?

  func validate() throws {
    if epochs < 1 { throw ValidationError("--epochs must be 1 or more.") }
    if !(0...1).contains(silverWeight) { throw ValidationError("--silver-weight must be from 0 to 1.") }
    if data.isEmpty, partial.isEmpty, silver.isEmpty {
      throw ValidationError("there is nothing to learn from: give --data, --partial or --silver.")
    }
  }

  func run() throws {
    let texts: [LabelledText]
    let listFiles: ListFiles
    do throws(InputError) {
      texts = try labelledTexts()
      listFiles = try readLists()
    } catch {
      complain(error.message)
      throw ExitCode.badInput
    }
    var options = NameTraining.Options()
    options.epochs = epochs
    options.seed = seed
    options.silverWeight = silverWeight
    let result = try NameTraining(texts, lists: listFiles, options: options).run { show($0) }
    if StandardError.isTerminal { StandardError.write("\n") }
    Self.show(result)
    if let out { try TrainingOutput.write(result.file, to: out) }
  }

  private func labelledTexts() throws(InputError) -> [LabelledText] {
    var texts: [LabelledText] = []
    for (paths, trust) in [(data, LabelledText.Trust.full), (partial, .partial), (silver, .silver), (measure, .none)] {
      for path in paths { texts += try LabelledFile.texts(in: path, trust: trust) }
    }
    var measured = Repeats()
    for text in texts where text.trust == .none { measured.add(text.article) }
    return texts.filter { $0.trust != .silver || !measured.hold($0.article) }
  }

  private func readLists() throws(InputError) -> ListFiles {
    let search = ResourceSearch.installed
    func bytes(_ name: String) throws(StageError) -> [UInt8] { try search.find("\(lists)/\(name)").copy }
    do throws(StageError) {
      if ResourceSearch.isFolder(lists) {
        return try ListFiles(words: bytes("words.tsv"), phrases: bytes("phrases.tsv"))
      }
      return try ListFiles(model: search.find(lists))
    } catch {
      throw InputError(.lists, "\(lists): \(error.message)")
    }
  }

  // MARK: Telling

  private func show(_ progress: NameTraining.Progress) {
    let line =
      "entities: epoch \(progress.epoch) of \(epochs), loss \(decimals(progress.loss, 3)), "
      + "held out \(decimals(progress.heldOut.f1 * 100, 2))"
    StandardError.write(StandardError.isTerminal ? "\r\u{1B}[K\(line)" : line + "\n")
  }

  private static func show(_ result: NameTraining.Result) {
    var lines = [
      "entities: fitted to \(result.articlesLearnedFrom) articles in \(result.epochs) epochs: "
        + "\(result.features) features, \(result.file.count) bytes"
    ]
    for (title, scores) in [("held out", result.heldOut), ("never learned from", result.measured)] {
      for (group, score) in scores {
        let figures = [score.precision, score.recall, score.f1].map { decimals($0 * 100, 1) }
        lines.append(
          "  \(title), \(group): precision \(figures[0]), recall \(figures[1]), F1 \(figures[2]), "
            + "\(score.expected) names")
      }
    }
    StandardOutput.write(lines.joined(separator: "\n") + "\n")
  }
}
