"""The other end of a plugin's socket, for tests: starts a process plugin, shakes hands, asks.

It checks nothing of what comes back but the frames; the real host is in Swift.
"""

import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile

HEAD = struct.Struct("<II")
# Seconds until an answer must have come. Only a plugin that hangs needs them.
PATIENCE = 30


class Ended(Exception):
    """The plugin closed its socket."""


def frame(number, payload):
    data = payload if isinstance(payload, bytes) else json.dumps(payload, ensure_ascii=False).encode()
    return HEAD.pack(len(data), number) + data


class Host:
    """A plugin's process. `options` are all options, defaults filled in."""

    def __init__(self, command, folder, provides, name="plugin", options=None, requires=(), batch=1, offsets="codepoints"):
        self.batch = batch
        self.home = tempfile.TemporaryDirectory(prefix="linecaster-plugin-")
        self.output = tempfile.TemporaryFile()
        self.socket, theirs = socket.socketpair()
        self.socket.settimeout(PATIENCE)
        self.data = bytearray()
        # The socket is to be descriptor 3, as the real host has it; a number above is free for the way there.
        number = theirs.fileno()
        words = [sys.executable if command[0] == "python3" else command[0], *command[1:]]
        # Only dup2 between fork and exec: nothing else is safe there.
        def descriptor():
            if number == 3:
                os.set_inheritable(3, True)
            else:
                os.dup2(number, 3)

        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8", "LINECASTER_SOCKET": "3",
            "LINECASTER_PLUGIN": name, "TMPDIR": self.home.name, "HOME": self.home.name}
        if "PYTHONPATH" in os.environ:
            environment["PYTHONPATH"] = os.environ["PYTHONPATH"]
        self.process = subprocess.Popen(
            words, cwd=folder, stdin=subprocess.DEVNULL, stdout=self.output, stderr=self.output, env=environment,
            close_fds=False, preexec_fn=descriptor, start_new_session=True)
        theirs.close()
        self.send(0, {
            "protocol": 1, "plugin": name, "options": options or {}, "offsets": offsets, "requires": list(requires),
            "provides": list(provides), "batch": batch})
        self.next_number = 1

    @classmethod
    def of(cls, folder, **options):
        """The plugin of a folder, by its plugin.yaml. Options are given as words."""
        import linecaster_stage

        manifest = linecaster_stage.Manifest(os.path.join(folder, "plugin.yaml"), os.path.basename(folder))
        return cls(
            manifest.command, folder, manifest.provides, manifest.name, manifest.options(options), manifest.requires,
            manifest.batch)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Closes the socket, as the real host does; returns how the plugin ended."""
        self.socket.close()
        try:
            return self.process.wait(PATIENCE)
        finally:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
            self.home.cleanup()
            self.output.close()

    def said(self):
        """What it wrote to stdout and stderr until now."""
        self.output.seek(0)
        return self.output.read().decode(errors="replace")

    def send(self, number, payload):
        self.socket.sendall(frame(number, payload))

    def receive(self):
        """The next frame as (number, object)."""
        while True:
            if len(self.data) >= HEAD.size:
                length, number = HEAD.unpack_from(self.data)
                end = HEAD.size + length
                if len(self.data) >= end:
                    payload = bytes(self.data[HEAD.size : end])
                    del self.data[:end]
                    return number, json.loads(payload)
            data = self.socket.recv(1 << 18)
            if not data:
                raise Ended(f"the plugin closed its socket: {self.said()[-2000:]}")
            self.data += data

    def ready(self):
        """The plugin's answer to the handshake."""
        number, answer = self.receive()
        assert number == 0, number
        return answer

    def ask(self, *articles):
        """Answers in the order of the articles, of which `batch` at most are on the way."""
        answers, sent = {}, {}
        todo = list(enumerate(articles))[::-1]
        while todo or sent:
            while todo and len(sent) < self.batch:
                place, article = todo.pop()
                sent[self.next_number] = place
                whole = {
                    "id": f"a{place}", "text": "", "title": None, "byline": [], "published": None, "language": "en", "url": None,
                    "tags": [], "meta": None, "source": {"name": f"{place}.txt"}}
                whole.update({"text": article} if isinstance(article, str) else article)
                self.send(self.next_number, whole)
                self.next_number += 1
            number, answer = self.receive()
            answers[sent.pop(number)] = answer
        return [answers[place] for place in range(len(articles))]

    def quiet(self, seconds):
        """Whether nothing comes within that time."""
        return not self.data and not select.select([self.socket], [], [], seconds)[0]
