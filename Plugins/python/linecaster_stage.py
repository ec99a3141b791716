"""Write a stage of Linecaster in Python: one function that gets an article and returns what it found.

    from linecaster_stage import Article, run

    def stage(article: Article) -> object:
        return {"words": len(article.text.split())}

    if __name__ == "__main__":
        run(stage)

Standard library only, Python 3.9 or later. The file may be copied beside a stage, or installed with pip.
`python3 -m linecaster_stage try FILE` runs a stage on a text or a JSON file without Linecaster.
"""

from __future__ import annotations

import asyncio
import base64
import inspect
import io
import json
import os
import re
import runpy
import socket
import struct
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, NoReturn, Optional, Union

__all__ = ["Article", "Document", "Options", "Result", "Trial", "run"]
__version__ = "1.0"

# The number of the protocol that is spoken here.
PROTOCOL = 1
# Bytes of the head of a frame: the length of the payload, and the article's number.
HEAD = struct.Struct("<II")
LARGEST_FRAME = 1 << 30
# The buffer that articles come into; a larger article gets a larger one for as long as it is there.
BUFFER = 1 << 18
# Answers go out together, but none waits for the next article for longer than this (seconds), or for more bytes.
PATIENCE = 0.002
BURST = 1 << 16
# What is told of an exception at most, in characters.
LONGEST_ERROR = 500


