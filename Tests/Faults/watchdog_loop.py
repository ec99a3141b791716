#!/usr/bin/env python3
"""The same as copy_loop.py with the package that most people take for it: watchdog. watchdog_loop.py INBOX OUTPUT"""

import json
import os
import sys

from watchdog.events import FileSystemEventHandler
from watchdog.observers import Observer


class Copying(FileSystemEventHandler):
    def __init__(self, output):
        self.output = output

    # What is renamed in from elsewhere is told as made.
    def on_created(self, event):
        with open(event.src_path, encoding="utf-8") as file:
            text = file.read()
        line = {"id": os.path.basename(event.src_path), "text": text}
        self.output.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.output.flush()


def main():
    inbox, output = sys.argv[1:]
    observer = Observer()
    # Made only when events will be seen: it says that the loop is ready.
    with open(output + ".tmp", "w", encoding="utf-8") as file:
        observer.schedule(Copying(file), inbox)
        observer.start()
        os.rename(output + ".tmp", output)
        observer.join()


if __name__ == "__main__":
    main()
