import Foundation
import StageKit
import Testing

/// Plugins, as somebody who writes one meets them. The plugins here are Python or C, which the tests of the daemon need too.
@Suite struct PluginTests {
  private static let text = "Æther 🚢 rose. “We agree,” Karl Dahl said. Rain fell."
  private let folder: Folder
  private var plugins: String { folder.url.appendingPathComponent("plugins").path }

  init() throws { folder = try Folder() }

  /// A plugin in Python whose function `stage` stands in `code`.
  private func write(_ name: String, _ manifest: String, _ code: String) throws {
    try folder.write(
      "plugins/\(name)/plugin.yaml",
      "name: \(name)\nversion: 1\nsummary: For a test.\ncommand: [python3, stage.py]\n\(manifest)")
    try folder.write(
      "plugins/\(name)/stage.py",
      "from linecaster_stage import Article, run\n\(code)\nif __name__ == '__main__':\n    run(stage)\n")
  }

  /// The records of one article, or of lines of JSON.
  private func process(
    _ stages: String, _ settings: String = "", lines: [String]? = nil
  ) throws -> BuiltCommand.Outcome {
    try folder.write("p.yaml", "name: p\n\(settings)stages: \(stages)\n")
    let input =
      lines ?? [
        String(decoding: JSONValue.object([.init(key: "text", value: .string(Self.text))]).encoded, as: UTF8.self)
      ]
    return try BuiltCommand.run(
      ["pipe", "p.yaml", "--plugins", "plugins"], input: Array(input.joined(separator: "\n").utf8), in: folder.url)
  }

  private func record(_ stages: String, _ settings: String = "") throws -> JSONValue {
    let outcome = try process(stages, settings)
    return try #require(outcome.records.first, "\(outcome.errors)")
  }

  // MARK: - Layers

  private static let rose = """
    def stage(article):
        start = article.text.index('rose')
        return [{'start': start, 'end': start + 4, 'word': article.options.word}]
    """
  private static let rises = """
    options:
      word: {type: text, default: up, help: What it means.}
    provides:
      rises: {help: Where it rises., shape: [{start: integer, end: integer, word: text}]}

    """

  @Test(arguments: [("codepoints", 8), ("utf16", 9), ("utf8", 12)]) func offsetsAreThoseOfTheRecord(
    unit: String, start: Int
  ) throws {
    try write("rises", Self.rises, Self.rose)
    let record = try record("[{rises: {word: north}}]", "outbox: {offsets: \(unit)}\n")
    let rise = try #require(record["layers"]?["rises"]?.array?.first)
    #expect(rise["start"]?.int == start && rise["end"]?.int == start + 4 && rise["word"]?.string == "north")
  }

  @Test func aPluginTakesThePlaceOfABuiltInStage() throws {
    try write(
      "names", "requires: [sentences]\nprovides: [entities, tags, language]\n",
      """
      def stage(article):
          start = article.text.index('Karl Dahl')
          mention = {'start': start, 'end': start + 9, 'text': 'Karl Dahl'}
          return {'entities': [{'id': 0, 'type': 'PERSON', 'name': 'Karl Dahl', 'mentions': [mention]}],
                  'tags': ['sea'], 'language': 'en'}
      """)
    let record = try record("[segment, names, quotes]")
    #expect(record["entities"]?.array?.count == 1 && record["entities"]?.array?.first?["name"]?.string == "Karl Dahl")
    #expect(record["quotes"]?.array?.first?["speaker"]?["entity"]?.int == 0)
    #expect(record["tags"] == .array([.string("sea")]) && record["language"]?.string == "en")
  }

