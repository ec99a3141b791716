/// Why an article has no record, or a record lacks something: the `class` of reasons in `failed/` and of `errors` in a record.
///
/// A class keeps its meaning across versions; there may be more of them. `docs/failures.md` tells of each. A stage that is
/// not built in may have classes of its own.
public enum FailureClass: String, Sendable, CaseIterable {
  // What an input is.
  case unknownKind = "unknown_kind"
  case empty
  case binary
  case notUTF8 = "not_utf8"
  case tooLarge = "too_large"
  case badGzip = "bad_gzip"
  case badZstd = "bad_zstd"
  case badWARC = "bad_warc"
  case notJSON = "not_json"
  case notXML = "not_xml"
  case unknownXML = "unknown_xml"
  case notMail = "not_mail"
  case notOne = "not_one"
  case noText = "no_text"
  case read
  // What became of it on its way.
  case deadline
  case memory
  case crashed
  case killed
  case stopped
  case handover
  case reasonLost = "reason_lost"
  // What a stage says.
  case needsClean = "needs_clean"
  case needsSegment = "needs_segment"
  case otherLanguage = "other_language"
  case noBody = "no_body"
  case manyBlocks = "many_blocks"
  case manyReferences = "many_references"
  case crowdedSentence = "crowded_sentence"
  case textReplacedLate = "text_replaced_late"
  // What becomes of an article in a plugin.
  case pluginError = "plugin_error"
  case pluginEnded = "plugin_ended"
  case pluginAnswer = "plugin_answer"
  case pluginUnavailable = "plugin_unavailable"
  // Why a chain cannot be made.
  case noResource = "no_resource"
  case noFile = "no_file"
  case model
  case badGazetteer = "bad_gazetteer"
  case scope
  case thresholds
  case notMade = "not_made"
  // Why nothing can be learned.
  case training
  case lists
}

extension FailureClass {
  /// What it costs.
  public enum Cost: String, Sendable {
    case article = "the article: it goes to `failed/`"
    case layer = "the layer: it is `null`"
    case part = "a part of the layer"
    case start = "the start of the chain"
    case fit = "the fitting of a model"
  }

  public var cost: Cost {
    switch self {
    case .unknownKind, .empty, .binary, .notUTF8, .tooLarge, .badGzip, .badZstd, .badWARC, .notJSON, .notXML,
      .unknownXML,
      .notMail,
      .notOne,
      .noText, .read, .deadline, .memory, .crashed, .killed, .stopped, .handover, .reasonLost, .needsClean,
      .textReplacedLate, .pluginError, .pluginEnded, .pluginAnswer, .pluginUnavailable:
      .article
    case .needsSegment, .otherLanguage, .crowdedSentence: .layer
    case .noBody, .manyBlocks, .manyReferences: .part
    case .noResource, .noFile, .model, .badGazetteer, .scope, .thresholds, .notMade: .start
    case .training, .lists: .fit
    }
  }

  /// A sentence on what happened, and what to do.
  public var help: String {
    switch self {
    case .unknownKind: "The file's name does not say what it holds. Rename it: [inputs](inputs.md) lists the endings."
    case .empty: "There is no text in it."
    case .binary: "It is no text: it holds bytes that no text has. Send the text, or unpack the file first."
    case .notUTF8: "The text is in no character set that is known or declared. Convert it to UTF-8."
    case .tooLarge: "It is larger than `max_input`, or a line is. Split it, or raise the limit."
    case .badGzip, .badZstd: "The compressed file is cut short or damaged. Send it again."
    case .badWARC: "The crawl's file, or a record in it, is cut short or damaged. Fetch it again."
    case .notJSON: "A line or file is not JSON; the message names line and column."
    case .notXML: "The file is not XML, or ends too early. Send it whole."
    case .unknownXML: "The XML is of no kind that is known: [inputs](inputs.md) lists them."
    case .notMail: "The file does not begin with the header fields of a mail."
    case .notOne: "Many articles stand where one is wanted."
    case .noText: "The object, item or mail has no text under a key that is known."
    case .read: "The file could not be read; the message says why. `retry` it when the cause is gone."
    case .deadline: "The article took longer than `deadline`. Raise it, or send a smaller article."
    case .memory: "The article took more memory than `--worker-memory`. Raise it, or send a smaller article."
    case .crashed: "The worker died of the article, twice; stage and last words are in the message. Please report it."
    case .killed: "Workers were ended from outside, five times, while they had the article. `retry` it."
    case .stopped: "The chain ended before the article's turn. `retry` it."
    case .handover: "What a stage handed to its decider could not be read. Please report it."
    case .reasonLost: "It failed, but its reason is gone; `spool repair` wrote this one. `retry` it."
    case .needsClean: "The article is a page of HTML, and the chain has no `clean`. Put `clean` first."
    case .needsSegment: "The stage needs sentences and tokens. Put `segment` before it."
    case .otherLanguage: "The article is in a language that the stage is not made for (option `languages`)."
    case .noBody: "Nothing on the page looks like an article: `boilerplate: keep` and `min_body` of `clean` keep more."
    case .manyBlocks: "The page has more elements than are told apart. Cut it into smaller ones."
    case .manyReferences: "Of the pronouns and descriptions in one sentence only the first are listed."
    case .crowdedSentence: "One sentence holds more reported speech than is listed of one."
    case .textReplacedLate: "A stage replaced the text under a layer that stands on it: a mistake of that stage."
    case .pluginError: "The plugin says that it cannot do this article; the message is its own."
    case .pluginEnded: "The plugin’s process ended twice while it had the article; the message has its last words."
    case .pluginAnswer: "The plugin answered what its manifest does not allow. Its author finds it with `plugin check`."
    case .pluginUnavailable:
      "The plugin does not run: it ended several times in a row, or is not ready. `retry` the article when it does."
    case .noResource: "A model or list is nowhere to be found. Put it where the message says."
    case .noFile: "A file that an option names could not be read."
    case .model: "A model is damaged, or of another version. Take the one that came with the program."
    case .badGazetteer: "A row of a list of names is wrong; the message names file and line."
    case .scope: "The option `scope` of `dedupe` is no name."
    case .thresholds: "The option `containment` of `dedupe` is above `similarity`."
    case .notMade: "The stages of a chain were asked for in a process that has none. Please report it."
    case .training: "Labelled data is not as the fitting needs it."
    case .lists: "A list for the fitting is not as it should be."
    }
  }
}
