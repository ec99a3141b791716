"""A spool for one test: the daemon on it, as a child that never outlives the test."""

import contextlib
import functools
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

HOUSE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
COMMAND = os.environ.get("LINECASTER", os.path.join(HOUSE, ".build/release/linecaster"))
NAME = "proof"

PIPELINE = """\
name: proof
inbox: {{path: {inbox}, settle: {settle}, max_input: {max_input}}}
outbox: {{path: outbox, roll: {{size: {roll}}}{min_free}}}
stages:
{stages}
"""


@functools.cache
def min_free():
    """Small disks are to be filled to the last byte; a command without that setting does so anyway."""
    schema = subprocess.run([COMMAND, "schema", "pipeline"], capture_output=True, text=True, check=True).stdout
    return ", min_free: 0" if "min_free" in schema else ""


class Failure(Exception):
    """What was promised and did not hold."""


def wait_for(what, condition, seconds=60, process=None):
    """Waits for a condition, not for a time; fails when it does not come, or when the process that brings it ended."""
    end = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if process is not None and process.poll() is not None:
            answer = condition()
            if answer:
                return answer
            raise Failure(f"the daemon ended with {process.returncode} before {what}")
        if time.monotonic() > end:
            raise Failure(f"{what}: not within {seconds} s")
        time.sleep(0.005)


