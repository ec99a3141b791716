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
      FILE is an outbox file (its records are shown), or an article, which is run through the pipeline first; without one \
      through that with all five stages which comes with linecaster. Colours \
      are used on a terminal only, unless --color says otherwise.

      EXAMPLES
        linecaster show outbox/news.jsonl
        linecaster show article.txt
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

  @OptionGroup var plugins: PluginsOption

  func run() throws {
    let view = View(
      useColor: color == .always || (color == .auto && StandardOutput.isTerminal), width: terminalWidth(),
      showsSource: source)
    var runner: ArticleView?
    var allGood = true
    for file in CommandLine.bytes(of: files) {
      let (path, name) = (Path.printable(file), Path(file).name)
      do {
        let descriptor = openForReading(file)
        guard descriptor >= 0 else { throw InputError(.read, String(cString: strerror(errno))) }
        defer { close(descriptor) }
        var feed = ArticleFeed(DescriptorSource(descriptor), kind: try InputKind(fileName: name), limit: 1 << 30)
        while let item = try feed.next() {
          switch item {
          case .badLine(let line, let error):
            complain("\(path), line \(line): \(error.message)")
            allGood = false
          case .article(let raw):
            let place = raw.place.map { "\(path), \($0)" } ?? path
            let problem: String?
            if let record = Self.record(raw) {
              problem = view.show(record)
            } else {
              // Records need no chain.
              let running = try runner ?? ArticleView(caster(), view)
              runner = running
              problem = try running.show(raw, name: name, place)
            }
            if let problem {
              complain("\(place): \(problem)")
              allGood = false
            }
          }
        }
      } catch let error as InputError {
        complain("\(path): \(error.message)")
        allGood = false
      }
    }
    if !allGood { throw ExitCode.badInput }
  }

  private func caster() throws -> Caster {
    if let pipeline { return Caster(pipeline: try onePipeline(pipeline, context: .installed)) }
    return try source ? Self.cleaner() : Caster(pipeline: onePipeline(ShippedPipeline.path(), context: .installed))
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

/// How records and pages are shown.
private struct View {
  let useColor: Bool
  let width: Int
  /// The page itself with what was kept of it, not the record.
  let showsSource: Bool

  /// - Returns: why it cannot be shown.
  func show(_ record: JSONValue) -> String? {
    if let schema = record["schema"]?.string, schema != RecordWriter.schema {
      return
        "this record is of schema \(visible(schema.unicodeScalars)), and this linecaster shows \(RecordWriter.schema); "
        + "use the version that wrote it, or a later one"
    }
    if showsSource { return "a record does not hold its page: name the article’s own file" }
    StandardOutput.write(RecordView(color: useColor, width: width).render(record))
    return nil
  }
}

/// Shows articles by way of a chain.
private struct ArticleView {
  private let caster: Caster
  private let decider: Decider?
  private let view: View

  init(_ caster: Caster, _ view: View) {
    (self.caster, self.view) = (caster, view)
    decider = caster.chain.makeDecider()
  }

  /// - Returns: why it cannot be shown.
  func show(_ raw: RawArticle, name: [UInt8], _ place: String) throws -> String? {
    switch caster.cast(raw, name: name) {
    case .success(let cast) where view.showsSource:
      let text = try raw.decode(name: name).text
      StandardOutput.write(SourceView(color: view.useColor).render(cast.article, source: text, name: place))
      return nil
    case .success(let cast):
      if case .discarded(let reason) = cast.destination {
        complain("\(place): discarded: \(caster.routing.discards[reason].reason)")
        return nil
      }
      return view.show(try JSONValue(parsing: cast.line(decider)))
    case .failure(let error): return error.message
    }
  }
}
