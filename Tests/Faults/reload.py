#!/usr/bin/env python3
"""Saves pipelines again and again while files come in: good ones, bad ones, and others that come and go.

Afterwards every file must stand in the outbox exactly once, each with the digest of a chain that was in force; every save must
have been answered in time; and the last one must be in force.

  reload.py [SECONDS] [SEED]
"""

import json
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time

import spool as house
from spool import Failure, account, records, wait_for, words

# Seconds between two saves, and files a second.
PAUSE, RATE = 0.05, 200
# Seconds until a save must be answered.
PATIENCE = 2
# Every so many files one with many lines comes, of which each is an article.
EVERY, LINES = 100, 50

MAIN = "name: proof\ninbox: {{max_input: {size}}}\noutbox: {{min_free: 0}}\nstages: {stages}\n{rest}"
OTHER = "name: other{number}\ninbox: {{path: other{number}}}\noutbox: {{min_free: 0}}\nstages: [segment]\n"
TEST = "tests: [{{name: one sentence, input: 'Rain fell on Tolmar.', expect: {{sentences: [{expect}]}}}}]\n"
BAD = (
    "name: proof\nstages: [segmnt]\n", "name: proof\nstages: [", "name: proof\ninbox: {path: [}\nstages: [segment]\n", "",
    "name: proof\nstages: [quotes]\n", "name: proof\nstages: [segment, entities: {model: nowhere.model}]\n",
    MAIN.format(size="1MiB", stages="[segment]", rest=TEST.format(expect="{start: 0, end: 3}")),
)


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(1 << 32)
    print(f"reload: {seconds:.0f} s, seed {seed}", flush=True)
    try:
        quiet = run(seconds / 3, random.Random(seed), saves=False)
        loud = run(seconds, random.Random(seed), saves=True)
    except Failure as failure:
        sys.exit(f"FAIL seed {seed}: {failure}")
    ratio = loud["p99"] / quiet["p99"]
    print(
        f"ok   {loud['files']} files each once; {loud['saves']} saves, answered after {loud['answer']:.2f} s at most; "
        f"{loud['switches']} switches; from drop to line {loud['p50'] * 1000:.1f} ms (p50), {loud['p99'] * 1000:.1f} ms (p99), "
        f"{ratio:.2f} times as without saves ({quiet['p50'] * 1000:.1f}, {quiet['p99'] * 1000:.1f})")


def run(seconds, dice, saves):
    with house.directory("/dev/shm" if os.path.isdir("/dev/shm") else None) as root:
        spool = house.Spool(root, settle="50ms")
        spool.pipeline = os.path.join(root, "pipelines")
        os.mkdir(spool.pipeline)
        editor = Editor(spool, dice)
        editor.write("proof.yaml", MAIN.format(size="1MiB", stages="[segment]", rest=""))
        with house.running(spool):
            process = spool.start()
            spool.ready()
            log = Follower(spool.log, {"line": re.compile(rb".*\n")})
            lines = Follower(spool.live, {"name": re.compile(rb'"source":\{"name":"([^"]*)"')})
            producer = Producer(spool, seconds, random.Random(dice.random()))
            for thread in (log, lines, producer):
                thread.start()
            while producer.is_alive():
                if process.poll() is not None:
                    raise Failure(f"the daemon ended by itself with {process.returncode}: {spool.last_words()}")
                time.sleep(PAUSE)
                if saves:
                    editor.save()
            last = editor.last()
            spool.drop("last.txt", b"The last one.")
            # What was written while no watch was set has to settle, and comes later.
            wait_for("an empty inbox", lambda: not spool.waiting(), 60, process)
            wait_for("the last record", lambda: b'"last.txt"' in spool.stream(), 60, process)
            for thread in (log, lines):
                thread.stop()
            if spool.stop() != 0:
                raise Failure(f"the daemon ended with {process.returncode}: {spool.last_words()}")
        return check(spool, producer, editor, log.found["line"], lines.found["name"], last)


