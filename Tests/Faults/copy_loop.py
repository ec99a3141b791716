#!/usr/bin/env python3
"""What people run today, at its quickest: waits for files to be renamed in, copies each to a line of JSON, never syncs.

Only for comparison: what it has taken in when it is killed is lost.  copy_loop.py INBOX OUTPUT
"""

import ctypes
import json
import os
import struct
import sys

MOVED_TO = 0x80


def main():
    inbox, output = sys.argv[1:]
    libc = ctypes.CDLL(None, use_errno=True)
    inotify = libc.inotify_init1(os.O_CLOEXEC)
    if inotify < 0 or libc.inotify_add_watch(inotify, os.fsencode(inbox), MOVED_TO) < 0:
        sys.exit(f"no inotify: {os.strerror(ctypes.get_errno())}")
    with open(output, "a", encoding="utf-8") as lines:
        while True:
            events = os.read(inotify, 1 << 16)
            at = 0
            while at < len(events):
                length = struct.unpack_from("I", events, at + 12)[0]
                name = os.fsdecode(events[at + 16:at + 16 + length].rstrip(b"\0"))
                at += 16 + length
                with open(os.path.join(inbox, name), encoding="utf-8") as file:
                    record = {"id": name, "text": file.read()}
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
                lines.flush()


if __name__ == "__main__":
    main()
