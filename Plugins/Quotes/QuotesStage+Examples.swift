import StageKit

extension QuotesStage {
  static let examples = [
    StageExample(
      "a surname leads to the full name",
      input: "Sergey Lavrov arrived on Monday. “We agree,” Lavrov said.",
      expect: """
        quotes:
          - {kind: direct, text: "We agree,", speaker: {text: Lavrov, name: Sergey Lavrov}, cue: {text: said}}
        """),
    StageExample(
      "a split quotation is one quote with two spans",
      input: "“We sail on Monday,” said Mary Corbett, “and we return in May.”",
      expect: """
        quotes:
          - kind: direct
            text: "We sail on Monday, … and we return in May."
            spans: [{start: 1, end: 19}, {start: 41, end: 62}]
            speaker: {name: Mary Corbett}
        """),
    StageExample(
      "reported speech, and a participle that has the same speaker",
      input: "Mary Corbett told reporters on Monday that the harbour would open, adding that the work was done.",
      expect: """
        quotes:
          - {kind: indirect, text: the harbour would open, quoted: [], speaker: {name: Mary Corbett}, cue: {text: told}}
          - {kind: indirect, text: the work was done, speaker: {name: Mary Corbett}, cue: {text: adding}}
        """),
    StageExample(
      "a clause with verbatim words is mixed, and lists them",
      input: "The harbour, Mary Corbett said, was “a disgrace to the town.”",
      expect: """
        quotes: [{kind: mixed, quoted: [{start: 37, end: 60}], speaker: {name: Mary Corbett}}]
        """),
    StageExample(
      "nested speech knows what it stands in",
      input: "James Holt said that Mary Corbett told him that the harbour would open.",
      expect: """
        quotes:
          - {kind: indirect, within: null, speaker: {name: James Holt}}
          - {kind: indirect, within: 0, speaker: {name: Mary Corbett}}
        """),
    StageExample(
      "a quotation without a cue continues the speaker, with less confidence",
      input: "James Holt said that the harbour would open.\n\n“We shall not wait for the spring.”",
      expect: """
        quotes:
          - {kind: indirect, cue: {text: said}, confidence: 0.88}
          - {kind: direct, speaker: {name: James Holt}, cue: null, confidence: 0.53}
        """),
    StageExample(
      "titles and scare quotes are no quotations",
      input: "James Holt bought a “smart” boat and read “Salt and Rope” on the way.",
      expect: "{quotes: []}"),
    StageExample(
      "a verb of your own", options: "{cues: [kvetch]}",
      input: "James Holt kvetched that the nets were torn.",
      expect: "{quotes: [{kind: indirect, text: the nets were torn, cue: {text: kvetched}}]}"),
  ]
}
