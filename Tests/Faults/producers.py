"""Producers and consumers that go on while the daemon is killed: each keeps an exact account of its own."""

import collections
import gzip
import json
import os
import random
import threading
import time

from spool import words


class Producers:
    """Threads that drop articles in the ways people do; `stop` ends them all.

    `sure`: texts that must come out once. `perhaps`: at most once. `never`: replaced by their producer while they still lay
    in the inbox.
    """

    def __init__(self, spool, seed, sync=False, limit=150):
        self.spool = spool
        self.sync = sync
        self.limit = limit
        self.sure, self.perhaps, self.never = [], [], []
        self.files = 0
        self.error = None
        self.lock = threading.Lock()
        self.ending = threading.Event()
        ways = [self.renamed, self.lines, self.in_place, self.renamed_over]
        self.threads = [
            threading.Thread(target=self.loop, args=(way, random.Random(f"{seed} {way.__name__}")), daemon=True)
            for way in ways
        ]

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def stop(self):
        self.ending.set()
        for thread in self.threads:
            thread.join()
        if self.error and not self.sync:
            raise self.error

    def loop(self, way, dice):
        number = 0
        try:
            while not self.ending.is_set():
                # Nobody fills a disk while the daemon is down.
                if len(self.spool.waiting()) >= self.limit:
                    self.ending.wait(0.01)
                    continue
                number += 1
                way(number, dice)
                self.ending.wait(dice.random() * 0.02)
        except OSError as error:
            # With `sync`, the disk may go away under us: what is not known to be on it is in `perhaps`.
            # Its frames would keep files open there.
            self.error = error.with_traceback(None)

    def text(self, way, number, dice):
        return f"{way}-{number} {words(dice, dice.randrange(10, 300))}"

    def account(self, texts, files=1):
        """Texts that are safely in the inbox; before that they are in `perhaps`."""
        with self.lock:
            self.files += files
            self.sure += texts

    def safely(self, texts, name, content):
        """Drops a file; with `sync` it counts only when it is on the disk."""
        with self.lock:
            self.perhaps += texts
        self.spool.drop(name, content, sync=self.sync)
        if self.sync:
            sync_directory(self.spool.inbox)
        self.account(texts)

    def kinds(self):
        counts = collections.Counter(text.split("-")[0] for text in self.sure)
        return ", ".join(f"{count} {way}" for way, count in sorted(counts.items()))

    # Ways

    def renamed(self, number, dice):
        text = self.text("renamed", number, dice)
        self.safely([text], f"renamed-{number}.txt", text.encode())

    def lines(self, number, dice):
        texts = [self.text("lines", f"{number}.{line}", dice) for line in range(dice.randrange(1, 20))]
        content = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
        packed = dice.random() < 0.3
        self.safely(texts, f"lines-{number}.jsonl" + (".gz" if packed else ""), gzip.compress(content) if packed else content)

    def in_place(self, number, dice):
        """Written in the inbox itself, in pieces, with pauses shorter than `settle` and the file open all the time."""
        text = self.text("in_place", number, dice)
        content = text.encode()
        with self.lock:
            self.perhaps.append(text)
        # What a power cut leaves of a file that was never synced is anybody's guess: then it is written under a name
        # that is not taken.
        path = os.path.join(self.spool.inbox, f"in_place-{number}.txt")
        with open(path + ".part" if self.sync else path, "wb", buffering=0) as file:
            pieces = sorted(dice.randrange(len(content)) for _ in range(3))
            for start, end in zip([0, *pieces], [*pieces, len(content)]):
                file.write(content[start:end])
                time.sleep(dice.random() * 0.02)
            if self.sync:
                os.fsync(file.fileno())
        if self.sync:
            os.rename(path + ".part", path)
            sync_directory(self.spool.inbox)
        self.account([text])

    def renamed_over(self, number, dice):
        """A few names again and again. A version that its follower replaced in the inbox is gone, which its link count
        tells; every other one was taken, and must come out."""
        name = f"renamed_over-{number % 3}.txt"
        versions = [self.text("renamed_over", f"{number}.{version}", dice) for version in range(dice.randrange(1, 6))]
        before, held = None, None
        with self.lock:
            self.perhaps += versions
        for text in versions:
            draft = os.path.join(self.spool.staging, name)
            with open(draft, "wb") as file:
                file.write(text.encode())
                file.flush()
                if self.sync:
                    os.fsync(file.fileno())
            # For reading only: a file that somebody has open for writing is not ready.
            file = open(draft, "rb")
            os.rename(draft, os.path.join(self.spool.inbox, name))
            if held is not None:
                self.judge(before, held)
            before, held = text, file
            time.sleep(dice.random() * 0.004)
        # The next round may replace the last one as well: it waits until it was taken.
        while os.path.exists(os.path.join(self.spool.inbox, name)) and not self.ending.is_set():
            time.sleep(0.002)
        if self.sync:
            sync_directory(self.spool.inbox)
        self.judge(before, held)

    def judge(self, text, file):
        replaced = os.fstat(file.fileno()).st_nlink == 0
        file.close()
        if not replaced:
            # With `sync`, only a sync of the directory makes the rename sure, and that may come too late.
            if not self.sync:
                self.account([text])
        elif not self.sync:
            with self.lock:
                self.never.append(text)
                self.files += 1
            self.offset = 0


