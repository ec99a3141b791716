import ArgumentParser
import ArticleIO
import StageKit
import Terminal

struct TrainLabelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "labels",
    abstract: "Print what an annotation tool has labelled as the JSON Lines that a fit reads.",
    discussion: """
      A line for each article: `text`, and `entities` with [start, end, label], in code points. Nothing is learned.

      EXAMPLES
        linecaster train labels --from brat corpus > mine.jsonl
        linecaster train labels --from labelstudio export.json > mine.jsonl
      """)

  @Option(help: "What labels stand in: records, brat, labelstudio.")
  var from: LabelForm

  @Argument(help: "Folders of brat, exports of Label Studio.", completion: .file())
  var files: [String]

  func run() throws {
    do throws(InputError) {
      for path in files {
        try AnnotatedFiles.forEachRow(of: path, from) { row, _ throws(InputError) in
          StandardOutput.write(row.encoded + [0x0A])
        }
      }
    } catch {
      complain(error.message)
      throw ExitCode.badInput
    }
  }
}