class Options(dict[str, Any]):
    """The options of the stage, defaults filled in: `options["count"]` or `options.count`."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"there is no option {name!r}; plugin.yaml declares the options") from None


class Result(dict[str, Any]):
    """What a stage provides, by key: `Result(keywords=[...], language="en")`.

    A plain dict will do where plugin.yaml names several keys; this says so where it names one.
    """


class Article:
    """An article on its way through the chain. Offsets are those of Python: `article.text[start:end]`.

    Layers that plugin.yaml requires are `article["sentences"]` or `article.sentences`: lists of dicts as in the record, or
    None where the stage that makes them did not run.
    """

    __slots__ = ("_parts", "options", "text")

    text: str
    options: Options

    def __init__(self, parts: dict[str, Any], options: Optional[Mapping[str, Any]] = None) -> None:
        self._parts = parts
        # A document has none yet.
        self.text = parts.get("text", "")
        self.options = options if isinstance(options, Options) else Options(options or {})

    @property
    def id(self) -> str:
        """The article's identifier, the same in each run."""
        return self._parts.get("id") or ""

    @property
    def title(self) -> Optional[str]:
        return self._parts.get("title")

    @property
    def byline(self) -> list[str]:
        return self._parts.get("byline") or []

    @property
    def published(self) -> Optional[str]:
        """Day or time in ISO 8601, as the record has it."""
        return self._parts.get("published")

    @property
    def language(self) -> Optional[str]:
        return self._parts.get("language")

    @property
    def url(self) -> Optional[str]:
        return self._parts.get("url")

    @property
    def tags(self) -> list[str]:
        return self._parts.get("tags") or []

    @property
    def meta(self) -> dict[str, Any]:
        """What else the input said of the article."""
        return self._parts.get("meta") or {}

    @property
    def source(self) -> dict[str, Any]:
        return self._parts.get("source") or {}

    def __getitem__(self, key: str) -> Any:
        try:
            return self._parts[key]
        except KeyError:
            raise KeyError(f"the article has no {key!r}: name it under `requires` in plugin.yaml") from None

    def __getattr__(self, key: str) -> Any:
        # Asked for only where there is no such attribute: a layer.
        if key.startswith("__") or key == "_parts":
            raise AttributeError(key)
        try:
            return self._parts[key]
        except KeyError:
            raise AttributeError(f"the article has no {key!r}: name it under `requires` in plugin.yaml") from None

    def __contains__(self, key: object) -> bool:
        return self._parts.get(key) is not None if isinstance(key, str) else False

    def __repr__(self) -> str:
        return f"Article({self.id!r}, {self.text[:40]!r})"

    def as_dict(self) -> dict[str, Any]:
        """The article as it came, keys of the record. Not a copy."""
        return self._parts

    def words(self, item: Mapping[str, Any]) -> str:
        """The words of the text that an item with `start` and `end` stands on, such as a sentence or a mention."""
        return self.text[item["start"] : item["end"]]

    def span(self, start: int, end: int) -> dict[str, Any]:
        """An item for a layer: `{"start": …, "end": …, "text": …}`. Raises ValueError where that is outside the text."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start} to {end} is no span of a text of {len(self.text)} characters")
        return {"start": start, "end": end, "text": self.text[start:end]}


Stage = Callable[[Article], object]
AsyncStage = Callable[[Article], Awaitable[object]]
class Document:
    """A file that a plugin with `reads` in its manifest turns into text or HTML."""

    def __init__(self, parts: Mapping[str, Any], options: Options) -> None:
        self.name: str = parts["name"]
        self.data: bytes = base64.b64decode(parts["base64"])
        self.options = options

    @property
    def ending(self) -> str:
        """In small letters, without its dot: `pdf`."""
        return os.path.splitext(self.name)[1][1:].lower()


Batch = Callable[[list[Article]], Sequence[object]]
Convert = Callable[[Document], Union[str, Mapping[str, object]]]
Setup = Callable[[Options], object]


def run(
    stage: Optional[Union[Stage, AsyncStage]] = None,
    setup: Optional[Setup] = None,
    *,
    batch: Optional[Batch] = None,
    convert: Optional[Convert] = None,
) -> None:
    """Answers articles until Linecaster has no more: call it last.

    `stage(article)` returns the value of the one key that the plugin provides, or a dict of what it provides by key; see
    `Answers.of` for the rule. It may be `async`: then as many articles are in hand at a time as `batch` in plugin.yaml says.
    `batch(articles)`, in its place, gets a list of up to so many articles and returns a list of as many results; a result
    that is an exception costs that article only. `setup(options)` is called once, before the first article: load models
    there. An exception in a stage costs the article, one in `setup` means that the stage cannot start.

    A plugin that reads documents has `convert(document)` instead: it returns the text, or a dict with `text` or `html`, and
    `title`, `byline` and `published` where the document says them.
    """
    if convert is not None:
        stage = converting(convert)
    if (stage is None) == (batch is None):
        raise TypeError("run() takes either a stage, run(stage), or a batch, run(batch=stage)")
    if batch is not None and inspect.iscoroutinefunction(batch):
        raise TypeError("a batch cannot be async; an async stage has several articles in hand by itself: run(stage)")
    plan = Plan(stage, batch, setup)
    if Plan.wanted:
        Plan.found.append(plan)
        return
    number = os.environ.get("LINECASTER_SOCKET")
    if number is None:
        sys.exit(
            "This is a stage of Linecaster, which starts it: name its folder with --plugins.\n"
            f"To try it without: python3 -m linecaster_stage try FILE --stage {os.path.basename(sys.argv[0])}")
    if isinstance(sys.stdout, io.TextIOWrapper):
        # What a stage prints stands in the daemon's log at once.
        sys.stdout.reconfigure(line_buffering=True)
    try:
        serve(plan, socket.socket(fileno=int(number)))
    except (BrokenPipeError, ConnectionResetError):
        # Nobody wants the answers any more.
        pass
    except KeyboardInterrupt:
        sys.exit(130)


def converting(convert: Convert) -> Stage:
    """The stage that a converter is: what comes in is a file in the place of an article."""

    def stage(article: Article) -> object:
        found = convert(Document(article["file"], article.options))
        return Result(text=found) if isinstance(found, str) else Result(found)

    return stage


class Plan:
    """What a module hands to `run`."""

    # `try` and tests want to know it, and not to serve.
    wanted = False
    found: list[Plan] = []

    def __init__(self, stage: Optional[Callable[[Article], Any]], batch: Optional[Batch], setup: Optional[Setup]) -> None:
        self.stage = stage
        self.batch = batch
        self.setup = setup

    @property
    def is_async(self) -> bool:
        call = getattr(self.stage, "__call__", None)
        return inspect.iscoroutinefunction(self.stage) or inspect.iscoroutinefunction(call)


# Answers


def _plain(value: object) -> object:
    """What JSON has no form for, and a stage may well return: numbers and arrays of numpy, sets, tuples with names."""
    for name in ("tolist", "item"):
        method = getattr(value, name, None)
        if method is not None:
            result: object = method()
            return result
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"a {type(value).__name__} cannot be written as JSON")


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain).encode
_decode = json.JSONDecoder().decode


def _words(error: BaseException) -> str:
    """`ValueError: what it says`, on one line."""
    # A KeyError would show its words in quotation marks.
    said = " ".join(str(error.args[0] if isinstance(error, KeyError) and error.args else error).split())
    name = type(error).__name__
    return (f"{name}: {said}" if said else name)[:LONGEST_ERROR]


def _report(error: BaseException) -> None:
    traceback.print_exception(type(error), error, error.__traceback__, file=sys.stderr)
    sys.stderr.flush()


class Answers:
    """Makes answers of what a stage returns."""

    def __init__(self, provides: Sequence[str]) -> None:
        self.provides = tuple(provides)
        self.names = frozenset(provides)

    def of(self, value: object) -> Mapping[str, object]:
        """What a stage provides, by key.

        None provides nothing. A `Result` says its keys. So does a dict that is not empty and whose keys are all names that
        plugin.yaml provides. Where it provides one name, anything else is that one's value; where it provides several,
        nothing else will do.
        """
        if value is None:
            return {}
        if isinstance(value, Result):
            if not self.names.issuperset(value):
                self.refuse(value)
            return value
        if isinstance(value, dict) and value and self.names.issuperset(value):
            return value
        if len(self.provides) == 1:
            return {self.provides[0]: value}
        if isinstance(value, dict):
            if value:
                self.refuse(value)
            return value
        names = ", ".join(self.provides)
        raise TypeError(f"the stage returned a {type(value).__name__}, and provides {names}: return a dict with those keys")

    def refuse(self, value: Mapping[str, object]) -> NoReturn:
        other = ", ".join(repr(key) for key in value if key not in self.names)
        raise KeyError(f"the stage returned {other}, which plugin.yaml does not provide")

    def payload(self, value: object) -> bytes:
        """The answer, or that of the exception in the place of one."""
        try:
            if isinstance(value, BaseException):
                return self.error(value)
            data = _encode(self.of(value)).encode()
            if len(data) > LARGEST_FRAME:
                raise ValueError(f"the answer has {len(data)} bytes, more than a frame may have")
            return data
        except Exception as error:  # what cannot be answered costs the article, not the stage
            return self.error(error)

    @staticmethod
    def error(error: BaseException) -> bytes:
        _report(error)
        return _encode({"error": _words(error)}).encode("utf-8", "replace")


# Frames


class Frame(NamedTuple):
    number: int
    payload: str


class Frames:
    """Cuts what comes in into frames. One buffer, from which text is decoded where it lies."""

    def __init__(self) -> None:
        self.buffer = bytearray(BUFFER)
        self.view = memoryview(self.buffer)
        self.start = 0
        self.end = 0

    def room(self) -> memoryview:
        """Where the next bytes go: room for the rest of the frame that has begun, or for what may come."""
        held = self.end - self.start
        need = HEAD.size
        if held >= HEAD.size:
            length = HEAD.unpack_from(self.buffer, self.start)[0]
            if length > LARGEST_FRAME:
                raise ConnectionError(f"a frame of {length} bytes is none")
            need += length
        if need > len(self.buffer) or (held == 0 and len(self.buffer) > BUFFER):
            rest = bytes(self.view[self.start : self.end])
            self.buffer = bytearray(max(need, BUFFER))
            self.view = memoryview(self.buffer)
            self.view[:held] = rest
            self.start, self.end = 0, held
        elif held == 0:
            self.start = self.end = 0
        elif self.start + need > len(self.buffer) or self.end == len(self.buffer):
            self.view[:held] = bytes(self.view[self.start : self.end])
            self.start, self.end = 0, held
        return self.view[self.end :]

    def took(self, count: int) -> None:
        self.end += count

    def next(self) -> Optional[Frame]:
        """The next frame that is whole."""
        body = self.start + HEAD.size
        if body > self.end:
            return None
        length, number = HEAD.unpack_from(self.buffer, self.start)
        if body + length > self.end:
            return None
        self.start = body + length
        return Frame(number, str(self.view[body : body + length], "utf-8"))

    def all(self) -> Iterator[Frame]:
        frame = self.next()
        while frame is not None:
            yield frame
            frame = self.next()


class Connection:
    """The socket to Linecaster. Answers wait in `send` until `flush`, or until they are many or old."""

    def __init__(self, link: socket.socket) -> None:
        self.link = link
        self.frames = Frames()
        self.waiting = bytearray()
        self.since = 0.0

    def receive(self, flags: int = 0) -> bool:
        """Waits for more; False where Linecaster has no more."""
        count = self.link.recv_into(self.frames.room(), 0, flags)
        self.frames.took(count)
        return count > 0

    def frame(self) -> Optional[Frame]:
        """The next frame, or None at the end. What was answered goes out before it is waited for."""
        frame = self.frames.next()
        while frame is None:
            self.flush()
            if not self.receive():
                return None
            frame = self.frames.next()
        return frame

    def send(self, number: int, payload: bytes) -> None:
        now = time.monotonic()
        if not self.waiting:
            self.since = now
        self.waiting += HEAD.pack(len(payload), number)
        self.waiting += payload
        if len(self.waiting) >= BURST or now - self.since >= PATIENCE:
            self.flush()

    def send_if_old(self) -> None:
        """Before a stage begins: an answer does not wait for it long."""
        if self.waiting and time.monotonic() - self.since >= PATIENCE:
            self.flush()

    def flush(self) -> None:
        if self.waiting:
            data = self.waiting
            self.waiting = bytearray()
            self.link.sendall(data)


# Serving


def serve(plan: Plan, link: socket.socket) -> None:
    """Shakes hands and answers articles until the other end closes."""
    # Programs that a stage starts are not to hold the socket.
    link.set_inheritable(False)
    connection = Connection(link)
    hello = connection.frame()
    if hello is None:
        return
    handshake: dict[str, Any] = _decode(hello.payload)
    options = Options(handshake.get("options") or {})
    answers = Answers(handshake.get("provides") or [handshake.get("plugin", "")])
    limit = max(1, int(handshake.get("batch") or 1))
    try:
        check(handshake)
        if plan.setup is not None:
            made = plan.setup(options)
            if inspect.isawaitable(made):
                raise TypeError("setup cannot be async")
    except Exception as error:  # whatever it is, the operator is to read it
        connection.send(0, Answers.error(error))
        connection.flush()
        sys.exit(1)
    connection.send(0, _encode({"protocol": PROTOCOL}).encode())
    connection.flush()
    if plan.batch is not None:
        serve_batches(plan.batch, connection, answers, options, limit)
    elif plan.is_async:
        assert plan.stage is not None
        finish(serve_async(plan.stage, connection, answers, options))
    else:
        assert plan.stage is not None
        serve_each(plan.stage, connection, answers, options)


def check(handshake: Mapping[str, Any]) -> None:
    """Raises ValueError where the handshake is of another protocol, or has offsets that are not Python's."""
    if handshake.get("protocol") != PROTOCOL:
        raise ValueError(f"linecaster_stage {__version__} speaks protocol {PROTOCOL}, not {handshake.get('protocol')}")
    if handshake.get("offsets", "codepoints") != "codepoints":
        raise ValueError("Python counts code points: leave `offsets` out of plugin.yaml")


