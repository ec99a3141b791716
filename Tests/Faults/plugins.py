#!/usr/bin/env python3
"""Runs the daemon with a plugin that does harm, of each kind, over a spool of articles of which some provoke it.

Afterwards each article must stand in the outbox once, or in failed/ with the class that its harm deserves; the daemon must have lived
through it; nothing of the plugin may be left running, neither after the daemon's end nor after its kill -9; and what is forbidden to a
plugin must have failed.

  plugins.py [KIND]...    all kinds; COMMAND in LINECASTER, KEEP=1 keeps the spools
"""

import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import spool as house
from spool import Failure, account, records, wait_for

ARTICLES = 60
# Every so many articles one provokes the plugin; fewer where each costs a deadline.
EVERY, EVERY_SLOW = 3, 12
# Seconds until what is left of a plugin must be gone.
PATIENCE = 10
# Bytes of the daemon's log that 60 articles may make at most, whatever a plugin prints.
LOG = 32 << 20

RECORD = "record"
HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "plugins", "mad")
CLASSES = {"plugin_error", "plugin_ended", "plugin_answer", "plugin_unavailable", "deadline", "memory"}

ENDED, NONSENSE, LATE, FINE = {"plugin_ended"}, {"plugin_answer"}, {"deadline"}, {RECORD}
# What may become of an article that provokes it.
KINDS = {
    "nothing": FINE, "exit": ENDED, "signal": ENDED, "hang": LATE, "sleep": LATE, "stop": LATE, "deaf": LATE, "never": LATE,
    "garbage": NONSENSE, "wrong_id": NONSENSE, "id_zero": NONSENSE,
    # The first answer may have been taken before the second comes.
    "twice": {RECORD, "plugin_answer"}, "late_death": {RECORD, "plugin_ended"},
    "flood": FINE, "odd_output": FINE, "memory": {"memory", "plugin_ended"}, "leaves_child": FINE, "leaves_deaf_children": FINE,
    "dies_and_leaves": ENDED, "close_socket": ENDED, "close_all": ENDED, "shut_down": ENDED, "half_frame": ENDED | NONSENSE,
    "trickle": FINE, "large_length": NONSENSE, "gibibyte": LATE, "deep": NONSENSE, "fail": {"plugin_error"}, "third": FINE,
    "attempts": FINE, "rights": FINE, "allowed": FINE, "named": FINE,
    "no_json": NONSENSE, "no_object": NONSENSE, "empty": NONSENSE, "nan": NONSENSE, "no_utf8": NONSENSE, "half_surrogate": {RECORD, "plugin_answer"},
    "double_key": {RECORD, "plugin_answer"}, "more_behind": NONSENSE, "huge_number": {RECORD, "plugin_answer"},
    "other_layer": NONSENSE, "unknown_key": NONSENSE, "span_outside": NONSENSE, "span_backwards": NONSENSE, "span_negative": NONSENSE,
    "span_fraction": NONSENSE, "span_text": NONSENSE, "other_shape": NONSENSE,
    "entity_good": FINE, "entity_id": NONSENSE, "entity_type": NONSENSE, "entity_outside": NONSENSE,
}
SLOW = {kind for kind, fates in KINDS.items() if fates == LATE} | {"memory", "flood", "trickle", "deep"}
STARTS = ("exit_at_once", "exit_at_start", "hang_at_start", "refuse", "other_protocol", "garbage_at_start")
# What these were at must not outlive a daemon that had no time to end it.
KILLED = ("nothing", "hang", "sleep", "stop", "deaf", "leaves_child", "leaves_deaf_children", "close_all", "memory")
# With these the plugin has many articles at a time, of which the others must come out.
BATCHED = ("nothing", "exit", "hang", "never", "garbage", "wrong_id", "twice", "late_death", "close_socket", "half_frame", "no_json",
           "fail", "leaves_child", "dies_and_leaves", "trickle")
