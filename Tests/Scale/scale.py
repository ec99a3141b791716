#!/usr/bin/env python3
"""Holds what integrations/duckdb and integrations/spark find against one process: scale.py LINECASTER [COUNT [PARTITIONS ...]]

Exit code 77 where neither duckdb nor pyspark with Java can be had; what is not there is passed over with a word.
"""
import collections
import importlib.util
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.join(ROOT, "integrations", "duckdb"), os.path.join(ROOT, "integrations", "spark")]
sys.dont_write_bytecode = True
PIPELINE = "name: scale\nstages:\n  - dedupe: {window: 30d}\n"
SEGMENT = "name: cut\nstages: [segment]\n"


def four(ratio):
    """A ratio as records have it."""
    return math.floor(ratio * 10_000 + 0.5 + 1e-9)


def matches(found):
    return [
        (m["id"], m["status"], *(four(float(m[k])) for k in ("similarity", "containment", "share_of_this", "share_of_match")),
         (list(m["differs"]["names"]), list(m["differs"]["numbers"]), m["differs"]["words"])) for m in found]


def expect(name, expected, got):
    """Every article has the answer of one process."""
    wrong = collections.Counter()
    for id, (status, of, cluster, listed) in expected.items():
        other = got.get(id)
        if other is None:
            wrong["missing"] += 1
            continue
        for what, a, b in zip(("status", "of", "cluster", "matches"), (status, of, cluster, listed), other):
            wrong[what] += a != b
    wrong = {what: count for what, count in wrong.items() if count}
    if wrong or len(got) != len(expected):
        sys.exit(f"{name}: {len(got)} answers to {len(expected)} articles, different: {wrong}")
    print(f"ok   {name}: {len(expected)} articles, each as one process has it", flush=True)