def attempt(stage: Callable[[Article], Any], article: Article) -> object:
    """What a stage returns, or the exception that it raised."""
    try:
        result: object = stage(article)
        return result
    except Exception as error:  # costs the article
        return error


def serve_each(stage: Callable[[Article], Any], connection: Connection, answers: Answers, options: Options) -> None:
    frame = connection.frame()
    while frame is not None:
        connection.send_if_old()
        connection.send(frame.number, answers.payload(attempt(stage, Article(_decode(frame.payload), options))))
        frame = connection.frame()


def serve_batches(batch: Batch, connection: Connection, answers: Answers, options: Options, limit: int) -> None:
    frame = connection.frame()
    while frame is not None:
        taken = [frame]
        while len(taken) < limit:
            more = connection.frames.next()
            if more is None:
                # What is there already belongs to this batch; nothing is waited for.
                try:
                    if not connection.receive(socket.MSG_DONTWAIT):
                        break
                except BlockingIOError:
                    break
            else:
                taken.append(more)
        articles = [Article(_decode(each.payload), options) for each in taken]
        for each, result in zip(taken, attempt_batch(batch, articles)):
            connection.send(each.number, answers.payload(result))
        frame = connection.frame()


def attempt_batch(batch: Batch, articles: list[Article]) -> list[object]:
    """A result or an exception for each. Where a batch fails, each of its articles is tried alone: only the one that is to
    blame is lost."""
    try:
        results = list(batch(articles))
        if len(results) != len(articles):
            raise TypeError(f"the batch returned {len(results)} results for {len(articles)} articles")
        return results
    except Exception as error:
        if len(articles) == 1:
            return [error]
        return [result for article in articles for result in attempt_batch(batch, [article])]


