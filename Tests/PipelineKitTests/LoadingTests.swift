import ArticleIO
import PipelineKit
import StageKit
import Testing

@Suite struct LoadingTests {
  @Test func readsEverySetting() throws {
    let loaded = load([
      """
      name: news
      inbox: {path: in, accept: ["*.txt"], settle: 2s, ready: marker, max_input: 1MiB}
      outbox:
        path: out
        offsets: utf16
        alignment: true
        min_free: 2GiB
        keep: 365d
        roll: {size: 1GiB, every: 1d}
      done: {keep: 7d}
      failed: {keep: 90d}
      deadline: 500ms
      stages:
        - body
        - cut
        - names: {types: [ORG], limit: 7}
        - seen:
      tests:
        - {name: t, input: Ann, expect: {text: Ann}}
      """
    ])
    #expect(loaded.diagnostics == [])
    let pipeline = try #require(loaded.pipelines.first)
    #expect(pipeline.name == "news")
    #expect(pipeline.inbox.path == "in")
    #expect(pipeline.inbox.accept == ["*.txt"])
    #expect(pipeline.inbox.settle == .seconds(2))
    #expect(pipeline.inbox.ready == .marker)
    #expect(pipeline.inbox.maxInput == 1 << 20)
    #expect(pipeline.outbox.path == "out")
    #expect(pipeline.outbox.offsets == .utf16)
    #expect(pipeline.outbox.alignment)
    #expect(pipeline.outbox.minFree == 2 << 30)
    #expect(pipeline.outbox.keepMilliseconds == 365 * 86_400_000)
    #expect(pipeline.done.keepMilliseconds == 7 * 86_400_000)
    #expect(pipeline.failed.keepMilliseconds == 90 * 86_400_000)
    #expect(pipeline.outbox.roll.size == 1 << 30)
    #expect(pipeline.outbox.roll.every == .seconds(86_400))
    #expect(pipeline.deadline == .milliseconds(500))
    #expect(pipeline.chain.links.map(\.kind.name) == ["body", "cut", "names", "seen"])
    #expect(pipeline.tests.map(\.name) == ["t"])
  }