BATCH = 8
# Errors by which a sandbox says no.
REFUSALS = {"errno EACCES", "errno EPERM"}
ALLOWED = {
    "write into TMPDIR": "written", "read it again": "b'mad was here\\n'", "HOME is TMPDIR": True, "read its folder": "b'name: ",
    "run a program": "ran\n", "random numbers": 4, "standard input is empty": "", "no secrets": [], "no other descriptors": {}}
NAMED = {
    "read": "b'named'", "write": "written", "write what it may read": "errno EACCES", "read beside": "errno EACCES", "TCP": "made",
    "UDP": "made"}


def main():
    wanted = sys.argv[1:]
    cases = (
        [(kind, run_kind, kind) for kind in KINDS] + [(f"start:{kind}", run_start, kind) for kind in STARTS]
        + [(f"kill:{kind}", run_killed, kind) for kind in KILLED] + [(f"batch:{kind}", run_batched, kind) for kind in BATCHED] + [("skip:fail", run_skipped, "fail"), ("unavailable:exit", run_unavailable, "exit")])
    unknown = set(wanted) - {name for name, _, _ in cases}
    if unknown:
        sys.exit(f"no such kind: {', '.join(sorted(unknown))}; there are {', '.join(name for name, _, _ in cases)}")
    failed = []
    for name, run, kind in cases:
        if wanted and name not in wanted:
            continue
        began = time.monotonic()
        with house.directory("/dev/shm" if os.path.isdir("/dev/shm") else None) as root:
            case = Case(root, kind)
            try:
                said = run(case)
                case.nothing_is_left("the daemon's end")
                print(f"ok   {name}: {said}, {time.monotonic() - began:.1f} s", flush=True)
            except Failure as failure:
                failed.append(name)
                print(f"FAIL {name}: {failure}", flush=True)
            finally:
                case.end()
    if failed:
        sys.exit(f"{len(failed)} failed: {' '.join(failed)}")