def finish(work: Coroutine[Any, Any, Any]) -> Any:
    if sys.version_info >= (3, 10):
        return asyncio.run(work)
    # Events and locks that a stage made when it was loaded belong to the loop that there was then.
    return asyncio.get_event_loop().run_until_complete(work)


async def serve_async(
    stage: Callable[[Article], Any], connection: Connection, answers: Answers, options: Options
) -> None:
    loop = asyncio.get_running_loop()
    connection.link.setblocking(False)
    done: asyncio.Queue[Optional[tuple[int, bytes]]] = asyncio.Queue()
    at_work: set[asyncio.Task[None]] = set()

    async def answer(number: int, article: Article) -> None:
        result: object
        try:
            result = await stage(article)
        except Exception as error:  # costs the article
            result = error
        done.put_nowait((number, answers.payload(result)))

    async def send() -> None:
        item = await done.get()
        while item is not None:
            burst = bytearray()
            while item is not None:
                burst += HEAD.pack(len(item[1]), item[0])
                burst += item[1]
                if done.empty():
                    break
                item = done.get_nowait()
            await loop.sock_sendall(connection.link, burst)
            if item is not None:
                item = await done.get()

    sender = asyncio.create_task(send())
    try:
        while not sender.done():
            for frame in connection.frames.all():
                task = asyncio.create_task(answer(frame.number, Article(_decode(frame.payload), options)))
                at_work.add(task)
                task.add_done_callback(at_work.discard)
            count = await loop.sock_recv_into(connection.link, connection.frames.room())
            if count == 0:
                break
            connection.frames.took(count)
    finally:
        # Nobody waits for answers after the end.
        for task in [*at_work, sender]:
            task.cancel()
        await asyncio.gather(*at_work, sender, return_exceptions=True)