  @Test func keysOfRecordsCanBeChosen() throws {
    let chosen = load(["name: a\nstages: [cut, seen]\noutbox: {keys: [text, title, sentences]}"])
    #expect(chosen.diagnostics == [])
    let pipeline = try #require(chosen.pipelines.first)
    #expect(pipeline.recordForm.keys.map(\.rawValue).suffix(3) == ["title", "text", "sentences"])
    #expect(try #require(load(["name: a\nstages: [cut]"]).pipelines.first).recordForm.keys == RecordKey.allCases)
    #expect(
      problems("name: a\nstages: [cut]\noutbox: {keys: [text, quots]}").first?.hasSuffix("did you mean ‘quotes’?")
        == true)
  }

  /// A pipeline with a warning is one all the same.
  @Test func whatIsHardlyMeantIsWarnedOf() {
    let loaded = load(["name: a\nstages: [cut, seen]\noutbox: {keys: [title, sentences]}"])
    #expect(loaded.pipelines.count == 1 && !loaded.hasErrors)
    #expect(loaded.diagnostics.map(\.severity) == [.warning])
    #expect(
      loaded.diagnostics.map(\.message) == [
        "without ‘text’ the outbox cannot teach ‘seen’ again what it knew, should its index be lost: add it"
      ])
    #expect(load(["name: a\nstages: [cut]\noutbox: {keys: [sentences]}"]).diagnostics == [])
  }

  @Test func defaultsAreThoseOfTheDesign() throws {
    let pipeline = try #require(load(["name: a\nstages: [cut]"]).pipelines.first)
    #expect(pipeline.inbox.path == "inbox")
    #expect(pipeline.inbox.accept.count == 27)
    #expect(
      pipeline.inbox.accept.contains("*.ndjson.gz") && pipeline.inbox.accept.contains("*.jsonl.zst")
        && pipeline.inbox.accept.contains("*.eml"))
    #expect(pipeline.inbox.settle == .milliseconds(500))
    #expect(pipeline.inbox.ready == .auto)
    #expect(pipeline.inbox.maxInput == 64 << 20)
    #expect(pipeline.outbox.path == "outbox")
    #expect(pipeline.outbox.offsets == .codepoints)
    #expect(pipeline.outbox.roll.every == .seconds(3600))
    #expect(pipeline.deadline == .seconds(10))
    #expect(pipeline.done.keepMilliseconds == 30 * 86_400_000)
    #expect(!pipeline.done.isRemoved)
    #expect(pipeline.failed.keepMilliseconds == 0)
    #expect(pipeline.outbox.keepMilliseconds == 0)
  }

  @Test func inputsCanBeRemovedWhenTheyAreDone() throws {
    #expect(try #require(load(["name: a\nstages: [cut]\ndone: remove"]).pipelines.first).done.isRemoved)
    let wrong = load(["name: a\nstages: [cut]\ndone: forget"])
    #expect(wrong.diagnostics.map(\.message) == ["‘done’ is ‘remove’, or says for how long: ‘done: {keep: 30d}’"])
  }

  @Test func howLongFilesAreKeptIsNotInTheDigest() throws {
    let digests = ["", "\ndone: remove", "\nfailed: {keep: 1d}"].map {
      load(["name: a\nstages: [cut]\($0)"]).pipelines.first?.digest
    }
    #expect(digests[0] != nil && Set(digests).count == 1)
  }

  @Test func everythingWrongIsToldAtOnceInFileOrder() {
    #expect(
      problems(
        """
        name: a b
        inbx: {}
        inbox: {settle: 5, path: ""}
        outbox: [x]
        deadline:
        stages:
          - segmnt
          - nmes
          - names: {limt: 3, limit: 99, mode: carful, types: [PERSON, PESRON], share: much, window: 1y, also: Ann}
          - names
        tests: {}
        tests: []
        """
      ) == [
        "1:7-1:10 the name becomes part of file names: use 1 to 64 of a-z, A-Z, 0-9, ‘-’, ‘_’ and ‘.’, and start with a "
          + "letter or digit",
        "2:1-2:5 unknown key ‘inbx’; did you mean ‘inbox’?",
        "3:17-3:18 ‘5’ has no unit: write 5ms, 5s, 5m, 5h or 5d",
        "3:26-3:28 the path is empty",
        "4:9-4:12 ‘outbox’ wants a mapping, ‘key: value’",
        "5:10-5:10 ‘deadline’ has no value; it takes duration, 1ms to 1h",
        "7:5-7:11 unknown stage ‘segmnt’: the stages are body, cut, names, speech, seen",
        "8:5-8:9 unknown stage ‘nmes’; did you mean ‘names’?",
        "9:13-9:17 unknown key ‘limt’ in ‘names’; did you mean ‘limit’?",
        "9:29-9:31 99 is out of range: whole number, 1 to 10",
        "9:39-9:45 ‘carful’ is not one of fast, careful; did you mean ‘careful’?",
        "9:63-9:69 ‘PESRON’ is not one of PERSON, ORG, LOC, MISC, DATE, TIME, MONEY, PERCENT, QUANTITY; did you mean "
          + "‘PERSON’?",
        "9:79-9:83 ‘much’ is not a number",
        "9:93-9:95 ‘1y’ is not a duration: write a number and ms, s, m, h or d, as in 500ms or 30d",
        "9:103-9:106 a list is wanted here: write [Ann]",
        "10:5-10:10 ‘names’ stands in the chain twice: first at line 9",
        "11:8-11:10 ‘tests’ wants a list, each item with ‘name’, ‘input’ and ‘expect’, or the path of a file with one",
        "12:1-12:6 ‘tests’ is given twice: first at 11:1",
      ])
  }

  @Test(arguments: [
    ("", ["1:1-1:1 the file is empty: a pipeline has at least ‘name’ and ‘stages’"]),
    ("- a", ["1:1-1:4 a pipeline is a mapping, ‘key: value’: remove the ‘-’ before its keys"]),
    (
      "deadline: 1s",
      [
        "1:1-1:1 the pipeline has no name: add ‘name: NAME’",
        "1:1-1:1 the pipeline has no stages: add ‘stages:’ and a line ‘- NAME’ for each",
      ]
    ),
    (
      "name: a\ninbox: {path: ~/in}\noutbox: {path: \"${OUT}/a\"}\nstages: [cut]",
      [
        "2:15-2:19 ‘~’ does not stand for a home directory here: write the whole path, as in /home/NAME/inbox, or ./~ "
          + "for a folder of that name",
        "3:17-3:23 the variable OUT is not set: set it, or write a default, as in ${OUT:VALUE}",
      ]
    ),
    (
      "name: a\ninbox: {path: ~desk/in}\noutbox: {path: /srv/$OUT/a}\nstages: [cut]",
      [
        "2:15-2:23 ‘~desk’ does not stand for a home directory here: write the whole path, as in /home/NAME/inbox, or "
          + "./~desk for a folder of that name",
        "3:16-3:27 ‘$OUT’ is not filled in, as a shell would: write ${OUT}",
      ]
    ),
    ("name: a\ninbox: {path: ./~/a$b/$1}\noutbox: {path: a~}\nstages: [cut]", []),
    ("name: a\nstages: []", ["2:9-2:11 the chain is empty: name at least one of body, cut, names, speech, seen"]),
    ("name: a\nstages:", ["2:8-2:8 the chain is empty: name at least one of body, cut, names, speech, seen"]),
    ("name: a\nstages: cut", ["2:9-2:12 ‘stages’ wants a list: write [cut]"]),
    ("name: [a]\nstages: [cut]", ["1:7-1:10 a single value is wanted here: text"]),
    ("name:\nstages: [cut]", ["1:6-1:6 ‘name’ has no value; it takes text"]),
    (
      "name: ../x\nstages: [cut]",
      [
        "1:7-1:11 the name becomes part of file names: use 1 to 64 of a-z, A-Z, 0-9, ‘-’, ‘_’ and ‘.’, and start with a "
          + "letter or digit"
      ]
    ),
    (
      "name: a\ninbox: {accept: []}\nstages: [cut]",
      [
        "2:17-2:19 no file would be accepted: name at least one pattern, as in \"*.txt\""
      ]
    ),
    (
      "name: a\ninbox: {accept: [a/*]}\nstages: [cut]",
      [
        "2:18-2:21 patterns are of file names, without directories: remove what stands before the last ‘/’"
      ]
    ),
    (
      "name: a\nstages: [cut]\ntests: [{nam: x, input: y}]",
      [
        "3:9-3:9 the test has no ‘name’", "3:9-3:9 the test has no ‘expect’",
        "3:10-3:13 unknown key ‘nam’ in ‘tests’; did you mean ‘name’?",
      ]
    ),
    (
      "name: a\nstages: [cut]\ninbox: {path: outbox}",
      [
        "3:15-3:21 the inbox ‘outbox’ is the outbox of ‘a’, which would feed on its own lines"
      ]
    ),
  ])
  func eachFaultHasItsMessage(text: String, expected: [String]) { #expect(problems(text) == expected) }

  @Test(arguments: [
    (
      "- speech",
      [
        "3:3-3:9 ‘speech’ needs sentences: put ‘cut’ before it",
        "3:3-3:9 ‘speech’ needs entities: put ‘names’ before it",
      ]
    ),
    ("- names\n- cut", ["3:3-3:8 ‘names’ needs sentences: move ‘cut’ before it"]),
    ("- names\n- speech", ["3:3-3:8 ‘names’ needs sentences: put ‘cut’ before it"]),
    ("- cut\n- body", ["4:3-4:7 ‘body’ replaces the text that ‘cut’ has worked on: put ‘body’ before ‘cut’"]),
    (
      "- seen\n- cut",
      ["3:3-3:7 ‘seen’ decides in the order of arrival, which only the last stage can: move it to the end"]
    ),
    ("- cutt\n- names", ["3:3-3:7 unknown stage ‘cutt’; did you mean ‘cut’?"]),
    (
      "- entirely_else\n- names",
      [
        "3:3-3:16 unknown stage ‘entirely_else’: the stages are body, cut, names, speech, seen"
      ]
    ),
    ("- cut\n- [x]", ["4:3-4:6 a stage is written ‘- NAME’ or ‘- NAME: {OPTION: VALUE}’"]),
    ("- cut: {x: 1}", ["3:9-3:10 unknown key ‘x’ in ‘cut’: the keys are when, on_error"]),
    (
      "- cut\n- names:\n  limit: 3",
      [
        "5:3-5:8 ‘limit’ is an option of ‘names’: indent it further than the stage’s name"
      ]
    ),
    ("- cut:\n  names:", ["4:3-4:8 a second stage in one list item: start a line with ‘- names’"]),
    ("- cut\n- names: 3", ["4:10-4:11 ‘names’ wants a mapping, ‘key: value’: write ‘names: {limit: 3}’"]),
    ("- cut\n- names: {list: places}", ["4:3-4:8 ‘names’ cannot start: there is no list ‘places’"]),
  ])
  func theChainIsChecked(stages: String, expected: [String]) { #expect(chainProblems(stages) == expected) }

  @Test func pipelinesThatCannotRunSideBySide() {
    let loaded = load([
      "name: a\nstages: [cut]", "name: a\nstages: [cut]\ninbox: {path: ./inbox/}",
    ])
    #expect(loaded.pipelines.map(\.file) == ["a.yaml"])
    #expect(loaded.diagnostics.map(\.file) == ["b.yaml", "b.yaml"])
    #expect(
      loaded.diagnostics.map(\.message) == [
        "the name ‘a’ is taken by a.yaml:1: rename one",
        "the inbox ‘inbox’ is read by a.yaml:1 too: give each pipeline its own, as in ‘inbox: {path: inbox/a}’",
      ])
    #expect(load(["name: a\nstages: [cut]", "name: b\nstages: [cut]\ninbox: {path: other}"]).pipelines.count == 2)
  }

  @Test func oneOfTwoFilesMayBeRight() {
    let loaded = load(["name: a\nstages: [ctu]", "name: b\nstages: [cut]\ninbox: {path: b}"])
    #expect(loaded.hasErrors)
    #expect(loaded.pipelines.map(\.name) == ["b"])
  }

  @Test func whatIsHardlyMeantIsAWarning() throws {
    func said(_ text: String) -> [String] {
      load([text]).diagnostics.map { "\($0.severity) \($0.start.line):\($0.start.column) \($0.message)" }
    }
    let patterns = said("name: a\ninbox: {accept: ['*.pdf', '*.txt', 'a*', '*.htm?', '*.[ch]']}\nstages: [cut]")
    #expect(patterns.count == 1)
    #expect(
      patterns.first?.hasPrefix("warning 2:18 no file that fits ‘*.pdf’ can be read: what is read is .txt, .html")
        == true)
    let unread =
      "nobody reads what ‘names’ finds, and ‘keys’ of ‘outbox’ leaves it out of the records: remove one of the two"
    let keys = "name: a\noutbox: {keys: [text]}\nstages: [cut, names]"
    #expect(said(keys) == ["warning 3:15 \(unread)"])
    #expect(said(keys + "\ndiscard: [{when: entities.count < 1, reason: no names}]") == [])
    #expect(said("name: a\noutbox: {keys: [text, entities]}\nstages: [cut, names]") == [])
    #expect(
      said("name: a\noutbox: {path: outbox}\nstages: [cut]") == [
        "note 2:10 ‘path’ is so without being written: it can go"
      ])
  }
}
