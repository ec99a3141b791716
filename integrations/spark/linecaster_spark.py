"""Linecaster in Spark: `cast` runs a pipeline over a DataFrame of articles, `dedupe_across` finds the copies of the whole archive with the
answer of one process, `dedupe_incremental` holds a new day against an archive's fingerprints without its text.

One file, which needs nothing but pyspark, pyarrow and the program: on every node, or shipped with the job by `ship`.

    from linecaster_spark import cast, dedupe_across
    records = cast(spark.read.parquet("articles"), "pipelines/annotate.yaml", text="body", id="url", keep=["section"])
    copies = dedupe_across(spark.read.parquet("articles"), order="published", text="body", id="url")

docs/scale.md is the tutorial, docs/stages/dedupe.md says by which rules copies are found.
"""
import array
import bisect
import collections
import datetime
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

ARCHIVE = "linecaster"
# Rows of two or three numbers that are sent whole to every executor.
BROADCAST = 3_000_000

try:
    # The functions below go to the executors as they are: no file has to be sent along.
    from pyspark import cloudpickle

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
except ImportError:
    pass
ERROR_TYPE = "STRUCT<line: BIGINT, stage: STRING, class: STRING, message: STRING>"
# Of a record, what holds JSON of any form; it is left out unless it is asked for.
OPEN_KEYS = ("layers", "meta", "alignment", "where")


class LinecasterError(RuntimeError):
    """The program ended with an error, or with another number of lines than it was given."""


# ---- The program


def ship(spark, archive):
    """Sends the archive that `make tarball` makes to all executors; `cast` and the others then run the program in it."""
    spark.sparkContext.addArchive(f"{archive}#{ARCHIVE}")


def _find(binary):
    """The program on this machine: the one that is named, the one that was shipped, or the one that is installed."""
    if binary:
        return binary
    from pyspark import SparkFiles

    try:
        root = SparkFiles.get(ARCHIVE)
        for folder, _, files in os.walk(root):
            if "linecaster" in files and os.path.basename(folder) == "bin":
                return os.path.join(folder, "linecaster")
    except Exception:
        pass
    found = shutil.which("linecaster")
    if not found:
        raise LinecasterError("linecaster is not on this machine: install it, ship() it with the job, or name it with binary=")
    return found


def _environment():
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8"}


def _ask(binary, *arguments):
    done = subprocess.run([_find(binary), *arguments], capture_output=True, env=_environment(), stdin=subprocess.DEVNULL)
    if done.returncode:
        raise LinecasterError(f"linecaster {arguments[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout.decode()


class _Filter:
    """A running filter: lines go in from one thread, come out in another, and each may wait for the other."""

    WAITING = 8

    def __init__(self, command, folder):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_environment(), cwd=folder)
        self.pieces = queue.Queue(self.WAITING)
        self.lines = queue.Queue(self.WAITING)
        self.tail = collections.deque(maxlen=40)
        self.stopped = threading.Event()
        self.threads = [threading.Thread(target=work, daemon=True) for work in (self._write, self._read, self._listen)]
        for thread in self.threads:
            thread.start()

    def _write(self):
        try:
            with self.process.stdin as pipe:
                while (piece := self._piece()) is not None:
                    pipe.write(piece)
        except OSError:
            # It ended, and its code says why. Whoever fills the queue must not wait for ever.
            while not self.stopped.is_set():
                try:
                    self.pieces.get(timeout=0.1)
                except queue.Empty:
                    pass

    def _piece(self):
        while not self.stopped.is_set():
            try:
                return self.pieces.get(timeout=0.5)
            except queue.Empty:
                pass
        return None

    def _read(self):
        rest = b""
        while piece := self.process.stdout.read1(1 << 20):
            rest += piece
            end = rest.rfind(b"\n") + 1
            if end:
                self.lines.put(rest[:end])
                rest = rest[end:]
        self.lines.put(None)

    def _listen(self):
        for line in self.process.stderr:
            self.tail.append(line.decode(errors="replace"))

    def run(self, pieces):
        """Gives the bytes of whole lines as they come out."""
        ended = False
        try:
            for piece in pieces:
                while True:
                    try:
                        # What came out is taken before more goes in, so that neither side waits for the other.
                        while (lines := self.lines.get_nowait()) is not None:
                            yield lines
                        ended = True
                    except queue.Empty:
                        pass
                    if ended:
                        break
                    try:
                        self.pieces.put(piece, timeout=0.02)
                        break
                    except queue.Full:
                        continue
                if ended:
                    break
            while not ended:
                # The same for the end of the input.
                try:
                    self.pieces.put(None, timeout=0.02)
                    break
                except queue.Full:
                    try:
                        while (lines := self.lines.get_nowait()) is not None:
                            yield lines
                        ended = True
                    except queue.Empty:
                        pass
            while not ended and (lines := self.lines.get()) is not None:
                yield lines
            code = self.process.wait()
            self.threads[2].join(5)
            if code:
                raise LinecasterError(f"linecaster ended with {code}: {''.join(self.tail)[-2000:]}")
        finally:
            # Also where Spark wants no more rows.
            self.stopped.set()
            if self.process.poll() is None:
                self.process.kill()
            self.process.wait()
            while self.threads[1].is_alive():
                try:
                    self.lines.get(timeout=0.05)
                except queue.Empty:
                    pass


def _objects(batch, columns):
    """The rows of a batch as JSON Lines. JSON writes a line feed within a text as two characters, so that a row is a line."""
    names = [name for name, _ in columns]
    values = [batch.column(column).to_pylist() for _, column in columns]
    lines = []
    for row in zip(*values):
        value = {name: _plain(v) for name, v in zip(names, row) if v is not None}
        if "id" in value:
            value["id"] = str(value["id"])
        lines.append(json.dumps(value, ensure_ascii=False))
    return ("\n".join(lines) + "\n").encode("utf-8", "replace") if lines else b""


def _plain(value):
    return value.isoformat() if isinstance(value, (datetime.date, datetime.datetime)) else value


