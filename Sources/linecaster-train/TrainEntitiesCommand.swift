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
      words for them); a list `coarse` beside `entities` takes their place. Records that linecaster wrote are taken as they are: \
      put right what is wrong in their `entities`, and learn from it. A label that is none, one that overlaps another or begins \
      inside a word is an error. A tenth of the articles is held out at \
      first; the fit ends when the score on them grows no more. Then all are fitted for as many epochs, and the model \
      is written. The score is F1 of spans with their types, over PERSON, ORG and LOC, and of each type.

      The fit goes on from the shipped model, or from that of --base: what it knows stays, for sentences with names that it finds \
      are learned beside yours. With --base none, or with lists of its own, a model begins anew, and knows nothing but what your \
      articles tell.

      With --from brat, --data names folders of brat, with --from labelstudio exports of Label Studio in JSON, as linecaster export \
      makes them and people have put them right; quotations, speakers and references in them are passed over.

      EXAMPLES
        linecaster train entities --from brat --data corpus --out mine.model
        linecaster train entities --data ships.jsonl --out ships.model
        linecaster train entities --base none --data mine.jsonl --out mine.model
        linecaster train entities --data mine.jsonl --silver theirs.jsonl.gz --measure test.jsonl
      """)

  @Option(parsing: .upToNextOption, help: "Labelled articles.", completion: .file(extensions: ["jsonl", "gz"]))
  var data: [String] = []

  @Option(help: "What the labels of --data stand in: records, brat, labelstudio.")
  var from = LabelForm.records

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

  @Option(
    parsing: .upToNextOption,
    help:
      "Articles, with labels or without, in which the names that the base finds are to stay: records of your outbox, say.",
    completion: .file(extensions: ["jsonl", "gz"]))
  var keep: [String] = []

  @Option(help: "The weight of a silver article; others have 1.")
  var silverWeight = 0.4

  @Option(
    help: "A folder with words.tsv and phrases.tsv, or a model whose lists are taken over.", completion: .file())
  var lists: String?

  @Option(
    help: """
      The model to go on from, the name of an installed file or a path; none to begin anew. It is entities.model where no \
      --lists are given.
      """,
    completion: .file(extensions: ["model"]))
  var base: String?

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
    if !keep.isEmpty, baseName == nil {
      throw ValidationError("--keep keeps what a base knows: without one there is nothing to keep.")
    }
    if lists != nil, base != nil, base != Self.none {
      throw ValidationError("--lists are those of a new model: give --base none, or leave them out.")
    }
  }

  private static let none = "none"
  private static let shipped = "entities.model"

  /// The model to go on from; `nil` to begin anew.
  private var baseName: String? {
    if base == Self.none { return nil }
    return base ?? (lists == nil ? Self.shipped : nil)
  }

  func run() throws {
    var texts: [LabelledText]
    let listFiles: ListFiles
    var baseModel: BaseModel?
    do throws(InputError) {
      texts = try labelledTexts()
      listFiles = try readLists()
      if let name = baseName {
        baseModel = try readBase(name)
        if let baseModel {
          texts += try Variants.texts(of: texts, by: baseModel, seed: seed)
          texts += try Rehearsal.texts(of: baseModel, seed: seed)
          for path in keep { texts += try LabelledFile.kept(in: path, by: baseModel) }
        }
      }
    } catch {
      complain(error.message)
      throw ExitCode.badInput
    }
    var options = NameTraining.Options()
    options.epochs = epochs
    options.seed = seed
    options.silverWeight = silverWeight
    let result: NameTraining.Result
    do throws(StageError) {
      result = try NameTraining(texts, lists: listFiles, options: options, base: baseModel).run { show($0) }
    } catch {
      complain(error.message)
      throw ExitCode.badInput
    }
    if StandardError.isTerminal { StandardError.write("\n") }
    Self.show(result)
    if let out { try TrainingOutput.write(result.file, to: out) }
  }

  private func labelledTexts() throws(InputError) -> [LabelledText] {
    var texts: [LabelledText] = []
    for (paths, trust) in [(data, LabelledText.Trust.full), (partial, .partial), (silver, .silver), (measure, .none)] {
      for path in paths {
        texts += try LabelledFile.texts(in: path, trust == .full ? from : .records, trust: trust)
      }
    }
    var measured = Repeats()
    for text in texts where text.trust == .none { measured.add(text.article) }
    return texts.filter { $0.trust != .silver || !measured.hold($0.article) }
  }

  private func readBase(_ name: String) throws(InputError) -> BaseModel {
    do throws(StageError) {
      return try BaseModel(ResourceSearch.installed.find(name))
    } catch {
      throw InputError(.model, error.message)
    }
  }

  private func readLists() throws(InputError) -> ListFiles {
    let search = ResourceSearch.installed
    let lists = baseName ?? self.lists ?? Self.shipped
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
      for figure in scores {
        lines.append("  \(title), \(figure.group): \(told(figure.score))")
        for (kind, score) in figure.ofTypes {
          let isFew = score.expected < fewNames ? "; too few to say anything" : ""
          lines.append("    \(kind.rawValue): \(told(score))\(isFew)")
        }
      }
    }
    StandardOutput.write(lines.joined(separator: "\n") + "\n")
  }

  /// Of fewer names a score says nothing.
  private static let fewNames = 30

  private static func told(_ score: NameScore) -> String {
    let figures = [score.precision, score.recall, score.f1].map { decimals($0 * 100, 1) }
    return "precision \(figures[0]), recall \(figures[1]), F1 \(figures[2]), \(score.expected) names"
  }
}
