#!/usr/bin/env python3
"""Kills linecaster-send at any moment while lines are written, files are sealed, compressed and deleted: each line must be in the
tables exactly once, and be the same.

Usage: send_kills.py PROGRAM [KILLS [SEED]]
"""
import gzip
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time


def record(number, pipeline):
    said = f"word{number % 97} the ice holds {number}"
    body = f"“{said},” Ada Corr{number % 13} said."
    return json.dumps({
        "schema": "linecaster/1", "id": f"{pipeline}-{number}", "seq": number, "received": "2026-03-02T10:00:00Z",
        "source": {"name": f"{number}.txt", "path": None, "line": None},
        "pipeline": {"name": pipeline, "offsets": "codepoints"}, "revision_of": None, "url": None, "title": f"T{number}",
        "published": f"2026-0{1 + number % 9}-0{1 + number % 7}", "text": body, "sentences": [{"start": 0, "end": len(body)}],
        "entities": [{"id": 0, "type": "PERSON", "name": f"Ada Corr{number % 13}", "link": None, "roles": [], "value": None,
                      "amount": None, "unit": None, "mentions": [{"start": 3, "end": 8, "text": "x"}], "references": []}],
        "quotes": [{"id": 0, "kind": "direct", "start": 1, "end": 6, "spans": [{"start": 1, "end": 6}], "text": said,
                    "quoted": [], "heading": False, "within": None, "cue": None, "confidence": 0.9,
                    "speaker": {"start": 8, "end": 9, "text": "x", "entity": 0, "name": f"Ada Corr{number % 13}"}}],
        "duplicates": {"status": "unique", "of": None, "cluster": f"{pipeline}-{number - number % 10}", "matches": []},
        "errors": []}, ensure_ascii=False) + "\n"


class Producer(threading.Thread):
    """Appends lines as the daemon does: whole batches, some of them seen half, files sealed by a rename."""

    def __init__(self, outbox, random_seed):
        super().__init__(daemon=True)
        self.outbox, self.random = outbox, random.Random(random_seed)
        self.written, self.stop, self.deletable = [], False, []
        self.sealed = 0

    def run(self):
        number = 0
        while not self.stop:
            pipeline = self.random.choice(["news", "wire", "duplicates/news"])
            path = f"{self.outbox}/{pipeline}.jsonl"
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "ab", buffering=0) as file:
                for _ in range(self.random.randint(1, 40)):
                    number += 1
                    line = record(number, pipeline.replace("/", "-")).encode()
                    cut = self.random.randrange(len(line)) if self.random.random() < 0.2 else 0
                    if cut:
                        file.write(line[:cut])
                        time.sleep(self.random.random() * 0.002)
                    file.write(line[cut:])
                    self.written.append(number)
            if self.random.random() < 0.05:
                self.sealed += 1
                sealed = f"{self.outbox}/{pipeline}-20260302T100000Z-{self.sealed:06}.jsonl"
                os.rename(path, sealed)
                if self.random.random() < 0.5:
                    with open(sealed, "rb") as plain, gzip.open(sealed + ".gz.part", "wb") as packed:
                        packed.write(plain.read())
                    os.rename(sealed + ".gz.part", sealed + ".gz")
                    os.unlink(sealed)
                    sealed += ".gz"
                self.deletable.append(sealed)
            time.sleep(self.random.random() * 0.004)


def delete_what_is_in(producer, database):
    """Deletes sealed files all lines of which are in the tables, as an operator may, and says how many."""
    deleted = 0
    for path in producer.deletable[:-3]:
        with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
            ids = [json.loads(line)["id"] for line in file]
        known = {row[0] for row in database.execute("SELECT id FROM articles")}
        if all(each in known for each in ids):
            os.unlink(path)
            producer.deletable.remove(path)
            deleted += 1
    return deleted


def main():
    program, kills = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/dev/shm")) as folder:
        outbox, path = f"{folder}/outbox", f"{folder}/news.db"
        os.mkdir(outbox)
        producer = Producer(outbox, seed)
        producer.start()
        command = [program, "--to", "sqlite", path]
        deleted = 0
        for kill in range(kills):
            follows = chance.random() < 0.7
            child = subprocess.Popen(command + (["--follow"] if follows else []) + [outbox], stderr=subprocess.PIPE)
            time.sleep(chance.random() ** 2 * 0.12)
            child.send_signal(signal.SIGKILL)
            complaint = child.communicate()[1].decode()
            if complaint:
                print("complaint:", complaint.strip()[:300])
            if kill % 50 == 49:
                with sqlite3.connect(path, timeout=30) as database:
                    try:
                        deleted += delete_what_is_in(producer, database)
                    except sqlite3.OperationalError as problem:
                        print("look:", problem)
        producer.stop = True
        producer.join()
        subprocess.run(command + [outbox], check=True)
        database = sqlite3.connect(path)
        one = lambda sql: database.execute(sql).fetchone()[0]
        ids = [row[0] for row in database.execute("SELECT seq FROM articles")]
        expected = len(producer.written)
        problems = []
        if sorted(ids) != sorted(producer.written):
            missing, twice = set(producer.written) - set(ids), len(ids) - len(set(ids))
            problems.append(f"{len(missing)} lines are missing, {twice} stand twice, of {expected}")
        for what, sql, wanted in [
            ("history", "SELECT count(*) FROM history", 0), ("refused", "SELECT count(*) FROM refused", 0),
            ("quotes", "SELECT count(*) FROM quotes", expected), ("entities", "SELECT count(*) FROM entities", expected),
            ("mentions", "SELECT count(*) FROM mentions", expected),
            ("lines", "SELECT sum(line) FROM loaded", expected),
            ("total", "SELECT number FROM totals WHERE name = 'articles'", expected),
            ("arrivals", "SELECT count(DISTINCT arrival) FROM articles", expected),
            ("speakers", "SELECT sum(quotes) FROM speakers", expected),
            ("clusters", "SELECT count(*) FROM clusters c WHERE articles <> (SELECT count(*) FROM articles WHERE cluster = c.cluster)", 0),
            ("words", "SELECT count(*) FROM quotes_fts('ice')", expected),
            ("integrity", "PRAGMA integrity_check", "ok"),
        ]:
            if one(sql) != wanted:
                problems.append(f"{what}: {one(sql)} in place of {wanted}")
        for table in ["quotes_fts", "articles_fts"]:
            database.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")
        print(f"{kills} kills, {expected} lines in {producer.sealed} sealed files and the live ones, {deleted} of them deleted")
        for problem in problems:
            print("WRONG:", problem)
        sys.exit(1 if problems else 0)


main()