# Without Linecaster


class Manifest:
    """What `try` and tests need of plugin.yaml: names of options with their defaults, what is required and provided."""

    def __init__(self, path: Optional[str], name: str) -> None:
        found: Any = {}
        if path is not None:
            with open(path, encoding="utf-8") as file:
                found = _Yaml(file.read()).document()
        self.name: str = str(found.get("name") or name)
        self.batch = int(found.get("batch") or 1)
        self.requires: list[str] = list(found.get("requires") or [])
        self.provides: list[str] = list(found.get("provides") or [self.name])
        if found.get("reads"):
            self.provides = ["text", "html", "title", "byline", "published"]
        self.command: list[str] = [str(word) for word in found.get("command") or []]
        self.declared: dict[str, dict[str, Any]] = dict(found.get("options") or {})

    def options(self, given: Mapping[str, str]) -> Options:
        """Defaults, and over them what was given as words. Raises ValueError where an option or its value is wrong."""
        values = Options()
        for name, row in self.declared.items():
            if "default" in row:
                values[name] = self.value(row.get("type"), row["default"])
        for name, word in given.items():
            if self.declared and name not in self.declared:
                raise ValueError(f"there is no option {name!r}; there are {', '.join(self.declared)}")
            kind = self.declared.get(name, {}).get("type")
            if kind in ("text", "choice", "language"):
                values[name] = word
            else:
                value = _Yaml(word).flow()
                if kind in ("texts", "choices", "languages") and not isinstance(value, list):
                    value = word.split(",")
                values[name] = self.value(kind, value)
        return values

    @staticmethod
    def value(kind: Optional[str], value: Any) -> Any:
        """Durations in milliseconds, sizes in bytes, as Linecaster hands them over."""
        units = {"duration": _DURATIONS, "size": _SIZES}.get(kind or "")
        if units is None or not isinstance(value, str):
            return value
        match = re.fullmatch(r"([0-9.]+)([A-Za-z]+)", value)
        if match is None or match[2] not in units:
            raise ValueError(f"{value!r} is no {kind}: write a number and one of {', '.join(units)}")
        return int(float(match[1]) * units[match[2]])


