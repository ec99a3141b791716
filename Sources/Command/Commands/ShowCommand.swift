import ArgumentParser
import ArticleIO
import Clean
import Disk
import Glibc
import PipelineKit
import StageKit
import Terminal

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show records or articles in a readable form, entities and quotations highlighted.",
    discussion: """
      FILE is an outbox file (its records are shown), or an article, which is run through the pipeline first. Colours \
      are used on a terminal only, unless --color says otherwise.

      EXAMPLES
        linecaster show outbox/news.jsonl
        linecaster show --pipeline pipelines/news.yaml page.html
        linecaster show --source page.html
        linecaster show --color always outbox/news.jsonl | less -R
      """)

  enum Color: String, ExpressibleByArgument, CaseIterable { case auto, always, never }

  @Option(help: "The pipeline to run articles through.", completion: .file(extensions: ["yaml", "yml"]))
  var pipeline: String?

  @Option(help: "When to use colours.")
  var color: Color = .auto

  @Flag(help: "Show the page itself with what was kept of it marked.")
  var source = false

  @Argument(help: "Outbox files, or articles.", completion: .file())
  var files: [String]

  func run() throws {
    let useColor = color == .always || (color == .auto && StandardOutput.isTerminal)
    let view = RecordView(color: useColor, width: terminalWidth())
    let caster =
      try pipeline.map { Caster(pipeline: try onePipeline($0, context: .installed)) } ?? (source ? Self.cleaner() : nil)
    let decider = caster?.chain.makeDecider()
    var allGood = true
    func complain(_ place: String, _ message: String) {
      allGood = false
      StandardError.write("linecaster: \(place): \(message)\n")
    }
    for file in CommandLine.bytes(of: files) {
      let (path, name) = (Path.printable(file), Path(file).name)
      do throws(InputError) {
        let descriptor = openForReading(file)
        guard descriptor >= 0 else { throw InputError(.read, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var feed = ArticleFeed(DescriptorSource(descriptor), kind: try InputKind(fileName: name), limit: 1 << 30)
        while let item = try feed.next() {
          switch item {
          case .badLine(let line, let error): complain("\(path), line \(line)", error.message)
          case .article(let raw):
            let place = raw.place.map { "\(path), \($0)" } ?? path
            let record = Self.record(raw)
            if let schema = record?["schema"]?.string, schema != RecordWriter.schema {
              complain(
                place,
                "this record is of schema \(visible(schema.unicodeScalars)), and this linecaster shows "
                  + "\(RecordWriter.schema); use the version that wrote it, or a later one")
            } else if let record {
              if source {
                complain(place, "a record does not hold its page: name the article’s own file")
              } else {
                StandardOutput.write(view.render(record))
              }
            } else if let caster {
              switch caster.cast(raw, name: name) {
              case .success(let cast) where source:
                let text = try raw.decode(name: name).text
                StandardOutput.write(SourceView(color: useColor).render(cast.article, source: text, name: place))
              case .success(let cast):
                if case .discarded(let reason) = cast.destination {
                  StandardError.write("linecaster: \(place): discarded: \(caster.routing.discards[reason].reason)\n")
                } else if let line = try? cast.line(decider), let record = try? JSONValue(parsing: line) {
                  StandardOutput.write(view.render(record))
                }
              case .failure(let error): complain(place, error.message)
              }
            } else {
              complain(place, "this is no record; name a pipeline to run it through: --pipeline pipelines/news.yaml")
            }
          }
        }
      } catch {
        complain(path, error.message)
      }
    }
    if !allGood { throw ExitCode.badInput }
  }

  /// The stage `clean` alone, with its defaults.
  private static func cleaner() throws -> Caster {
    Caster(
      chain: Chain([try ChainLink(StageKind(CleanStage.self), context: .installed)]), writer: RecordWriter(),
      pipelineName: "clean", pipelineDigest: "", deadline: nil)
  }

  /// The line as a record, of this schema or another; `nil` where it is something else.
  private static func record(_ raw: RawArticle) -> JSONValue? {
    guard raw.format.sourceName == InputFormat.json.sourceName, let value = try? JSONValue(parsing: raw.bytes),
      value["schema"]?.string?.hasPrefix("linecaster/") == true
    else { return nil }
    return value
  }

  private func terminalWidth() -> Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 40 else { return 96 }
    return min(Int(size.ws_col), 110)
  }
}
