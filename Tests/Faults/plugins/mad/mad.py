"""A plugin that does harm by choice. It speaks the protocol by itself, since linecaster_stage would not let it.

The option `how` names what it does with an article that has the word MAD in its text; others get an answer. A word behind `mad.py` in
`command` names what it does before it is ready.
"""

import ctypes
import errno
import json
import os
import resource
import signal
import socket
import stat
import struct
import sys
import time

HEAD = struct.Struct("<II")
MEBIBYTE = 1 << 20
LINK = socket.socket(fileno=int(os.environ["LINECASTER_SOCKET"]))
LIBC = ctypes.CDLL(None, use_errno=True)


def frame(number, payload):
    data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return HEAD.pack(len(data), number) + data


def receive(count):
    data = bytearray()
    while len(data) < count:
        more = LINK.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return bytes(data)


def forever():
    while True:
        time.sleep(3600)


def child(work, session=True):
    """A process of its own that the parent does not wait for: a child of init, in a session of its own."""
    if os.fork() == 0:
        if session:
            os.setsid()
        if os.fork() == 0:
            work()
        os._exit(0)
    os.wait()


def deaf_child():
    """A child that hears no signal but SIGKILL and holds whatever its parent has open."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    forever()


# What is done with an article, each called with its number; a value that comes back is the answer's layer `mad`.


def leave(number):
    os._exit(3)


def killed(number):
    os.kill(os.getpid(), signal.SIGSEGV)


def hang(number):
    while True:
        pass


def sleep(number):
    time.sleep(1.5)
    return "late"


def stopped(number):
    os.kill(os.getpid(), signal.SIGSTOP)


def deaf(number):
    deaf_child()


def garbage(number):
    LINK.sendall(b"Hello, this is no frame at all.\n" * 1000)
    forever()


def wrong_id(number):
    LINK.sendall(frame(number + 7, {"mad": 1}))
    forever()


def id_zero(number):
    LINK.sendall(frame(0, {"protocol": 1}))
    forever()


def twice(number):
    LINK.sendall(frame(number, {"mad": 1}))
    return 2


def late_death(number):
    """The answer is out when it dies: whichever article it has next is not to blame."""
    LINK.sendall(frame(number, {"mad": 1}))
    signal.setitimer(signal.ITIMER_REAL, 0.002)
    return Ellipsis


def never(number):
    return Ellipsis


def flood(number):
    for _ in range(64):
        os.write(1, b"x" * 1023 * 64 + b"\n")
        os.write(2, (b"y" * 99 + b"\n") * 640)
    return "flooded"


def odd_output(number):
    """No text, no line end, control characters that a terminal would obey."""
    os.write(1, bytes(range(256)) * 400)
    os.write(2, b"\x1b[2J\x1b]0;owned\x07" + b"\0" * 70_000)
    return "printed"


def memory(number):
    held = []
    while len(held) < 10 * 1024:
        # Touched, for else it would be no memory.
        held.append(bytearray(os.urandom(1)) * MEBIBYTE)
    return len(held)


def leaves_child(number):
    child(forever)
    return "left"


def leaves_deaf_children(number):
    for _ in range(5):
        child(deaf_child)
    return "left"


def dies_and_leaves(number):
    """The child holds the socket, so that no end of it tells of the death."""
    child(deaf_child)
    os._exit(4)


def close_socket(number):
    LINK.close()
    forever()


def close_all(number):
    os.closerange(0, 256)
    forever()


def shut_down(number):
    LINK.shutdown(socket.SHUT_WR)
    forever()


def half_frame(number):
    LINK.sendall(frame(number, {"mad": "x" * 1000})[:500])
    os._exit(5)


def trickle(number):
    for byte in frame(number, {"mad": "slowly", "spots": []}):
        LINK.sendall(bytes([byte]))
    return Ellipsis


def large_length(number):
    LINK.sendall(HEAD.pack(0xFFFFFFFF, number) + b"{" * 1000)
    forever()


def gibibyte(number):
    """A frame that may be, and does not come."""
    LINK.sendall(HEAD.pack(1 << 30, number) + b'{"mad":"')
    forever()


def deep(number):
    LINK.sendall(frame(number, b'{"mad":' + b"[" * MEBIBYTE + b"]" * MEBIBYTE + b"}"))
    return Ellipsis


def raw(payload):
    def answer(number):
        LINK.sendall(frame(number, payload))
        return Ellipsis

    return answer


def fail(number):
    LINK.sendall(frame(number, {"error": "no such luck"}))
    return Ellipsis


third_count = 0


def third(number):
    global third_count
    third_count += 1
    if third_count % 3 == 0:
        os._exit(6)
    return third_count


# What the sandbox must refuse. Each raises OSError or answers what it got.


def call(name, *words):
    if getattr(LIBC, name)(*words) == -1:
        raise OSError(ctypes.get_errno(), name)


def opened(*words):
    with socket.socket(*words):
        return "made"


def unix_socket(path):
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(path)
        return "connected"


def read(path):
    with open(path, "rb") as file:
        return repr(file.read(40))


def write(path):
    with open(path, "wb") as file:
        file.write(b"mad was here\n")
    return "written"


def attempts(where):
    inside = os.path.dirname(os.path.abspath(__file__))
    return {
        "read /etc/passwd": lambda: read("/etc/passwd"),
        "read /etc/shadow": lambda: read("/etc/shadow"),
        "read the spool": lambda: read(os.path.join(where, "proof.yaml")),
        "list the spool": lambda: os.listdir(where),
        "read the parent's memory": lambda: read(f"/proc/{os.getppid()}/mem"),
        "read the parent's environment": lambda: read(f"/proc/{os.getppid()}/environ"),
        "write into the spool": lambda: write(os.path.join(where, "mad")),
        "write into the outbox": lambda: write(os.path.join(where, "outbox", "proof.jsonl")),
        "write into its folder": lambda: write(os.path.join(inside, "mad.new")),
        "write over itself": lambda: write(os.path.join(inside, "mad.py.new")),
        "write into /tmp": lambda: write("/tmp/linecaster-mad"),
        "write into /dev/shm": lambda: write("/dev/shm/linecaster-mad"),
        "make a folder": lambda: os.mkdir(os.path.join(where, "mad-folder")),
        "make a link": lambda: os.symlink("/etc", os.path.join(where, "mad-link")),
        "rename": lambda: os.rename(os.path.join(where, "proof.yaml"), os.path.join(where, "proof.old")),
        "remove": lambda: os.unlink(os.path.join(where, "proof.yaml")),
        "cut off": lambda: os.truncate(os.path.join(where, "proof.yaml"), 0),
        "TCP": lambda: opened(socket.AF_INET, socket.SOCK_STREAM),
        "TCP 6": lambda: opened(socket.AF_INET6, socket.SOCK_STREAM),
        "UDP": lambda: opened(socket.AF_INET, socket.SOCK_DGRAM),
        "raw socket": lambda: opened(socket.AF_INET, socket.SOCK_RAW, 1),
        "netlink": lambda: opened(socket.AF_NETLINK, socket.SOCK_RAW),
        "Unix socket": lambda: unix_socket(os.path.join(where, "state", "control")),
        "abstract socket": lambda: unix_socket("\0linecaster-mad"),
        "signal to the parent": lambda: os.kill(os.getppid(), 0),
        "signal to init": lambda: os.kill(1, 0),
        "ptrace of the parent": lambda: call("ptrace", 16, os.getppid(), 0, 0),
        "mount": lambda: call("mount", b"none", b"/mnt", b"tmpfs", 0, 0),
        "new namespace": lambda: call("unshare", 0x00020000),
        "new user namespace": lambda: call("unshare", 0x10000000),
        "new root": lambda: os.chroot(inside),
    }


def changed(path, act):
    """Refused where the act leaves the file as it was. The file itself cannot be opened, but looked at."""
    before = os.stat(path)
    act()
    if os.stat(path)[:10] == before[:10] and os.stat(path).st_ctime_ns == before.st_ctime_ns:
        raise OSError(errno.EPERM, "nothing changed")
    return "changed"


def rights(where):
    """What no rule about files covers: files of the daemon's user, processes of that user, and what root may. No attempt harms where
    it is let through."""
    pipeline, private = os.path.join(where, "proof.yaml"), os.environ["TMPDIR"]
    return {
        # These are told that it is done, and nothing is.
        "change rights": lambda: changed(pipeline, lambda: os.chmod(pipeline, 0o600)),
        "change the owner": lambda: changed(pipeline, lambda: os.chown(pipeline, os.getuid(), os.getgid())),
        "change times": lambda: changed(pipeline, lambda: os.utime(pipeline, (1, 1))),
        "change attributes": lambda: os.setxattr(pipeline, "user.mad", b"1"),
        "limits of the parent": lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CORE, (0, 0)),
        "priority of the parent": lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), os.getpriority(os.PRIO_PROCESS, os.getppid())),
        "processors of the parent": lambda: os.sched_setaffinity(os.getppid(), os.sched_getaffinity(os.getppid())),
        "descriptor of the parent": lambda: call("syscall", 438, os.pidfd_open(os.getppid()), 0, 0),
        "read /etc/passwd by its handle": lambda: by_handle("/etc/passwd"),
        "read the disk by a device of its own": lambda: device(os.path.join(private, "device"), os.stat("/").st_dev),
        "shared memory that stays": shared_memory,
        "host name": lambda: call("sethostname", None, 3),
        "clock": lambda: call("adjtimex", ctypes.create_string_buffer(b"\1", 256)),
        "swap": lambda: call("swapoff", b"/nowhere"),
        "kernel's log": lambda: call("klogctl", 3, ctypes.create_string_buffer(16), 16),
        "accounting": lambda: call("acct", b"/nowhere/at/all"),
    }


def by_handle(path):
    """Opens a file without its path; root may, of any file system that it has a descriptor of."""
    handle = ctypes.create_string_buffer(struct.pack("Ii", 128, 0) + bytes(128))
    mount = ctypes.c_int()
    call("name_to_handle_at", -100, path.encode(), handle, ctypes.byref(mount), 0)
    folder = os.open("/usr", os.O_RDONLY)
    number = LIBC.open_by_handle_at(folder, handle, os.O_RDONLY)
    if number == -1:
        raise OSError(ctypes.get_errno(), path)
    return repr(os.read(number, 40))


def device(path, number):
    os.mknod(path, stat.S_IFBLK | 0o600, number)
    return "read " + repr(read(path)[:20])


def shared_memory():
    number = LIBC.shmget(0, 4096, 0o1600)
    if number == -1:
        raise OSError(ctypes.get_errno(), "shmget")
    LIBC.shmctl(number, 0, None)
    return "made"


def allowed():
    """What a plugin must be able to do."""
    private = os.environ["TMPDIR"]
    # Before anything is opened.
    descriptors = {number: os.readlink(f"/proc/self/fd/{number}") for number in range(4, 64) if is_open(number)}
    return {
        "write into TMPDIR": lambda: write(os.path.join(private, "mine")),
        "read it again": lambda: read(os.path.join(private, "mine")),
        "HOME is TMPDIR": lambda: os.environ["HOME"] == private,
        "read its folder": lambda: read("plugin.yaml"),
        "run a program": lambda: os.popen("/bin/echo ran").read(),
        "random numbers": lambda: len(open("/dev/urandom", "rb").read(4)),
        "standard input is empty": lambda: os.read(0, 10).decode(),
        "no secrets": lambda: sorted(
            set(os.environ) - {"PATH", "LANG", "LC_CTYPE", "LINECASTER_PLUGIN", "LINECASTER_SOCKET", "TMPDIR", "HOME", "PYTHONPATH",
                "PYTHONDONTWRITEBYTECODE"}),
        "no other descriptors": lambda: descriptors,
    }


def is_open(number):
    try:
        os.fstat(number)
        return True
    except OSError:
        return False


def outcome(attempt):
    try:
        return attempt()
    except OSError as error:
        return "errno " + errno.errorcode.get(error.errno, str(error.errno))
    except Exception as error:
        return repr(error)


def try_all(number):
    return {name: outcome(attempt) for name, attempt in attempts(options["where"]).items()}


def try_rights(number):
    return {name: outcome(attempt) for name, attempt in rights(options["where"]).items()}


def try_named(number):
    """What its manifest names under `access`, and what lies beside it."""
    named = {
        "read": lambda: read(os.path.join(options["where"], "readable", "file")),
        "write": lambda: write(os.path.join(options["where"], "writable", "file")),
        "write what it may read": lambda: write(os.path.join(options["where"], "readable", "file")),
        "read beside": lambda: read(os.path.join(options["where"], "proof.yaml")),
        "TCP": lambda: opened(socket.AF_INET, socket.SOCK_STREAM),
        "UDP": lambda: opened(socket.AF_INET, socket.SOCK_DGRAM),
        "netlink": lambda: opened(socket.AF_NETLINK, socket.SOCK_RAW),
    }
    return {name: outcome(attempt) for name, attempt in named.items()}


def try_allowed(number):
    return {name: outcome(attempt) for name, attempt in allowed().items()}


ENTITY = {
    "id": 0, "type": "ORG", "name": "Lund", "link": None, "roles": [], "value": None, "amount": None, "unit": None,
    "mentions": [{"start": 0, "end": 4, "text": "MAD "}], "references": []}


def entity(**changes):
    return raw({"entities": [dict(ENTITY, **changes)]})


KINDS = {
    "nothing": lambda number: "sane", "exit": leave, "signal": killed, "hang": hang, "sleep": sleep, "stop": stopped, "deaf": deaf,
    "garbage": garbage, "wrong_id": wrong_id, "id_zero": id_zero, "twice": twice, "late_death": late_death, "never": never, "flood": flood,
    "odd_output": odd_output, "memory": memory, "leaves_child": leaves_child, "leaves_deaf_children": leaves_deaf_children,
    "dies_and_leaves": dies_and_leaves, "close_socket": close_socket, "close_all": close_all, "shut_down": shut_down,
    "half_frame": half_frame, "trickle": trickle, "large_length": large_length, "gibibyte": gibibyte, "deep": deep, "fail": fail,
    "third": third, "attempts": try_all, "rights": try_rights, "allowed": try_allowed, "named": try_named,
    "no_json": raw(b"{mad}"), "no_object": raw(b"[1]"), "empty": raw(b""), "nan": raw(b'{"mad":NaN}'), "no_utf8": raw(b'{"mad":"\xff"}'),
    "half_surrogate": raw(b'{"mad":"\\ud800"}'), "double_key": raw(b'{"mad":1,"mad":2}'), "more_behind": raw(b'{"mad":1}{"mad":2}'),
    "huge_number": raw(b'{"mad":1e999}'),
    "other_layer": raw({"mad": 1, "sentences": []}), "unknown_key": raw({"mad": 1, "lucky": 1}),
    "span_outside": raw({"spots": [{"start": 0, "end": 1_000_000}]}), "span_backwards": raw({"spots": [{"start": 3, "end": 1}]}),
    "span_negative": raw({"spots": [{"start": -3, "end": 1}]}), "span_fraction": raw({"spots": [{"start": 0.5, "end": 1}]}),
    "span_text": raw({"spots": [{"start": "0", "end": 1}]}), "other_shape": raw({"spots": "none"}),
    "entity_good": entity(), "entity_id": entity(id=5), "entity_type": entity(type="DOG"),
    "entity_outside": entity(mentions=[{"start": 0, "end": 1_000_000, "text": "MAD"}]),
}
# What is done before it is ready.


def exit_at_once():
    os._exit(7)


def exit_at_start():
    receive(8)
    os._exit(8)


def refuse():
    receive(8)
    LINK.sendall(frame(0, {"error": "no model here"}))
    forever()


def other_protocol():
    receive(8)
    LINK.sendall(frame(0, {"protocol": 2}))
    forever()


def garbage_at_start():
    LINK.sendall(b"garbage" * 100)
    forever()


def once_only():
    """The first process runs, and is the last one that does until somebody mends it."""
    folder = sys.argv[2]
    if os.path.exists(os.path.join(folder, "mended")):
        return
    try:
        os.mkdir(os.path.join(folder, "started"))
    except FileExistsError:
        os._exit(9)


STARTS = {
    "once_only": once_only,
    "exit_at_once": exit_at_once, "exit_at_start": exit_at_start, "hang_at_start": forever, "refuse": refuse,
    "other_protocol": other_protocol, "garbage_at_start": garbage_at_start}


def main():
    global options
    if len(sys.argv) > 1:
        STARTS[sys.argv[1]]()
    length, _ = HEAD.unpack(receive(8))
    handshake = json.loads(receive(length))
    options = handshake["options"]
    kind = options["how"]
    if len(sys.argv) > 2 and os.path.exists(os.path.join(sys.argv[2], "mended")):
        kind = "nothing"
    LINK.sendall(frame(0, {"protocol": 1}))
    while True:
        try:
            length, number = HEAD.unpack(receive(8))
            article = json.loads(receive(length))
        except EOFError:
            return
        answer = "sane"
        if "MAD" in article["text"] or kind == "third":
            answer = KINDS[kind](number)
        if answer is not Ellipsis:
            LINK.sendall(frame(number, {"mad": answer} if "mad" in handshake["provides"] else {}))


if __name__ == "__main__":
    main()
