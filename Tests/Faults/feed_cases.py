"""A large feed in one file."""

import gzip
import json
import os
import random
import zlib

import spool as house
from cases import case
from spool import Failure, wait_for, words

# Bytes that the feed expands to.
SIZE = int(os.environ.get("MEGABYTES", "100")) * 1_000_000
BAD = 10


@case(f"feed of {SIZE // 1_000_000} MB in one .jsonl.gz with ten bad lines, killed in the middle")
def feed(directory):
    spool = house.Spool(directory, roll="64MiB", max_input="1GiB", stages=("segment",))
    lines, bad, sums = write_feed(os.path.join(spool.staging, "feed.jsonl.gz"))
    os.rename(os.path.join(spool.staging, "feed.jsonl.gz"), os.path.join(spool.inbox, "feed.jsonl.gz"))
    with house.running(spool):
        spool.start()
        wait_for("half of the lines", lambda: written(spool) > SIZE // 2, 600, process=spool.process)
        spool.kill()
        spool.start()
        wait_for("the end of the feed", lambda: os.path.isdir(spool.done) and any(
            "feed.jsonl.gz" in files for _, _, files in os.walk(spool.done)), 900, process=spool.process)
        memory = memory_peak(spool.process)
        spool.stop()
    seen = set()
    for path in [*spool.sealed(), spool.live]:
        with open(path, "rb") as file:
            for raw in file:
                record = json.loads(raw)
                number = record["source"]["line"]
                if number in seen:
                    raise Failure(f"line {number} came twice")
                if zlib.crc32(record["text"].encode()) != sums.get(number):
                    raise Failure(f"line {number} is not what was dropped")
                seen.add(number)
    if len(seen) != lines - BAD:
        raise Failure(f"{lines - BAD - len(seen)} lines are lost")
    wanted = {f"feed.line-{number}.jsonl" for number in bad}
    wanted |= {name + ".reason.json" for name in wanted}
    if set(spool.failures()) != wanted:
        raise Failure(f"failed holds {sorted(spool.failures())[:5]}, not the {BAD} bad lines and their reasons")
    return f"{len(seen)} lines each once, {BAD} in failed with their reasons; at most {memory >> 10} MiB of memory"


def write_feed(path):
    """Returns the number of lines, those that are bad, and a checksum of each text."""
    dice = random.Random(1)
    paragraphs = [words(dice, 500) for _ in range(64)]
    size, number, sums = 0, 0, {}
    bad = set()
    with gzip.open(path, "wb", compresslevel=1) as file:
        while size < SIZE:
            number += 1
            if len(bad) < BAD and size >= SIZE * (len(bad) + 0.5) / BAD:
                line = b'{"text": "this line of the feed was never finished\n'
                bad.add(number)
            else:
                text = f"{number} " + "\n\n".join(dice.choices(paragraphs, k=3))
                sums[number] = zlib.crc32(text.encode())
                line = json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n"
            size += len(line)
            file.write(line)
    return number, bad, sums


def written(spool):
    """Bytes in the outbox."""
    total = 0
    for path in [*spool.sealed(), spool.live]:
        try:
            total += os.path.getsize(path)
        except FileNotFoundError:
            pass
    return total


def memory_peak(process):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        return int(next(line.split()[1] for line in file if line.startswith("VmHWM")))
