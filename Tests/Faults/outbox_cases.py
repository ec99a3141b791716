"""Other programs at the live file, as rotation scripts and people with editors are."""

import os
import random
import shutil
import subprocess

import spool as house
from cases import case
from disk_cases import articles, drop_all
from spool import Failure, account, records, wait_for


def copytruncate(live, aside):
    shutil.copyfile(live, aside)
    os.truncate(live, 0)


def empty_after_moving(live, aside):
    os.rename(live, aside)
    with open(live, "wb"):
        pass


def edit(live, _aside):
    subprocess.run(["sed", "-i", "1!b", live], check=True)


def append(live, _aside):
    with open(live, "ab") as file:
        file.write(b'{"note": "from somebody else, and longer than an article\'s line may well be"}\n')


def half(live, _aside):
    with open(live, "ab") as file:
        file.write(b'{"note": "hal')


HANDS = [copytruncate, os.rename, empty_after_moving, edit, append, half]


@case("other programs at the live file", "sed")
def other_hands(directory):
    """Each moves while all is quiet, under the daemon, over a stop or over a kill."""
    spool = house.Spool(os.path.join(directory, "spool"), roll="64MiB")
    aside = os.path.join(directory, "aside")
    os.makedirs(aside)
    dice = random.Random(7)
    texts = articles(36 * 20, "hands")

    def found():
        parts = [spool.stream()]
        for name in sorted(os.listdir(aside), key=int):
            with open(os.path.join(aside, name), "rb") as file:
                parts.append(file.read())
        return b"".join(parts)

    def lines():
        return found().count(b'"schema"')

    with house.running(spool):
        spool.start()
        for round_number in range(36):
            hand = HANDS[round_number % len(HANDS)]
            drop_all(spool, texts[round_number * 20:round_number * 20 + 20], f"r{round_number}")
            wait_for("all lines", lambda: lines() == round_number * 20 + 20, process=spool.process)
            way = dice.choice(["running", "stopped", "killed"])
            # The moves of the inputs may still be under way; the journal has them.
            if way == "stopped":
                spool.stop()
            elif way == "killed":
                spool.kill()
            hand(spool.live, os.path.join(aside, str(round_number)))
            if way != "running":
                spool.start()
        spool.stop()
        # The last move is noticed by the next start.
        spool.drain()
    if b"\0" in found():
        raise Failure("there are zero bytes in the outbox")
    told = sum(b"proof.jsonl" in line and b"warning" in line for line in spool.log_bytes().splitlines())
    whole = [record for record in records(found()) if "seq" in record]
    whole.sort(key=lambda record: record["seq"])
    account(whole, texts)
    if told != 36:
        raise Failure(f"the log tells of {told} of 36 moves")
    return f"{len(texts)} articles each once over 36 moves of six kinds, no zero byte, no torn line"