class Work:
    def __init__(self, linecaster, count, folder):
        from corpus import Corpus

        self.linecaster, self.folder = linecaster, folder
        self.pipeline = self.write("scale.yaml", PIPELINE)
        self.segment = self.write("segment.yaml", SEGMENT)
        self.corpus = os.path.join(folder, "corpus.jsonl")
        with open(self.corpus, "w", encoding="utf-8") as file:
            for article in Corpus(count, 7).articles():
                file.write(json.dumps(article, ensure_ascii=False) + "\n")
        self.records = self.run("records.jsonl", "pipe", "--arrivals", "published", "--keys", "duplicates", self.pipeline)
        self.expected = {}
        for line in open(self.records, encoding="utf-8"):
            record = json.loads(line)
            found = record["duplicates"]
            self.expected[record["id"]] = (found["status"], found["of"], found["cluster"], matches(found["matches"]))
        print("     one process:", dict(collections.Counter(e[0] for e in self.expected.values())), flush=True)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def run(self, name, *arguments):
        path = os.path.join(self.folder, name)
        with open(self.corpus, "rb") as source, open(path, "wb") as target:
            subprocess.run([self.linecaster, *arguments], stdin=source, stdout=target, stderr=subprocess.DEVNULL, check=True)
        return path

    def duckdb(self):
        import dedupe
        import duckdb

        prints = self.run("prints.jsonl", "fingerprint", "--arrivals", "published", self.pipeline)
        rules = self.run("rules.json", "fingerprint", "--rules", self.pipeline)
        db = duckdb.connect()
        db.execute(f"CREATE TABLE rules AS FROM read_json('{rules}')")
        dedupe.read(db, [prints], "arrival, id")
        dedupe.solve(db)
        rows = db.execute("SELECT id, status, of, cluster, matches FROM duplicate").fetchall()
        expect("DuckDB", self.expected, {row[0]: (*row[1:4], matches(row[4])) for row in rows})

    def spark(self, partitions):
        os.environ["PYSPARK_PYTHON"] = sys.executable
        from pyspark.sql import SparkSession

        spark = (
            SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", "4").config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC").config("spark.local.dir", self.folder).getOrCreate())
        spark.sparkContext.setLogLevel("ERROR")
        try:
            self.cast(spark)
            for count in partitions:
                self.across(spark, count)
            self.incremental(spark)
        finally:
            spark.stop()

    def articles(self, spark):
        return spark.read.schema("id STRING, text STRING, published DATE").json(self.corpus)

    def answers(self, frame):
        return {r["id"]: (r["status"], r["of"], r["cluster"], matches([m.asDict() for m in r["matches"]])) for r in frame.collect()}

    def across(self, spark, count):
        from linecaster_spark import dedupe_across

        shuffled = self.articles(spark).repartition(count)
        found = dedupe_across(shuffled, order="published", pipeline=self.pipeline, binary=self.linecaster, work=self.folder)
        expect(f"Spark, {count} partitions", self.expected, self.answers(found))

    def incremental(self, spark):
        from linecaster_spark import dedupe_across, dedupe_incremental

        articles, index = self.articles(spark), os.path.join(self.folder, "index")
        border = "DATE'2024-01-15'"
        settings = {"order": "published", "pipeline": self.pipeline, "binary": self.linecaster, "work": self.folder}
        first = dedupe_across(articles.where(f"published < {border}"), index=index, **settings)
        found = self.answers(first)
        found.update(self.answers(dedupe_incremental(articles.where(f"published >= {border}").repartition(3), index, **settings)))
        expect("Spark, an archive and six more days", self.expected, found)
        try:
            dedupe_incremental(articles.limit(3), index, **settings)
        except ValueError as error:
            assert "ids must be unique" in str(error), error
        else:
            sys.exit("the same articles came twice, and nothing was said")

    def cast(self, spark):
        """A row for each row, in any partitioning the same, whatever is in them."""
        from linecaster_spark import LinecasterError, cast

        rows = [(n, f"Rain fell on day {n}.\nIt\u2028stopped\r\n“then”, \"so\" \\ {n}.") for n in range(1000)]
        rows += [(1000 + n, None if n % 2 else "  ") for n in range(50)]
        frame = spark.createDataFrame(rows, "number INT, body STRING")
        seen = []
        for count in (1, 7):
            out = cast(frame.repartition(count), self.segment, text="body", keep=["number"], binary=self.linecaster).collect()
            seen.append({r["number"]: (r["id"], r["text"], r["error"] and r["error"]["class"], len(r["sentences"] or [])) for r in out})
            assert len(out) == len(rows), len(out)
        assert seen[0] == seen[1]
        assert all((seen[0][n][1] == rows[n][1]) and seen[0][n][2] is None for n in range(1000)), seen[0][0]
        assert all(seen[0][n][2] for n in range(1000, 1050) if rows[n][1] is None), [seen[0][n] for n in range(1000, 1004)]
        try:
            cast(frame, self.pipeline, text="body", binary=self.linecaster)
        except ValueError as error:
            assert "dedupe_across" in str(error)
        else:
            sys.exit("a chain with dedupe was taken")
        try:
            cast(frame.limit(1), self.write("bad.yaml", "name: x\nstages: [segmnt]\n"), text="body", binary=self.linecaster)
        except LinecasterError as error:
            assert "segment" in str(error), error
        else:
            sys.exit("a bad pipeline was taken")
        print("ok   Spark, cast: a row for each of", len(rows), flush=True)


def main():
    linecaster = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    partitions = [int(word) for word in sys.argv[3:]] or [6]
    has_duckdb = importlib.util.find_spec("duckdb") is not None
    has_spark = all(importlib.util.find_spec(name) for name in ("pyspark", "pyarrow", "pandas")) and shutil.which("java")
    if not has_duckdb:
        print("DuckDB is not tried here: pip install duckdb")
    if not has_spark:
        print("Spark is not tried here: it needs Java 17, and pip install pyspark pyarrow pandas")
    if not has_duckdb and not has_spark:
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="linecaster-scale-") as folder:
        work = Work(linecaster, count, folder)
        if has_duckdb:
            work.duckdb()
        if has_spark:
            work.spark(partitions)


if __name__ == "__main__":
    main()