def sync_directory(path):
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


class Consumer:
    """A thread that does `step` until `stop`; what went wrong in it comes out there."""

    def __init__(self, spool, taken):
        self.spool = spool
        self.taken = taken
        self.error = None
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self.loop, daemon=True)

    def start(self):
        self.thread.start()
        return self

    def stop(self):
        self.ending.set()
        self.thread.join()
        if self.error:
            raise self.error

    def loop(self):
        try:
            while not self.ending.is_set():
                if not self.step():
                    time.sleep(0.002)
        except Exception as error:
            self.error = error.with_traceback(None)


class Follower(Consumer):
    """Reads the live file as `tail -F` does, across seals, and keeps every byte it saw."""

    def __init__(self, spool, taken, before=None):
        """Goes on where the follower `before` stopped, by file and offset, as after a restart of the machine."""
        super().__init__(spool, taken)
        self.seen = before.seen if before else bytearray()
        self.files = before.files if before else 0
        self.offset = before.offset if before else 0
        self.current = None

    def abort(self):
        """Ends without another look: the disk is gone."""
        self.ending.set()
        self.thread.join()
        if self.current:
            self.current.close()
        if self.error and not isinstance(self.error, OSError):
            raise self.error

    def stop(self):
        super().stop()
        while self.step():
            pass
        if self.current:
            self.current.close()

    def step(self):
        """Reads what is new; goes on to the next file when this one is sealed. Returns whether there was anything."""
        if self.current is None:
            path = self.next()
            if path is None:
                return False
            try:
                self.current = open(path, "rb", buffering=0)
            except FileNotFoundError:
                # Sealed or taken in between: the next look finds it under its new name.
                return False
            if path == self.spool.live and len(self.spool.sealed(self.taken)) > self.files:
                # Sealed in between: this may be the live file after the next.
                self.current.close()
                self.current = None
                return False
            self.current.seek(self.offset)
        # The name first, the bytes then: nothing is appended to a file once it is sealed.
        sealed = self.is_sealed()
        piece = self.current.read()
        self.seen += piece
        self.offset += len(piece)
        if sealed and not piece:
            self.files += 1
            self.offset = 0
            self.current.close()
            self.current = None
            return True
        return bool(piece)

    def is_sealed(self):
        try:
            return os.stat(self.spool.live).st_ino != os.fstat(self.current.fileno()).st_ino
        except FileNotFoundError:
            return True

    def next(self):
        """The file after those that were read: a sealed one where there is one, else the live one."""
        sealed = self.spool.sealed(self.taken)
        if len(sealed) > self.files:
            return sealed[self.files]
        return self.spool.live if os.path.exists(self.spool.live) else None


class Taker(Consumer):
    """A batch consumer: takes sealed files away as soon as they are there."""

    def __init__(self, spool, taken):
        super().__init__(spool, taken)
        os.makedirs(taken, exist_ok=True)

    def step(self):
        for path in self.spool.sealed():
            os.rename(path, os.path.join(self.taken, os.path.basename(path)))
        return False
