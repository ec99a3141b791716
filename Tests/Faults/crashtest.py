#!/usr/bin/env python3
"""Kills the daemon with SIGKILL at random moments, under load; then holds it to its promise.

Four kinds of producers drop articles, one consumer follows the live file, another takes the sealed files away. Afterwards
every article must stand in the outbox exactly once, nothing in failed/, and the bytes that the follower saw must be the bytes
that the outbox holds.

  crashtest.py [KILLS] [SEED]
"""

import os
import random
import sys
import time

import spool as house
from producers import Follower, Producers, Taker
from spool import Failure, account, records


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(1 << 32)
    print(f"crashtest: {kills} kills, seed {seed}", flush=True)
    dice = random.Random(seed)
    with house.directory() as root:
        spool = house.Spool(root, stages=("segment", "dedupe"), settle="50ms")
        with house.running(spool):
            try:
                figures = run(spool, kills, dice, seed)
            except Failure as failure:
                sys.exit(f"FAIL seed {seed}: {failure}")
    print(f"ok   {figures}")


def run(spool, kills, dice, seed):
    taken = os.path.join(spool.root, "taken")
    producers = Producers(spool, seed).start()
    consumers = [Follower(spool, taken).start(), Taker(spool, taken).start()]
    began = time.monotonic()
    for kill in range(kills):
        process = spool.start()
        # The moment is random on purpose: a third of them hit the start and what it redoes.
        time.sleep(dice.random() * (0.04 if dice.random() < 0.3 else 0.5))
        if process.poll() is not None:
            raise Failure(f"the daemon ended by itself with {process.returncode}: {spool.last_words()}")
        spool.kill()
        if sys.stdout.isatty():
            print(f"\r{kill + 1} of {kills}", end="", flush=True)
    if sys.stdout.isatty():
        print("\r", end="")
    producers.stop()
    spool.drain()
    for consumer in consumers[::-1]:
        consumer.stop()
    seconds = time.monotonic() - began

    follower = consumers[0]
    stream = spool.stream(taken)
    if bytes(follower.seen) != stream:
        same = next((i for i, (a, b) in enumerate(zip(follower.seen, stream)) if a != b), min(len(follower.seen), len(stream)))
        raise Failure(
            f"the follower saw {len(follower.seen)} bytes, the outbox holds {len(stream)}; they differ from byte {same}")
    found = records(stream)
    account(found, producers.sure, producers.perhaps, producers.never)
    house.check_index(spool, found)
    for what, left in (("failed", spool.failures()), ("claimed", leftovers(spool)), ("inbox", spool.waiting())):
        if left:
            raise Failure(f"{len(left)} files are left in {what}, such as {left[0]}")
    done = sum(len(files) for _, _, files in os.walk(spool.done))
    if done != producers.files - len(producers.never):
        raise Failure(f"{done} files in done, {producers.files - len(producers.never)} were taken")
    return (
        f"{kills} kills in {seconds:.0f} s: {len(producers.sure)} articles ({producers.kinds()}) of {producers.files} files each once, in "
        f"{len(spool.sealed(taken))} sealed files and the live one, {len(producers.never)} replaced before they were "
        f"taken, nothing in failed, no article its own copy, the index whole; the follower saw the same {len(stream)} bytes")


def leftovers(spool):
    return [name for _, _, files in os.walk(spool.claimed) for name in files]


if __name__ == "__main__":
    main()
