#!/usr/bin/env python3
"""Sends signals to the daemon's workers, splitters and forking parent, and kills the daemon, until many articles are through.

None of these deaths is an article's fault: afterwards every article must stand in the outbox exactly once, and nothing in
failed/.

  workers.py [ARTICLES] [SEED] [--undisturbed]
"""

import gzip
import os
import random
import signal
import sys
import threading
import time

import spool as house
from spool import Failure, account, records, words

SIGNALS = (signal.SIGKILL, signal.SIGSEGV, signal.SIGILL, signal.SIGSTOP)
# Seconds between two signals, and between two ends of the daemon.
PAUSE, DAEMON_PAUSE = 0.05, 5
# Articles of a file of lines.
LINES = 200
# Files that wait at most.
WAITING = 40


def main():
    words_given = [word for word in sys.argv[1:] if not word.startswith("--")]
    articles = int(words_given[0]) if words_given else 20_000
    seed = int(words_given[1]) if len(words_given) > 1 else random.SystemRandom().randrange(1 << 32)
    disturbed = "--undisturbed" not in sys.argv
    print(f"workers: {articles} articles, seed {seed}{'' if disturbed else ', undisturbed'}", flush=True)
    with house.directory("/dev/shm" if os.path.isdir("/dev/shm") else None) as root:
        spool = house.Spool(root, stages=("segment", "dedupe"), settle="50ms", roll="64MiB")
        with house.running(spool):
            try:
                figures = run(spool, articles, random.Random(seed), disturbed)
            except Failure as failure:
                sys.exit(f"FAIL seed {seed}: {failure}")
    print(f"ok   {figures}")


def run(spool, articles, dice, disturbed):
    producer = Producer(spool, articles, random.Random(dice.random()))
    producer.start()
    process = spool.start()
    sent, ends = {}, 0
    began = ended = time.monotonic()
    while producer.is_alive() or spool.waiting():
        if process.poll() is not None:
            raise Failure(f"the daemon ended by itself with {process.returncode}: {spool.last_words()}")
        time.sleep(PAUSE)
        if not disturbed:
            continue
        if time.monotonic() - ended > DAEMON_PAUSE:
            spool.kill()
            process = spool.start()
            ended = time.monotonic()
            ends += 1
            continue
        victims = descendants(process.pid)
        if victims:
            number = dice.choice(SIGNALS)
            try:
                os.kill(dice.choice(victims), number)
                sent[number.name] = sent.get(number.name, 0) + 1
            except ProcessLookupError:
                pass
    if spool.stop() != 0:
        raise Failure(f"the daemon ended with {process.returncode}: {spool.last_words()}")
    spool.drain()
    seconds = time.monotonic() - began
    account(records(spool.stream()), producer.texts)
    if spool.failures():
        raise Failure(f"{len(spool.failures())} files are in failed/, such as {spool.failures()[0]}")
    what = ", ".join(f"{count} {name}" for name, count in sorted(sent.items())) or "no signals"
    return (
        f"{len(producer.texts)} articles each once in {seconds:.0f} s ({len(producer.texts) / seconds:.0f}/s), nothing in "
        f"failed; {what}, the daemon killed {ends} times")


def descendants(pid):
    """Processes below one, however deep."""
    found, todo = [], [pid]
    while todo:
        tasks = f"/proc/{todo.pop()}/task"
        try:
            for task in os.listdir(tasks):
                with open(f"{tasks}/{task}/children", encoding="ascii") as file:
                    children = [int(word) for word in file.read().split()]
                found += children
                todo += children
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


class Producer(threading.Thread):
    """Drops files of lines, compressed ones, which splitters cut, and single texts, never more than a few at a time."""

    def __init__(self, spool, articles, dice):
        super().__init__(daemon=True)
        self.spool, self.articles, self.dice = spool, articles, dice
        self.texts = []

    def run(self):
        number = 0
        while len(self.texts) < self.articles:
            while len(self.spool.waiting()) > WAITING:
                time.sleep(0.01)
            way = self.dice.choices(("lines", "gzip", "text"), (5, 2, 3))[0]
            count = 1 if way == "text" else LINES
            texts = [f"Article {len(self.texts) + place}: {words(self.dice, 60)}" for place in range(count)]
            name, content = self.file(way, number, texts)
            self.spool.drop(name, content)
            self.texts += texts
            number += 1

    def file(self, way, number, texts):
        if way == "text":
            return f"{number}.txt", texts[0].encode()
        lines = "".join('{"text": "%s"}\n' % text for text in texts).encode()
        return (f"{number}.jsonl.gz", gzip.compress(lines, 1)) if way == "gzip" else (f"{number}.jsonl", lines)


if __name__ == "__main__":
    main()
