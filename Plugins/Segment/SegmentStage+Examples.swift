import StageKit

extension SegmentStage {
  static let examples = [
    StageExample(
      "abbreviations and initials do not end a sentence",
      input: "Gen. Ada B. Corr met Mr. Lund at 5 p.m. on Sept. 4. They spoke in the U.S. embassy.",
      expect: "{sentences: [{start: 0, end: 51}, {start: 52, end: 83}]}"),
    StageExample(
      "an abbreviation before a word that heads sentences does",
      input: "She left the U.S. The firm is Holm Inc. It sells boats.",
      expect: "{sentences: [{start: 0, end: 17}, {start: 18, end: 39}, {start: 40, end: 55}]}"),
    StageExample(
      "a question inside quotation marks goes on to its cue",
      input: "“Why now?” he asked. “Because.”",
      expect: "{sentences: [{start: 0, end: 20}, {start: 21, end: 31}]}"),
    StageExample(
      "blank lines part paragraphs, and a heading is a sentence",
      input: "Harbour reopens\n\nThe port opened on Monday.\nShips came in.",
      expect: """
        paragraphs: [{kind: heading}, {kind: body}, {kind: body}]
        sentences: [{start: 0, end: 15}, {start: 17, end: 43}, {start: 44, end: 58}]
        """),
    StageExample(
      "an interview",
      input: "Q: When does the port open?\n\nA: On Monday.",
      expect: "{paragraphs: [{kind: question}, {kind: answer}]}"),
    StageExample(
      "a missing space after a full stop",
      input: "The mill burned down.Nobody was hurt.",
      expect: "{sentences: [{start: 0, end: 21}, {start: 21, end: 37}]}"),
    StageExample(
      "a quotation ends a sentence, dots inside one do not, and a reference belongs to the sentence before it",
      input: "“It is over.” She left … slowly. It burned down.[3] Ships came.",
      expect: "{sentences: [{start: 0, end: 13}, {start: 14, end: 32}, {start: 33, end: 51}, {start: 52, end: 63}]}"),
    StageExample(
      "items of a list stand alone",
      input: "- bread\n- milk\n\n1. Open the lid 2. Close the lid",
      expect: """
        paragraphs: [{kind: list}, {kind: list}, {kind: list}]
        sentences: [{start: 0, end: 7}, {start: 8, end: 14}, {start: 16, end: 31}, {start: 32, end: 48}]
        """),
    StageExample(
      "tokens in the record", options: "{tokens: true}", input: "They don't.",
      expect: """
        tokens: [{start: 0, end: 4}, {start: 5, end: 7}, {start: 7, end: 10}, {start: 10, end: 11}]
        """),
  ]
}