def check(spool, producer, editor, log, names, last):
    found = records(spool.stream())
    account(found, producer.texts + ["The last one."])
    if spool.failures():
        raise Failure(f"{len(spool.failures())} files are in failed/, such as {spool.failures()[0]}")
    switches = [match for _, line in log for match in re.findall(rb"the chain (\w+) is in force", line)]
    first = found[0]["pipeline"]["digest"]
    known = {first, *(digest.decode() for digest in switches)}
    files = {}
    for record in found:
        if record["pipeline"]["digest"] not in known:
            raise Failure(f"the digest {record['pipeline']['digest']} was never in force")
        files.setdefault(record["source"]["name"], set()).add(record["pipeline"]["digest"])
    for name, digests in files.items():
        if len(digests) > 1:
            raise Failure(f"{name} went through {len(digests)} chains")
    digest = next(record["pipeline"]["digest"] for record in found if record["source"]["name"] == "last.txt")
    if digest != last:
        raise Failure(f"the last save is not in force: {digest}, not {last}")
    arrived = {name.decode(): at for at, name in names}
    times = sorted(arrived[name] - at for name, at in producer.dropped.items() if name in arrived)
    return {
        "files": len(producer.dropped), "saves": len(editor.saves), "switches": len(set(switches)),
        "answer": slowest(editor.saves, log), "p50": statistics.median(times), "p99": times[len(times) * 99 // 100],
    }


def slowest(saves, log):
    """The longest time from a save to the answer that knows of it."""
    begun = [at for at, line in log if b"the pipelines are read again" in line]
    answered = [at for at, line in log if re.search(rb"pipelines (that ran go on|were read again)", line)]
    longest = 0
    for at in saves:
        # The first reading that began behind the save, and its answer.
        number = next((place for place, time in enumerate(begun) if time >= at), None)
        if number is None:
            # It began while the save was written.
            number = len(begun) - 1
        longest = max(longest, answered[number] - at)
    if longest > PATIENCE:
        raise Failure(f"a save was answered after {longest:.2f} s")
    return longest


class Editor:
    """Saves pipelines as editors do: by renaming a draft over them, or by writing into them."""

    def __init__(self, spool, dice):
        self.spool, self.dice, self.saves, self.others, self.size = spool, dice, [], set(), 1 << 20

    def write(self, name, text):
        path = os.path.join(self.spool.pipeline, name)
        if self.dice.random() < 0.7 or not os.path.exists(path):
            with open(path + ".draft", "w", encoding="utf-8") as file:
                file.write(text)
            os.rename(path + ".draft", path)
        else:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)

    def good(self):
        # A size that no save had before makes a chain of its own.
        self.size += 1
        stages = self.dice.choice(("[segment]", "[clean, segment]"))
        rest = self.dice.choice(("", TEST.format(expect="{start: 0, end: 20}")))
        return MAIN.format(size=self.size, stages=stages, rest=rest)

    def save(self):
        self.saves.append(time.monotonic())
        kind = self.dice.choices(("good", "bad", "other"), (70, 27, 3))[0]
        if kind == "good":
            return self.write("proof.yaml", self.good())
        if kind == "bad":
            return self.write("proof.yaml", self.dice.choice(BAD))
        number = self.dice.randrange(3)
        path = os.path.join(self.spool.pipeline, f"other{number}.yaml")
        if number in self.others:
            os.unlink(path)
        else:
            self.write(f"other{number}.yaml", OTHER.format(number=number))
        self.others ^= {number}
        return None

    def last(self):
        """Saves a good one and waits until it is in force; returns its digest."""
        self.write("proof.yaml", self.good())
        path = os.path.join(self.spool.pipeline, "proof.yaml")
        piped = subprocess.run(
            [house.COMMAND, "pipe", path], input=b'{"text": "Rain."}\n', capture_output=True, check=True).stdout
        digest = json.loads(piped)["pipeline"]["digest"]

        def is_in_force():
            status = subprocess.run(
                [house.COMMAND, "status", "--json", "--root", self.spool.root], capture_output=True, check=False).stdout
            return status and any(
                pipeline["name"] == "proof" and pipeline["digest"] == digest for pipeline in json.loads(status)["pipelines"])

        wait_for("the last save in force", is_in_force, 10)
        return digest


class Producer(threading.Thread):
    """Drops files at an even rate."""

    def __init__(self, spool, seconds, dice):
        super().__init__(daemon=True)
        self.spool, self.seconds, self.dice = spool, seconds, dice
        self.texts, self.dropped = [], {}

    def run(self):
        began = time.monotonic()
        number = 0
        while (due := began + number / RATE) < began + self.seconds:
            time.sleep(max(0, due - time.monotonic()))
            count = LINES if number % EVERY == 0 else 1
            texts = [f"Article {number}, {place}: {words(self.dice, 60)}" for place in range(count)]
            if count > 1:
                name, content = f"{number}.jsonl", "".join('{"text": "%s"}\n' % text for text in texts)
            else:
                name, content = f"{number}.txt", texts[0]
                self.dropped[name] = time.monotonic()
            self.spool.drop(name, content.encode())
            self.texts += texts
            number += 1


class Follower(threading.Thread):
    """Reads what is added to a file, and notes when each match came."""

    def __init__(self, path, patterns):
        super().__init__(daemon=True)
        self.path, self.patterns, self.found = path, patterns, {name: [] for name in patterns}
        self.is_ending = False

    def run(self):
        while not os.path.exists(self.path) and not self.is_ending:
            time.sleep(0.001)
        with open(self.path, "rb") as file:
            rest = b""
            while True:
                piece = file.read()
                at = time.monotonic()
                if not piece:
                    if self.is_ending:
                        return
                    time.sleep(0.001)
                    continue
                whole, end, rest = (rest + piece).rpartition(b"\n")
                for name, pattern in self.patterns.items():
                    self.found[name] += [(at, match.group(pattern.groups)) for match in pattern.finditer(whole + end)]

    def stop(self):
        self.is_ending = True
        self.join()


if __name__ == "__main__":
    main()
