import Disk
import StageKit
import TestSupport
import Testing

@testable import PipelineKit

/// What a plugin's manifest says, and what is said of a wrong one.
@Suite struct PluginManifestTests {
  private static let head = "name: words\nversion: 1\nsummary: Counts words.\ncommand: [python3, words.py]\n"

  private func read(_ text: String) -> (manifest: PluginManifest?, problems: [String]) {
    let source = SourceFile(path: "plugin.yaml", bytes: Array(text.utf8))
    let read = ManifestReader(known: []).read(source, folder: "/plugins/words")
    return (
      read.manifest,
      read.diagnostics.filter { $0.severity == .error }.map { "\($0.start.line):\($0.start.column) \($0.message)" }
    )
  }

  @Test func allThatItSaysIsRead() throws {
    let read = read(
      Self.head + """
        description: Longer words.
        options:
          least: {type: integer, range: [1, 9], default: 3, help: Letters., example: 5}
          mode: {type: choice, choices: [fast, slow], default: slow, help: How.}
          wait: {type: duration, range: [0s, 10s], help: How long.}
        requires: [sentences, tokens]
        provides:
          words: {help: The words., shape: [{start: integer, end: integer, note: "text?", score: ratio}]}
          entities:
          title:
        timeout: 5s
        memory: 1GiB
        batch: 8
        offsets: utf16
        access: {read: [/srv], network: true}
        """)
    let manifest = try #require(read.manifest, "\(read.problems)")
    #expect(manifest.name == "words" && manifest.version == "1" && manifest.discussion == "Longer words.")
    #expect(manifest.program == .command(["python3", "words.py"]) && manifest.folder == "/plugins/words")
    #expect(manifest.options.map(\.name) == ["least", "mode", "wait"])
    #expect(manifest.options.map(\.default) == [.integer(3), .text("slow"), nil])
    #expect(manifest.options.map(\.type) == [.integer(1...9), .choice(["fast", "slow"]), .duration(0...10_000)])
    #expect(manifest.requires == [.sentences, .tokens] && manifest.metadata == [.title])
    #expect(manifest.provides.map(\.key) == ["words", "entities"] && manifest.provides[0].standsOnText)
    #expect(
      manifest.provides[0].shape
        == .list(.object([Shape.start, Shape.end, .init("note", .nullable(.text), ""), .init("score", .ratio, "")])))
    let settings = manifest.settings
    #expect(settings.timeoutMilliseconds == 5000 && settings.memory == 1 << 30 && settings.batch == 8)
    #expect(settings.offsets == .utf16 && manifest.access.read == ["/srv"] && manifest.access.network)
  }

  @Test func aLayerIsCalledAsThePluginUnlessItSaysOtherwise() throws {
    let manifest = try #require(read(Self.head).manifest)
    #expect(manifest.provides.map(\.key) == ["words"] && manifest.provides[0].shape == .any)
    #expect(manifest.settings.memory == 4 << 30 && !manifest.access.network)
  }

  @Test(arguments: [
    ("", "1:1 the file is empty: a plugin has at least ‘name’, ‘version’, ‘summary’ and ‘command’"),
    ("- a\n", "1:1 ‘plugin.yaml’ wants a mapping, ‘key: value’"),
    ("name: a\nversion: 1\nsummary: s\n", "1:1 nothing says what runs: add ‘command: [PROGRAM, ARGUMENT]’"),
    ("name: Words\nversion: 1\nsummary: s\ncommand: [a]\n", "1:7 a stage’s name has 1 to 64 of a-z"),
    ("name: a\nsummary: s\ncommand: [a]\n", "1:1 the plugin has no version: add ‘version: …’"),
    (head + "library: a.so\n", "5:10 a plugin has a command or a library, not both"),
    ("name: a\nversion: 1\nsummary: s\nlibrary: ../a.so\n", "4:10 the library lies in the plugin’s folder"),
    ("name: a\nversion: 1\nsummary: s\ncommand: []\n", "4:10 the command is empty: write [PROGRAM, ARGUMENT]"),
    ("name: a\nversion: 1\nsummary: s\ncommand: python3\n", "4:10 a list is wanted here: write [python3]"),
    (head + "requires: [sentence]\n", "5:12 unknown layer ‘sentence’; did you mean ‘sentences’?"),
    (head + "requires: sentences\n", "5:11 a list of layers is wanted here: write [sentences]"),
    (head + "provides: {text: }\n", "5:12 a plugin cannot provide ‘text’: choose another name"),
    (head + "provides: [duplicates]\n", "5:12 a plugin cannot provide ‘duplicates’: choose another name"),
    (head + "provides: {entities: {shape: text}}\n", "5:22 ‘entities’ has its shape already"),
    (head + "provides: {a: {shape: string}}\n", "5:23 unknown shape ‘string’"),
    (head + "provides: {a: {shape: [text, text]}}\n", "5:23 a list has one shape for all of its elements"),
    (head + "options: {a: {type: int, help: h}}\n", "5:21 ‘int’ is not one of"),
    (head + "options: {a: {type: integer}}\n", "5:11 the option says nothing of itself: add ‘help: …’"),
    (head + "options: {a: {type: integer, range: [9, 1], help: h}}\n", "5:37 a range is written [LEAST, MOST]"),
    (head + "options: {a: {type: choice, help: h}}\n", "5:11 it is a choice among nothing: add ‘choices: [A, B]’"),
    (head + "options: {a: {type: integer, range: [1, 3], default: 5, help: h}}\n", "5:54 5 is out of range"),
    (head + "options: {when: {help: h}}\n", "5:11 every stage has an option ‘when’: choose another name"),
    (head + "access: {read: [data]}\n", "5:17 the path does not begin with ‘/’: write out where it lies"),
    (head + "batch: 1000\n", "5:8 1000 is out of range"), (head + "timeot: 5s\n", "5:1 unknown key ‘timeot’"),
  ])
  func aWrongOneIsToldWithItsPlace(text: String, message: String) {
    let read = read(text)
    #expect(read.manifest == nil)
    #expect(read.problems.contains { $0.hasPrefix(message) }, "\(read.problems)")
  }

  @Test func pluginsAreFoundAndMayNeedEachOther() throws {
    let directory = TemporaryDirectory()
    for name in ["a", "b", "c", "cut"] { try PosixFileSystem().makeDirectory(directory.path / name) }
    try directory.write("b/plugin.yaml", "name: b\nversion: 1\nsummary: s\ncommand: [b]\n")
    try directory.write("a/plugin.yaml", "name: a\nversion: 1\nsummary: s\ncommand: [a]\nrequires: [b]\n")
    try directory.write("c/plugin.yaml", "name: c\nversion: 1\nsummary: s\ncommand: [c]\nrequires: [d]\n")
    try directory.write("cut/plugin.yaml", "name: cut\nversion: 1\nsummary: s\ncommand: [c]\n")
    let found = PluginSearch(besides: registry).find(in: ["\(directory.path)"], optional: ["/nowhere"])
    #expect(found.manifests.map(\.name).sorted() == ["a", "b"])
    #expect(found.broken.keys.sorted() == ["c"])
    #expect(found.broken["c"]?.contains("c/plugin.yaml:5:12: unknown layer ‘d’") == true)
    #expect(found.diagnostics.contains { $0.message.contains("‘cut’ is that of a stage that comes with the program") })
    // One that cannot be read harms no other.
    try PosixFileSystem().makeDirectory(directory.path / "d")
    try PosixFileSystem().makeDirectory(directory.path / "d" / "plugin.yaml")
    let beside = PluginSearch(besides: registry).find(in: ["\(directory.path)"])
    #expect(beside.manifests.map(\.name).sorted() == ["a", "b"])
    #expect(beside.broken["d"]?.contains("d/plugin.yaml: not a regular file") == true, "\(beside.broken)")
    #expect(PluginSearch(besides: registry).find(in: ["/nowhere"]).diagnostics.count == 1)
    #expect(PluginSearch(besides: registry).find(in: ["\(directory.path)/b"]).manifests.map(\.name) == ["b"])
  }
}
