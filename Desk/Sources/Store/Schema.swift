/// The tables of the file, and how older ones become these.
///
/// Numbers of rows tell the time: those of articles, entities and quotations begin with the day of the article (see
/// `RowNumber`), so that the newest rows are those with the highest numbers, a stretch of days is a stretch of numbers, and
/// the full-text indexes, which are in the order of numbers, give the newest hits first without sorting.
public enum Schema {
  /// `LCdk`, in the header of the file.
  public static let applicationID = 0x4C43_646B
  /// What `PRAGMA user_version` says.
  public static let version = migrations.count

  /// Each brings a file of the version before it, that is its place, to the next one. They never change.
  static let migrations: [String] = [first]

  private static let first = """
    -- The files whose lines are in here, and up to where. Written in one transaction with the rows of those lines.
    CREATE TABLE loaded (
      file INTEGER PRIMARY KEY,
      outbox TEXT NOT NULL,          -- the folder that was named, or that of a file that was named
      name TEXT NOT NULL,            -- from there, without the ending of a compression
      line INTEGER NOT NULL,         -- lines that were taken
      "offset" INTEGER NOT NULL,     -- where the next one begins, in bytes of the plain file
      first_hash INTEGER NOT NULL,   -- of the first line, by which the file is known again
      last_hash INTEGER NOT NULL,    -- of the last line taken
      last_bytes INTEGER NOT NULL,   -- its length, with its end
      device INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      is_compressed INTEGER NOT NULL
    );
    CREATE INDEX loaded_first ON loaded(first_hash);

    CREATE TABLE articles (
      article INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      seq INTEGER,
      pipeline TEXT NOT NULL,
      outlet TEXT NOT NULL,          -- '' for the outbox itself, else its folder: duplicates, a route
      arrival INTEGER NOT NULL,      -- grows with each article that is taken
      received TEXT,
      published TEXT,                -- a day
      published_at TEXT,
      source TEXT,                   -- the file's path from the inbox, or its name
      site TEXT,                     -- the host of the url, else the first folder of the path
      url TEXT,
      title TEXT,
      byline TEXT,                   -- authors, joined by ', '
      place TEXT,                    -- of the dateline
      agency TEXT,
      language TEXT,
      tags TEXT,                     -- a JSON list
      status TEXT,                   -- unique, exact, near, partial
      copy_of TEXT,                  -- id of the best match
      similarity REAL,               -- to it
      containment REAL,
      cluster TEXT,                  -- id of the cluster's first article
      revision_of INTEGER,           -- seq of the one that it replaced
      errors TEXT,                   -- a JSON list; NULL where there are none
      first_entity INTEGER,          -- the numbers of its entities and quotations go on from here
      entities INTEGER,              -- how many; NULL where the stage did not run
      first_quote INTEGER,
      quotes INTEGER,
      text TEXT NOT NULL,
      file INTEGER NOT NULL REFERENCES loaded(file),
      line INTEGER NOT NULL,
      "offset" INTEGER NOT NULL,     -- of the line, in bytes of the plain file
      bytes INTEGER NOT NULL         -- of the line
    );
    CREATE INDEX articles_id ON articles(id);
    CREATE INDEX articles_seq ON articles(seq) WHERE seq IS NOT NULL;
    CREATE UNIQUE INDEX articles_arrival ON articles(arrival);
    CREATE INDEX articles_revision_of ON articles(revision_of) WHERE revision_of IS NOT NULL;
    CREATE INDEX articles_cluster ON articles(cluster) WHERE cluster IS NOT NULL;
    CREATE INDEX articles_site ON articles(site) WHERE site IS NOT NULL;

    -- Articles that a revision, or another record of the same id, took the place of.
    CREATE TABLE history (
      history INTEGER PRIMARY KEY,
      article INTEGER,               -- its number when it was in articles; NULL where it never was
      replaced_by INTEGER,           -- number of the article in its place
      id TEXT NOT NULL,
      seq INTEGER,
      pipeline TEXT NOT NULL,
      outlet TEXT NOT NULL,
      received TEXT,
      published TEXT,
      url TEXT,
      title TEXT,
      text TEXT NOT NULL,
      quotes TEXT NOT NULL,          -- a JSON list of [kind, speaker, text]
      file INTEGER NOT NULL REFERENCES loaded(file),
      line INTEGER NOT NULL
    );
    CREATE INDEX history_id ON history(id);
    CREATE INDEX history_replaced_by ON history(replaced_by);

    CREATE TABLE entities (
      entity INTEGER PRIMARY KEY,
      article INTEGER NOT NULL REFERENCES articles(article),
      type TEXT NOT NULL,
      name TEXT NOT NULL,
      link TEXT,
      roles TEXT,                    -- a JSON list; NULL where there are none
      value TEXT,                    -- NULL for names
      amount REAL,
      unit TEXT,
      mentions INTEGER NOT NULL      -- how often it is named
    );
    CREATE INDEX entities_article ON entities(article);
    CREATE INDEX entities_name ON entities(name) WHERE value IS NULL;
    CREATE INDEX entities_link ON entities(link) WHERE link IS NOT NULL;

    -- Offsets here and in quotes are half-open and count code points, as substr() does, whatever the records count.
    CREATE TABLE mentions (
      entity INTEGER NOT NULL REFERENCES entities(entity),
      start INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      kind TEXT NOT NULL,            -- name, pronoun, description
      PRIMARY KEY (entity, start)
    ) WITHOUT ROWID;

    CREATE TABLE quotes (
      quote INTEGER PRIMARY KEY,
      article INTEGER NOT NULL REFERENCES articles(article),
      kind TEXT NOT NULL,            -- direct, mixed, indirect
      speaker TEXT,                  -- the name of the entity
      text TEXT NOT NULL,
      entity INTEGER REFERENCES entities(entity),
      start INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      spans TEXT,                    -- a JSON list of [start, end]; NULL where that is the hull
      quoted TEXT,                   -- likewise; NULL where it is the spans, '[]' where nothing is verbatim
      speaker_start INTEGER,
      speaker_end INTEGER,
      cue_start INTEGER,
      cue_end INTEGER,
      sentence_start INTEGER,        -- the sentences that it stands in
      sentence_end INTEGER,
      heading INTEGER NOT NULL,
      within INTEGER REFERENCES quotes(quote),
      confidence REAL
    );
    CREATE INDEX quotes_article ON quotes(article);
    CREATE INDEX quotes_speaker ON quotes(speaker) WHERE speaker IS NOT NULL;

    -- Who has quotations.
    CREATE TABLE speakers (
      name TEXT PRIMARY KEY,
      quotes INTEGER NOT NULL,
      newest INTEGER NOT NULL        -- the highest number that a quotation of theirs had
    ) WITHOUT ROWID;
    CREATE INDEX speakers_quotes ON speakers(quotes);

    -- Clusters of more than one article.
    CREATE TABLE clusters (
      cluster TEXT PRIMARY KEY,      -- id of the first article, which may not be in here
      articles INTEGER NOT NULL,
      newest INTEGER NOT NULL        -- the highest number that an article of it had
    ) WITHOUT ROWID;
    CREATE INDEX clusters_articles ON clusters(articles);
    CREATE INDEX clusters_newest ON clusters(newest);

    CREATE TABLE sites (site TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE totals (name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO totals VALUES ('articles', 0), ('quotes', 0), ('arrivals', 0);

    -- Lines of schema linecaster-discarded/1: articles that a pipeline's own rules left out.
    CREATE TABLE discarded (
      discarded INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      seq INTEGER,
      pipeline TEXT NOT NULL,
      received TEXT,
      source TEXT,
      reason TEXT NOT NULL,
      file INTEGER NOT NULL REFERENCES loaded(file),
      line INTEGER NOT NULL
    );
    -- Lines that are no records.
    CREATE TABLE refused (
      refused INTEGER PRIMARY KEY,
      file INTEGER NOT NULL REFERENCES loaded(file),
      line INTEGER NOT NULL,
      message TEXT NOT NULL
    );

    -- Datasette finds them by the double quotes of content="…".
    CREATE VIRTUAL TABLE quotes_fts USING fts5(
      text, speaker, content="quotes", content_rowid="quote", tokenize="unicode61 remove_diacritics 2");
    CREATE VIRTUAL TABLE articles_fts USING fts5(
      title, text, content="articles", content_rowid="article", tokenize="unicode61 remove_diacritics 2");
    INSERT INTO quotes_fts(quotes_fts, rank) VALUES ('hashsize', 16777216);
    INSERT INTO articles_fts(articles_fts, rank) VALUES ('hashsize', 16777216);

    CREATE VIEW who_said_what AS
      SELECT quotes.quote, articles.published, quotes.speaker, quotes.kind, quotes.text, articles.title, articles.site,
        articles.url, articles.article, articles.id
      FROM quotes JOIN articles USING (article);
    CREATE VIEW mention_texts AS
      SELECT entities.article, entities.type, entities.name, mentions.kind,
        substr(articles.text, mentions.start + 1, mentions."end" - mentions.start) AS text, mentions.start, mentions."end"
      FROM mentions JOIN entities USING (entity) JOIN articles USING (article);
    """
}
