-- What one `dedupe` finds in an archive, from the fingerprints of its articles. docs/stages/dedupe.md has the rules, step by step.
--
-- Needs a table `fingerprint` (lines of `linecaster fingerprint`, with a column `place`: the order of arrival) and a table `rules`
-- (one line of `linecaster fingerprint --rules`). Run the part `begin` once, `round` until `changed` is empty, `end` once;
-- dedupe.py does that. The answer is the table `duplicate`.

-- part: begin

-- Step 1. Articles in the order of arrival, hashes cut to the bits that `dedupe` keeps: 26 for the sketch, 32 for keys.
CREATE OR REPLACE TABLE article AS
SELECT
  row_number() OVER (ORDER BY place) - 1 AS n, id, arrival, day, text_hash, body_hash, words, indexed, complete,
  sum(key_count + 4) OVER (ORDER BY place) AS keys_through, key_count,
  list_transform(hashes, lambda h: (h >> 38)::INTEGER) AS hashes, places,
  list_transform(keys, lambda k: (k >> 32)::UINTEGER) AS keys,
  names, name_hashes, lead_names, numbers, number_hashes
FROM fingerprint;

-- Step 2. Slices: a new one begins where this article would be the 65,536th, the keys would be too many, or the first article is
-- older than a sixteenth of the window.
CREATE OR REPLACE TABLE slice AS
WITH RECURSIVE start(slice, n) AS (
  SELECT 0, 0::BIGINT WHERE (SELECT count(*) FROM article) > 0
  UNION ALL
  SELECT any_value(s.slice) + 1, min(a.n)
  FROM start s JOIN article f ON f.n = s.n JOIN article a ON a.n > s.n, rules r
  WHERE a.n - s.n >= r.slice_articles
     OR a.keys_through - (f.keys_through - f.key_count - 4) > r.slice_keys
     OR a.arrival >= f.arrival + r.slice_span
  HAVING min(a.n) IS NOT NULL
)
SELECT s.slice, s.n AS first, coalesce(lead(s.n) OVER (ORDER BY s.n), (SELECT count(*) FROM article)) - 1 AS last
FROM start s;

-- For each article its slice, and the oldest one that is still remembered when it arrives.
CREATE OR REPLACE TABLE placed AS
WITH newest AS (SELECT s.slice, s.first, a.arrival AS newest FROM slice s JOIN article a ON a.n = s.last)
SELECT a.n, s.slice,
  least(s.slice, coalesce((SELECT min(o.slice) FROM newest o, rules r WHERE o.newest >= a.arrival - r."window"), s.slice)) AS alive
FROM (SELECT DISTINCT ON (arrival, slice) n, arrival, slice FROM article ASOF JOIN slice ON article.n >= slice.first) a
JOIN slice s USING (slice);
CREATE OR REPLACE TABLE placed AS
SELECT a.n, s.slice, p.alive
FROM article a ASOF JOIN slice s ON a.n >= s.first
JOIN (SELECT p.slice, a.arrival, p.alive FROM placed p JOIN article a USING (n)) p ON p.slice = s.slice AND p.arrival = a.arrival;

-- What was found so far. `left_out`: the hashes of standing text that an article is stored without.
CREATE OR REPLACE TABLE left_out (n BIGINT, hash INTEGER);
CREATE OR REPLACE TABLE searched (n BIGINT, hashes INTEGER[]);
CREATE OR REPLACE TABLE candidate (n BIGINT, earlier BIGINT);
CREATE OR REPLACE TABLE found (
  n BIGINT, earlier BIGINT, status VARCHAR, similarity DOUBLE, share_of_this DOUBLE, share_of_match DOUBLE,
  new_names BIGINT[], new_numbers BIGINT[], rank BIGINT);
