"""What the fault cases share: how a case is declared, and what it borrows from the machine."""

import contextlib
import os
import shutil
import subprocess

CASES = []


class Skip(Exception):
    """The case cannot run here."""


def case(name, *tools, root=False):
    """Declares a case: a function that gets a directory, returns a note, and fails with `Failure`."""

    def declare(function):
        CASES.append((name, tools, root, function))
        return function

    return declare


def why_not(tools, root):
    """Why a case cannot run on this machine; nothing where it can."""
    if root and os.geteuid() != 0:
        return "needs root"
    missing = [tool for tool in tools if not shutil.which(tool)]
    return f"missing: {', '.join(missing)}" if missing else None


@contextlib.contextmanager
def mounted(*command, at):
    """A mount that is gone after the block, whatever happens in it."""
    os.makedirs(at, exist_ok=True)
    result = subprocess.run([*command, at], capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise Skip(f"{command[0]} does not work here: {result.stderr.strip()}")
    try:
        yield at
    finally:
        unmount(at)


def unmount(at):
    if subprocess.run(["umount", at], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        subprocess.run(["umount", "-l", at], stderr=subprocess.DEVNULL, check=False)


def tmpfs(at, size):
    return mounted("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", at=at)


@contextlib.contextmanager
def kernel_setting(path, value):
    """Another value for a setting of the kernel, until the block ends."""
    with open(path, encoding="ascii") as file:
        before = file.read()
    try:
        with open(path, "w", encoding="ascii") as file:
            file.write(value)
        yield
    finally:
        with open(path, "w", encoding="ascii") as file:
            file.write(before)
