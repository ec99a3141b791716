"""Inboxes that are odd, and producers that are."""

import os
import random
import signal
import time

import spool as house
from cases import Skip, case, kernel_setting, mounted, tmpfs
from disk_cases import articles, drop_all, finish
from producers import Producers
from spool import Failure, account, records, wait_for

KIB = 1 << 10


def texts_of(spool, name):
    return [record["text"] for record in records(spool.stream()) if record["source"]["name"] == name]


@case("inbox over FUSE", "bindfs", "umount", root=True)
def fuse(directory):
    behind = os.path.join(directory, "behind")
    os.makedirs(behind)
    if not os.path.exists("/dev/fuse"):
        raise Skip("there is no /dev/fuse")
    with mounted("bindfs", behind, at=os.path.join(directory, "inbox")) as inbox:
        spool = house.Spool(os.path.join(directory, "spool"), inbox=inbox)
        spool.staging = os.path.join(directory, "staging")
        os.makedirs(spool.staging)
        texts = articles(300, "fuse")
        with house.running(spool):
            spool.start()
            spool.ready()
            if b"FUSE" not in spool.log_bytes():
                raise Failure("the daemon does not say that it polls")
            # Renamed in behind the mount's back: there is no event at all.
            mounted_inbox, spool.inbox = spool.inbox, behind
            drop_all(spool, texts, "a")
            spool.inbox = mounted_inbox
            wait_for("all lines", lambda: spool.count() == len(texts), process=spool.process)
            spool.stop()
            finish(spool, texts)
    return "300 articles without an event, each once"


@case("inbox on another file system", "mount", root=True)
def elsewhere(directory):
    with tmpfs(os.path.join(directory, "inbox"), "64m") as inbox:
        spool = house.Spool(os.path.join(directory, "spool"), inbox=inbox)
        spool.staging = os.path.join(inbox, ".staging")
        os.makedirs(spool.staging)
        texts = articles(600, "elsewhere")
        with house.running(spool):
            for start in range(0, 600, 200):
                spool.start()
                drop_all(spool, texts[start:start + 200], f"a{start}")
                wait_for("half of them", lambda: spool.count() >= start + 100, process=spool.process)
                spool.kill()
            finish(spool, texts)
    return "600 articles each once, over three kills; done lies beside them"


@case("inbox disk mounted later", "mount", root=True)
def mounted_later(directory):
    spool = house.Spool(os.path.join(directory, "spool"), inbox=os.path.join(directory, "inbox"))
    texts = articles(400, "later")
    with house.running(spool):
        spool.start()
        spool.ready()
        drop_all(spool, texts[:100], "a")
        wait_for("the lines before the mount", lambda: spool.count() == 100, process=spool.process)
        with tmpfs(spool.inbox, "64m"):
            spool.staging = os.path.join(spool.inbox, ".staging")
            os.makedirs(spool.staging)
            drop_all(spool, texts[100:300], "b")
            wait_for("the lines of the mounted disk", lambda: spool.count() == 300, 20, process=spool.process)
            if b"lies on another file system now" not in spool.log_bytes():
                raise Failure("the log does not tell of the mount")
            # So that nothing of the daemon's keeps the disk busy, and nothing waits on it.
            wait_for("the moves", lambda: not spool.waiting(), process=spool.process)
        spool.staging = os.path.join(spool.root, "staging")
        drop_all(spool, texts[300:], "c")
        wait_for("the lines after the mount", lambda: spool.count() == 400, 20, process=spool.process)
        spool.stop()
    account(records(spool.stream()), texts)
    return "400 articles each once, before, on and after the mounted disk"


@case("no inotify instance or watch left", "unshare")
def no_events(directory):
    for setting, sysctl in (("instances", "max_user_instances"), ("watches", "max_user_watches")):
        spool = house.Spool(os.path.join(directory, setting))
        texts = articles(50, setting)
        limit = f'echo 0 > /proc/sys/user/max_inotify_{setting}; exec "$@"'
        with house.running(spool):
            spool.start(before=("unshare", "-Ur", "sh", "-c", limit, "sh"))
            spool.ready()
            drop_all(spool, texts, "a")
            wait_for("all lines", lambda: spool.count() == len(texts), 20, process=spool.process)
            spool.stop()
        log = spool.log_bytes()
        if log.count(sysctl.encode()) != 1 or b"LimitNOFILE" in log or b"in use" in log:
            raise Failure(f"{setting}: the log says {log.decode(errors='replace')}")
        account(records(spool.stream()), texts)
    return "polled, 50 articles each once, the sysctl named once"


def stand_still(process):
    """Stops a process, and returns when none of its threads runs any more."""
    process.send_signal(signal.SIGSTOP)

    def stands():
        for thread in os.listdir(f"/proc/{process.pid}/task"):
            with open(f"/proc/{process.pid}/task/{thread}/stat", encoding="ascii", errors="replace") as file:
                # The name in brackets may hold anything.
                if file.read().rpartition(")")[2].split()[0] not in "Tt":
                    return False
        return True

    wait_for("the daemon to stand still", stands)


