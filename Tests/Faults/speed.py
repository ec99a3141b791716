#!/usr/bin/env python3
"""Speed with durability, beside the machine's own floor and two loops that copy and never sync, all in one run: our own
and, where the Python package watchdog is installed, one on that.

  speed.py [FILES]
"""

import importlib.util
import os
import random
import subprocess
import sys
import threading
import time

import spool as house
from spool import Failure, wait_for, words

HERE = os.path.dirname(os.path.abspath(__file__))
CHAINS = {
    "whole chain": ("clean", "segment", "entities", "quotes", "dedupe"),
    "segment only": ("segment",),
}
PER_SECOND = 200


def main():
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    dice = random.Random(1)
    texts = ["\n\n".join(words(dice, 90) for _ in range(6)) for _ in range(200)]
    size = sum(len(text.encode()) for text in texts) // len(texts)
    print(f"{files} files of {size} bytes, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with house.directory() as directory:
        print(f"sync floor: fdatasync of an appended 4 KiB {sync_floor(directory)}")
    rows = [("copy loop without sync", lambda directory: copying(directory, "copy_loop.py"))]
    if importlib.util.find_spec("watchdog"):
        rows.append(("watchdog loop without sync", lambda directory: copying(directory, "watchdog_loop.py")))
    rows += [(name, lambda directory, stages=stages: linecasting(directory, stages)) for name, stages in CHAINS.items()]
    for name, begin in rows:
        with house.directory() as directory:
            fast = measure(begin(directory), texts, files, None)
        with house.directory() as directory:
            slow = measure(begin(directory), texts, PER_SECOND * 5, PER_SECOND)
        print(f"{name}: {fast['rate']:.0f} files/s; at {PER_SECOND}/s from rename to line {slow['latency']}", flush=True)


def percentiles(seconds):
    seconds = sorted(seconds)
    at = lambda share: 1000 * seconds[min(len(seconds) - 1, int(share * len(seconds)))]
    return f"p50 {at(0.5):.2f} ms, p99 {at(0.99):.2f} ms"


def sync_floor(directory):
    took = []
    with open(os.path.join(directory, "floor"), "ab", buffering=0) as file:
        for _ in range(500):
            file.write(bytes(4096))
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    return percentiles(took)


class Line:
    """Something that turns files into lines: where it takes them, where they come out, how to end it."""

    def __init__(self, inbox, staging, output, process, end):
        self.inbox, self.staging, self.output, self.process, self.end = inbox, staging, output, process, end


def linecasting(directory, stages):
    spool = house.Spool(directory, roll="100GiB", stages=stages)
    spool.start()
    spool.ready()
    return Line(spool.inbox, spool.staging, spool.live, spool.process, spool.stop)


def copying(directory, program):
    inbox, staging = os.path.join(directory, "inbox"), os.path.join(directory, "staging")
    os.makedirs(inbox)
    os.makedirs(staging)
    output = os.path.join(directory, "lines")
    process = subprocess.Popen([sys.executable, os.path.join(HERE, program), inbox, output])

    def end():
        process.kill()
        process.wait()

    wait_for("the copy loop", lambda: os.path.exists(output), process=process)
    return Line(inbox, staging, output, process, end)


def measure(line, texts, files, per_second):
    """Drops files and watches the output. The watching costs a share of a core, for all alike."""
    try:
        for number in range(files):
            with open(os.path.join(line.staging, f"{number}.txt"), "w", encoding="utf-8") as file:
                file.write(f"{number} {texts[number % len(texts)]}")
        dropped = [0.0] * files
        seen = []
        watching = threading.Thread(target=watch, args=(line, files, seen), daemon=True)
        watching.start()
        began = time.monotonic()
        for number in range(files):
            if per_second:
                while time.monotonic() < began + number / per_second:
                    time.sleep(0.0002)
            os.rename(os.path.join(line.staging, f"{number}.txt"), os.path.join(line.inbox, f"{number}.txt"))
            dropped[number] = time.monotonic()
        watching.join(300)
        if len(seen) != files:
            raise Failure(f"{files - len(seen)} lines did not come")
        # Order is the order of arrival, which is that of the drops.
        return {
            "rate": files / (seen[-1] - began),
            "latency": percentiles([came - went for went, came in zip(dropped, seen)]),
        }
    finally:
        line.end()


def watch(line, files, seen):
    wait_for("the output", lambda: os.path.exists(line.output), 300, line.process)
    with open(line.output, "rb", buffering=0) as file:
        while len(seen) < files and line.process.poll() is None:
            piece = file.read(1 << 20)
            seen += [time.monotonic()] * piece.count(b"\n")
            if not piece:
                time.sleep(0.0005)


if __name__ == "__main__":
    main()
