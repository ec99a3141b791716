"""Disks that fail, fill up, or turn read-only under the daemon."""

import contextlib
import os
import random
import subprocess

import spool as house
from cases import Skip, case, tmpfs
from powercut import LoopDisk
from producers import Consumer
from spool import Failure, account, records, wait_for, words


def articles(count, what, size=120):
    dice = random.Random(what)
    return [f"{what}-{number} {words(dice, size)}" for number in range(count)]


def drop_all(spool, texts, what):
    for number, text in enumerate(texts):
        spool.drop(f"{what}-{number}.txt", text.encode())


def outside(directory, mount_point):
    """A spool on a mount that gets into trouble, with inbox and log elsewhere, so that producers go on."""
    spool = house.Spool(os.path.join(mount_point, "spool"), inbox=os.path.join(directory, "inbox"))
    spool.staging = os.path.join(directory, "staging")
    os.makedirs(spool.staging)
    spool.log = os.path.join(directory, "log")
    return spool


def finish(spool, texts, more=()):
    """Drains, and holds the outbox against what was dropped."""
    spool.drain()
    account(records(spool.stream(*more)), texts)
    if spool.failures():
        raise Failure(f"{spool.failures()[0]} is in failed")
    if spool.waiting():
        raise Failure(f"{len(spool.waiting())} files are left in the inbox")


# Single calls that fail

INJECTED = {
    "sync": "fsync,fdatasync",
    "write": "pwrite64",
    "rename": "rename,renameat,renameat2",
}


def injected(calls, error):
    def run(directory):
        ended, went_on = 0, 0
        # The first few calls belong to the start, later ones to commits, seals and the end.
        for at in (1, 2, 3, 4, 6, 9, 14, 20):
            spool = house.Spool(os.path.join(directory, str(at)), roll="8KiB")
            texts = articles(60, "injected")
            drop_all(spool, texts[:30], "a")
            # As a tracer in the background, so that the daemon itself is our child.
            strace = [
                "strace", "-D", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", f"trace={INJECTED[calls]}",
                "-e", f"inject={INJECTED[calls]}:error={error}:when={at}..{at + 1}"]
            with house.running(spool):
                process = spool.start(before=strace)
                drop_all(spool, texts[30:], "b")
                # A file whose claim failed is tried again with the next look at the inbox: no need to wait for that here.
                wait_for(
                    "the lines or the end",
                    lambda: process.poll() is not None or spool.count() == 60 or b" waits: " in spool.log_bytes())
                code = spool.stop()
                if code not in (0, 74):
                    raise Failure(f"call {at}: the daemon ended with {code}, not 74: {spool.last_words()}")
                ended += code == 74
                went_on += code == 0
                try:
                    finish(spool, texts)
                except Failure as failure:
                    raise Failure(f"call {at}: {failure}") from failure
        return f"at 8 places: went on {went_on} times, ended with 74 {ended} times, 480 articles each once"

    return run


for calls in INJECTED:
    for error in ("EIO", "ENOSPC"):
        case(f"{error} on {calls}", "strace")(injected(calls, error))


# A disk that is full