_DURATIONS = {"ms": 1, "s": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000}
_SIZES = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9}


class _Yaml:
    """Reads as much YAML as a plugin.yaml has: mappings, lists, scalars, `{}` and `[]`. Linecaster itself reads all."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        # (indentation, words) of each line; the lines of one `{}` or `[]` are joined.
        self.lines: list[tuple[int, str]] = []

    def document(self) -> Any:
        for raw in self.text.splitlines():
            line = self.without_comment(raw).rstrip()
            if not line.strip() or line in ("---", "..."):
                continue
            words = line.strip()
            if self.lines and self.depth(self.lines[-1][1]) > 0:
                self.lines[-1] = (self.lines[-1][0], self.lines[-1][1] + " " + words)
            else:
                self.lines.append((len(line) - len(line.lstrip()), words))
        return self.block(self.lines[0][0]) if self.lines else {}

    @staticmethod
    def without_comment(line: str) -> str:
        quote = ""
        for place, letter in enumerate(line):
            if quote:
                quote = "" if letter == quote else quote
            elif letter in "\"'" and (place == 0 or line[place - 1] in " [{,"):
                quote = letter
            elif letter == "#" and (place == 0 or line[place - 1] in " \t"):
                return line[:place]
        return line

    @staticmethod
    def depth(words: str) -> int:
        bare = re.sub(r'"(?:[^"\\]|\\.)*"' + r"|(?<=[\s\[{,])'[^']*'", "", words)
        opened = re.search(r"(?:^|[:-]\s+)[\[{]", bare)
        rest = bare[opened.start() :] if opened else ""
        return len(re.findall(r"[\[{]", rest)) - len(re.findall(r"[\]}]", rest))

    KEY = re.compile(r"""("[^"]*"|'[^']*'|[^\s\[\]{}"'#,&*!|>%@`:-][^:]*?|-[^\s:][^:]*?)\s*:(?:\s+|$)""")

    def block(self, indent: int) -> Any:
        if not self.lines or self.lines[0][0] < indent:
            return None
        indent, words = self.lines[0]
        if words == "-" or words.startswith("- "):
            items = []
            while self.lines and self.lines[0][0] == indent and (self.lines[0][1] + " ").startswith("- "):
                rest = self.lines[0][1][1:]
                inner = indent + 1 + len(rest) - len(rest.lstrip())
                if not rest.strip():
                    del self.lines[0]
                    items.append(self.block(indent + 1))
                elif self.KEY.match(rest.strip()):
                    self.lines[0] = (inner, rest.strip())
                    items.append(self.block(inner))
                else:
                    del self.lines[0]
                    items.append(self.scalar(rest.strip(), indent))
            return items
        mapping = {}
        while self.lines and self.lines[0][0] == indent:
            key = self.KEY.match(self.lines[0][1])
            if key is None:
                break
            rest = self.lines[0][1][key.end() :]
            del self.lines[0]
            name = _Yaml(key[1]).flow()
            if rest:
                mapping[name] = self.scalar(rest, indent)
            else:
                is_list = bool(self.lines) and (self.lines[0][1] + " ").startswith("- ")
                mapping[name] = self.block(indent if is_list else indent + 1)
        return mapping if mapping else self.scalar(self.lines.pop(0)[1], indent - 1)

    def scalar(self, words: str, indent: int) -> Any:
        if words[0] in "[{\"'":
            return _Yaml(words).flow()
        parts = [] if re.fullmatch(r"[|>][-+]?", words) else [words]
        while self.lines and self.lines[0][0] > indent:
            parts.append(self.lines.pop(0)[1])
        joined = ("\n" if words.startswith("|") else " ").join(parts)
        return self.plain(joined) if len(parts) == 1 else joined

    def flow(self, ends: str = "") -> Any:
        self.skip()
        first = self.text[self.at : self.at + 1]
        if first in ("[", "{"):
            self.at += 1
            items: list[Any] = []
            mapping: dict[Any, Any] = {}
            close = "]" if first == "[" else "}"
            while True:
                self.skip()
                if self.at >= len(self.text):
                    raise ValueError(f"a {close} is missing")
                if self.text[self.at] in (close, ","):
                    self.at += 1
                    if self.text[self.at - 1] == close:
                        return items if first == "[" else mapping
                    continue
                value = self.flow(",]" if first == "[" else ",}:")
                self.skip()
                if first == "[":
                    items.append(value)
                elif self.text[self.at : self.at + 1] == ":":
                    self.at += 1
                    mapping[value] = self.flow(",}")
                else:
                    mapping[value] = None
        if first == '"':
            value, self.at = json.JSONDecoder().raw_decode(self.text, self.at)
            return value
        if first == "'":
            match = re.compile(r"'((?:[^']|'')*)'").match(self.text, self.at)
            if match is None:
                raise ValueError("a ' is missing")
            self.at = match.end()
            return match[1].replace("''", "'")
        begin = self.at
        while self.at < len(self.text):
            letter = self.text[self.at]
            if letter in ends and (letter != ":" or self.text[self.at + 1 : self.at + 2] in ("", " ")):
                break
            self.at += 1
        return self.plain(self.text[begin : self.at].strip())

    def skip(self) -> None:
        while self.text[self.at : self.at + 1].isspace():
            self.at += 1

    @staticmethod
    def plain(word: str) -> Any:
        if word in ("", "~", "null"):
            return None
        if word in ("true", "false"):
            return word == "true"
        for kind in (int, float):
            if re.fullmatch(r"[-+]?[0-9.]+(e[-+]?[0-9]+)?", word):
                try:
                    return kind(word)
                except ValueError:
                    pass
        return word


