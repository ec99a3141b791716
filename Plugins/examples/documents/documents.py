"""Documents to text or HTML: PDF by pdftotext, the others by pandoc."""

from __future__ import annotations

import os
import subprocess
import tempfile
from typing import Union

from linecaster_stage import Document, run

LONGEST_COMPLAINT = 300


def output(command: list[str]) -> str:
    """What a program prints. Raises RuntimeError with its words where it fails."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except FileNotFoundError:
        raise RuntimeError(f"{command[0]} is not installed") from None
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RuntimeError(f"{command[0]}: {words[-1][:LONGEST_COMPLAINT] if words else done.returncode}")
    return done.stdout.decode("utf-8", "replace")


def convert(document: Document) -> Union[str, dict[str, object]]:
    with tempfile.NamedTemporaryFile(suffix="." + document.ending) as file:
        file.write(document.data)
        file.flush()
        if document.ending == "pdf":
            text = output(["pdftotext", "-q", "-enc", "UTF-8", "-nopgbrk", file.name, "-"])
            if not text.strip():
                raise RuntimeError("the PDF holds no text: it may be a scan")
            return text
        # A file cannot make pandoc read others.
        return {"html": output(["pandoc", "--sandbox", "--standalone", "--to", "html", "--from", document.ending, file.name])}


if __name__ == "__main__":
    run(convert=convert)
