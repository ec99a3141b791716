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
      "NITF, as agencies send it",
      input: """
        <?xml version="1.0" encoding="utf-8"?>
        <nitf><head><title>Mill reopens</title><docdata><doc-id id-string="nwa.2021.0508.17"/>
        <date.issue norm="20210508T061500Z"/><key-list><keyword key="paper"/><keyword key="Nordby"/></key-list></docdata></head>
        <body><body.head><hedline><hl1>Mill at Nordby reopens</hl1><hl2>Forty people are hired</hl2></hedline>
        <byline>By <person>Ada Corr</person><byttl>NWA Staff Writer</byttl></byline></body.head>
        <body.content><p>NORDBY, May 8 (NWA) &#8212; The paper mill at Nordby reopened on Saturday, a year after the fire.</p>
        <media media-type="image"><media-reference source="mill.jpg"/><media-caption>The mill on Friday.</media-caption>
        <media-producer>NWA/Jonas Lind</media-producer></media>
        <hl2>What comes next</hl2><p>It will make boxes at first &amp; paper later.</p></body.content>
        <body.end><tagline>Ada Corr writes about work.</tagline></body.end></body></nitf>
        """,
      expect: """
        id: nwa.2021.0508.17
        title: Mill at Nordby reopens
        byline: [Ada Corr]
        dateline: {place: NORDBY, agency: NWA}
        published: '2021-05-08'
        published_at: '2021-05-08T06:15:00Z'
        tags: [paper, Nordby]
        captions: [The mill on Friday.]
        credits: [NWA/Jonas Lind]
        text: "NORDBY, May 8 (NWA) — The paper mill at Nordby reopened on Saturday, a year after the fire.\\n\\nWhat comes \\
          next\\n\\nIt will make boxes at first & paper later."
        paragraphs: [{kind: body}, {kind: heading}, {kind: body}]
        """),
    StageExample(
      "an item of an RSS feed",
      input: """
        <?xml version="1.0"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Orla Times</title>
        <item><title>Ferry sails again &amp; twice a day</title><link>https://orla.example/ferry</link>
        <guid isPermaLink="false">orla-4711</guid><dc:creator>Ada Corr and Jonas Lind</dc:creator>
        <pubDate>Sat, 08 May 2021 08:15:00 +0200</pubDate><category>Transport</category>
        <description>The ferry sails again …</description>
        <content:encoded><![CDATA[<p>The ferry to Holmvik sails again after a winter of repairs.</p>
        <p>It will cross the fjord twice a day until the end of&nbsp;May.</p>
        <p>The post <a href="/ferry">Ferry sails again</a> appeared first on <a href="/">Orla Times</a>.</p>]]></content:encoded>
        </item></channel></rss>
        """,
      expect: """
        id: orla-4711
        language: en
        url: https://orla.example/ferry
        title: Ferry sails again & twice a day
        byline: [Ada Corr, Jonas Lind]
        published: '2021-05-08'
        published_at: '2021-05-08T08:15:00+02:00'
        tags: [Transport]
        text: "The ferry to Holmvik sails again after a winter of repairs.\\n\\nIt will cross the fjord twice a day until the \\
          end of May."
        """),
    StageExample(
      "an interview",
      input: """
        The new harbour master of Nordby spoke to Northwire on the quay on Monday, a day after she had taken up the post.

        Northwire: When will the ice breaker sail again?

        Corr: As soon as the crew is back from leave. That is a matter of days, and until then the tugs must do.

        Northwire: And who pays the pilots for the nights?

        Corr: The state does, as it always did. Nobody on either side wants that to change before the spring.
        """,
      expect: "paragraphs: [{kind: body}, {kind: question}, {kind: answer}, {kind: question}, {kind: answer}]"),
    StageExample(
      "everything of the page but what has a place of its own", options: "{boilerplate: keep}",
      input: """
        Log in
        Subscribe

        Night Train to the Coast Gets Its Money

        Passengers wait for the last train at Holmsund. (File)

        © NORTHWIRE / Ada Corr

        The council voted on Tuesday to pay for a night train to the coast, after a debate that went on for more than six hours.

        What it costs

        Tickets are to cost no more than those of the day train, and the council will make good the rest out of its own funds.

        Leave a Reply

        Your name and address stay with us.
        """,
      expect: """
        title: Night Train to the Coast Gets Its Money
        captions: ['Passengers wait for the last train at Holmsund. (File)']
        credits: ['© NORTHWIRE / Ada Corr']
        text: "Log in\\n\\nSubscribe\\n\\nThe council voted on Tuesday to pay for a night train to the coast, after a debate that \\
          went on for more than six hours.\\n\\nWhat it costs\\n\\nTickets are to cost no more than those of the day train, and \\
          the council will make good the rest out of its own funds.\\n\\nLeave a Reply\\n\\nYour name and address stay with us."
        """),
    StageExample(
      "captions in the text, headings not", options: "{captions: keep, headings: drop}",
      input: """
        Log in
        Subscribe

        Night Train to the Coast Gets Its Money

        Passengers wait for the last train at Holmsund. (File)

        © NORTHWIRE / Ada Corr

        The council voted on Tuesday to pay for a night train to the coast, after a debate that went on for more than six hours.

        What it costs

        Tickets are to cost no more than those of the day train, and the council will make good the rest out of its own funds.

        Leave a Reply

        Your name and address stay with us.
        """,
      expect: """
        captions: ['Passengers wait for the last train at Holmsund. (File)']
        paragraphs: [{kind: body}, {kind: body}, {kind: body}]
        text: "Passengers wait for the last train at Holmsund. (File)\\n\\nThe council voted on Tuesday to pay for a night train \\
          to the coast, after a debate that went on for more than six hours.\\n\\nTickets are to cost no more than those of the \\
          day train, and the council will make good the rest out of its own funds."
        """),
    StageExample(
      "every sentence of the page, where the article has fewer words than asked for", options: "{min_body: 100}",
      input: """
        Log in
        Subscribe

        Night Train to the Coast Gets Its Money

        Passengers wait for the last train at Holmsund. (File)

        © NORTHWIRE / Ada Corr

        The council voted on Tuesday to pay for a night train to the coast, after a debate that went on for more than six hours.

        What it costs

        Tickets are to cost no more than those of the day train, and the council will make good the rest out of its own funds.

        Leave a Reply

        Your name and address stay with us.
        """,
      expect: """
        title: Night Train to the Coast Gets Its Money
        text: "The council voted on Tuesday to pay for a night train to the coast, after a debate that went on for more than six \\
          hours.\\n\\nWhat it costs\\n\\nTickets are to cost no more than those of the day train, and the council will make good the rest out of its \\
          own funds.\\n\\nYour name and address stay with us."
        """),
    StageExample(
      "phrases to drop", options: "{drop_phrases: ['story continues BELOW:']}",
      input: """
        The council voted on Tuesday to pay for a night train to the coast, after a debate that went on for more than six hours.

        Story continues below

        Tickets are to cost no more than those of the day train, and the council will make good the rest out of its own funds.
        """,
      expect: """
        text: "The council voted on Tuesday to pay for a night train to the coast, after a debate that went on for more than six \\
          hours.\\n\\nTickets are to cost no more than those of the day train, and the council will make good the rest out of its \\
          own funds."
        """),
    StageExample(
      "prose stays as it is", input: "The mill burned down on Monday. “Nobody was hurt,” Corr said.",
      expect: "{text: 'The mill burned down on Monday. “Nobody was hurt,” Corr said.', title: null}"),
  ]
}