def load(path: str) -> Plan:
    """What the module at `path` hands to `run`, without serving."""
    folder = os.path.dirname(os.path.abspath(path))
    before = sys.path[:]
    sys.path.insert(0, folder)
    Plan.wanted, Plan.found = True, []
    try:
        runpy.run_path(path, run_name="__main__")
    finally:
        Plan.wanted = False
        sys.path[:] = before
    if not Plan.found:
        raise ValueError(f"{path} calls run() nowhere")
    return Plan.found[-1]


class Trial:
    """A stage in this process, as tests use it: `Trial("keywords.py", count="5").answer("Some text.")`."""

    def __init__(self, path: str, **given: str) -> None:
        folder, file = os.path.split(os.path.abspath(path))
        described = os.path.join(folder, "plugin.yaml")
        self.manifest = Manifest(described if os.path.exists(described) else None, os.path.splitext(file)[0])
        self.plan = load(path)
        self.options = self.manifest.options(given)
        self.answers = Answers(self.manifest.provides)
        if self.plan.setup is not None:
            self.plan.setup(self.options)

    def answer(self, article: Union[str, Mapping[str, Any]]) -> dict[str, Any]:
        """What the stage provides, by key, as JSON has it. What it raises is raised here."""
        parts: dict[str, Any] = {"text": article} if isinstance(article, str) else dict(article)
        for key in self.manifest.requires:
            if parts.get(key) is None:
                parts[key] = _plain_layer(key, parts["text"])
        one = Article(parts, self.options)
        if self.plan.batch is not None:
            value = self.plan.batch([one])[0]
        else:
            assert self.plan.stage is not None
            value = self.plan.stage(one)
            if inspect.iscoroutine(value):
                value = finish(value)
        if isinstance(value, BaseException):
            raise value
        found: dict[str, Any] = _decode(_encode(self.answers.of(value)))
        return found