class Spool:
    """A root with one pipeline on it."""

    def __init__(self, root, inbox="inbox", settle="100ms", roll="64KiB", max_input="64MiB", stages=("segment",)):
        self.root = root
        self.inbox = os.path.join(root, inbox)
        self.outbox = os.path.join(root, "outbox")
        self.staging = os.path.join(root, "staging")
        base = root if self.inbox.startswith(root + "/") else os.path.join(self.inbox, ".linecaster")
        self.done = os.path.join(base, "done")
        self.failed = os.path.join(base, "failed")
        self.claimed = os.path.join(base, "claimed")
        self.live = os.path.join(self.outbox, NAME + ".jsonl")
        for path in (root, self.inbox, self.staging):
            os.makedirs(path, exist_ok=True)
        self.pipeline = os.path.join(root, "proof.yaml")
        with open(self.pipeline, "w", encoding="utf-8") as file:
            file.write(
                PIPELINE.format(
                    inbox=inbox, settle=settle, roll=roll, max_input=max_input, min_free=min_free(),
                    stages="\n".join(f"  - {stage}" for stage in stages)))
        self.process = None
        self.log = os.path.join(root, "log")
        self.log_start = 0

    # The daemon

    def start(self, *more, before=()):
        """Starts the daemon; `before` is a command that runs it, such as strace."""
        command = [*before, COMMAND, "run", self.pipeline, "--root", self.root, *more]
        self.log_start = len(self.log_bytes())
        with open(self.log, "ab") as output:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        return self.process

    def ready(self, seconds=60):
        """Waits until the daemon that was just started watches its inbox."""
        wait_for("the start", lambda: b": running on " in self.log_bytes()[self.log_start:], seconds, self.process)

    def log_bytes(self):
        try:
            with open(self.log, "rb") as file:
                return file.read()
        except FileNotFoundError:
            return b""

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
        if self.process is not None:
            self.process.wait()

    def stop(self, seconds=60):
        """Ends the daemon as an operator does; returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            self.kill()
            raise Failure(f"the daemon did not end within {seconds} s of SIGTERM") from error

    def drain(self, seconds=300):
        """Runs the daemon until the inbox is empty."""
        self.start("--once")
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            self.kill()
            raise Failure(f"run --once did not end within {seconds} s") from error
        if code != 0:
            raise Failure(f"run --once ended with {code}: {self.last_words()}")

    def last_words(self):
        return self.log_bytes().decode(errors="replace").strip().splitlines()[-1:]

    # Inputs

    def drop(self, name, content, sync=False):
        """A safe producer: written elsewhere on the same file system, renamed in."""
        draft = os.path.join(self.staging, name)
        with open(draft, "wb") as file:
            file.write(content)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        os.rename(draft, os.path.join(self.inbox, name))

    def waiting(self):
        """Files in the inbox that are whole by their name."""
        return [name for name in os.listdir(self.inbox) if not name.startswith(".") and not name.endswith(".part")]

    # What came out

    def sealed(self, *more):
        """Sealed files in order, also those that a consumer moved to other directories."""
        found = {}
        for directory in (self.outbox, *more):
            for name in os.listdir(directory) if os.path.isdir(directory) else []:
                match = re.fullmatch(NAME + r"-\d{8}T\d{6}Z-(\d+)\.jsonl", name)
                if match:
                    number = int(match.group(1))
                    # The same name twice is one that moved while we looked.
                    if os.path.basename(found.get(number, name)) != name:
                        raise Failure(f"sealed file number {number} stands twice: {found[number]} and {name}")
                    found[number] = os.path.join(directory, name)
        return [found[number] for number in sorted(found)]

    def stream(self, *more):
        """All bytes of the outbox, oldest first."""
        parts = []
        for path in [*self.sealed(*more), self.live]:
            with contextlib.suppress(FileNotFoundError), open(path, "rb") as file:
                parts.append(file.read())
        return b"".join(parts)

    def count(self):
        """Whole lines that stand in the outbox."""
        return self.stream().count(b"\n")

    def failures(self):
        return [name for name in os.listdir(self.failed)] if os.path.isdir(self.failed) else []


def records(stream):
    """The records of an outbox; every line must be whole and valid."""
    if stream and not stream.endswith(b"\n"):
        raise Failure(f"the outbox ends in half a line: {stream[-80:]!r}")
    result = []
    for line in stream.split(b"\n")[:-1]:
        try:
            result.append(json.loads(line))
        except ValueError as error:
            raise Failure(f"a line is no record ({error}): {line[:120]!r}") from error
    return result


def account(found, sure, perhaps=(), never=()):
    """Each text of `sure` must be found once, of `perhaps` at most once, of `never` not at all; and nothing else.

    Sequence numbers never repeat and grow, because order is claim order.
    """
    counts = {}
    last = 0
    for record in found:
        counts[record["text"]] = counts.get(record["text"], 0) + 1
        if record["seq"] is None or record["seq"] <= last:
            raise Failure(f"sequence number {record['seq']} comes after {last}")
        last = record["seq"]
    sure, perhaps = set(sure), set(perhaps)
    lost = [text for text in sure if text not in counts]
    twice = [text for text, count in counts.items() if count > 1]
    wrong = [text for text in counts if text not in sure and text not in perhaps]
    replaced = [text for text in never if text in counts]
    if lost or twice or wrong or replaced:
        first = [text[:60] for text in (lost or twice or replaced or wrong)[:3]]
        raise Failure(
            f"{len(lost)} lost, {len(twice)} twice, {len(wrong)} that nobody dropped, {len(replaced)} that were "
            f"replaced before they were taken; such as {first}")


def check_index(spool, found):
    """The index of dedupe holds each record once, undamaged, and no record names itself or a later one as its original."""
    for record in found:
        for match in record["duplicates"]["matches"]:
            if match["seq"] >= record["seq"] or match["id"] == record["id"]:
                raise Failure(f"the article {record['seq']} is a copy of {match['seq']}, which is itself or later")
    verify = subprocess.run([COMMAND, "dedupe", "verify", "--root", spool.root], capture_output=True, text=True, check=False)
    if verify.returncode != 0:
        raise Failure(f"dedupe verify: {verify.stdout}{verify.stderr}")
    export = subprocess.run([COMMAND, "dedupe", "export", "--root", spool.root], capture_output=True, check=True).stdout
    known = sorted(json.loads(line)["seq"] for line in export.splitlines())
    if known != sorted(record["seq"] for record in found):
        raise Failure(f"the index knows {len(known)} articles, {len(set(known))} of them different; {len(found)} came out")


@contextlib.contextmanager
def directory(parent=None):
    """A temporary directory that is gone afterwards; kept where KEEP is set, to look at it."""
    path = tempfile.mkdtemp(prefix="linecaster-proof-", dir=parent)
    try:
        yield path
    finally:
        if os.environ.get("KEEP"):
            print(f"kept: {path}")
        else:
            shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def running(spool):
    """Whatever happens, the daemon ends with the block."""
    try:
        yield spool
    finally:
        spool.kill()


def words(random, count):
    """An article's text without news in it."""
    return " ".join(random.choices(WORDS, k=count))


WORDS = (
    "the harbour council voted on Monday to repair the old lighthouse. “It is overdue,” said Ada Corr, mayor of "
    "Holmvik, über 40 percent of whose ferries wait. Nobody objected in Port Ellery, and the minister left.").split(" ")
