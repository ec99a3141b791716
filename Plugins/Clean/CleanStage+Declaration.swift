import StageKit

extension CleanStage {
  public static let declaration = StageDeclaration<Options>(
    name: "clean",
    summary: "Takes the article out of a page: a plain-text dump, HTML, wire XML, or text that is clean already.",
    discussion: """
      The text becomes the article's body: paragraphs apart by a blank line, with the dateline, without headline, byline, \
      captions, credits, tags and everything that belongs to the page. Headline, byline, dateline, day and instant of \
      publication, captions, credits, tags and canonical address go where the record has a place for them. A byline lists \
      people: agencies, desks and sites are none. The instant is known where the page gives a time and its zone. A date \
      without a year, and the clock in a page's header, are no date of publication. The language is English, or another where \
      there is no doubt. Wire XML and feeds say themselves what each part is; nothing of theirs is guessed. Mojibake is put \
      right where that is certain. Every byte of the body can be traced to the source. A paragraph between headline and body that sums the article up \
      is its first one, of kind `standfirst`; those of a live blog have the kind `post`, with their times as headings. A table within \
      the article is a paragraph of kind `list` for each row. A text that is all prose stays as it is, \
      and so does one in which hardly anything looks like an article: a list, a table. A page without an article has an \
      entry in `errors`.

      Which blocks are the article, which line is the headline and which day that of publication is learned from pages: the \
      model is the file ‘clean.model’, which lies where ‘entities.model’ does; ‘linecaster train’ makes another.
      """,
    provides: [.body, .paragraphs],
    options: OptionTable([
      .choice(
        "boilerplate", \.boilerplate,
        help:
          "How much of the page goes: strict drops doubtful blocks too; keep drops nothing but what has a place of its own in the record.",
        example: "strict"),
      .choice(
        "captions", \.captions,
        help: "Whether captions stay in the text, as paragraphs of their own; they are in the record either way.",
        example: "keep"),
      .choice("headings", \.headings, help: "Whether headings inside the article stay in the text.", example: "drop"),
      .choice(
        "standfirst", \.standfirst,
        help: "Whether the paragraph that sums the article up, between headline and body, stays as its first one.",
        example: "drop"),
      .integer(
        "min_body", \.minBody, in: 0...10_000,
        help: "Words. Where the article has fewer, every sentence of the page is kept, wherever it stands.",
        example: "50"),
      .texts(
        "drop_phrases", \.dropPhrases,
        help:
          "Blocks that are one of these phrases are dropped, whatever their case, with or without a colon at the end.",
        example: "[Story continues below, Check Also]"),
      .text(
        "model", \.model,
        help: "The model that finds article, headline and day: the name of an installed file, or a path.",
        example: "/srv/news/mine.model"),
    ]),
    examples: examples)
}