def _through(batches, command, columns):
    """Runs batches through a filter that gives a line for each row.

    Gives: pairs of rows (a RecordBatch) and as many lines.
    """
    folder = tempfile.mkdtemp(prefix="linecaster-")
    waiting = collections.deque()
    try:
        def pieces():
            for batch in batches:
                if batch.num_rows:
                    # Small pieces, so that results come early.
                    for start in range(0, batch.num_rows, 256):
                        part = batch.slice(start, 256)
                        waiting.append(part)
                        yield _objects(part, columns)

        ready, count = [], 0
        for data in _Filter(command, folder).run(pieces()):
            found = data.splitlines(keepends=True) if b"\r" not in data else [l + b"\n" for l in data[:-1].split(b"\n")]
            ready.extend(found)
            while waiting and len(ready) >= waiting[0].num_rows:
                part = waiting.popleft()
                yield part, ready[: part.num_rows]
                ready = ready[part.num_rows:]
        if waiting or ready:
            raise LinecasterError(f"linecaster gave another number of lines than it was given: {sum(b.num_rows for b in waiting)} rows wait, {len(ready)} lines are left")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _parse(lines, schema):
    size = max(1 << 20, 2 * max(len(line) for line in lines))
    return pa.json.read_json(
        pa.BufferReader(b"".join(lines)), read_options=pa.json.ReadOptions(use_threads=False, block_size=size),
        parse_options=pa.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")).combine_chunks()


def _carry(spark, pipeline):
    """The pipeline as it is sent along: its text, so that no executor needs the file."""
    with open(pipeline, encoding="utf-8") as file:
        return file.read()


class _Task:
    """What one task runs. Spark sends it to the executors, so that it holds plain values only."""

    def __init__(self, binary, verb, flags, source, columns):
        self.binary, self.verb, self.flags, self.source, self.columns = binary, verb, flags, source, columns

    def through(self, batches):
        folder = tempfile.mkdtemp(prefix="linecaster-pipeline-")
        try:
            path = os.path.join(folder, "pipeline.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(self.source)
            yield from _through(batches, [_find(self.binary), self.verb, "--workers", "1", *self.flags, path], self.columns)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _columns(df, text, id, html, more=()):
    columns = [("id", id)] if id else []
    if text:
        columns.append(("text", text))
    if html:
        columns.append(("html", html))
    columns += [(name, name) for name in more if name in df.columns and name not in (text, id, html)]
    missing = [column for _, column in columns if column not in df.columns]
    if missing:
        raise ValueError(f"there is no column {missing[0]!r}; the columns are {', '.join(df.columns)}")
    return columns


# ---- Records


def cast(df, pipeline, text="text", id=None, keep=(), keys=None, html=None, binary=None, read=("title", "url", "published", "language")):
    """Runs each row through a pipeline.

    df: a DataFrame with a column of texts (`text`) or of pages (`html`; then text=None).
    id: a column of identifiers; without it an id is made of the content, the same wherever a row stands.
    keep: columns of df that come along unchanged.
    keys: which keys records have, as `outbox: {keys: […]}`; all, but for those of any form (layers, meta, alignment, where).
    read: further columns that the program reads, where they are there.
    Gives a DataFrame with a row for each row: `keep`, the keys of the record by `linecaster schema record --for spark`, and `error`, a
    struct that is null for records and says of all others what is wrong. Raises LinecasterError, with the exit code and the last words, where
    the program cannot run. A pipeline with dedupe is refused: each task would know its own articles only.
    """
    from pyspark.sql.types import StructField, StructType

    source = _carry(df.sparkSession, pipeline)
    ddl = _ask(binary, "schema", "record", "--for", "spark", "--pipeline", pipeline).strip()
    record = StructType.fromDDL(ddl)
    if _has_dedupe(binary, pipeline):
        raise ValueError(f"{pipeline} has dedupe, which would know the articles of one task only: take it out and use dedupe_across")
    wanted = [field for field in record if (field.name in keys if keys else field.name not in OPEN_KEYS)]
    always = ["schema", "id", "source", "pipeline"]
    fields = [field for field in record if field in wanted or field.name in always]
    clash = set(keep) & {field.name for field in fields}
    if clash:
        raise ValueError(f"{sorted(clash)[0]!r} is a key of records: rename that column before you keep it")
    error = StructType.fromDDL(f"error {ERROR_TYPE}")
    kept = [df.schema[name] for name in keep]
    target = StructType(kept + [StructField(f.name, f.dataType, True) for f in fields] + error.fields)
    columns = _columns(df, text, id, html, read)
    flags = ["--errors", "rows", "--ids", "content", "--keys", ",".join(f.name for f in fields)]
    task = _Task(binary, "pipe", flags, source, columns)
    names, keep_names = [f.name for f in fields], list(keep)
    open_names = [name for name in names if name in OPEN_KEYS]

    def work(batches):
        from pyspark.sql.pandas.types import to_arrow_schema

        schema = to_arrow_schema(target)
        known = pa.schema([schema.field(name) for name in names if name not in open_names] + [
            pa.field("line", pa.int64()), pa.field("stage", pa.string()), pa.field("class", pa.string()), pa.field("message", pa.string())])
        for part, lines in task.through(batches):
            table = _parse(lines, known)
            failed = pc.equal(table["schema"], "linecaster-error/1").combine_chunks()
            error_type = schema.field("error").type
            error = pa.StructArray.from_arrays(
                [table[field.name].combine_chunks().cast(field.type) for field in error_type], fields=list(error_type), mask=pc.invert(failed))
            arrays = [part.column(name) for name in keep_names]
            for name in names:
                if name in open_names:
                    found = [json.loads(line).get(name) for line in lines]
                    arrays.append(pa.array([None if v is None else json.dumps(v, ensure_ascii=False) for v in found], pa.string()))
                else:
                    arrays.append(table[name].combine_chunks())
            arrays.append(error)
            yield pa.RecordBatch.from_arrays([a.cast(f.type) for a, f in zip(arrays, schema)], schema=schema)

    used = list(dict.fromkeys([column for _, column in columns] + keep_names))
    return df.select(*used).mapInArrow(work, target)


def _has_dedupe(binary, pipeline):
    try:
        _ask(binary, "fingerprint", "--rules", pipeline)
        return True
    except LinecasterError as error:
        if "has no dedupe" in str(error):
            return False
        raise


# ---- Copies

FINGERPRINT = (
    "id STRING, day INT, text_hash BIGINT, body_hash BIGINT, words INT, indexed BOOLEAN, complete BOOLEAN, key_count INT, "
    "hashes ARRAY<INT>, places ARRAY<INT>, keys ARRAY<BIGINT>, names ARRAY<STRING>, name_hashes ARRAY<INT>, lead_names INT, "
    "numbers ARRAY<STRING>, number_hashes ARRAY<INT>")
ANSWER = (
    "id STRING, status STRING, of STRING, cluster STRING, matches ARRAY<STRUCT<id: STRING, status: STRING, similarity: DOUBLE, "
    "containment: DOUBLE, share_of_this: DOUBLE, share_of_match: DOUBLE, "
    "differs: STRUCT<names: ARRAY<STRING>, numbers: ARRAY<STRING>, words: BIGINT>>>")


def fingerprints(df, pipeline, text="text", id="id", html=None, keep=(), binary=None, read=("title", "url", "published", "language")):
    """The fingerprints of the articles of a DataFrame, with the columns `keep`. Rows that are no articles are left out."""
    from pyspark.sql.types import StructType

    columns = _columns(df, text, id, html, read)
    task = _Task(binary, "fingerprint", ["--errors", "rows", "--ids", "content"], _carry(df.sparkSession, pipeline), columns)
    fields = StructType.fromDDL(FINGERPRINT)
    target = StructType([df.schema[name] for name in keep] + fields.fields)
    names, keep_names = fields.names, list(keep)

    def work(batches):
        from pyspark.sql.pandas.types import to_arrow_schema

        schema = to_arrow_schema(target)
        whole = {"hashes": pa.list_(pa.uint64()), "keys": pa.list_(pa.uint64()), "text_hash": pa.uint64(), "body_hash": pa.uint64()}
        known = pa.schema([pa.field("schema", pa.string())] + [pa.field(n, whole.get(n, schema.field(n).type)) for n in names])
        for part, lines in task.through(batches):
            table = _parse(lines, known)
            good = pc.equal(table["schema"], "linecaster-fingerprint/1").combine_chunks()
            arrays = [part.column(name) for name in keep_names]
            for name in names:
                column = table[name].combine_chunks()
                if name in ("hashes", "keys"):
                    # The bits that dedupe keeps: 26 of a hash, 32 of a key.
                    shift, kind = (38, pa.int32()) if name == "hashes" else (32, pa.int64())
                    cut = pc.shift_right(column.flatten(), pa.scalar(shift, pa.uint64())).cast(kind)
                    column = pa.ListArray.from_arrays(_offsets(column), cut)
                elif name in whole:
                    column = column.view(pa.int64())
                arrays.append(column)
            batch = pa.RecordBatch.from_arrays([a.cast(f.type) for a, f in zip(arrays, schema)], schema=schema)
            yield batch.filter(good)

    used = list(dict.fromkeys([column for _, column in columns] + keep_names))
    return df.select(*used).mapInArrow(work, target)


def _offsets(lists):
    lengths = pc.fill_null(pc.list_value_length(lists), 0)
    ends = pc.cumulative_sum(lengths.cast(pa.int32()))
    return pa.concat_arrays([pa.array([0], pa.int32()), ends])


def dedupe_across(df, order=None, pipeline=None, text="text", id="id", html=None, options=None, index=None, binary=None, work=None):
    """Finds the copies among all articles of a DataFrame, as one `dedupe` that took them in order would have.

    order: the column that says in which order they arrived: a date, a time (they count as arrivals for the window), or a number; rows
    with equal values are in the order of their id. id: a column of unique identifiers.
    pipeline: a chain that ends in dedupe; or options of dedupe, as {"window": "30d"}, for texts that need no other stage.
    index: a folder that the fingerprints go to, for dedupe_incremental. work: a folder that all executors reach, for what is
    found on the way; with one machine the default will do.
    Gives a DataFrame with id, status, of, cluster and matches.
    """
    return _Search(df.sparkSession, pipeline, options, binary, work).run(df, order, text, id, html, None, index)


def dedupe_incremental(df, index, order=None, pipeline=None, text="text", id="id", html=None, options=None, binary=None, work=None):
    """Holds further articles, which arrived after all others, against an archive: against the fingerprints that dedupe_across (and
    earlier calls of this) put into the folder `index`, not its texts. Adds theirs to it. Gives their answers."""
    return _Search(df.sparkSession, pipeline, options, binary, work).run(df, order, text, id, html, index, index)


class _Search:
    """The steps of docs/stages/dedupe.md."""

    def __init__(self, spark, pipeline, options, binary, work):
        self.spark, self.binary = spark, binary
        self.work = os.path.join(work or tempfile.gettempdir(), f"linecaster-dedupe-{os.urandom(6).hex()}")
        self.own = None
        if not pipeline:
            self.own = tempfile.mkdtemp(prefix="linecaster-pipeline-")
            pipeline = os.path.join(self.own, "dedupe.yaml")
            with open(pipeline, "w", encoding="utf-8") as file:
                file.write(f"name: dedupe\nstages:\n  - dedupe: {json.dumps(options or {})}\n")
        elif options:
            raise ValueError("options are for a search without a pipeline; write them into the pipeline")
        self.pipeline = pipeline
        self.rules = json.loads(_ask(binary, "fingerprint", "--rules", pipeline))
        self.number = 0

    # ---- Tables

    def save(self, frame, name):
        """Writes a table, so that nothing is reckoned twice and an executor that dies costs its task only."""
        self.number += 1
        path = f"{self.work}/{name}-{self.number}"
        frame.write.parquet(path)
        return self.table(name, self.spark.read.schema(frame.schema).parquet(path))

    def table(self, name, frame):
        frame.createOrReplaceTempView(f"lc_{name}")
        return frame

    def sql(self, text):
        return self.spark.sql(text.format(**self.words))

    # ---- All of it

    def run(self, df, order, text, id, html, old, index):
        r = self.rules
        self.words = {key: f"{value!r}D" if isinstance(value, float) else value for key, value in r.items()}
        self.words["few"] = "array(" + ", ".join(map(str, r["too_few_keys"])) + ")"
        self.words["least"] = repr(float(min(r["containment"], r["similarity"]))) + "D"
        self.words["containment"] = repr(float(r["containment"])) + "D"
        self.words["similarity"] = repr(float(r["similarity"])) + "D"
        prints = fingerprints(df, self.pipeline, text, id, html, keep=[order] if order else [], binary=self.binary)
        prints = self.save(prints.selectExpr("*", f"{self.arrival(df, order)} AS arrival", f"{order or 'CAST(0 AS INT)'} AS place").drop(*([order] if order else [])), "print")
        twice = prints.groupBy("id").count().where("count > 1").head()
        if twice:
            raise ValueError(f"the id {twice['id']!r} stands there twice: ids must be unique")
        known = None
        if old:
            known = self.spark.read.parquet(old)
            again = prints.join(known.select("id"), "id").head()
            if again:
                raise ValueError(f"the id {again['id']!r} is in the index already: ids must be unique")
        self.place(prints, known)
        self.rounds()
        answer = self.answer()
        if index:
            self.keep(index)
        return answer

    def arrival(self, df, order):
        if not order:
            return "CAST(0 AS BIGINT)"
        kind = df.schema[order].dataType.typeName()
        if kind == "date":
            return f"CAST(unix_date({order}) AS BIGINT) * 86400"
        if kind.startswith("timestamp"):
            return f"unix_seconds(CAST({order} AS TIMESTAMP))"
        return "CAST(0 AS BIGINT)"

    # ---- Steps 1 and 2: the order, and slices

    def place(self, prints, known):
        """Numbers articles by arrival, without a sort of more than order, id and two numbers, and tells each its slice."""
        slim = prints.select("arrival", "place", "id", "key_count")
        partitions = max(1, min(2000, slim.count() // 50_000 + 1))
        sorted_ = slim.repartitionByRange(partitions, "arrival", "place", "id").sortWithinPartitions("arrival", "place", "id")
        ranged = self.save(sorted_.selectExpr("spark_partition_id() AS part", "*"), "ranged")

        # Files of one partition are read in the order they were written in; what is sent to the driver is twelve bytes an article.
        def pack(key, table):
            table = table.sort_by([("arrival", "ascending"), ("place", "ascending"), ("id", "ascending")])
            return pa.table({
                "part": pa.array([key[0].as_py()], pa.int32()), "keys": [array.array("i", table["key_count"].to_pylist()).tobytes()],
                "arrivals": [array.array("q", table["arrival"].to_pylist()).tobytes()]})

        packed = ranged.groupBy("part").applyInArrow(pack, "part INT, keys BINARY, arrivals BINARY").orderBy("part")
        slices, first, starts = self.known_slices(known)
        n = first
        for row in packed.toLocalIterator():
            starts.append((row["part"], n))
            keys, arrivals = array.array("i"), array.array("q")
            keys.frombytes(row["keys"])
            arrivals.frombytes(row["arrivals"])
            for count, arrival in zip(keys, arrivals):
                last = slices[-1] if slices else None
                if (last is None or n - last["first"] >= self.rules["slice_articles"]
                        or last["keys"] + count + 4 > self.rules["slice_keys"]
                        or arrival >= last["oldest"] + self.rules["slice_span"]):
                    last = {"first": n, "keys": 0, "oldest": arrival, "newest": arrival}
                    slices.append(last)
                if arrival < last["newest"]:
                    raise ValueError("these articles arrived before others that are in the index already")
                last["keys"] += count + 4
                last["newest"] = arrival
                n += 1
        self.slices, self.first, self.count = slices, first, n
        firsts, newest = [s["first"] for s in slices], [s["newest"] for s in slices]
        window, offsets = self.rules["window"], dict(starts)

        def number(key, table):
            table = table.sort_by([("arrival", "ascending"), ("place", "ascending"), ("id", "ascending")])
            base = offsets[key[0].as_py()]
            numbers = list(range(base, base + table.num_rows))
            own = [bisect.bisect_right(firsts, n) - 1 for n in numbers]
            alive = [min(s, bisect.bisect_left(newest, arrival - window)) for s, arrival in zip(own, table["arrival"].to_pylist())]
            return pa.table({"id": table["id"], "n": pa.array(numbers, pa.int64()), "slice": pa.array(own, pa.int32()), "alive": pa.array(alive, pa.int32())})

        numbered = ranged.groupBy("part").applyInArrow(number, "id STRING, n BIGINT, slice INT, alive INT")
        # Up to some millions of articles their numbers go to where the fingerprints are, and not these to them.
        self.words["first"] = first
        numbered = self.save(numbered, "numbered")
        new = prints.drop("place").join(numbered.hint("broadcast") if n - first < BROADCAST else numbered, "id")
        self.save(new, "new")
        if known is None:
            self.table("article", self.spark.table("lc_new"))
            self.before = None
        else:
            # All that an earlier run said of an article, with what it is stored without.
            self.before = known
            self.table("article", known.select(*self.spark.table("lc_new").columns).unionByName(self.spark.table("lc_new")))

    def known_slices(self, known):
        if known is None:
            return [], 0, []
        rows = known.groupBy("slice").agg({"n": "min", "arrival": "max", "key_count": "sum", "id": "count"}).orderBy("slice").collect()
        first = {row["n"]: row["arrival"] for row in known.join(
            self.spark.createDataFrame([(row["min(n)"],) for row in rows], "n BIGINT"), "n").select("n", "arrival").collect()}
        slices = [{"first": row["min(n)"], "keys": row["sum(key_count)"] + 4 * row["count(id)"], "oldest": first[row["min(n)"]],
                   "newest": row["max(arrival)"]} for row in rows]
        return slices, sum(row["count(id)"] for row in rows), []

    # ---- Steps 3 to 9: rounds until nothing changes

    def rounds(self):
        empty = self.spark.createDataFrame([], "n BIGINT, hash INT")
        self.table("left_out", empty if self.before is None else self.before.where("gone IS NOT NULL").selectExpr("n", "explode(gone) AS hash"))
        self.table("searched", self.spark.createDataFrame([], "n BIGINT, gone ARRAY<INT>"))
        self.table("candidate", self.spark.createDataFrame([], "n BIGINT, earlier BIGINT"))
        self.table("found", self.spark.createDataFrame([], FOUND))
        self.table("todo", self.spark.table("lc_new").select("n"))
        for number in range(10_000):
            changed = self.round(number)
            if not changed:
                return

    def round(self, number):
        whole = number == 0
        self.save(self.sql(STANDING), "standing") if self.spark.table("lc_left_out").head() else self.table(
            "standing", self.spark.createDataFrame([], "n BIGINT, gone ARRAY<INT>"))
        if not whole:
            self.save(self.sql("""
              SELECT n FROM lc_todo UNION
              SELECT coalesce(s.n, o.n) FROM lc_standing s FULL OUTER JOIN lc_searched o ON s.n = o.n
              JOIN lc_new w ON w.n = coalesce(s.n, o.n) WHERE NOT (s.gone <=> o.gone)"""), "todo")
        self.table("searched", self.spark.table("lc_standing"))
        hint = "/*+ BROADCAST(t) */" if whole or self.spark.table("lc_todo").count() < BROADCAST else ""
        self.table("looked_at", self.spark.table("lc_new") if whole else self.sql(f"SELECT {hint} a.* FROM lc_new a LEFT SEMI JOIN lc_todo t ON t.n = a.n"))
        self.table("stored", self.sql(STORED))
        self.table("search", self.sql(SEARCH))
        keys = self.sql(KEYS_ONCE if whole and not self.spark.table("lc_left_out").head() else KEYS)
        self.table("key", keys)
        self.table("pair", self.sql(PAIRS))
        fresh = self.save(self.sql(CANDIDATES), "fresh")
        kept = self.sql("SELECT c.* FROM lc_candidate c LEFT ANTI JOIN lc_todo t ON t.n = c.n")
        self.save(fresh if whole else kept.unionByName(fresh), "candidate")
        # Sketches are sent of those articles only that have something in common.
        self.save(self.sql("SELECT n, n AS other FROM lc_fresh UNION SELECT earlier, earlier FROM lc_fresh").select("n").distinct(), "involved")
        hint = "/*+ BROADCAST(i) */" if self.spark.table("lc_involved").count() < BROADCAST else ""
        for name in ("stored", "search"):
            self.save(self.sql(f"SELECT {hint} s.* FROM lc_{name} s LEFT SEMI JOIN lc_involved i ON i.n = s.n"), f"{name}_near")
        looked = self.save(self.sql(COMPARED.replace("lc_texts", "lc_search_near").replace("lc_pairs", "lc_fresh")), "looked")
        learned = self.save(self.sql(LEARNED), "learned")
        if learned.head():
            self.table("again", self.sql("""
              SELECT t.n, t.up_to, t.day, t.text_hash, t.body_hash, t.name_hashes, t.lead_names, t.number_hashes, g.gone,
                array_except(g.mine, g.learned) AS hashes
              FROM lc_learned g JOIN lc_search_near t ON t.n = g.n"""))
            again = self.sql(COMPARED.replace("lc_texts", "lc_again").replace("lc_pairs", "lc_fresh"))
            looked = self.sql("SELECT l.* FROM lc_looked l LEFT ANTI JOIN lc_learned g ON g.n = l.n").unionByName(again)
        kept = self.sql("SELECT f.* FROM lc_found f LEFT ANTI JOIN lc_todo t ON t.n = f.n")
        self.save(looked if whole else kept.unionByName(looked), "found")
        now = self.save(self.sql("""
          SELECT n, explode(gone) AS hash FROM (
            SELECT t.n, coalesce(l.gone, t.gone) AS gone
            FROM (SELECT a.n, s.gone FROM lc_todo a LEFT JOIN lc_standing s ON s.n = a.n) t LEFT JOIN lc_learned l ON l.n = t.n)
          UNION ALL SELECT o.n, o.hash FROM lc_left_out o LEFT ANTI JOIN lc_todo t ON t.n = o.n"""), "now")
        self.save(self.sql("(TABLE lc_now EXCEPT TABLE lc_left_out) UNION ALL (TABLE lc_left_out EXCEPT TABLE lc_now)"), "difference")
        self.table("left_out", now)
        if not self.spark.table("lc_difference").head():
            return False
        self.save(self.sql(TODO), "todo")
        return True

    # ---- Step 10: what each article is

    def answer(self):
        if self.before is not None:
            self.table("before", self.before.select("n", "head"))
        old = "" if self.before is None else "UNION ALL SELECT n, head FROM lc_before"
        heads = self.save(self.sql(f"""
          SELECT a.n, CASE WHEN f.status IN ('exact', 'near') THEN f.earlier ELSE a.n END AS head
          FROM lc_new a LEFT JOIN (SELECT * FROM lc_found WHERE rank = 1) f ON f.n = a.n {old}"""), "head")
        while True:
            jumped = self.save(self.sql("SELECT c.n, d.head, d.head <> c.head AS moved FROM lc_head c JOIN lc_head d ON d.n = c.head"), "jumped")
            self.table("head", jumped.select("n", "head"))
            if not jumped.where("moved").head():
                break
        return self.save(self.sql(ANSWERS), "answer")

    def keep(self, index):
        """Fingerprints, slices, what each is stored without and its cluster."""
        columns = ", ".join(f"a.{name}" for name in self.spark.table("lc_new").columns)
        self.sql(f"""
          SELECT {columns}, l.gone, h.head FROM lc_new a JOIN lc_head h ON h.n = a.n
          LEFT JOIN (SELECT n, collect_list(hash) AS gone FROM lc_left_out GROUP BY n) l ON l.n = a.n""").write.mode("append").parquet(index)


FOUND = (
    "n BIGINT, earlier BIGINT, status STRING, similarity DOUBLE, share_of_this DOUBLE, share_of_match DOUBLE, new_names ARRAY<INT>, "
    "new_numbers ARRAY<INT>, rank INT")


def _last(hashes):
    return f"(CASE WHEN size({hashes}) = 0 THEN 0 ELSE {hashes}[size({hashes}) - 1] END)"


def _limit(complete, hashes):
    return f"(CASE WHEN {complete} THEN 4294967295 ELSE {_last(hashes)} END)"


def _leading(hashes):
    return f"least(size({hashes}), greatest({{fewest_keys}}, size({hashes}) div {{fewest_keys}}))"


def _key_limit(hashes):
    return f"(CASE WHEN size({hashes}) = 0 THEN 0 ELSE shiftright({hashes}[{_leading(hashes)} - 1], 10) END)"


def _up_to(hashes, most):
    return f"size(filter({hashes}, h -> h <= {most}))"


def _without(hashes, gone):
    return f"(CASE WHEN {gone} IS NULL THEN {hashes} ELSE array_except({hashes}, {gone}) END)"


def _keys_without(keys, gone):
    return f"(CASE WHEN {gone} IS NULL THEN {keys} ELSE filter({keys}, k -> NOT array_contains({gone}, CAST(shiftright(k, 6) AS INT))) END)"


# Step 3. Hashes that an earlier article, still remembered, was stored without.
STANDING = """
WITH gone AS (SELECT l.hash, l.n, a.slice FROM lc_left_out l JOIN lc_article a ON a.n = l.n),
wanted AS (SELECT DISTINCT hash FROM lc_left_out),
met AS (SELECT /*+ BROADCAST(w) */ m.n, m.hash, m.alive FROM (SELECT n, alive, explode(hashes) AS hash FROM lc_new) m JOIN wanted w ON w.hash = m.hash),
events AS (
  SELECT hash, n, 0 AS kind, alive, CAST(NULL AS INT) AS slice FROM met
  UNION ALL SELECT hash, n, 1, CAST(NULL AS INT), slice FROM gone),
known AS (
  SELECT n, hash, kind, alive,
    max(slice) OVER (PARTITION BY hash ORDER BY n, kind ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS newest FROM events),
standing AS (SELECT n, array_sort(collect_list(hash)) AS gone FROM known WHERE kind = 0 AND newest >= alive GROUP BY n)
SELECT s.n, s.gone FROM standing s JOIN lc_new a ON a.n = s.n WHERE size(a.hashes) - size(s.gone) >= 4
"""

STORED = f"""
SELECT a.n, a.slice, a.day, a.text_hash, a.body_hash, a.indexed, a.complete, {_without('a.hashes', 'l.gone')} AS hashes,
  {_keys_without('a.keys', 'l.gone')} AS keys, a.name_hashes, a.lead_names, a.number_hashes
FROM lc_article a LEFT JOIN (SELECT n, collect_list(hash) AS gone FROM lc_left_out GROUP BY n) l ON l.n = a.n
"""

SEARCH = f"""
SELECT a.n, a.slice, a.alive, a.indexed, a.day, a.text_hash, a.body_hash, a.name_hashes, a.lead_names, a.number_hashes, a.places,
  a.hashes AS all_hashes, {_limit('a.complete', 'a.hashes')} AS up_to, s.gone, {_without('a.hashes', 's.gone')} AS hashes,
  {_keys_without('a.keys', 's.gone')} AS keys
FROM lc_looked_at a LEFT JOIN lc_standing s ON s.n = a.n
"""

# Steps 4 and 5. Rows of one key come together once: who holds it, and who looks for it. While nothing is left out, both are the same.
KEYS_ONCE = """
SELECT explode(keys) AS key, n, slice, alive, n >= {first} AS looks, true AS holds,
  greatest({fewest_looked_up}, least({most_of_one_key}, {most_looked_up} div greatest(1, size(keys)))) AS most
FROM lc_article WHERE indexed
DISTRIBUTE BY key
"""

KEYS = """
SELECT explode(keys) AS key, n, slice, alive, true AS looks, false AS holds,
  greatest({fewest_looked_up}, least({most_of_one_key}, {most_looked_up} div greatest(1, size(keys)))) AS most
FROM lc_search WHERE indexed
UNION ALL
SELECT /*+ BROADCAST(w) */ h.* FROM (SELECT explode(keys) AS key, n, slice, 0, false, true, 0 FROM lc_stored WHERE indexed) h
LEFT SEMI JOIN (SELECT DISTINCT explode(keys) AS key FROM lc_search WHERE indexed) w ON w.key = h.key
DISTRIBUTE BY key
"""

PAIRS = """
WITH several AS (SELECT * FROM (SELECT *, count(*) OVER (PARTITION BY key) AS rows FROM lc_key) WHERE rows > 1),
ranked AS (
  SELECT *, CASE WHEN holds THEN row_number() OVER (PARTITION BY key, slice, holds ORDER BY n) END AS rank FROM several),
noted AS (SELECT *, max(CASE WHEN rank = {common} THEN n END) OVER (PARTITION BY key, slice) AS common_from FROM ranked),
held AS (
  SELECT n, alive, most, looks,
    collect_list(CASE WHEN rank <= {most_of_one_key} THEN struct(n, slice, rank, common_from) END) OVER (PARTITION BY key) AS holders
  FROM noted),
met AS (
  SELECT n, explode(filter(holders, p -> p.n < n AND p.rank <= most AND p.slice >= alive)) AS p FROM held WHERE looks)
SELECT n, p.n AS earlier, count(*) AS shared, count_if(p.common_from IS NULL OR p.common_from >= n) AS rare FROM met GROUP BY n, p.n
"""

# Step 6, and the oldest article of equal text.
CANDIDATES = f"""
WITH heavy AS (SELECT * FROM lc_pair WHERE shared + rare >= {{least_weight}}),
looking AS (
  SELECT n, {_key_limit('hashes')} + 1 AS own, {_leading('hashes')} AS leading FROM lc_search),
limits AS (SELECT n, {_key_limit('hashes')} AS its FROM lc_stored),
odds AS (
  SELECT h.*, l.own, l.leading, s.its, size(filter({{few}}, k -> k <= l.leading)) AS known,
    CASE WHEN h.shared < size({{few}}) THEN {{few}}[CAST(h.shared AS INT)] END AS m
  FROM heavy h JOIN looking l ON l.n = h.n JOIN limits s ON s.n = h.earlier),
kept AS (
  SELECT n, earlier, row_number() OVER (PARTITION BY n ORDER BY shared + rare DESC, earlier) AS rank FROM odds
  WHERE NOT (shared < known AND its BETWEEN least(65535, own * m div leading)
    AND greatest(least(65535, own * m div leading), least(65535, own * 24 div m)))),
texts AS (SELECT n, slice, text_hash, body_hash FROM lc_article WHERE words > 0),
asking AS (SELECT a.n, a.alive, a.text_hash, a.body_hash FROM lc_looked_at a WHERE a.words > 0),
same AS (
  SELECT a.n, b.n AS earlier FROM asking a JOIN texts b ON b.text_hash = a.text_hash WHERE b.n < a.n AND b.slice >= a.alive
  UNION ALL
  SELECT a.n, b.n FROM asking a JOIN texts b ON b.body_hash = a.text_hash WHERE b.body_hash <> 0 AND b.n < a.n AND b.slice >= a.alive
  UNION ALL
  SELECT a.n, b.n FROM asking a JOIN texts b ON b.text_hash = a.body_hash WHERE a.body_hash <> 0 AND b.n < a.n AND b.slice >= a.alive)
SELECT DISTINCT n, earlier FROM (
  SELECT n, earlier FROM kept WHERE rank <= {{most_candidates}} UNION ALL SELECT n, min(earlier) FROM same GROUP BY n)
"""

# Step 7.
COMPARED = f"""
WITH pairs AS (
  SELECT t.n, c.earlier, t.gone, t.hashes AS mine, {_without('s.hashes', 't.gone')} AS its, t.up_to AS my_limit,
    {_limit('s.complete', 's.hashes')} AS its_limit, CASE WHEN size(s.hashes) >= 64 THEN s.hashes[63] END AS look,
    s.text_hash = t.text_hash OR s.body_hash <> 0 AND s.body_hash = t.text_hash OR t.body_hash <> 0 AND s.text_hash = t.body_hash AS exact,
    t.name_hashes AS my_names, t.lead_names AS my_lead, t.number_hashes AS my_numbers, s.name_hashes AS its_names,
    s.lead_names AS its_lead, s.number_hashes AS its_numbers
  FROM lc_pairs c JOIN lc_texts t ON t.n = c.n JOIN lc_stored_near s ON s.n = c.earlier
  WHERE '{{window_by}}' <> 'published' OR t.day IS NULL OR s.day IS NULL OR abs(CAST(t.day - s.day AS BIGINT)) * 86400 <= {{window}}),
both AS (SELECT *, array_intersect(mine, its) AS in_both, least(my_limit, its_limit) AS up_to FROM pairs),
counts AS (
  SELECT *, {_up_to('in_both', 'up_to')} AS shared, {_up_to('mine', 'up_to')} AS in_this, {_up_to('its', 'up_to')} AS in_other,
    gone IS NULL AND look IS NOT NULL AND {_last('mine')} >= look AND {_up_to('mine', 'look')} >= 64
      AND {_up_to('in_both', 'look')} < 64D * {{least}} - 4D * sqrt(64D * {{least}} * (1D - {{least}})) AS hopeless
  FROM both),
shares AS (
  SELECT *, CASE WHEN exact THEN 1D ELSE CAST(shared AS DOUBLE) / nullif(in_this + in_other - shared, 0) END AS similarity,
    CASE WHEN exact THEN 1D ELSE CAST(shared AS DOUBLE) / nullif(in_this, 0) END AS share_of_this,
    CASE WHEN exact THEN 1D ELSE CAST(shared AS DOUBLE) / nullif(in_other, 0) END AS share_of_match
  FROM counts WHERE exact OR shared >= 4 AND NOT coalesce(hopeless, false)),
matched AS (
  SELECT *, least(share_of_this, share_of_match) AS share, greatest(share_of_this, share_of_match) AS most FROM shares
  WHERE greatest(share_of_this, share_of_match) >= {{containment}} OR least(share_of_this, share_of_match) >= {{similarity}}),
sides AS (
  SELECT *, filter(transform(my_names, (x, i) -> IF(array_contains(its_names, x), -1, i)), i -> i >= 0) AS new_names,
    filter(transform(its_names, (x, i) -> IF(array_contains(my_names, x), -1, i)), i -> i >= 0) AS its_new_names,
    filter(transform(my_numbers, (x, i) -> IF(array_contains(its_numbers, x), -1, i)), i -> i >= 0) AS new_numbers,
    size(filter(its_numbers, x -> NOT array_contains(my_numbers, x))) AS its_new_numbers
  FROM matched),
replaced AS (
  SELECT *, least(size(filter(new_names, i -> i < my_lead)), size(filter(its_new_names, i -> i < its_lead))) AS lead,
    my_lead - size(filter(new_names, i -> i < my_lead)) AS shared_lead,
    least(size(new_numbers), its_new_numbers) AS new_of_both, greatest(size(my_numbers), size(its_numbers)) AS most_numbers
  FROM sides),
told AS (
  SELECT *, CASE
      WHEN exact THEN 'exact' WHEN share < {{similarity}} THEN 'partial' WHEN lead >= 2 AND shared_lead = 0 THEN 'form'
      WHEN share >= 0.9D THEN 'near' WHEN lead > 0 AND new_of_both > 0 THEN 'form' WHEN lead >= 2 AND lead >= shared_lead THEN 'form'
      WHEN new_of_both >= 4 AND new_of_both * 5 >= most_numbers * 3 THEN 'form' ELSE 'near' END AS status
  FROM replaced)
SELECT n, earlier, status, similarity, share_of_this, share_of_match, new_names, new_numbers,
  row_number() OVER (PARTITION BY n
    ORDER BY CASE status WHEN 'exact' THEN 0 WHEN 'near' THEN 1 WHEN 'form' THEN 2 ELSE 3 END, similarity DESC, most DESC, earlier) AS rank
FROM told
"""

# Step 8.
LEARNED = f"""
WITH alike AS (
  SELECT * FROM (SELECT n, earlier, row_number() OVER (PARTITION BY n ORDER BY rank) AS rank FROM lc_looked WHERE status <> 'exact') WHERE rank <= 6),
several AS (SELECT a.* FROM alike a LEFT SEMI JOIN alike b ON b.n = a.n AND b.rank = 2),
known AS (
  SELECT m.n, m.rank, {_without('s.hashes', 't.gone')} AS hashes, {_limit('s.complete', 's.hashes')} AS up_to
  FROM several m JOIN lc_search_near t ON t.n = m.n JOIN lc_stored_near s ON s.n = m.earlier),
three AS (
  SELECT t.n, t.hashes AS mine, x.hashes AS a, y.hashes AS b, least(x.up_to, y.up_to, t.up_to) AS up_to
  FROM known x JOIN known y ON y.n = x.n AND y.rank > x.rank JOIN lc_search_near t ON t.n = x.n),
shared AS (
  SELECT *, filter(array_intersect(mine, a), h -> h <= up_to) AS with_a, filter(array_intersect(mine, b), h -> h <= up_to) AS with_b FROM three),
common AS (SELECT *, array_intersect(with_a, with_b) AS common FROM shared),
agreed AS (
  SELECT * FROM common
  WHERE size(common) >= 5 AND size(common) <= 220D * (CAST(least(up_to, 67108864) AS DOUBLE) / 67108864D)
    AND greatest(size(with_a), size(with_b), {_up_to('array_intersect(a, b)', 'up_to')}) <= CAST(size(common) AS DOUBLE) / 0.8D
    AND {_up_to('mine', 'up_to')} - size(common) >= {_up_to('mine', 'up_to')} * 0.25D
    AND {_up_to('a', 'up_to')} - size(common) >= {_up_to('a', 'up_to')} * 0.25D
    AND {_up_to('b', 'up_to')} - size(common) >= {_up_to('b', 'up_to')} * 0.25D),
standing AS (
  SELECT g.n, g.common, filter(arrays_zip(f.all_hashes, f.places), z -> array_contains(g.mine, z.all_hashes)) AS at
  FROM agreed g JOIN lc_search_near f ON f.n = g.n),
ends AS (
  SELECT *, array_min(transform(filter(at, z -> array_contains(common, z.all_hashes)), z -> z.places)) AS head,
    array_max(transform(filter(at, z -> array_contains(common, z.all_hashes)), z -> z.places)) AS foot FROM standing),
at_an_end AS (
  SELECT n, common FROM ends
  WHERE least(size(filter(at, z -> NOT array_contains(common, z.all_hashes) AND z.places <= foot)),
    size(filter(at, z -> NOT array_contains(common, z.all_hashes) AND z.places >= head))) <= CAST(size(common) AS DOUBLE) * 0.1D),
united AS (SELECT n, array_distinct(flatten(collect_list(common))) AS learned FROM at_an_end GROUP BY n)
SELECT u.n, t.hashes AS mine, u.learned, concat(coalesce(t.gone, CAST(array() AS ARRAY<INT>)), u.learned) AS gone
FROM united u JOIN lc_search_near t ON t.n = u.n WHERE size(t.hashes) - size(u.learned) >= 4
"""

# Step 9.
TODO = """
WITH changed AS (SELECT DISTINCT n FROM lc_difference),
moved AS (
  SELECT DISTINCT k.key FROM (SELECT a.n, explode(a.keys) AS key FROM lc_article a LEFT SEMI JOIN changed c ON c.n = a.n) k
  JOIN lc_difference d ON d.n = k.n AND CAST(shiftright(k.key, 6) AS INT) = d.hash)
SELECT c.n FROM lc_candidate c LEFT SEMI JOIN changed g ON g.n = c.earlier
UNION
SELECT /*+ BROADCAST(m) */ k.n FROM (SELECT n, explode(keys) AS key FROM lc_new WHERE indexed) k JOIN moved m ON m.key = k.key
"""

# Step 10.
ANSWERS = """
SELECT a.id, CASE b.status WHEN 'form' THEN 'partial' ELSE coalesce(b.status, 'unique') END AS status, o.id AS of, h.id AS cluster,
  coalesce(m.matches, array()) AS matches
FROM lc_new a JOIN lc_head c ON c.n = a.n JOIN lc_article h ON h.n = c.head
LEFT JOIN (SELECT * FROM lc_found WHERE rank = 1) b ON b.n = a.n LEFT JOIN lc_article o ON o.n = b.earlier
LEFT JOIN (
  SELECT n, transform(array_sort(collect_list(struct(rank, match))), x -> x.match) AS matches FROM (
    SELECT f.n, f.rank, struct(
      e.id AS id, f.status AS status, f.similarity AS similarity, greatest(f.share_of_this, f.share_of_match) AS containment,
      f.share_of_this AS share_of_this, f.share_of_match AS share_of_match,
      struct(
        transform(slice(f.new_names, 1, 8), i -> t.names[i]) AS names, transform(slice(f.new_numbers, 1, 8), i -> t.numbers[i]) AS numbers,
        CAST(floor(greatest(0, t.words - 4) * (1D - f.share_of_this) + 0.5D) AS BIGINT) AS words) AS differs) AS match
    FROM lc_found f JOIN lc_article e ON e.n = f.earlier JOIN lc_new t ON t.n = f.n WHERE f.rank <= 20)
  GROUP BY n) m ON m.n = a.n
"""