def fill(directory):
    """Takes all space there is, to the last byte; returns how to give it back."""
    path = os.path.join(directory, "filler")
    with open(path, "wb", buffering=0) as file, contextlib.suppress(OSError):
        piece = bytes(1 << 16)
        while piece:
            with contextlib.suppress(OSError):
                if file.write(piece) == len(piece):
                    continue
            piece = piece[: len(piece) // 2]
    return lambda: os.unlink(path)


@case("full disk that is emptied", "mount", root=True)
def full(directory):
    with tmpfs(os.path.join(directory, "small"), "4m") as small:
        spool = outside(directory, small)
        texts = articles(300, "full")
        with house.running(spool):
            spool.start()
            spool.ready()
            drop_all(spool, texts[:100], "a")
            wait_for("the first hundred", lambda: spool.count() == 100, process=spool.process)
            empty = fill(small)
            drop_all(spool, texts[100:200], "b")
            wait_for("a word about it", lambda: b"no space left" in spool.log_bytes(), process=spool.process)
            empty()
            wait_for("the second hundred", lambda: spool.count() == 200, process=spool.process)
            # And a crash while it is full: the start may wait or refuse, but must lose nothing.
            empty = fill(small)
            said = spool.log_bytes().count(b"no space left")
            drop_all(spool, texts[200:], "c")
            wait_for("a word about it", lambda: spool.log_bytes().count(b"no space left") > said)
            spool.kill()
            spool.start()
            wait_for(
                "a start or an end on a full disk",
                lambda: spool.process.poll() is not None or b" running on " in spool.log_bytes()[spool.log_start:]
                or b"no space left" in spool.log_bytes()[spool.log_start:])
            ended = None
            with contextlib.suppress(subprocess.TimeoutExpired):
                ended = spool.process.wait(1)
            empty()
            if ended is None:
                wait_for("the third hundred", lambda: spool.count() == 300, process=spool.process)
                spool.stop()
            finish(spool, texts)
    return "300 articles each once; a start on the full disk " + (
        f"ended with {ended}" if ended is not None else "waited for space")


@case("disk that fills by itself", "mount", root=True)
def fills_by_itself(directory):
    """The outbox fills the disk; then a consumer takes the sealed files and makes room."""
    with tmpfs(os.path.join(directory, "small"), "40m") as small:
        spool = outside(directory, small)
        texts = articles(8000, "fills", 1200)
        with house.running(spool):
            deleting = Deleting(spool, directory)
            spool.start()
            drop_all(spool, texts, "a")
            wait_for("a word about it", lambda: b"no space left" in spool.log_bytes(), process=spool.process)
            deleting.start()
            try:
                wait_for(
                    "all articles", lambda: deleting.lines + spool.count() >= len(texts), 60, process=spool.process)
                spool.stop()
            finally:
                deleting.stop()
            account(records(deleting.stream + spool.stream()), texts)
    return f"{len(texts)} articles each once, through a disk of 40 MiB that has room for less than half of them"


class Deleting(Consumer):
    """Reads each sealed file once and deletes it."""

    def __init__(self, spool, taken):
        super().__init__(spool, taken)
        self.stream = b""
        self.lines = 0

    def step(self):
        for path in self.spool.sealed():
            with open(path, "rb") as file:
                piece = file.read()
            os.unlink(path)
            self.stream += piece
            self.lines += piece.count(b"\n")
        return False


@case("consumer that deletes sealed files")
def deleted(directory):
    spool = house.Spool(directory, roll="4KiB")
    texts = articles(2000, "deleted")
    with house.running(spool):
        deleting = Deleting(spool, directory).start()
        try:
            for start in range(0, len(texts), 500):
                spool.start()
                drop_all(spool, texts[start:start + 500], f"a{start}")
                wait_for("half of them", lambda: deleting.lines >= start + 250, process=spool.process)
                spool.kill()
            spool.drain()
        finally:
            deleting.stop()
        account(records(deleting.stream + spool.stream()), texts)
    return "2000 articles each once, over four kills"


@case("file system that turns read-only", "mkfs.ext4", "mount", "fsck.ext4", root=True)
def read_only(directory):
    with LoopDisk(directory, 256) as disk:
        subprocess.run(["mount", "-o", "remount,errors=remount-ro", disk.mount_point], check=True)
        spool = outside(directory, disk.mount_point)
        device = subprocess.run(
            ["findmnt", "-no", "SOURCE", disk.mount_point], capture_output=True, text=True, check=True).stdout.strip()
        trigger = f"/sys/fs/ext4/{os.path.basename(device)}/trigger_fs_error"
        if not os.path.exists(trigger):
            raise Skip("this kernel has no trigger_fs_error")
        texts = articles(400, "readonly")
        subprocess.run(["sync", "-f", disk.mount_point], check=True)
        with house.running(spool):
            spool.start()
            drop_all(spool, texts[:200], "a")
            wait_for("the first lines", lambda: spool.count() > 50, process=spool.process)
            with open(trigger, "w", encoding="ascii") as file:
                file.write("1")
            drop_all(spool, texts[200:], "b")
            ended = wait_for("the end", lambda: spool.process.poll() is not None and [spool.process.returncode], 30)[0]
            if ended != 74:
                raise Failure(f"the daemon ended with {ended}, not 74: {spool.last_words()}")
            if b"read-only" not in spool.log_bytes() and b"input/output error" not in spool.log_bytes():
                raise Failure(f"the daemon did not say why: {spool.last_words()}")
            visible = spool.stream()
            wait_for("the unmount", lambda: subprocess.run(
                ["umount", disk.mount_point], stderr=subprocess.DEVNULL, check=False).returncode == 0)
            subprocess.run(["fsck.ext4", "-fy", disk.image], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            disk.mount()
            finish(spool, texts)
            if not spool.stream().startswith(visible):
                raise Failure("lines that were visible have changed")
    return "the daemon ended with 74 and said why; writable again, 400 articles each once"