def _plain_layer(key: str, text: str) -> list[dict[str, object]]:
    """Something in the place of what `segment` finds, for a first try; nothing in the place of other layers."""
    pattern = {
        "paragraphs": r"\S.*?(?=\s*\n\s*\n|\s*\Z)",
        "sentences": r"""\S.*?(?:[.!?][.!?"”’)]*(?=\s+["“‘(]?[A-Z0-9])|(?=\s*\n\s*\n)|(?=\s*\Z))""",
        "tokens": r"\w+|[^\w\s]",
    }.get(key)
    if pattern is None:
        return []
    more = {"kind": "body"} if key == "paragraphs" else {}
    return [{"start": match.start(), "end": match.end(), **more} for match in re.finditer(pattern, text, re.S)]


USAGE = """Usage: python3 -m linecaster_stage try FILE [--stage MODULE.py] [--option NAME=VALUE]...

Runs a stage on FILE and prints what it provides as JSON. FILE is a text, or a JSON object with the keys of a record, which
may have layers, too: what `linecaster process` prints will do. `-` is standard input. The stage is MODULE.py, or the one
that plugin.yaml in this folder names. Sentences and the like that FILE does not have are made by a simple rule."""


def main(words: Sequence[str]) -> int:
    if not words or words[0] != "try":
        print(USAGE, file=sys.stdout if "--help" in words or "-h" in words else sys.stderr)
        return 0 if "--help" in words or "-h" in words else 64
    files: list[str] = []
    stage: Optional[str] = None
    given: dict[str, str] = {}
    rest = list(words[1:])
    while rest:
        word = rest.pop(0)
        if word in ("--stage", "--option") and rest:
            value = rest.pop(0)
            if word == "--stage":
                stage = value
            elif "=" in value:
                name, _, given_value = value.partition("=")
                given[name] = given_value
            else:
                print(f"--option wants NAME=VALUE, not {value!r}", file=sys.stderr)
                return 64
        elif word.startswith("-") and word != "-":
            print(USAGE, file=sys.stderr)
            return 64
        else:
            files.append(word)
    if len(files) != 1:
        print(USAGE, file=sys.stderr)
        return 64
    try:
        if stage is None:
            stage = next((word for word in Manifest("plugin.yaml", "").command if word.endswith(".py")), None)
            if stage is None:
                raise ValueError("plugin.yaml names no Python file: name it with --stage")
        data = sys.stdin.buffer.read() if files[0] == "-" else open(files[0], "rb").read()
        text = data.decode("utf-8-sig")
        article: Any = json.loads(text) if text.lstrip().startswith("{") else {"text": text, "source": {"name": files[0]}}
        if not isinstance(article.get("text"), str):
            raise ValueError(f"{files[0]} has no `text`")
    except (OSError, ValueError) as error:
        print(_words(error), file=sys.stderr)
        return 66
    try:
        answer = Trial(stage, **given).answer(article)
    except Exception as error:  # shown as the daemon would tell it
        _report(error)
        print(json.dumps({"error": _words(error)}, ensure_ascii=False))
        return 1
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    # The stage imports this file by its name; both are to be the same module.
    import linecaster_stage

    sys.exit(linecaster_stage.main(sys.argv[1:]))
