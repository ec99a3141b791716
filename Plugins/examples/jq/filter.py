"""A filter of jq over the article: one jq process, which gets an article a line and answers with a line."""

from __future__ import annotations

import json
import subprocess
from typing import Any, Optional

from linecaster_stage import Article, Options, run

# Its own line ends a comment at the end of a filter. A filter that fails costs its article; jq goes on.
PROGRAM = "if . == null then [] else try [\n{filter}\n] catch {{error: .}} end"

jq: Optional[Jq] = None


class Jq:
    """A jq process. What the filter says with `debug` goes to the log."""

    def __init__(self, filter: str) -> None:
        self.program = PROGRAM.format(filter=filter)
        # A wrong filter ends it at once, with its words.
        tried = subprocess.run(["jq", "-n", self.program], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if tried.returncode != 0:
            raise ValueError(tried.stderr.decode(errors="replace").strip())
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["jq", "--compact-output", "--unbuffered", self.program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, article: bytes) -> Any:
        """The list of what the filter says of an article. Raises ValueError with jq's words where it fails."""
        if self.process.poll() is not None:
            self.start()
        assert self.process.stdin is not None and self.process.stdout is not None
        line = b""
        try:
            self.process.stdin.write(article + b"\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            pass
        if not line.endswith(b"\n"):
            raise ValueError(f"jq ended with {self.process.wait()}")
        answer = json.loads(line)
        if isinstance(answer, dict):
            words = answer["error"]
            raise ValueError(words if isinstance(words, str) else json.dumps(words))
        return answer


def setup(options: Options) -> None:
    global jq
    try:
        jq = Jq(options.filter)
    except FileNotFoundError:
        raise FileNotFoundError("there is no program jq: install it, or take the stage out") from None


def stage(article: Article) -> Any:
    assert jq is not None
    values = jq.ask(json.dumps(article.as_dict(), ensure_ascii=False).encode())
    value = values[0] if len(values) == 1 else values or None
    # A list or an object is the layer's value, whatever its keys are called.
    return {"jq": value}


if __name__ == "__main__":
    run(stage, setup)
