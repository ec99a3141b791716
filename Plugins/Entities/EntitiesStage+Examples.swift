import StageKit

extension EntitiesStage {
  static let examples = [
    StageExample(
      "a surname belongs to the full name before it, and titles are roles",
      options: "{types: [PERSON]}",
      input: "Norwegian Foreign Minister Ada Corr left for Oslo. Corr said she was glad. “Not now,” Ms. Corr added.",
      expect: """
        entities:
          - type: PERSON
            name: Ada Corr
            roles: [Norwegian Foreign Minister]
            mentions: [{text: Ada Corr}, {text: Corr}, {text: Corr}]
        """),
    StageExample(
      "organisations, places and peoples",
      input: "The University of Lund and Corr Holdings Ltd. met in Stockholm with Danish officials.",
      expect: """
        entities:
          - {type: ORG, name: University of Lund}
          - {type: ORG, name: Corr Holdings Ltd.}
          - {type: LOC, name: Stockholm}
          - {type: MISC, name: Danish}
        """),
    StageExample(
      "an acronym in brackets is its organisation",
      input: "The Baltic Harbour Authority (BHA) closed two piers. Storms were to blame, the BHA said.",
      expect: """
        entities:
          - {type: ORG, name: Baltic Harbour Authority, mentions: [{text: Baltic Harbour Authority}, {text: BHA}, {text: BHA}]}
        """),
    StageExample(
      "an apposition tells a role",
      options: "{types: [PERSON]}",
      input: "“We are ready,” said Jonas Holm, the mayor of Bergen, on arrival.",
      expect: "{entities: [{name: Jonas Holm, roles: [mayor of Bergen]}]}"),
    StageExample(
      "pronouns and descriptions refer to people, where one alone can be meant",
      options: "{types: [PERSON]}",
      input: """
        Foreign Minister Ada Corr met the fishermen on Monday. The minister said she would come again. A man \
        asked who he was.
        """,
      expect: """
        entities:
          - name: Ada Corr
            mentions: [{text: Ada Corr}]
            references: [{text: The minister, kind: description}, {text: she, kind: pronoun}]
        """),
    StageExample(
      "two people of one surname stay two",
      options: "{types: [PERSON]}",
      input: "Maria Brown left early. Brown was tired. Peter Brown stayed. Brown was glad.",
      expect: """
        entities:
          - {name: Maria Brown, mentions: [{text: Maria Brown}, {text: Brown}]}
          - {name: Peter Brown, mentions: [{text: Peter Brown}, {text: Brown}]}
        """),
    StageExample(
      "dates, money and percentages have values",
      options: "{types: [DATE, MONEY, PERCENT]}",
      input:
        "On May 4, 2017, the firm paid $5.3 billion, 12 per cent more than in March 2016. It pays again on June 1.",
      expect: """
        entities:
          - {type: DATE, name: "May 4, 2017", value: "2017-05-04"}
          - {type: MONEY, name: $5.3 billion, amount: 5300000000, unit: USD}
          - {type: PERCENT, name: 12 per cent, amount: 12, unit: "%"}
          - {type: DATE, name: March 2016, value: "2016-03"}
          - {type: DATE, name: June 1, value: "XXXX-06-01"}
        """),
    StageExample(
      "times and measures too; a range has a value, but no single amount",
      options: "{types: [TIME, PERCENT, QUANTITY]}",
      input: "At 5:30 p.m. the ferry lay 12 miles off Bergen. It was late by 20 to 30 minutes, as 4 percent are.",
      expect: """
        entities:
          - {type: TIME, name: 5:30 p.m., value: "T17:30"}
          - {type: QUANTITY, name: 12 miles, value: "12", amount: 12, unit: mi}
          - {type: QUANTITY, name: 20 to 30 minutes, value: 20/30, amount: null, unit: min}
          - {type: PERCENT, name: 4 percent, amount: 4, unit: "%"}
        """),
  ]
}