  /// What one plugin finds another may add to: the record has it once, as the last one left it.
  @Test func aPluginMayAddToWhatAnotherFound() throws {
    try write("rises", Self.rises, Self.rose)
    try write(
      "more", "requires: [rises]\n" + Self.rises,
      """
      def stage(article):
          return article.rises + [{'start': 0, 'end': 1, 'word': 'more'}]
      """)
    let outcome = try process("[rises, more]")
    let line = try #require(outcome.output.split(separator: "\n").first, "\(outcome.errors)")
    #expect(line.components(separatedBy: "\"rises\":").count == 2)
    #expect(outcome.records[0]["layers"]?["rises"]?.array?.count == 2)
    try write("more", "requires: [rises]\nprovides: {rises: {shape: text}}\n", "def stage(article):\n    return 'x'\n")
    let other = try process("[rises, more]")
    #expect(other.code == 78 && other.errors.contains("in another shape than ‘rises’ before it"), "\(other.errors)")
  }

  @Test func theCommandsKnowIt() throws {
    try write("rises", Self.rises, Self.rose)
    try folder.write("p.yaml", "name: p\nstages: [{rises: {wrd: a}}]\n")
    let check = try BuiltCommand.run("check", "p.yaml", "--plugins", "plugins", in: folder.url)
    #expect(
      check.code == 78 && check.output.contains("unknown key ‘wrd’ in ‘rises’; did you mean ‘word’?"), "\(check.output)"
    )
    try folder.write("p.yaml", "name: p\nstages: [rise]\n")
    let near = try BuiltCommand.run("check", "p.yaml", "--plugins", "plugins/rises", in: folder.url)
    #expect(near.output.contains("unknown stage ‘rise’; did you mean ‘rises’?"), "\(near.output)")
    let list = try BuiltCommand.run("list", "rises", "--plugins", "plugins", in: folder.url)
    #expect(list.code == 0 && list.output.contains("For a test.") && list.output.contains("word"), "\(list.output)")
    let schema = try BuiltCommand.run("schema", "record", "--plugins", "plugins", in: folder.url)
    #expect(schema.output.contains("\"rises\""))
    let without = try BuiltCommand.run("check", "p.yaml", in: folder.url)
    #expect(without.code == 78 && without.output.contains("unknown stage ‘rise’"))
  }

  @Test func itsFilesArePartOfTheDigest() throws {
    try write("rises", Self.rises, Self.rose)
    let before = try record("[rises]")["pipeline"]?["digest"]?.string
    #expect(try record("[rises]")["pipeline"]?["digest"]?.string == before)
    try folder.write("plugins/rises/words.txt", "new")
    #expect(try record("[rises]")["pipeline"]?["digest"]?.string != before)
  }

  // MARK: - What goes wrong

  private struct Harm: CustomTestStringConvertible {
    var code: String
    var words: String
    var `class`: String
    var testDescription: String { words }
  }

  private static let harms = [
    Harm(code: "raise ValueError('no')", words: "ValueError: no", class: "plugin_error"),
    Harm(
      code: "return [{'start': 0, 'end': 9000, 'word': 'x'}]", words: "no stretch of whole characters",
      class: "plugin_answer"),
    Harm(
      code: "return [{'start': 0, 'end': 1, 'wrd': 'x'}]", words: "nobody said that it has a key ‘wrd’",
      class: "plugin_answer"),
    Harm(
      code: "return [{'start': 0, 'end': 1, 'word': 3}]", words: "rises[0].word: expected a text",
      class: "plugin_answer"),
    Harm(
      code: "import os; print('bye', flush=True); os._exit(3)", words: "ended with exit code 3; its last words: bye",
      class: "plugin_ended"),
    Harm(code: "import os; os.kill(os.getpid(), 9)", words: "ended by signal 9 (SIGKILL)", class: "plugin_ended"),
    Harm(code: "import os; os.write(3, b'x' * 100)", words: "sent what is no frame", class: "plugin_answer"),
    Harm(
      code: "import os, struct; os.write(3, struct.pack('<II', 2, 77) + b'{}')", words: "with the id 77",
      class: "plugin_answer"),
    Harm(code: "import time; time.sleep(3600)", words: "did not answer in time", class: "deadline"),
  ]

  /// One article of three does harm; the others have their records.
  @Test(.timeLimit(.minutes(5)), arguments: 0..<harms.count) func aMadOneCostsItsOwnArticle(index: Int) throws {
    let harm = Self.harms[index]
    try write(
      "rises", Self.rises + "timeout: 500ms\n",
      "def stage(article):\n    if 'mad' in article.text:\n        \(harm.code)\n    return []\n")
    let outcome = try process("[rises]", lines: ["one", "mad", "two"].map { "{\"text\":\"\($0)\"}" })
    #expect(outcome.code == 65)
    #expect(outcome.records.map { $0["text"]?.string } == ["one", "two"], "\(outcome.errors)")
    #expect(outcome.errors.contains(harm.words) && outcome.errors.contains("(\(harm.class))"), "\(outcome.errors)")
    #expect(outcome.errors.contains("line 2 in stage ‘rises’"))
  }

  /// The same where the plugin has many articles at once.
  @Test(.timeLimit(.minutes(5)), arguments: 0..<harms.count) func amongManyItCostsItsOwnArticle(index: Int) throws {
    let harm = Self.harms[index]
    try write(
      "rises", Self.rises + "timeout: 500ms\nbatch: 8\n",
      "def stage(article):\n    if 'mad' in article.text:\n        \(harm.code)\n    return []\n")
    let texts = (0..<40).map { $0 == 21 ? "mad" : "text \($0)" }
    let outcome = try process("[rises]", lines: texts.map { "{\"text\":\"\($0)\"}" })
    #expect(outcome.records.map { $0["text"]?.string } == texts.filter { $0 != "mad" }, "\(outcome.errors)")
    #expect(outcome.errors.contains(harm.words) && outcome.errors.contains("(\(harm.class))"), "\(outcome.errors)")
  }

  @Test func aProcessIsReplacedAfterSoManyArticles() throws {
    try write("own", "recycle: 3\n", "import os\ndef stage(article):\n    return os.getpid()\n")
    try folder.write("p.yaml", "name: p\nstages: [own]\n")
    let lines = (0..<9).map { "{\"text\":\"text \($0)\"}" }.joined(separator: "\n")
    let outcome = try BuiltCommand.run(
      ["pipe", "p.yaml", "--plugins", "plugins", "--workers", "1"], input: Array(lines.utf8), in: folder.url)
    let processes = outcome.records.compactMap { $0["layers"]?["own"]?.int }
    #expect(processes.count == 9 && Set(processes).count == 3, "\(processes) \(outcome.errors)")
    try write(
      "own", "access: {network: true}\nworkers: 1\n", "import os\ndef stage(article):\n    return os.getpid()\n")
    let many = try BuiltCommand.run(
      ["pipe", "p.yaml", "--plugins", "plugins", "--workers", "2"], input: Array(lines.utf8), in: folder.url)
    #expect(Set(many.records.compactMap { $0["layers"]?["own"]?.int }).count == 1, "\(many.errors)")
    let check = try BuiltCommand.run("check", "p.yaml", "--plugins", "plugins", in: folder.url)
    #expect(check.code == 0 && check.output.contains("the plugin ‘own’ makes sockets"), "\(check.output)")
  }

  @Test func onErrorDecidesWhatItCosts() throws {
    try write("rises", Self.rises, "def stage(article):\n    raise ValueError('no')\n")
    let record = try record("[{rises: {on_error: skip}}]")
    #expect(record["layers"]?["rises"] == .null)
    #expect(record["errors"]?.array?.first?["class"]?.string == "plugin_error")
  }

  @Test func oneThatCannotStartKeepsTheChainFromStarting() throws {
    try write("rises", Self.rises, "import nothing_of_that_name\ndef stage(article):\n    return []\n")
    let outcome = try process("[rises]")
    #expect(outcome.code == 78 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("the plugin ‘rises’ cannot start: it ended with exit code 1"), "\(outcome.errors)")
    #expect(outcome.errors.contains("No module named 'nothing_of_that_name'"))
  }

  @Test func whatEverybodyMayWriteIsNotRun() throws {
    try write("rises", Self.rises, Self.rose)
    let path = folder.url.appendingPathComponent("plugins/rises/stage.py").path
    try #require(chmod(path, 0o666) == 0)
    let outcome = try process("[rises]")
    #expect(outcome.errors.contains("stage.py can be written by everybody"), "\(outcome.errors)")
  }

  // MARK: - The sandbox

  private static let attempts = """
    import os, socket
    def attempt(act):
        try:
            act()
            return 'done'
        except OSError as error:
            return type(error).__name__
    def stage(article):
        return {
            'secret': attempt(lambda: open('/etc/passwd').read()),
            'write': attempt(lambda: open('/var/tmp/linecaster-test', 'w')),
            'own': attempt(lambda: open('stage.py').read()),
            'change': attempt(lambda: open('stage.py', 'a')),
            'temporary': attempt(lambda: open(os.environ['TMPDIR'] + '/a', 'w').write('a')),
            'socket': attempt(lambda: socket.socket(socket.AF_INET)),
            'local': attempt(lambda: socket.socket(socket.AF_UNIX)),
            'parent': attempt(lambda: os.kill(os.getppid(), 0)),
            'named': attempt(lambda: open(article.options.path).read()),
            'environment': ' '.join(sorted(os.environ)),
        }
    """

  @Test func whatItsManifestDoesNotNameIsRefused() throws {
    let named = try folder.write("people.txt", "Karl Dahl")
    let options = "options: {path: {type: text, default: \(named), help: A file.}}\n"
    try write("tries", options, Self.attempts)
    let found = try #require(try record("[tries]")["layers"]?["tries"])
    for name in ["secret", "write", "change", "socket", "local", "parent", "named"] {
      #expect(found[name]?.string == "PermissionError", "\(name): \(found)")
    }
    #expect(found["own"]?.string == "done" && found["temporary"]?.string == "done", "\(found)")
    #expect(
      found["environment"]?.string
        == "HOME LANG LINECASTER_PLUGIN LINECASTER_SOCKET PATH PYTHONDONTWRITEBYTECODE PYTHONPATH TMPDIR")
    try write("tries", options + "access: {read: [\(folder.url.path)], network: true}\n", Self.attempts)
    let allowed = try #require(try record("[tries]")["layers"]?["tries"])
    #expect(allowed["named"]?.string == "done" && allowed["socket"]?.string == "done", "\(allowed)")
    #expect(allowed["secret"]?.string == "PermissionError")
  }

  // MARK: - The daemon

  /// What a plugin started is gone with the daemon, though it left its group and its session, and the daemon was killed.
  @Test(.timeLimit(.minutes(5))) func nothingStaysWhenTheDaemonIsKilled() throws {
    try write(
      "rises", "",
      """
      import os, subprocess, sys
      def stage(article):
          child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3600)'], start_new_session=True)
          return {'child': child.pid, 'own': os.getpid()}
      """)
    let spool = try CommandSpool(stages: "[rises]")
    let daemon = try spool.startDaemon(plugins: plugins)
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    let found = try #require(try spool.records().first?["layers"]?["rises"])
    let processes = try [#require(found["child"]?.int), #require(found["own"]?.int)].map { pid_t($0) }
    for process in processes { #expect(kill(process, 0) == 0) }
    spool.kill(daemon)
    for process in processes { while kill(process, 0) == 0 { sched_yield() } }
  }

  @Test(.timeLimit(.minutes(5))) func aChangedPluginIsTakenUp() throws {
    try write("rises", "", "def stage(article):\n    return 'one'\n")
    let spool = try CommandSpool(stages: "[rises]")
    let daemon = try spool.startDaemon(plugins: plugins)
    defer { daemon.terminate() }
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    try write("rises", "", "def stage(article):\n    return 'two'\n")
    var number = 1
    while try spool.records().last?["layers"]?["rises"]?.string != "two" {
      number += 1
      try spool.drop("\(number).txt")
      try spool.waitForRecords(number)
    }
    let digests = try spool.records().compactMap { $0["pipeline"]?["digest"]?.string }
    #expect(digests.first != digests.last)
    let status = try JSONValue(parsing: Array(try spool.command("status", "--json").output.utf8))
    let plugin = try #require(status["pipelines"]?.array?.first?["plugins"]?.array?.first)
    #expect(plugin["name"]?.string == "rises" && plugin["processes"]?.int ?? 0 > 0)
  }

  /// One that ends with every article is not started again and again at once, and the daemon says that it is not well until it runs.
  @Test(.timeLimit(.minutes(5))) func oneThatDoesNotRunIsToldAndComesBack() throws {
    let file = folder.url.appendingPathComponent("dies").path
    try write(
      "rises", "access: {read: [\(folder.url.path)]}\n",
      "import os\ndef stage(article):\n    if os.path.exists('\(file)'): os._exit(7)\n    return 'alive'\n")
    try folder.write("dies", "yes")
    let spool = try CommandSpool(stages: "[rises]")
    let daemon = try spool.startDaemon(plugins: plugins)
    defer { daemon.terminate() }
    var number = 0
    var health = try spool.command("health")
    while !health.output.contains("the plugin ‘rises’ does not run: it ended with exit code 7") {
      number += 1
      try spool.drop("\(number).txt")
      health = try spool.command("health")
    }
    #expect(health.code == 1)
    try FileManager.default.removeItem(atPath: file)
    repeat {
      number += 1
      try spool.drop("\(number).txt")
      health = try spool.command("health")
    } while health.code != 0
    #expect(try spool.records().last?["layers"]?["rises"]?.string == "alive")
    let reasons = try spool.names("failed").filter { $0.hasSuffix(".reason.json") }
      .map { try JSONValue(parsing: Array(spool.text("failed/\($0)").utf8))["class"]?.string }
    #expect(
      Set(reasons).isSubset(of: ["plugin_ended", "plugin_unavailable"]) && reasons.contains("plugin_ended"),
      "\(reasons)")
  }

  // MARK: - Libraries

  private static let library = """
    #include "linecaster_stage.h"
    #include <stdlib.h>
    #include <string.h>
    static void *create(const linecaster_host *host, linecaster_text options, char *error, size_t room) {
      if (memmem(options.bytes, options.count, "refuse", 6)) { strncpy(error, "it will not", room); return NULL; }
      host->log(host->context, (linecaster_text){"it is made", 10});
      return "stage";
    }
    static void process(void *stage, const linecaster_article *article, const linecaster_answer *answer) {
      size_t count;
      const linecaster_span *spans = article->spans(article->context, "sentences", &count);
      if (memmem(article->text.bytes, article->text.count, "mad", 3)) *(volatile int *)0 = 1;
      if (memmem(article->text.bytes, article->text.count, "fail", 4))
        return answer->fail(answer->context, (linecaster_text){"not this", 8});
      char json[200];
      int length = snprintf(json, sizeof json, "{\\"c\\":{\\"count\\":%zu,\\"start\\":%u,\\"end\\":%u}}", count, spans[0].start, spans[0].end);
      answer->number(answer->context, "n", (double)count);
      answer->text(answer->context, "t", (linecaster_text){"rain", 4});
      answer->spans(answer->context, "s", spans, count);
      if (memmem(article->text.bytes, article->text.count, "other", 5)) answer->number(answer->context, "other", 1);
      answer->json(answer->context, (linecaster_text){json, (size_t)length});
    }
    static void destroy(void *stage) {}
    const linecaster_stage *linecaster_stage_v1(void) {
      static const linecaster_stage stage = {ABI, sizeof(linecaster_stage), 0, create, process, destroy};
      return &stage;
    }
    """

  private func build(_ code: String) throws {
    try folder.write(
      "plugins/c/plugin.yaml",
      """
      name: c
      version: 1
      summary: For a test.
      library: c.so
      options: {mood: {type: text, default: good, help: How.}}
      requires: [sentences]
      provides:
        c: {help: Sentences., shape: {count: integer, start: integer, end: integer}}
        n: {help: Their number., shape: integer}
        t: {help: A word., shape: text}
        s: {help: Where they are., shape: [{start: integer, end: integer}]}
      """)
    try folder.write("plugins/c/c.c", "#define _GNU_SOURCE\n#include <stdio.h>\n" + code)
    let header = BuiltCommand.checkout.appendingPathComponent("Sources/CLinecasterStage").path
    let source = folder.url.appendingPathComponent("plugins/c/c.c").path
    try #require(BuiltCommand.works("cc -w -fPIC -shared -I\(header) -o \(source.dropLast(2)).so \(source)"))
  }

  @Test func aLibraryIsAStage() throws {
    try build(Self.library.replacingOccurrences(of: "ABI, sizeof", with: "1, sizeof"))
    let layers = try record("[segment, c]")["layers"]
    let layer = layers?["c"]
    #expect(layers?["n"]?.int == 3 && layers?["t"]?.string == "rain")
    // In bytes from the library, in code points in the record.
    #expect(layers?["s"]?.array?.compactMap { $0["end"]?.int } == [13, 41, 52], "\(String(describing: layers))")
    #expect(
      layer?["count"]?.int == 3 && layer?["start"]?.int == 0 && layer?["end"]?.int == 13, "\(String(describing: layer))"
    )
    let outcome = try process(
      "[segment, c]", lines: ["one", "mad", "fail", "other", "two"].map { "{\"text\":\"\($0)\"}" })
    #expect(outcome.records.map { $0["text"]?.string } == ["one", "two"])
    #expect(outcome.errors.contains("ended by signal 11 (SIGSEGV), a fault in memory"), "\(outcome.errors)")
    #expect(outcome.errors.contains("it answered with ‘other’, which its manifest does not name"))
    #expect(outcome.errors.contains("not this (plugin_error)") && outcome.errors.contains("plugin c: it is made"))
    let refused = try process("[segment, {c: {mood: refuse}}]")
    #expect(
      refused.code == 78 && refused.errors.contains("the plugin ‘c’ cannot start: it will not"), "\(refused.errors)")
  }

  @Test func aLibraryOfAnotherABIIsRefused() throws {
    try build(Self.library.replacingOccurrences(of: "ABI, sizeof", with: "2, sizeof"))
    let outcome = try process("[segment, c]")
    #expect(outcome.errors.contains("is made for ABI 2, and this program has 1"), "\(outcome.errors)")
    try build("int nothing;")
    #expect(try process("[segment, c]").errors.contains("does not export ‘linecaster_stage_v1’"))
    try build("__attribute__((constructor)) static void die(void) { __builtin_trap(); }")
    #expect(try process("[segment, c]").errors.contains("while it was loaded its process ended by signal"))
  }

  // MARK: - Documents

  /// A plugin that reads documents comes before all stages; records have the document's own identity.
  @Test func filesOfOtherProgramsAreRead() throws {
    try folder.write(
      "plugins/scrambled/plugin.yaml",
      "name: scrambled\nversion: 1\nsummary: Reads.\ncommand: [python3, stage.py]\nreads: [rot]\n")
    try folder.write(
      "plugins/scrambled/stage.py",
      """
      from linecaster_stage import Document, run
      def convert(document):
          if document.data == b'torn': raise ValueError('half a file')
          text = bytes(255 - byte for byte in document.data).decode()
          if text.startswith('<'): return {'html': text, 'title': 'T', 'published': '2017-05-08'}
          return text
      run(convert=convert)
      """)
    func scrambled(_ text: String) -> [UInt8] { text.utf8.map { 255 - $0 } }
    try folder.write("a.rot", scrambled("Rain fell on Tolmar. The bridge was closed."))
    try folder.write("B.ROT", scrambled("<p>The river rose by two metres on Monday, and the bridge was closed.</p>"))
    try folder.write("c.rot", "torn")
    try folder.write("d.txt", "Rain fell on Tolmar.")
    try folder.write("p.yaml", "name: p\ninbox: {accept: ['*.rot']}\nstages: [scrambled, clean, segment]\n")
    let files = ["a.rot", "B.ROT", "c.rot", "d.txt"]
    let outcome = try BuiltCommand.run(["process", "p.yaml", "--plugins", "plugins"] + files, in: folder.url)
    #expect(
      outcome.code == 65
        && outcome.errors.contains("c.rot in stage ‘scrambled’: ValueError: half a file (plugin_error)"),
      "\(outcome.errors)")
    let records = outcome.records
    try #require(records.count == 3)
    #expect(records[0]["text"]?.string == "Rain fell on Tolmar. The bridge was closed.")
    #expect(records[1]["title"]?.string == "T" && records[1]["published"]?.string == "2017-05-08")
    #expect(records.map { $0["source"]?["format"]?.string } == ["document", "document", "text"])
    #expect(records[0]["source"]?["bytes"]?.int == 43)
    let check = try BuiltCommand.run("check", "p.yaml", "--plugins", "plugins", in: folder.url)
    #expect(check.code == 0 && !check.output.contains("can be read"), "\(check.output)")
    try folder.write("p.yaml", "name: p\nstages: [clean, scrambled]\n")
    let order = try BuiltCommand.run("check", "p.yaml", "--plugins", "plugins", in: folder.url)
    #expect(
      order.output.contains("‘scrambled’ reads files, before any stage runs: move it to the beginning"),
      "\(order.output)")
    let simulated = try BuiltCommand.run("simulate", "--format", "json", "p.yaml", "a.rot", in: folder.url)
    #expect(simulated.code != 0)
  }

  // MARK: - new and check

  @Test(arguments: ["--python", "--c"]) func aNewPluginWorks(flag: String) throws {
    let new = try BuiltCommand.run("plugin", "new", "long", flag, in: folder.url)
    #expect(new.code == 0 && new.output.contains("plugin check ./long"), "\(new.errors)")
    if flag == "--c" { try #require(BuiltCommand.works("make -s -C \(folder.url.path)/long")) }
    let check = try BuiltCommand.run("plugin", "check", "long", in: folder.url)
    #expect(check.code == 0 && !check.output.contains("wrong"), "\(check.output)\(check.errors)")
    try folder.write("p.yaml", "name: p\nstages: [segment, {long: {words: 2}}]\n")
    try folder.write("a.txt", "Rain fell on Tolmar. Yes.")
    let outcome = try BuiltCommand.run("process", "p.yaml", "a.txt", "--plugins", "long", in: folder.url)
    #expect(outcome.records.first?["layers"]?["long"]?.array?.first?["words"]?.int == 4, "\(outcome.errors)")
    let again = try BuiltCommand.run("plugin", "new", "long", in: folder.url)
    #expect(again.code != 0 && again.errors.contains("is there already"))
  }

  @Test func checkTellsWhatAPluginDoesWrong() throws {
    try write(
      "rises", Self.rises,
      "import random\ndef stage(article):\n    if not article.text.strip(): raise IndexError('empty')\n    return [{'start': 0, 'end': 1, 'word': str(random.random())}]\n"
    )
    let check = try BuiltCommand.run("plugin", "check", "plugins/rises", in: folder.url)
    #expect(check.code == 65)
    #expect(
      check.output.contains("wrong blanks and line ends alone: IndexError: empty (plugin_error)"), "\(check.output)")
    #expect(check.output.contains("wrong an ordinary article: it says something else of it the second time"))
  }
}
