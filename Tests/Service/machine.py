"""A throw-away Debian with a real systemd: an overlay over this machine's own root, booted by systemd-nspawn."""

import os
import shutil
import signal
import subprocess
import tempfile
import time


class Machine:
    """Use it in a `with`: the machine is gone behind it."""

    def __init__(self):
        self.work = tempfile.mkdtemp(prefix="linecaster-systemd.")
        self.name = f"linecaster{os.getpid()}"
        self.root = os.path.join(self.work, "root")
        self.nspawn = None
        self.leader = None
        # Of the control groups of version 1, where the host has them.
        self.groups = [
            f"/sys/fs/cgroup/{kind}/{self.name}"
            for kind in ("memory", "pids", "systemd", "unified")
            if os.path.isdir(f"/sys/fs/cgroup/{kind}")
        ]

    def __enter__(self):
        memory = os.path.join(self.work, "memory")
        for folder in (memory, self.root):
            os.makedirs(folder)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1g", "tmpfs", memory], check=True)
        upper, inner = os.path.join(memory, "upper"), os.path.join(memory, "work")
        os.makedirs(upper)
        os.makedirs(inner)
        options = f"lowerdir=/,upperdir={upper},workdir={inner}"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, self.root], check=True)
        open(os.path.join(self.root, "etc/machine-id"), "w").close()
        # A container's root may forbid packages to start services.
        policy = os.path.join(self.root, "usr/sbin/policy-rc.d")
        if os.path.exists(policy):
            os.remove(policy)
        self.boot()
        return self

    def boot(self):
        def enter_groups():
            for group in self.groups:
                os.makedirs(group, exist_ok=True)
                with open(os.path.join(group, "cgroup.procs"), "w") as file:
                    file.write(str(os.getpid()))

        self.log = open(os.path.join(self.work, "nspawn.log"), "w")
        self.nspawn = subprocess.Popen(
            ["systemd-nspawn", "-q", "-D", self.root, "-b", "--register=no", "--keep-unit", "--console=passive",
             "--private-network", "--capability=all", "--system-call-filter=bpf", f"--machine={self.name}", "--",
             "--unit=basic.target"],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, preexec_fn=enter_groups,
            # So that the filters of units are made here as they are on a machine of its own.
            env={**os.environ, "SYSTEMD_SECCOMP": "0"})
        wait_for(30, self.is_up, "systemd to boot")
        if self.groups:
            # nspawn gives their controllers read-only.
            for kind in ("memory", "pids"):
                self.run("mount", "-o", "remount,rw,bind", f"/sys/fs/cgroup/{kind}")
            self.run("systemctl", "daemon-reexec")
            wait_for(10, self.is_up, "systemd to start anew")

    def is_up(self):
        found = subprocess.run(["pgrep", "-P", str(self.nspawn.pid)], capture_output=True, text=True).stdout.split()
        if not found:
            return False
        self.leader = found[0]
        return self.run("systemctl", "is-system-running").stdout.strip() in ("running", "degraded")

    def run(self, *command, user=None, timeout=60):
        """Runs a command in the machine; as another user with that user's groups."""
        if user:
            command = ("setpriv", "--reuid", user, "--regid", user, "--init-groups", *command)
        return subprocess.run(
            ["nsenter", "-t", self.leader, "-a", "--", *command], capture_output=True, text=True, timeout=timeout,
            stdin=subprocess.DEVNULL)

    def shell(self, script, user=None, timeout=60):
        return self.run("sh", "-c", script, user=user, timeout=timeout)

    def path(self, path):
        """Of the machine's, as this one sees it."""
        return self.root + path

    def __exit__(self, *_):
        if self.leader:
            self.run("systemctl", "poweroff")
        if self.nspawn:
            try:
                self.nspawn.wait(10)
            except subprocess.TimeoutExpired:
                if self.leader:
                    os.kill(int(self.leader), signal.SIGKILL)
                self.nspawn.kill()
                self.nspawn.wait()
        subprocess.run(["umount", "-l", self.root], capture_output=True)
        subprocess.run(["umount", "-l", os.path.join(self.work, "memory")], capture_output=True)
        for group in self.groups:
            for folder, _, _ in os.walk(group, topdown=False):
                try:
                    os.rmdir(folder)
                except OSError:
                    pass
        shutil.rmtree(self.work, ignore_errors=True)


def wait_for(seconds, condition, what):
    """Fails where the condition does not come true."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(0.05)
