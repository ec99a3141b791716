import StageKit

extension CleanStage {
  static let examples: [StageExample] = [
    StageExample(
      "a page laid out with blank lines",
      input: """
        Log in
            Listen Live
            Crews lift the old span over the Orla river. (File)

            Harbour Town Opens Its Rebuilt Bridge After Four Years

            © NORTHWIRE / Ada Corr
            Europe
            Get short URL

            HOLMSUND (Northwire) — The rebuilt bridge over the Orla opened on Monday, and the first buses crossed it at noon with the mayor on board.

            "We have waited four winters for this day," Mayor Tilda Holm said at the ceremony, which some two thousand people attended.

            READ MORE: Ferry Line to Close in Spring

            The old span had been closed since the flood, when two of its piers were found to have moved by the width of a hand.

            Tolls and traffic

            The council expects about nine thousand cars a day. A toll will be asked of lorries only, and the income is to go to the upkeep of the road.

            Related:

            Ferry Line to Close in Spring
            Flood Wall to Be Raised
            Tags:
            bridge, Tilda Holm, Holmsund
            Community standardsDiscussion
            You must be logged in to leave a comment.
        """,
      expect: """
        title: Harbour Town Opens Its Rebuilt Bridge After Four Years
        dateline: {place: HOLMSUND, agency: Northwire, date: null, start: 0, end: 22}
        captions: ['Crews lift the old span over the Orla river. (File)']
        credits: ['© NORTHWIRE / Ada Corr']
        tags: [bridge, Tilda Holm, Holmsund]
        paragraphs: [{kind: body}, {kind: body}, {kind: body}, {kind: heading}, {kind: body}]
        """),
    StageExample(
      "visible strings one a line, where links cut sentences",
      input: """
        Skip to content
        News
        Sport
        Weather
        Subscribe
        Council backs plan for a night train to the coast
        By
        Jonas Lind
        and
        Mara Quist
        12 March 2019
        Share
        The council voted on Tuesday to pay for a night train to the coast, after a debate that went on for more than six hours.
        The plan, which was drawn up by
        the Northern Rail Board
        , would have two trains a week from the first of June until the end of the season.
        Critics said that the money was needed for the roads, and that few people would want to travel at such an hour.
        Comments
        Leave a Reply
        Your name and e-mail address stay with us. Fields with a star must be filled in.
        """,
      expect: """
        title: Council backs plan for a night train to the coast
        byline: [Jonas Lind, Mara Quist]
        published: '2019-03-12'
        text: "The council voted on Tuesday to pay for a night train to the coast, after a debate that went on for more than \\
          six hours.\\n\\nThe plan, which was drawn up by the Northern Rail Board , would have two trains a week from the \\
          first of June until the end of the season.\\n\\nCritics said that the money was needed for the roads, and that \\
          few people would want to travel at such an hour."
        """),
    StageExample(
      "names at the end, and another story after them",
      input: """
        Minister: New port will open before the summer

        Holmsund, NWA – Transport Minister Ada Corr said on Monday that the new port of the city will open before the summer.

        Corr told reporters that the work on the two quays was nearly done, and that the cranes had come from abroad last week.

        She added that ships of all sizes will be able to land there, and that the old port is to become a park.

        Jonas Lind / Mara al-Quist

        Check Also

        Premier visits flooded villages in the north

        Nordby, NWA- The Premier visited on Thursday the villages that were flooded last week …
        """,
      expect: """
        title: 'Minister: New port will open before the summer'
        byline: [Jonas Lind, Mara al-Quist]
        dateline: {place: Holmsund, agency: NWA, start: 0, end: 15}
        paragraphs: [{kind: body}, {kind: body}, {kind: body}]
        """),
    StageExample(
      "HTML",
      input: """
        <!doctype html><title>Mill reopens &amp; hires 40 - Orla Times</title>
        <meta property="article:published_time" content="2021-05-08T06:00:00Z">
        <meta name=author content="By Ada Corr and Jonas Lind">
        <nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>
        <article><h1>Mill reopens &amp; hires 40</h1>
        <p>The paper mill at Nordby&nbsp;reopened on Friday, a year after the fire that had destroyed most of its roof.
        <p>Forty people have been hired so far, and the owner said that as many again will be needed by the autumn.
        <h2>What comes next</h2>
        <p>The mill will make boxes at first. Paper for printing is to follow when the second machine has been repaired.
        </article>
        <footer><p>Copyright Orla Times. All rights reserved.</footer>
        """,
      expect: """
        title: Mill reopens & hires 40
        byline: [Ada Corr, Jonas Lind]
        published: '2021-05-08'
        text: "The paper mill at Nordby reopened on Friday, a year after the fire that had destroyed most of its \\
          roof.\\n\\nForty people have been hired so far, and the owner said that as many again will be needed by the \\
          autumn.\\n\\nWhat comes next\\n\\nThe mill will make boxes at first. Paper for printing is to follow when the \\
          second machine has been repaired."
        paragraphs: [{kind: body}, {kind: body}, {kind: heading}, {kind: body}]
        """),
    StageExample(
      "prose stays as it is", input: "The mill burned down on Monday. “Nobody was hurt,” Corr said.",
      expect: "{text: 'The mill burned down on Monday. “Nobody was hurt,” Corr said.', title: null}"),
  ]
}
