import BuiltinStages
import StageKit
import Testing

@testable import PipelineKit

/// Pipelines as somebody writes the first ones: every message stands at the right place and says what to write.
@Suite struct FirstPipelineTests {
  private static let pipelines: [(text: String, place: String, message: String)] = [
    ("name: news\noutbox: {alignment: yes}\nstages: [clean]\n", "2:21", "‘yes’ is not true or false: write true"),
    (
      "name: news\noutbox: {alignment: \"true\"}\nstages: [clean]\n", "2:21",
      "‘true’ is a text in quotes, and true or false is wanted: remove the quotes"
    ),
    (
      "name: news\nstages:\n  - segment\n  - entities: [PERSON, ORG]\n", "4:15",
      "‘entities’ wants a mapping, ‘key: value’: write ‘entities: {types: [PERSON, ORG]}’"
    ),
    (
      "name: news\ninbox: inbox\nstages: [clean]\n", "2:8",
      "‘inbox’ wants a mapping, ‘key: value’: write ‘inbox: {path: inbox}’"
    ),
    (
      "name: news\noutbox: {roll: 64MiB}\nstages: [clean]\n", "2:16",
      "‘roll’ wants a mapping, ‘key: value’: write ‘roll: {size: 64MiB}’"
    ),
    ("name: news\nstages:\n  - name: clean\n", "3:5", "a stage is written by its name itself: write ‘- clean’"),
    (
      "name: news\nstages:\n  - segment\n  - name: entities\n    types: [PERSON]\n", "4:5",
      "a stage is written by its name itself: write ‘- entities: {types: …}’"
    ),
    ("name:news\nstages:\n  - clean\n", "1:6", "a blank is missing behind ‘name:’"),
    ("name:news\n", "1:6", "a blank is missing behind ‘name:’"),
    ("name: news\ninbox:\n  path:inbox\nstages: [clean]\n", "3:8", "a blank is missing behind ‘path:’"),
    (
      "name: news\ninbox:\n  settle:500ms\n  path: inbox\nstages: [clean]\n", "3:10",
      "a blank is missing behind ‘settle:’"
    ),
    (
      "name: news\noutbox: {roll: {size: 64 MB}}\nstages: [clean]\n", "2:23",
      "‘64 MB’ is not a size: write a number of bytes, or one with B, kB, MB, GB, KiB, MiB or GiB, as in 64MiB; did "
        + "you mean ‘64MB’?"
    ),
    (
      "name: news\ninbox: {max_input: 64M}\nstages: [clean]\n", "2:20",
      "‘64M’ is not a size: write a number of bytes, or one with B, kB, MB, GB, KiB, MiB or GiB, as in 64MiB; did "
        + "you mean ‘64MiB’?"
    ),
    (
      "name: news\ninbox: {max_input: 1.5GiB}\nstages: [clean]\n", "2:20",
      "‘1.5GiB’ is not a size: write a number of bytes, or one with B, kB, MB, GB, KiB, MiB or GiB, as in 64MiB; did "
        + "you mean ‘1536MiB’?"
    ),
    (
      "name: news\ndeadline: 5 minutes\nstages: [clean]\n", "2:11",
      "‘5 minutes’ is not a duration: write a number and ms, s, m, h or d, as in 500ms or 30d; did you mean ‘5m’?"
    ),
    ("name: news\ndeadline: 10\nstages: [clean]\n", "2:11", "‘10’ has no unit: write 10ms, 10s, 10m, 10h or 10d"),
    (
      "name: news\noutbox: {roll: {every: 1.5h}}\nstages: [clean]\n", "2:24",
      "‘1.5h’ is not a duration: write a number and ms, s, m, h or d, as in 500ms or 30d; did you mean ‘90m’?"
    ),
    ("name: news\nstages:\n  - segment\n  - dedupe: {containment: 40%}\n", "4:27", "‘40%’ is not a number: write 0.4"),
    (
      "name: news\nstages:\n  - segment\n  - dedupe: {containment: '0,4'}\n", "4:27", "‘0,4’ is not a number: write 0.4"
    ),
    (
      "name: “news”\nstages: [clean]\n", "1:7",
      "‘“’ (U+201C) is no quotation mark in YAML and becomes part of the text: write \"news\""
    ),
    (
      "name: news\ninbox: {path: “inbox”}\nstages: [clean]\n", "2:15",
      "‘“’ (U+201C) is no quotation mark in YAML and becomes part of the text: write \"inbox\""
    ),
    (
      "name: news\nstages:\n  - “clean”\n", "3:5",
      "‘“’ (U+201C) is no quotation mark in YAML and becomes part of the text: write \"clean\""
    ),
    (
      "name: news\ninbox: {path: ~}\nstages: [clean]\n", "2:15",
      "‘~’ means no value in YAML, and no home directory: write out what is meant; ‘path’ takes text"
    ),
    (
      "name: news\ninbox: {path: ~/inbox}\nstages: [clean]\n", "2:15",
      "‘~’ does not stand for a home directory here: write the whole path, as in /home/NAME/inbox, or ./~ for a "
        + "folder of that name"
    ),
    (
      "name: news\ninbox: {path: \"${NO_SUCH_VAR}\"}\nstages: [clean]\n", "2:16",
      "the variable NO_SUCH_VAR is not set: set it, or write a default, as in ${NO_SUCH_VAR:VALUE}"
    ),
    (
      "name: news\ninbox: {path: \"${NO_SUCH_VAR:-inbox}\"}\nstages: [clean]\n", "2:16",
      "a default stands behind ‘:’ alone: write ${NO_SUCH_VAR:inbox}"
    ),
    (
      "name: news\ninbox: {path: $HOME/inbox}\nstages: [clean]\n", "2:15",
      "‘$HOME’ is not filled in, as a shell would: write ${HOME}"
    ),
    (
      "name: news\ninbox:\n\u{A0} path: inbox\nstages: [clean]\n", "3:1",
      "‘\u{A0} path’ has the character U+00A0 at its beginning, which looks like a space and is none in YAML: write "
        + "plain spaces"
    ),
    (
      "name: news\ninbox:\n  path:\u{A0}inbox\nstages: [clean]\n", "3:8",
      "behind ‘path:’ stands the character U+00A0, which looks like a space and is none in YAML: write a plain space"
    ),
    ("name: news\ninbox:\n\tpath: inbox\nstages: [clean]\n", "3:1", "a tab cannot indent YAML: use spaces"),
    ("name: news\ninbx: {path: inbox}\nstages: [clean]\n", "2:1", "unknown key ‘inbx’; did you mean ‘inbox’?"),
    ("name: news\nstages: [claen]\n", "2:10", "unknown stage ‘claen’; did you mean ‘clean’?"),
    (
      "name: news\nstages:\n  - quotes: {kind: [direct]}\n", "3:14",
      "unknown key ‘kind’ in ‘quotes’; did you mean ‘kinds’?"
    ),
    (
      "name: news\nstages: [clean, entities, segment]\n", "2:17",
      "‘entities’ needs sentences and tokens: move ‘segment’ before it"
    ),
    ("name: news\n", "1:1", "the pipeline has no stages: add ‘stages:’ and a line ‘- NAME’ for each"),
    ("stages: [clean]\n", "1:1", "the pipeline has no name: add ‘name: NAME’"),
    ("name: news\nstages: clean, segment\n", "2:9", "‘stages’ wants a list: write [clean, segment]"),
    (
      "name: news\nstages:\n  clean:\n  segment:\n", "3:3",
      "‘stages’ wants a list: put ‘- ’ before each stage, as in ‘- clean’"
    ),
    ("name: news\nstages: clean\n", "2:9", "‘stages’ wants a list: write [clean]"),
    (
      "name: news\ninbox: {accept: [*.txt]}\nstages: [clean]\n", "2:18",
      "‘*’ has a meaning of its own in YAML: put a text that starts with it in quotes, as in ‘\"*.txt\"’"
    ),
    ("name: news\ninbox: {accept: '*.txt'}\nstages: [clean]\n", "2:17", "a list is wanted here: write [\"*.txt\"]"),
    (
      "name: news\nstages:\n  - segment\n  - entities:\n    types: [PERSON]\n", "5:5",
      "‘types’ is an option of ‘entities’: indent it further than the stage’s name"
    ),
    (
      "name: news\nstages:\n  - clean\n    segment\n", "3:5",
      "each stage stands in a line of its own: ‘- clean’ and ‘- segment’"
    ),
    (
      "name: news\ninbox\n  path: inbox\nstages: [clean]\n", "3:7",
      "‘:’ is missing after the key at line 2, or the line is not indented as the lines above it"
    ),
    ("name: news\nstages: [clean, segment\n", "2:9", "‘[’ is never closed: add ‘]’"),
    ("name: news\nstages: [clean]\nname: more\n", "3:1", "‘name’ is given twice: first at 1:1"),
    (
      "name: news\nstages: [segment, clean, segment]\n", "2:19",
      "‘clean’ replaces the text that ‘segment’ has worked on: put ‘clean’ before ‘segment’"
    ),
    (
      "name: news\nstages:\n  -clean\n  -segment\n", "3:3",
      "‘stages’ wants a list: a blank is missing behind ‘-’: write ‘- clean’"
    ),
    (
      "name: news: daily\nstages: [clean]\n", "1:11",
      "‘:’ is not expected here: check the indentation, or put a text that holds ‘: ’ in quotes"
    ),
    (
      "name: news\nstages:\n  - segment\n  - dedupe: {containment: \"0.4\"}\n", "4:27",
      "‘0.4’ is a text in quotes, and a number is wanted: remove the quotes"
    ),
    (
      "name: news\nstages:\n  - segment\n  - entities: {types: [person]}\n", "4:24",
      "‘person’ is not one of PERSON, ORG, LOC, MISC, DATE, TIME, MONEY, PERCENT, QUANTITY; did you mean ‘PERSON’?"
    ),
    (
      "name: news\nstages:\n  - segment\n  - entities: {languages: [english]}\n", "4:28",
      "‘english’ is no language code: write one of ISO 639-1, two small letters as in en; did you mean ‘en’?"
    ),
    (
      "name: news\nstages:\n  - ./clean\n", "3:5",
      "unknown stage ‘./clean’: the stages are clean, segment, entities, quotes, dedupe"
    ),
    ("name: news\nstages: [Clean]\n", "2:10", "unknown stage ‘Clean’; did you mean ‘clean’?"),
    (
      "name: news\nstages:\n  - clean\n  - segment: {when: language = \"en\"}\n", "4:30",
      "‘=’ is not known here: write ‘==’"
    ),
    (
      "name: news\nstages:\n  - segment\n  - entities:\n    - types: [PERSON]\n", "5:5",
      "‘entities’ wants a mapping, ‘key: value’: remove the ‘-’ before ‘types’"
    ),
    (
      "name: news\nstages: [clean]\n---\nname: two\nstages: [clean]\n", "3:1",
      "a second document starts here: keep one in a file"
    ),
    (
      "name: news\ndone: 30d\nstages: [clean]\n", "2:7", "‘done’ is ‘remove’, or says for how long: ‘done: {keep: 30d}’"
    ),
    (
      "name: news\noutbox: {keep: forever}\nstages: [clean]\n", "2:16",
      "‘forever’ is not a duration: write a number and ms, s, m, h or d, as in 500ms or 30d"
    ),
    (
      "name: news\ninbox: {settle: 500}\nstages: [clean]\n", "2:17",
      "‘500’ has no unit: write 500ms, 500s, 500m, 500h or 500d"
    ),
  ]

  @Test(arguments: pipelines)
  func everyMistakeIsToldWithItsMend(pipeline: (text: String, place: String, message: String)) {
    let (text, place, message) = pipeline
    let loaded = Pipeline.load(
      [SourceFile(path: "p.yaml", bytes: Array(text.utf8))], registry: .builtin, context: nil, environment: .only([:]))
    let found = loaded.diagnostics.map { "\($0.start.line):\($0.start.column) \($0.message)" }
    #expect(found.contains("\(place) \(message)"), "\(found)")
    #expect(loaded.pipelines.isEmpty)
  }
}