CREATE OR REPLACE TABLE todo AS SELECT n FROM article;
CREATE OR REPLACE TABLE changed AS SELECT n FROM article;
CREATE OR REPLACE TABLE noticed (hash INTEGER);
CREATE OR REPLACE TABLE met (n BIGINT, hash INTEGER);
CREATE OR REPLACE TABLE stored (
  n BIGINT, slice INTEGER, day INTEGER, text_hash UBIGINT, body_hash UBIGINT, indexed BOOLEAN, hashes INTEGER[], keys UINTEGER[],
  complete BOOLEAN, name_hashes USMALLINT[], lead_names INTEGER, number_hashes USMALLINT[]);

-- Of a sketch as it is stored or searched with: how many hashes are keys by their own right, and the largest of them, 16 bits.
CREATE OR REPLACE MACRO leading_count(hashes) AS least(len(hashes), greatest(24, len(hashes) // 24));
CREATE OR REPLACE MACRO key_limit(hashes) AS coalesce(hashes[leading_count(hashes)] >> 10, 0);
CREATE OR REPLACE MACRO without(hashes, gone) AS
  CASE WHEN gone IS NULL THEN hashes ELSE list_filter(hashes, lambda h: NOT list_contains(gone, h)) END;
CREATE OR REPLACE MACRO keys_without(keys, gone) AS
  CASE WHEN gone IS NULL THEN keys ELSE list_filter(keys, lambda k: NOT list_contains(gone, (k >> 6)::INTEGER)) END;
CREATE OR REPLACE MACRO up_to(hashes, most) AS len(list_filter(hashes, lambda h: h <= most));

-- part: round

-- Step 3. What stands in many articles when this one arrives: hashes that an earlier one, still remembered, was stored without.
-- It is left out of the search, unless less than four hashes would be left.
CREATE OR REPLACE TEMP TABLE fresh AS SELECT DISTINCT hash FROM left_out WHERE hash NOT IN (FROM noticed);
INSERT INTO met SELECT n, hash FROM (SELECT n, unnest(hashes) AS hash FROM article) SEMI JOIN fresh USING (hash);
INSERT INTO noticed FROM fresh;
CREATE OR REPLACE TEMP TABLE standing AS
WITH known AS (
  SELECT m.n, list(m.hash) AS hashes
  FROM met m ASOF JOIN left_out l ON m.hash = l.hash AND m.n > l.n
  JOIN placed p ON p.n = m.n JOIN placed q ON q.n = l.n
  WHERE q.slice >= p.alive GROUP BY m.n)
SELECT k.n, list_sort(k.hashes) AS hashes FROM known k JOIN article a USING (n) WHERE len(a.hashes) - len(k.hashes) >= 4;

INSERT INTO todo
SELECT n FROM standing s FULL JOIN searched o USING (n) WHERE s.hashes IS DISTINCT FROM o.hashes AND n NOT IN (FROM todo);
CREATE OR REPLACE TABLE searched AS FROM standing;

-- Articles as they are stored: what was left out is gone from sketch and keys.
DELETE FROM stored WHERE n IN (FROM changed);
INSERT INTO stored
SELECT a.n, p.slice, a.day, a.text_hash, a.body_hash, a.indexed,
  without(a.hashes, l.gone) AS hashes, keys_without(a.keys, l.gone) AS keys, a.complete,
  a.name_hashes, a.lead_names, a.number_hashes
FROM article a SEMI JOIN changed USING (n) JOIN placed p USING (n)
LEFT JOIN (SELECT n, list(hash) AS gone FROM left_out GROUP BY n) l USING (n);

-- The articles that are looked at.
CREATE OR REPLACE TEMP TABLE search AS
SELECT a.n, p.slice, p.alive, a.indexed, s.hashes AS gone, without(a.hashes, s.hashes) AS hashes,
  keys_without(a.keys, s.hashes) AS keys
FROM article a JOIN todo USING (n) JOIN placed p USING (n) LEFT JOIN standing s USING (n);

-- Step 4. Who has a key: the oldest 32 of each slice; from the 16th on it is common.
CREATE OR REPLACE TEMP TABLE posting AS
WITH each AS (
  SELECT key, slice, n, row_number() OVER (PARTITION BY slice, key ORDER BY n) AS rank
  FROM (SELECT slice, n, unnest(keys) AS key FROM stored WHERE indexed)
  WHERE key IN (SELECT unnest(keys) FROM search WHERE indexed))
SELECT key, slice, n, rank, max(n) FILTER (rank = r.common) OVER (PARTITION BY slice, key) AS common_from
FROM each, rules r WHERE rank <= r.most_of_one_key;

-- Step 5. The keys of the articles that are looked at, and their earlier holders: one shared rare key, or two.
CREATE OR REPLACE TEMP TABLE pair AS
SELECT l.n, p.n AS earlier, count(*) AS shared, count(*) FILTER (p.common_from IS NULL OR p.common_from >= l.n) AS rare
FROM (
  SELECT n, alive, unnest(keys) AS key,
    greatest(r.fewest_looked_up, least(r.most_of_one_key, r.most_looked_up // greatest(1, len(keys)))) AS most
  FROM search, rules r WHERE indexed) l
JOIN posting p ON p.key = l.key AND p.n < l.n AND p.rank <= l.most AND p.slice >= l.alive
GROUP BY l.n, p.n HAVING shared + rare >= (SELECT least_weight FROM rules);

-- Step 6. Where so few keys are shared that much cannot be, by the odds; then the 48 that share most, of equal ones the oldest.
DELETE FROM candidate WHERE n IN (FROM todo);
INSERT INTO candidate
WITH limits AS (
  SELECT n, key_limit(hashes) + 1 AS limit_, leading_count(hashes) AS leading,
    len(list_filter(r.too_few_keys, lambda k: k <= leading_count(hashes))) AS known, r.too_few_keys AS few
  FROM search, rules r WHERE indexed),
kept AS (
  SELECT p.*, row_number() OVER (PARTITION BY p.n ORDER BY shared + rare DESC, earlier) AS rank
  FROM pair p JOIN limits l USING (n) JOIN stored s ON s.n = p.earlier
  WHERE NOT (p.shared < l.known AND key_limit(s.hashes)
    BETWEEN least(65535, l.limit_ * l.few[p.shared + 1] // l.leading)
    AND greatest(least(65535, l.limit_ * l.few[p.shared + 1] // l.leading), least(65535, l.limit_ * 24 // l.few[p.shared + 1]))))
SELECT n, earlier FROM kept, rules r WHERE rank <= r.most_candidates;

-- And the oldest article of equal words, with or without a headline.
INSERT INTO candidate
WITH asking AS (SELECT n, text_hash, body_hash FROM article SEMI JOIN todo USING (n)),
same AS (
  SELECT a.n, b.n AS earlier FROM asking a JOIN article b ON b.text_hash = a.text_hash
  UNION ALL SELECT a.n, b.n FROM asking a JOIN article b ON b.body_hash = a.text_hash WHERE b.body_hash <> 0
  UNION ALL SELECT a.n, b.n FROM asking a JOIN article b ON b.text_hash = a.body_hash WHERE a.body_hash <> 0)
SELECT s.n, min(s.earlier) AS first
FROM same s JOIN article a USING (n) JOIN placed p USING (n) JOIN placed q ON q.n = s.earlier
WHERE s.earlier < s.n AND q.slice >= p.alive AND a.words > 0
GROUP BY s.n HAVING (s.n, first) NOT IN (SELECT (n, earlier) FROM candidate);

-- Step 7. What two articles have in common. `gone`: what this one is compared without.
CREATE OR REPLACE MACRO compared(texts) AS TABLE
WITH both_ AS (
  SELECT t.n, c.earlier, t.gone, t.hashes AS mine,
    CASE WHEN t.gone IS NULL THEN s.hashes ELSE without(s.hashes, t.gone) END AS its,
    CASE WHEN a.complete THEN 4294967295 ELSE coalesce(a.hashes[-1], 0) END AS my_limit,
    CASE WHEN s.complete THEN 4294967295 ELSE coalesce(s.hashes[-1], 0) END AS its_limit,
    s.hashes[64] AS look, len(s.hashes) AS its_count, s.hashes[1:64] AS first_look,
    s.text_hash = a.text_hash OR s.body_hash <> 0 AND s.body_hash = a.text_hash
      OR a.body_hash <> 0 AND s.text_hash = a.body_hash AS exact,
    a.name_hashes AS my_names, a.lead_names AS my_lead, a.number_hashes AS my_numbers, s.name_hashes AS its_names,
    s.lead_names AS its_lead, s.number_hashes AS its_numbers
  FROM query_table(texts) t JOIN candidate c USING (n) JOIN article a USING (n) JOIN stored s ON s.n = c.earlier, rules r
  WHERE r.window_by <> 'published' OR a.day IS NULL OR s.day IS NULL OR abs(a.day - s.day) * 86400 <= r."window"),
counted AS (
  SELECT *, list_intersect(mine, its) AS in_both, least(my_limit, its_limit) AS limit_ FROM both_),
counts AS (
  SELECT *, up_to(in_both, limit_) AS shared, up_to(mine, limit_) AS in_this, up_to(its, limit_) AS in_other,
    -- Ruled out by the first look, next to impossible as it is: the one process does that too.
    gone IS NULL AND its_count >= 64 AND mine[-1] >= look AND up_to(mine, look) >= 64
      AND up_to(in_both, look) < 64 * least(r.containment, r.similarity)
        - 4 * sqrt(64 * least(r.containment, r.similarity) * (1 - least(r.containment, r.similarity))) AS hopeless
  FROM counted, rules r),
shares AS (
  SELECT *,
    CASE WHEN exact THEN 1.0::DOUBLE ELSE shared::DOUBLE / (in_this + in_other - shared) END AS similarity_,
    CASE WHEN exact THEN 1.0::DOUBLE ELSE shared::DOUBLE / in_this END AS share_of_this,
    CASE WHEN exact THEN 1.0::DOUBLE ELSE shared::DOUBLE / in_other END AS share_of_match
  FROM counts WHERE exact OR shared >= 4 AND NOT hopeless),
matched AS (
  SELECT *, least(share_of_this, share_of_match) AS share, greatest(share_of_this, share_of_match) AS most
  FROM shares
  WHERE greatest(share_of_this, share_of_match) >= containment OR least(share_of_this, share_of_match) >= similarity),
sides AS (
  SELECT *,
    list_filter(range(1, len(my_names) + 1), lambda k: NOT list_contains(its_names, my_names[k])) AS new_names,
    list_filter(range(1, len(its_names) + 1), lambda k: NOT list_contains(my_names, its_names[k])) AS its_new_names,
    list_filter(range(1, len(my_numbers) + 1), lambda k: NOT list_contains(its_numbers, my_numbers[k])) AS new_numbers,
    len(list_filter(its_numbers, lambda k: NOT list_contains(my_numbers, k))) AS its_new_numbers
  FROM matched),
replaced AS (
  SELECT *, least(up_to(new_names, my_lead), up_to(its_new_names, its_lead)) AS lead,
    my_lead - up_to(new_names, my_lead) AS shared_lead, least(len(new_numbers), its_new_numbers) AS replaced_numbers,
    greatest(len(my_numbers), len(its_numbers)) AS most_numbers
  FROM sides)
SELECT n, earlier,
  CASE
    WHEN exact THEN 'exact'
    WHEN share < similarity THEN 'partial'
    WHEN lead >= 2 AND shared_lead = 0 THEN 'form'
    WHEN share >= 0.9 THEN 'near'
    WHEN lead > 0 AND replaced_numbers > 0 THEN 'form'
    WHEN lead >= 2 AND lead >= shared_lead THEN 'form'
    WHEN replaced_numbers >= 4 AND replaced_numbers * 5 >= most_numbers * 3 THEN 'form'
    ELSE 'near' END AS status,
  similarity_ AS similarity, share_of_this, share_of_match, new_names, new_numbers,
  row_number() OVER (
    PARTITION BY n
    ORDER BY
      CASE WHEN status = 'exact' THEN 0 WHEN status = 'near' THEN 1 WHEN status = 'form' THEN 2 ELSE 3 END,
      similarity_ DESC, most DESC, earlier) AS rank
FROM replaced;

DELETE FROM found WHERE n IN (FROM todo);
INSERT INTO found BY NAME FROM compared('search');

-- Step 8. Standing text is learned: what an article has in common with two of its six best matches that share nothing else.
CREATE OR REPLACE TEMP TABLE learned AS
WITH alike AS (
  SELECT n, earlier, row_number() OVER (PARTITION BY n ORDER BY rank) AS rank
  FROM found SEMI JOIN todo USING (n) WHERE status <> 'exact'
  QUALIFY row_number() OVER (PARTITION BY n ORDER BY rank) <= 6),
known AS (
  SELECT m.n, m.rank, CASE WHEN t.gone IS NULL THEN s.hashes ELSE without(s.hashes, t.gone) END AS hashes,
    CASE WHEN s.complete THEN 4294967295 ELSE coalesce(s.hashes[-1], 0) END AS limit_
  FROM alike m JOIN search t USING (n) JOIN stored s ON s.n = m.earlier),
three AS (
  SELECT t.n, t.hashes AS mine, x.hashes AS a, y.hashes AS b,
    least(x.limit_, y.limit_, CASE WHEN f.complete THEN 4294967295 ELSE coalesce(f.hashes[-1], 0) END) AS limit_
  FROM known x JOIN known y ON y.n = x.n AND y.rank > x.rank JOIN search t ON t.n = x.n JOIN article f ON f.n = x.n),
shared AS (
  SELECT *, list_filter(list_intersect(mine, a), lambda h: h <= limit_) AS with_a,
    list_filter(list_intersect(mine, b), lambda h: h <= limit_) AS with_b FROM three),
common AS (SELECT *, list_intersect(with_a, with_b) AS common FROM shared),
agreed AS (
  SELECT * FROM common
  WHERE len(common) >= 5 AND len(common) <= 220.0::DOUBLE * (least(limit_, 67108864)::DOUBLE / 67108864)
    AND greatest(len(with_a), len(with_b), up_to(list_intersect(a, b), limit_)) <= len(common)::DOUBLE / 0.8::DOUBLE
    AND up_to(mine, limit_) - len(common) >= up_to(mine, limit_) * 0.25::DOUBLE
    AND up_to(a, limit_) - len(common) >= up_to(a, limit_) * 0.25::DOUBLE
    AND up_to(b, limit_) - len(common) >= up_to(b, limit_) * 0.25::DOUBLE),
placed_ AS (
  SELECT g.n, g.common,
    list_filter(list_zip(f.hashes, f.places), lambda z: list_contains(g.mine, z[1])) AS standing_at
  FROM agreed g JOIN article f USING (n)),
ends AS (
  SELECT n, common, standing_at,
    list_min(list_transform(list_filter(standing_at, lambda z: list_contains(common, z[1])), lambda z: z[2])) AS head,
    list_max(list_transform(list_filter(standing_at, lambda z: list_contains(common, z[1])), lambda z: z[2])) AS foot
  FROM placed_),
at_an_end AS (
  SELECT n, common FROM ends
  WHERE least(
    len(list_filter(standing_at, lambda z: NOT list_contains(common, z[1]) AND z[2] <= foot)),
    len(list_filter(standing_at, lambda z: NOT list_contains(common, z[1]) AND z[2] >= head)))
    <= len(common)::DOUBLE * 0.1::DOUBLE),
united AS (SELECT n, list_distinct(flatten(list(common))) AS hashes FROM at_an_end GROUP BY n)
SELECT u.n, t.hashes AS mine, u.hashes AS learned, list_concat(coalesce(t.gone, []), u.hashes) AS gone
FROM united u JOIN search t USING (n) WHERE len(t.hashes) - len(u.hashes) >= 4;

-- Those are compared once more, without what they learned.
CREATE OR REPLACE TEMP TABLE again AS SELECT n, gone, without(mine, learned) AS hashes FROM learned;
DELETE FROM found WHERE n IN (SELECT n FROM again);
INSERT INTO found BY NAME FROM compared('again');

-- Step 9. What this round stores articles without, and who is to be looked at again where that is something else than before:
-- until nothing changes. An article depends on earlier ones alone, so that this ends, and with the one answer there is.
CREATE OR REPLACE TEMP TABLE left_out_now AS
SELECT t.n, unnest(coalesce(l.gone, t.gone)) AS hash FROM search t LEFT JOIN learned l USING (n)
UNION ALL SELECT n, hash FROM left_out WHERE n NOT IN (FROM todo);
CREATE OR REPLACE TEMP TABLE difference AS
(FROM left_out_now EXCEPT FROM left_out) UNION ALL (FROM left_out EXCEPT FROM left_out_now);
CREATE OR REPLACE TABLE changed AS SELECT DISTINCT n FROM difference;
CREATE OR REPLACE TABLE left_out AS FROM left_out_now;
CREATE OR REPLACE TABLE todo AS
SELECT DISTINCT c.n FROM candidate c JOIN changed g ON g.n = c.earlier
UNION
SELECT DISTINCT k.n
FROM (SELECT n, unnest(keys) AS key FROM article WHERE indexed) k
WHERE key IN (
  SELECT key FROM (SELECT n, unnest(keys) AS key FROM article SEMI JOIN changed USING (n)) JOIN difference USING (n)
  WHERE (key >> 6)::INTEGER = hash);

-- part: end

-- Step 10. The best match says what an article is, and an exact or near copy joins the cluster of what it copies. Each points to an
-- earlier one, so that the way ends.
CREATE OR REPLACE TABLE best AS SELECT n, earlier, status FROM found WHERE rank = 1;
CREATE OR REPLACE TABLE cluster AS
SELECT a.n, CASE WHEN b.status IN ('exact', 'near') THEN b.earlier ELSE a.n END AS head
FROM article a LEFT JOIN best b USING (n);
-- part: jump
CREATE OR REPLACE TABLE jumped AS SELECT c.n, d.head FROM cluster c JOIN cluster d ON d.n = c.head;
CREATE OR REPLACE TABLE changed AS SELECT n FROM jumped j JOIN cluster c USING (n) WHERE j.head <> c.head;
CREATE OR REPLACE TABLE cluster AS FROM jumped;
-- part: answer
CREATE OR REPLACE TABLE duplicate AS
SELECT a.id, a.n AS place,
  CASE b.status WHEN 'exact' THEN 'exact' WHEN 'near' THEN 'near' WHEN 'form' THEN 'partial' WHEN 'partial' THEN 'partial'
    ELSE 'unique' END AS status,
  o.id AS of, h.id AS cluster,
  coalesce(m.matches, []) AS matches
FROM article a
JOIN cluster c USING (n) JOIN article h ON h.n = c.head
LEFT JOIN best b ON b.n = a.n LEFT JOIN article o ON o.n = b.earlier
LEFT JOIN (
  SELECT f.n, list({
      id: e.id, status: f.status, similarity: f.similarity,
      containment: greatest(f.share_of_this, f.share_of_match), share_of_this: f.share_of_this,
      share_of_match: f.share_of_match,
      differs: {
        names: list_transform(f.new_names[1:8], lambda k: t.names[k]),
        numbers: list_transform(f.new_numbers[1:8], lambda k: t.numbers[k]),
        words: round(greatest(0, t.words - 4) * (1 - f.share_of_this))::BIGINT}
    } ORDER BY f.rank) AS matches
  FROM found f JOIN article e ON e.n = f.earlier JOIN article t ON t.n = f.n WHERE f.rank <= 20 GROUP BY f.n) m ON m.n = a.n
ORDER BY a.n;
