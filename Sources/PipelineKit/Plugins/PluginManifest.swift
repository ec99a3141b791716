import Bytes
import StageKit

/// What the `plugin.yaml` of a plugin says: a stage that is not compiled in.
public struct PluginManifest: Sendable {
  /// How a plugin runs.
  public enum Program: Sendable, Equatable {
    /// A process beside each worker: the program and its arguments.
    case command([String])
    /// A shared library in each worker: the path of its file from the plugin's folder.
    case library(String)
  }

  /// As YAML names the stage.
  public var name: String
  public var version: String
  /// One line.
  public var summary: String
  public var discussion: String
  /// The folder that the manifest lies in.
  public var folder: String
  public var program: Program
  public var options: [OptionSpec]
  public var requires: [Layer]
  public var provides: [Layer]
  /// What it may say of the article beside its layers.
  public var metadata: [MetadataKey]
  public var settings: PluginSettings
  public var access: PluginAccess

  /// Of the article: what a plugin may fill in beside layers.
  public enum MetadataKey: String, Sendable, CaseIterable {
    case title, language, tags, published
  }
}

extension PluginManifest {
  /// Endings, without their dot and in small letters, of files that it turns into text or HTML before the first stage; empty for a stage.
  public var reads: [String] { settings.reads }

  /// Whether a plugin can be called so.
  public static func isName(_ name: String) -> Bool {
    name.utf8.count <= 64 && name.utf8.first.map { ByteClass($0).isAny(of: .lower) } == true
      && name.utf8.allSatisfy { ByteClass($0).isAny(of: .lower) || $0.isDigit || "-_".utf8.contains($0) }
  }

  /// What such a name is.
  public static let nameRule = "a stage’s name has 1 to 64 of a-z, 0-9, ‘-’ and ‘_’, and starts with a letter"
}

/// How much a plugin may take, and how it wants its articles.
public struct PluginSettings: StageOptions {
  public var name = ""
  public var version = ""
  public var summary = ""
  public var discussion = ""
  var command: [String] = []
  /// Endings, without their dot, of files that it turns into text or HTML.
  var reads: [String] = []
  var library = ""
  /// Milliseconds for one article; 0 for as long as the pipeline allows.
  public var timeoutMilliseconds = 0
  /// Milliseconds until a process has to say that it is ready.
  public var startTimeoutMilliseconds = 60_000
  /// Bytes of private memory of a process; 0 for no limit.
  public var memory = 4 << 30
  /// Milliseconds of CPU that a process may use in its life; 0 for no limit.
  public var cpuMilliseconds = 0
  /// Processes at a time, one for each worker; 0 for as many as there are workers.
  public var workers = 0
  /// Articles that a process may have at a time.
  public var batch = 1
  public var offsets = OffsetUnit.codepoints
  /// Articles after which a process is replaced; 0 for never.
  public var recycle = 0

  public init() {}

  static let table = OptionTable<PluginSettings>([
    .text(
      "name", \.name, help: "As pipelines name the stage: small letters, digits, ‘-’ and ‘_’.", example: "keywords"),
    .text(
      "version", \.version, help: "Of the plugin; it is part of the digest of pipelines that use it.",
      example: "\"1.0\""),
    .text(
      "summary", \.summary, help: "One line.", example: "Words that tell what the article is about."),
    .text("description", \.discussion, help: "A few sentences for the documentation."),
    .texts(
      "command", \.command,
      help: "The program and its arguments, run in the plugin’s folder. A program without a slash is sought on PATH.",
      example: "[python3, keywords.py]"),
    .text(
      "library", \.library, help: "In place of a command: a shared library in the plugin’s folder.",
      example: "topics.so"),
    .texts(
      "reads", \.reads,
      help:
        "Endings of files that it turns into text or HTML, before the first stage: it is a converter then, and finds no layers.",
      example: "[pdf, docx]"),
    .duration(
      "timeout", \.timeoutMilliseconds, in: 0...86_400_000,
      help: "For one article; 0s for as long as the pipeline’s ‘deadline’ allows.", example: "5s"),
    .duration(
      "start_timeout", \.startTimeoutMilliseconds, in: 1...3_600_000,
      help: "Until the process says that it is ready.", example: "60s"),
    .size(
      "memory", \.memory, in: 0...(1 << 40), help: "Private memory of the process; 0B for no limit.", example: "4GiB"),
    .duration(
      "cpu", \.cpuMilliseconds, in: 0...Int.max, help: "CPU time that a process may use in its life; 0s for no limit.",
      example: "1h"),
    .integer(
      "workers", \.workers, in: 0...1024,
      help: "Processes at a time, and so workers of the chains that use it; 0 for as many as there are.", example: "1"),
    .integer("batch", \.batch, in: 1...64, help: "Articles that the process may have at a time.", example: "16"),
    .choice("offsets", \.offsets, help: "What offsets into the text count, both ways.", example: "utf8"),
    .integer(
      "recycle", \.recycle, in: 0...Int.max, help: "Articles after which the process is replaced; 0 for never.",
      example: "100000"),
  ])
}

/// What a plugin's process may reach beside what every program needs.
public struct PluginAccess: StageOptions, Equatable {
  /// Files and folders, by their absolute paths.
  public var read: [String] = []
  public var write: [String] = []
  public var network = false

  public init() {}

  static let table = OptionTable<PluginAccess>([
    .texts(
      "read", \.read, help: "Files and folders that it may read, by their absolute paths.", example: "[/srv/people]"),
    .texts("write", \.write, help: "Files and folders that it may write.", example: "[/var/cache/keywords]"),
    .bool("network", \.network, help: "Whether it may make sockets.", example: "true"),
  ])
}