@case("more events than the kernel keeps", root=True)
def overflow(directory):
    setting = "/proc/sys/fs/inotify/max_queued_events"
    with kernel_setting(setting, "20"):
        # What the daemon's queue holds is settled when it opens it.
        with open(setting, encoding="ascii") as file:
            kept = int(file.read())
        spool = house.Spool(directory)
        texts = articles(max(1000, kept + 100), "overflow", 20)
        with house.running(spool):
            spool.start()
            spool.ready()
            # Its line shows that the inbox was looked at, and the watch is set before that.
            drop_all(spool, texts[:1], "first")
            wait_for("the first line", lambda: spool.count() == 1, 20, process=spool.process)
            stand_still(spool.process)
            drop_all(spool, texts[1:], "a")
            spool.process.send_signal(signal.SIGCONT)
            # Long before the next regular look at the inbox.
            wait_for("all lines", lambda: spool.count() == len(texts), 20, process=spool.process)
            if b"too many events" not in spool.log_bytes():
                raise Failure("no overflow was met")
            spool.stop()
        account(records(spool.stream()), texts)
    return f"{len(texts)} files past a queue of {kept} events, each once"


def peak(process):
    """Kilobytes of memory that a process held at most."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        return int(next(line.split()[1] for line in file if line.startswith("VmHWM")))


@case("100,000 files at once")
def many(directory):
    peaks = []
    for count in (1_000, 100_000):
        spool = house.Spool(os.path.join(directory, str(count)), roll="64MiB")
        texts = [f"many-{number} lay in the inbox of Holmvik before anybody looked." for number in range(count)]
        drop_all(spool, texts, "a")
        with house.running(spool):
            began = time.monotonic()
            spool.start()
            wait_for(
                "all lines", lambda: not spool.waiting() and spool.count() == count, 600, process=spool.process)
            seconds = time.monotonic() - began
            peaks.append(peak(spool.process))
            spool.stop()
        account(records(spool.stream()), texts)
    each = (peaks[1] - peaks[0]) * KIB / 99_000
    # A name, its status, its place in the queue: not the article.
    if each > KIB:
        raise Failure(f"memory grows by {each:.0f} bytes for each file that waits ({peaks[0]} and {peaks[1]} KiB)")
    return (
        f"each once, {100_000 / seconds:.0f} files/s; at most {peaks[1] / KIB:.0f} MiB of memory, "
        f"{peaks[0] / KIB:.0f} MiB with 1,000 files: {each:.0f} bytes for each that waits")


@case("slow writer that pauses three seconds")
def slow(directory):
    spool = house.Spool(directory, settle="100ms")
    with house.running(spool):
        spool.start()
        spool.ready()
        with open(os.path.join(spool.inbox, "slow.txt"), "wb", buffering=0) as file:
            file.write(b"The first half of it, ")
            time.sleep(3)  # This is the fault itself.
            if spool.count() != 0:
                raise Failure("half an article was delivered")
            file.write(b"and the other half.")
        wait_for("the line", lambda: spool.count() == 1, process=spool.process)
        finish(spool, ["The first half of it, and the other half."]) if spool.stop() == 0 else None
    return "one article, whole"


@case("producer that closes and reopens")
def reopens(directory):
    spool = house.Spool(directory, settle="1s")
    with house.running(spool):
        spool.start()
        spool.ready()
        text = ""
        for piece in ("The first part, ", "the second, ", "the third, ", "and the last."):
            with open(os.path.join(spool.inbox, "reopened.txt"), "ab") as file:
                file.write(piece.encode())
            text += piece
            time.sleep(0.3)  # Shorter than settle: that is the fault.
        wait_for("the line", lambda: spool.count() == 1, process=spool.process)
        spool.stop()
        finish(spool, [text])
    return "one article, whole, from four openings"


@case("file reopened for writing while it waits its turn")
def reopened_late(directory):
    """A file was ready; before its turn comes its producer begins it anew, and takes its time."""
    spool = house.Spool(directory, settle="100ms", stages=("segment", "entities", "quotes"))
    path = os.path.join(spool.inbox, "late.txt")
    with open(path, "wb") as file:
        file.write(b"The first edition.")
    texts = articles(5000, "before", 400)
    drop_all(spool, texts, "a")
    # Last in line by its time.
    os.utime(path, (time.time() + 60, time.time() + 60))
    with house.running(spool):
        spool.start("--workers", "1")
        wait_for("the first lines", lambda: spool.count() > 50, process=spool.process)
        if not os.path.exists(path):
            raise Skip("this machine is too quick: the file was taken before it could be reopened")
        with open(path, "wb", buffering=0) as file:
            file.write(b"The second edition, ")
            wait_for("all others", lambda: spool.count() >= len(texts), 300, process=spool.process)
            wait_for(
                "a decision about the file",
                lambda: not os.path.exists(path) or spool.count() > len(texts), 60, process=spool.process)
            file.write(b"which is whole.")
        wait_for("its line", lambda: spool.count() > len(texts), process=spool.process)
        spool.stop()
        came = texts_of(spool, "late.txt")
    if came != ["The second edition, which is whole."]:
        raise Failure(f"half an article was delivered: {came}")
    return "one article, whole"


@case("name renamed over while it is read")
def renamed_over(directory):
    spool = house.Spool(directory)
    producers = Producers(spool, 1)
    dice = random.Random(1)
    with house.running(spool):
        spool.start()
        spool.ready()
        for number in range(300):
            producers.renamed_over(number, dice)
        spool.stop()
        spool.drain()
    account(records(spool.stream()), producers.sure, (), producers.never)
    return f"{len(producers.sure)} versions each once; {len(producers.never)} were replaced before they were taken"
