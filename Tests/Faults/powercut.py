#!/usr/bin/env python3
"""Cuts the power under the daemon, again and again, as far as a machine can do that to itself.

The spool lies on an ext4 file system in a file. The shutdown ioctl makes that file system stop at once: what was not synced is
gone when it is mounted again, as after a power cut. Producers sync what they drop; whatever they know to be on the disk must come
out exactly once, and no line that was once visible may change or move.

  powercut.py [CUTS] [SEED]         needs root
"""

import fcntl
import os
import random
import shutil
import struct
import subprocess
import sys
import time

import spool as house
from crashtest import leftovers
from producers import Follower, Producers
from spool import Failure, account, records

# EXT4_IOC_SHUTDOWN, _IOR('X', 125, __u32), and the flag that leaves even the file system's own journal unwritten.
SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2


class LoopDisk:
    """An ext4 file system in a file; unmounted and gone with the block, whatever happens."""

    def __init__(self, directory, megabytes=512):
        self.image = os.path.join(directory, "disk.img")
        self.mount_point = os.path.join(directory, "mnt")
        self.megabytes = megabytes

    def __enter__(self):
        os.mkdir(self.mount_point)
        with open(self.image, "wb") as file:
            file.truncate(self.megabytes << 20)
        subprocess.run(["mkfs.ext4", "-q", "-F", self.image], check=True)
        self.mount()
        return self

    def __exit__(self, *_):
        self.unmount()

    def mount(self):
        subprocess.run(["mount", "-o", "loop", self.image, self.mount_point], check=True)

    def unmount(self):
        subprocess.run(["umount", self.mount_point], stderr=subprocess.DEVNULL, check=False)
        if os.path.ismount(self.mount_point):
            subprocess.run(["umount", "-l", self.mount_point], check=False)

    def cut(self):
        directory = os.open(self.mount_point, os.O_RDONLY)
        try:
            fcntl.ioctl(directory, SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        finally:
            os.close(directory)

    def mount_again(self):
        """Nobody may have a file open there any more."""
        house.wait_for("the unmount", lambda: subprocess.run(
            ["umount", self.mount_point], stderr=subprocess.DEVNULL, check=False).returncode == 0)
        self.mount()


def main():
    cuts = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(1 << 32)
    missing = [tool for tool in ("mkfs.ext4", "mount", "umount") if not shutil.which(tool)]
    if os.geteuid() != 0 or missing:
        print(f"skip powercut: {'needs root' if os.geteuid() != 0 else 'missing: ' + ', '.join(missing)}")
        return
    print(f"powercut: {cuts} cuts, seed {seed}", flush=True)
    dice = random.Random(seed)
    with house.directory() as directory, LoopDisk(directory) as disk:
        spool = house.Spool(os.path.join(disk.mount_point, "spool"), stages=("segment", "dedupe"), settle="50ms")
        # The log tells what the last run said; it may not lie on the disk that goes away.
        spool.log = os.path.join(directory, "log")
        subprocess.run(["sync", "-f", disk.mount_point], check=True)
        with house.running(spool):
            try:
                figures = run(spool, disk, cuts, dice, seed)
            except Failure as failure:
                sys.exit(f"FAIL seed {seed}: {failure}")
    print(f"ok   {figures}")


def run(spool, disk, cuts, dice, seed):
    taken = os.path.join(spool.root, "taken")
    os.makedirs(taken, exist_ok=True)
    sure, perhaps = [], []
    follower = None
    began = time.monotonic()
    for cut in range(cuts):
        process = spool.start()
        spool.ready()
        follower = Follower(spool, taken, before=follower).start()
        producers = Producers(spool, f"{seed}.{cut}", sync=True)
        rename_texts(producers, cut)
        producers.start()
        # The moment is random on purpose.
        time.sleep(0.05 + dice.random() * 1.5)
        if process.poll() is not None:
            raise Failure(f"the daemon ended by itself with {process.returncode}: {spool.last_words()}")
        # A batch consumer takes sealed files away; whether that survives is the disk's business.
        for path in spool.sealed()[: dice.randrange(3)]:
            os.rename(path, os.path.join(taken, os.path.basename(path)))
        disk.cut()
        producers.stop()
        follower.abort()
        spool.kill()
        sure += producers.sure
        perhaps += producers.perhaps
        disk.mount_again()
    spool.drain()
    seconds = time.monotonic() - began
    stream = spool.stream(taken)
    if not stream.startswith(bytes(follower.seen)):
        same = next((i for i, (a, b) in enumerate(zip(follower.seen, stream)) if a != b), len(stream))
        raise Failure(f"of {len(follower.seen)} visible bytes, those from byte {same} on have changed or are gone")
    account(records(stream), sure, perhaps)
    for what, left in (("failed", spool.failures()), ("claimed", leftovers(spool)), ("inbox", spool.waiting())):
        if left:
            raise Failure(f"{len(left)} files are left in {what}, such as {left[0]}")
    came = stream.count(b"\n") - len(set(sure))
    return (
        f"{cuts} power cuts in {seconds:.0f} s: {len(sure)} articles that were safely dropped each once, {came} of "
        f"{len(set(perhaps) - set(sure))} whose drop the cut met as well; none of {len(follower.seen)} visible bytes changed, in "
        f"{len(spool.sealed(taken))} sealed files and the live one")


def rename_texts(producers, cut):
    """Names and texts of every cut are its own."""
    text = producers.text
    producers.text = lambda way, number, dice: text(f"cut-{cut} {way}", number, dice)



if __name__ == "__main__":
    main()
