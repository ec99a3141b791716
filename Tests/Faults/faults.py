#!/usr/bin/env python3
"""One line for each fault: ok, FAIL with the reason, or skip with what is missing.

  faults.py [WORD...]       only cases whose names hold one of the words
"""

import os
import signal
import sys
import time

import disk_cases  # noqa: F401, the import declares the cases
import feed_cases  # noqa: F401
import inbox_cases  # noqa: F401
import outbox_cases  # noqa: F401
import spool as house
from cases import CASES, Skip, why_not
from spool import Failure


def main():
    # So that mounts and daemons end with us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    if not os.access(house.COMMAND, os.X_OK):
        sys.exit(f"there is no {house.COMMAND}; run make build first")
    failed = 0
    for name, tools, root, function in CASES:
        if sys.argv[1:] and not any(word in name for word in sys.argv[1:]):
            continue
        reason = why_not(tools, root)
        if reason:
            print(f"skip {name}: {reason}", flush=True)
            continue
        began = time.monotonic()
        try:
            with house.directory() as directory:
                note = function(directory)
            print(f"ok   {name}: {note} ({time.monotonic() - began:.1f} s)", flush=True)
        except Skip as skip:
            print(f"skip {name}: {skip}", flush=True)
        except (Failure, OSError) as failure:
            failed += 1
            print(f"FAIL {name}: {failure}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