class Case:
    """A spool, a plugin whose name no other run has, and articles of which some provoke it."""

    number = 0

    def __init__(self, root, kind):
        Case.number += 1
        self.kind = kind
        self.name = f"mad-{os.getpid()}-{Case.number}"
        self.root = root
        self.plugins = os.path.join(root, "plugins")
        self.folder = os.path.join(self.plugins, self.name)
        shutil.copytree(SOURCE, self.folder, ignore=shutil.ignore_patterns("__pycache__"))
        self.every = EVERY_SLOW if kind in SLOW else EVERY
        self.texts = [f"Article {number} of Holmvik. Rain fell." for number in range(ARTICLES)]
        for number in range(self.every - 1, ARTICLES, self.every):
            self.texts[number] = f"MAD article {number} of Holmvik. Rain fell."
        self.spool = None
        # Requests that end a group only reach the plugin if it is in it.
        self.edit("name: mad", f"name: {self.name}")
        if kind.startswith("entity"):
            self.edit(re.compile(r"provides:.*?timeout", re.S), "provides: [entities]\ntimeout")
        if kind == "named":
            for name in ("readable", "writable"):
                os.mkdir(os.path.join(root, name))
            with open(os.path.join(root, "readable", "file"), "w", encoding="utf-8") as file:
                file.write("named")
            self.edit("timeout: 400ms", f"timeout: 20s\naccess: {{read: [{root}/readable], write: [{root}/writable], network: true}}")
        if kind in ("attempts", "rights", "allowed", "trickle", "memory", "flood", "odd_output"):
            self.edit("timeout: 400ms", "timeout: 20s")

    def edit(self, old, new):
        path = os.path.join(self.folder, "plugin.yaml")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        changed = text.replace(old, new, 1) if isinstance(old, str) else old.sub(new, text, count=1)
        if changed == text:
            raise ValueError(f"{old} is not in plugin.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(changed)

    def open(self, rules=""):
        self.spool = house.Spool(
            self.root, settle="50ms", stages=("segment", f"{self.name}: {{how: {self.kind}, where: {self.root}{rules}}}"))
        return self.spool

    def start(self):
        return self.spool.start("--plugins", self.plugins)

    def drop(self):
        for number, text in enumerate(self.texts):
            self.spool.drop(f"{number}.txt", text.encode())

    def settled(self):
        """Articles that have ended in the outbox or in failed/."""
        return self.spool.count() + len([name for name in self.spool.failures() if name.endswith(".reason.json")])

    def wait(self, seconds=180):
        wait_for("all articles", lambda: self.settled() >= ARTICLES and not self.spool.waiting(), seconds, self.spool.process)

    def reasons(self):
        """Of each failed article, by its number, class and message."""
        found = {}
        for name in self.spool.failures():
            if not name.endswith(".reason.json"):
                continue
            with open(os.path.join(self.spool.failed, name), encoding="utf-8") as file:
                reason = json.load(file)
            found[int(name.split(".")[0])] = reason
        return found

    def processes(self):
        """Of the plugin, with whatever it left: all that inherited its environment or work in its folder."""
        found = []
        mark = f"LINECASTER_PLUGIN={self.name}".encode()
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                    if file.read().rpartition(")")[2].split()[0] == "Z":
                        continue
                with open(f"/proc/{pid}/environ", "rb") as file:
                    marked = mark in file.read().split(b"\0")
                if marked or os.readlink(f"/proc/{pid}/cwd").startswith(self.folder):
                    found.append(int(pid))
            except OSError:
                pass
        return found

    def folders(self):
        """The private folders of its processes."""
        return glob.glob(f"/tmp/linecaster-{self.name}-*")

    def nothing_is_left(self, what):
        try:
            wait_for("nothing left", lambda: not self.processes() and not self.folders(), PATIENCE)
        except Failure:
            raise Failure(
                f"{len(self.processes())} processes and {len(self.folders())} folders of the plugin are left after {what}") from None

    def end(self):
        if self.spool is not None:
            self.spool.kill()
        for pid in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    # What must hold

    def check(self, fates):
        """Each article once, in the outbox or in failed/; provoking ones as they deserve, all others with a record."""
        found = records(self.spool.stream())
        reasons = self.reasons()
        account(found, [text for number, text in enumerate(self.texts) if number not in reasons])
        counts = {}
        come_out = {record["text"] for record in found}
        for number, text in enumerate(self.texts):
            fate = RECORD if text in come_out else reasons[number]["class"]
            if "MAD" not in text and fate != RECORD:
                raise Failure(f"article {number} did nothing, and failed with {fate}: {reasons[number]['message']}")
            if "MAD" in text:
                if fate not in fates:
                    words = reasons[number]["message"] if number in reasons else "it came out"
                    raise Failure(f"article {number} ended with {fate}, not {' or '.join(sorted(fates))}: {words}")
                counts[fate] = counts.get(fate, 0) + 1
        return found, ", ".join(f"{count} {fate}" for fate, count in sorted(counts.items()))

    def layers(self, found):
        """What the plugin said of the articles that provoked it."""
        return [record["layers"]["mad"] for record in found if "MAD" in record["text"]]


def run_kind(case):
    spool = case.open()
    with house.running(spool):
        process = case.start()
        spool.ready()
        case.drop()
        case.wait()
        if spool.stop() != 0:
            raise Failure(f"the daemon ended with {process.returncode}: {spool.last_words()}")
        found, said = case.check(KINDS[case.kind])
        if len(spool.log_bytes()) > LOG:
            raise Failure(f"the log has {len(spool.log_bytes())} bytes")
        if b"\x1b" in spool.log_bytes() or b"\0" in spool.log_bytes():
            raise Failure("the log has control characters that a plugin printed")
        if case.kind in ("attempts", "rights"):
            refused = case.layers(found)[0]
            got = {name: answer for name, answer in refused.items() if str(answer) not in REFUSALS}
            if got:
                raise Failure(f"not refused: {got}")
            said += f"; {len(refused)} attempts refused"
        for kind, expected in (("allowed", ALLOWED), ("named", NAMED)):
            if case.kind == kind:
                answers = case.layers(found)[0]
                wrong = {
                    name: answers.get(name) for name, answer in expected.items()
                    if answers.get(name) != answer and not str(answers.get(name)).startswith(str(answer) or "-")}
                if wrong:
                    raise Failure(f"not allowed, or not so: {wrong}")
        return said


def run_batched(case):
    case.edit("offsets: codepoints", f"batch: {BATCH}")
    return run_kind(case)


def run_start(case):
    """A plugin that never becomes ready: the command says so, no article is lost, and what is mended goes on."""
    case.edit("mad.py]", f"mad.py, {case.kind}]")
    case.kind = "nothing"
    spool = case.open()
    with house.running(spool):
        process = case.start()
        case.drop()

        def over():
            return process.poll() is not None or case.settled() >= ARTICLES

        wait_for("an end or all articles", over, 180)
        if process.poll() is None:
            spool.stop()
        if process.returncode not in (0, 78):
            raise Failure(f"the daemon ended with {process.returncode}: {spool.last_words()}")
        classes = {reason["class"] for reason in case.reasons().values()}
        if classes - {"plugin_unavailable"}:
            raise Failure(f"articles failed with {classes}")
        if case.name.encode() not in spool.log_bytes():
            raise Failure("the log does not name the plugin")
        waiting = len(spool.waiting())
        if waiting + case.settled() != ARTICLES:
            raise Failure(f"{waiting} articles wait and {case.settled()} have ended, of {ARTICLES}")
        case.nothing_is_left("a start that failed")
        return f"ended with {process.returncode}, {waiting} articles wait, {case.settled()} failed"


def run_unavailable(case):
    """A plugin that starts once and never again: articles fail meanwhile, and once it is mended `retry` brings them all out."""
    folder = os.path.join(case.root, "writable")
    os.mkdir(folder)
    case.edit("mad.py]", f"mad.py, once_only, {folder}]")
    case.edit("timeout: 400ms", f"timeout: 400ms\naccess: {{write: [{folder}]}}")
    spool = case.open()
    with house.running(spool):
        process = case.start()
        spool.ready()
        case.drop()
        case.wait()
        if spool.stop() != 0:
            raise Failure(f"the daemon ended with {process.returncode}: {spool.last_words()}")
        classes = {reason["class"] for reason in case.reasons().values()}
        if "plugin_unavailable" not in classes or classes - {"plugin_unavailable", "plugin_ended"}:
            raise Failure(f"articles failed with {classes}")
        failed = len(case.reasons())
        with open(os.path.join(folder, "mended"), "w", encoding="utf-8"):
            pass
        case.start()
        spool.ready()
        retried = subprocess.run([house.COMMAND, "retry", "--all", "--root", case.root], capture_output=True, text=True, check=False)
        if retried.returncode != 0:
            raise Failure(f"retry: {retried.stdout}{retried.stderr}")
        wait_for("all records", lambda: spool.count() == ARTICLES, 60, spool.process)
        spool.stop()
        return f"{failed} failed and were tried again; {case.check(FINE)[1]}"


def run_killed(case):
    """kill -9 of the daemon while the plugin is at it: nothing of it may be left, and the next run begins where that one ended."""
    spool = case.open()
    with house.running(spool):
        case.start()
        spool.ready()
        case.drop()
        # While a few are through and others are not.
        wait_for("the plugin at work", lambda: case.processes() and case.settled() >= 3, 60, spool.process)
        spool.kill()
        case.nothing_is_left("kill -9 of the daemon")
        case.start()
        spool.ready()
        case.wait()
        if spool.stop() != 0:
            raise Failure(f"the daemon ended with {spool.process.returncode}: {spool.last_words()}")
        return case.check(KINDS[case.kind])[1]


def run_skipped(case):
    """`on_error: skip`: a failure costs the layer only, and the record says which."""
    spool = case.open(rules=", on_error: skip")
    with house.running(spool):
        case.start()
        spool.ready()
        case.drop()
        case.wait()
        spool.stop()
        found, said = case.check(FINE)
        for record in found:
            errors = [(error["stage"], error["class"]) for error in record["errors"]]
            if errors != ([(case.name, "plugin_error")] if "MAD" in record["text"] else []):
                raise Failure(f"errors of a record are {record['errors']}")
        return said


if __name__ == "__main__":
    main()
