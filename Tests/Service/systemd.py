"""Installs the Debian package on a throw-away machine with a real systemd, and lives through what a service meets.

    python3 Tests/Service/systemd.py .build/packages/linecaster_0.1.0-1_amd64.deb [--idle SECONDS]

Needs root and Debian's systemd-container. Exit code: 0 all is as expected, 1 not, 77 it cannot be tried here.
"""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import time

from machine import Machine, wait_for

STORY = ("Rain fell on Tolmar on Monday. The river rose by two metres, and the old bridge was closed. "
         "“We have seen nothing like it,” said Mayor Ada Corr of Tolmar. Number {}.\n")
SERVICE = "linecaster.service"
SPOOL = "/var/lib/linecaster"

failures = 0


def check(name, good, detail=""):
    global failures
    print(f"{'ok  ' if good else 'FAIL'} {name}", flush=True)
    if not good:
        failures += 1
        for line in str(detail).splitlines()[-15:]:
            print(f"     | {line}")


def ran(name, result):
    check(name, result.returncode == 0, result.stdout + result.stderr)


class Service:
    def __init__(self, machine):
        self.machine = machine
        self.dropped = 0

    def property(self, name):
        return self.machine.run("systemctl", "show", "-p", name, "--value", SERVICE).stdout.strip()

    def pid(self):
        return int(self.property("MainPID") or 0)

    def is_active(self):
        return self.property("ActiveState") == "active"

    def restarted(self, old):
        return self.pid() not in (0, old) and self.is_active()

    def status(self):
        return json.loads(self.machine.run("linecaster", "status", "--json", "--root", SPOOL).stdout)

    def drop(self, count=1, user="producer"):
        for _ in range(count):
            self.dropped += 1
            text = STORY.format(self.dropped).replace("'", "")
            name = f"{SPOOL}/inbox/{self.dropped}.txt"
            result = self.machine.shell(f"printf '%s' '{text}' > {name}", user=user)
            if result.returncode:
                raise RuntimeError(result.stderr)

    def flood(self, count):
        """Many at once, moved in by root on this side."""
        inbox = self.machine.path(f"{SPOOL}/inbox")
        for _ in range(count):
            self.dropped += 1
            with open(f"{inbox}/.{self.dropped}.new", "w") as file:
                file.write(STORY.format(self.dropped))
            os.chmod(f"{inbox}/.{self.dropped}.new", 0o644)
            os.rename(f"{inbox}/.{self.dropped}.new", f"{inbox}/{self.dropped}.txt")

    def texts(self):
        texts = []
        outbox = self.machine.path(f"{SPOOL}/outbox")
        for name in sorted(os.listdir(outbox)):
            if name.endswith(".jsonl") and "duplicates" not in name:
                with open(f"{outbox}/{name}") as file:
                    texts += [json.loads(line)["source"]["name"] for line in file if line.endswith("\n")]
        return texts

    def settle(self, what, seconds=60):
        """Every article that was dropped has its line, once."""
        try:
            wait_for(seconds, lambda: len(set(self.texts())) >= self.dropped, what)
        except TimeoutError:
            pass
        texts = self.texts()
        check(what, len(texts) == len(set(texts)) == self.dropped,
              f"{self.dropped} dropped, {len(texts)} lines, {len(set(texts))} of them different")


def mode(machine, path):
    status = os.stat(machine.path(path))
    names = machine.run("stat", "-c", "%a %U %G", path).stdout.strip()
    return f"{stat.filemode(status.st_mode)[0]} {names}"


def install(machine, package):
    shutil.copy(package, machine.path("/root/linecaster.deb"))
    result = machine.run("dpkg", "-i", "/root/linecaster.deb", timeout=120)
    ran("the package is installed", result)


def units(machine):
    for unit in (SERVICE, "linecaster@sport.service", "linecaster-control.socket", "linecaster-read.socket"):
        ran(f"systemd-analyze verify {unit}", machine.run("systemd-analyze", "--man=no", "verify", unit))
    for name in (SERVICE, "linecaster@.service"):
        file = f"/lib/systemd/system/{name}"
        result = machine.run("systemd-analyze", "security", "--offline=true", "--threshold=5", "--no-pager", file)
        ran(f"the exposure of {name} is 0.5 at most", result)
        print(f"#    {result.stdout.strip().splitlines()[-1] if result.stdout else result.stderr}")
    examples = "/usr/share/doc/linecaster/examples"
    for example in ("inbox-elsewhere", "plugins"):
        folder = f"/etc/systemd/system/{SERVICE}.d"
        result = machine.shell(
            f"mkdir -p {folder} && cp {examples}/{example}.conf {folder}/ && systemctl daemon-reload && "
            f"systemd-analyze --man=no verify {SERVICE} && systemd-analyze security --no-pager {SERVICE} | tail -1; "
            f"rm {folder}/{example}.conf; systemctl daemon-reload")
        ran(f"with {example}.conf", result)
        print(f"#    {result.stdout.strip()}")


def users(machine):
    for user, groups in (("producer", "linecaster-drop"), ("reader", "linecaster-read"), ("admin", "linecaster-admin"),
                         ("stranger", "")):
        command = ["useradd", "-M", "-U", user] + (["-G", groups] if groups else [])
        ran(f"user {user}", machine.run(*command))


def permissions(machine, service):
    check("the inbox is 2770 and its group linecaster-drop", mode(machine, f"{SPOOL}/inbox") == "d 2770 linecaster linecaster-drop",
          mode(machine, f"{SPOOL}/inbox"))
    check("the outbox is 2750 and its group linecaster-read",
          mode(machine, f"{SPOOL}/outbox") == "d 2750 linecaster linecaster-read", mode(machine, f"{SPOOL}/outbox"))
    pid = service.pid()
    check("it does not run as root", machine.run("stat", "-c", "%U", f"/proc/{pid}").stdout.strip() == "linecaster")
    service.drop()
    machine.shell(f"umask 077; echo '{STORY.format('077')}' > {SPOOL}/inbox/private.txt", user="producer")
    service.dropped += 1
    service.settle("a file of a producer with umask 077 is taken")
    service.dropped -= 1
    check("a record file is 0640", mode(machine, f"{SPOOL}/outbox/news.jsonl").startswith("- 640 linecaster linecaster-read"),
          mode(machine, f"{SPOOL}/outbox/news.jsonl"))
    ran("a reader reads the outbox", machine.shell(f"head -c 10 {SPOOL}/outbox/news.jsonl", user="reader"))
    check("a stranger does not", machine.shell(f"cat {SPOOL}/outbox/news.jsonl", user="stranger").returncode != 0)
    check("a stranger puts nothing into the inbox", machine.shell(f"echo x > {SPOOL}/inbox/x.txt", user="stranger").returncode != 0)
    machine.shell(f"cd /tmp && umask 077 && echo '{STORY.format('0600')}' > closed.txt && mv closed.txt {SPOOL}/inbox/", user="producer")
    wait_for(20, lambda: any(p["set_aside"] for p in service.status()["pipelines"]), "the closed file to be told of")
    why = machine.run("linecaster", "why", "closed.txt", "--root", SPOOL)
    check("a file that is moved in closed waits, and why says so", "600" in why.stdout, why.stdout + why.stderr)
    health = machine.run("linecaster", "health", "--root", SPOOL)
    check("health says so", "1 file cannot be taken" in health.stdout, health.stdout + health.stderr)
    machine.run("chmod", "0644", f"{SPOOL}/inbox/closed.txt")
    service.dropped += 2
    service.settle("it is taken when it is opened")
    machine.shell(f"rm -rf {SPOOL}/inbox")
    wait_for(20, lambda: os.path.isdir(machine.path(f"{SPOOL}/inbox")), "the inbox to be made again")
    # Without the bit that hands the group on, which the unit lets nobody set; the access list does the same.
    check("an inbox that is made again has its mode and group", mode(machine, f"{SPOOL}/inbox") == "d 770 linecaster linecaster-drop",
          mode(machine, f"{SPOOL}/inbox"))
    check("and its access list", "system.posix_acl_default" in os.listxattr(machine.path(f"{SPOOL}/inbox")))
    service.drop()
    service.settle("and is read")
    machine.shell(f"rm -rf {SPOOL}/outbox.old && mv {SPOOL}/outbox {SPOOL}/outbox.old")
    service.drop()
    wait_for(20, lambda: os.path.exists(machine.path(f"{SPOOL}/outbox/news.jsonl")), "the outbox to be made again")
    ran("a reader reads an outbox that is made again", machine.shell(f"head -c 10 {SPOOL}/outbox/news.jsonl", user="reader"))
    machine.shell(f"mv {SPOOL}/outbox.old/news.jsonl {SPOOL}/outbox/news-before.jsonl && rm -r {SPOOL}/outbox.old")
    service.settle("nothing of it is lost")


def sockets(machine):
    for user in ("reader", "admin"):
        if user == "admin":
            machine.run("usermod", "-a", "-G", "linecaster-admin,linecaster-read", "admin")
        ran(f"{user} asks for the status", machine.run("linecaster", "status", "--root", SPOOL, user=user))
        ran(f"{user} asks for the metrics", machine.run("linecaster", "metrics", "--root", SPOOL, user=user))
    ran("reader asks why", machine.run("linecaster", "why", "1.txt", "--root", SPOOL, user="reader"))
    machine.shell(f"echo '{{' > {SPOOL}/inbox/bad.json", user="producer")
    wait_for(20, lambda: os.path.exists(machine.path(f"{SPOOL}/failed/bad.json")), "a failure")
    check("reader may not retry", machine.run("linecaster", "retry", "bad.json", "--root", SPOOL, user="reader").returncode != 0)
    ran("admin may", machine.run("linecaster", "retry", "bad.json", "--root", SPOOL, user="admin"))
    check("reader may not reload", machine.run("linecaster", "reload", "--root", SPOOL, user="reader").returncode != 0)
    ran("admin may", machine.run("linecaster", "reload", "--root", SPOOL, user="admin"))
    check("a stranger is told nothing", machine.run("linecaster", "status", "--root", SPOOL, user="stranger").returncode != 0)


def confinement(machine, service):
    status = service.status()
    check("all of the workers' sandbox is in force", status["sandbox"] == "whole", status["sandbox_gaps"])
    workers = [pid for pipeline in status["pipelines"] for pid in pipeline["workers"]]
    for pid in workers[:1]:
        text = machine.run("cat", f"/proc/{pid}/status").stdout
        check("a worker is under seccomp", "Seccomp:\t2" in text, text)
        check("it may gain no rights", "NoNewPrivs:\t1" in text, text)
    probe = machine.run(
        "systemd-run", "--quiet", "--pipe", "--wait", "-p", "User=linecaster", "-p", "NoNewPrivileges=yes",
        "-p", "SystemCallFilter=@system-service", "-p", "SystemCallFilter=landlock_create_ruleset landlock_add_rule "
        "landlock_restrict_self seccomp", "linecaster", "doctor", "--root", SPOOL)
    check("opening a file from inside a worker fails", "open" in probe.stdout and "amiss" not in probe.stdout, probe.stdout + probe.stderr)


def reloads(machine, service):
    file = "/etc/linecaster/pipelines/news.yaml"
    good = open(machine.path(file)).read()
    digest = service.status()["pipelines"][0]["digest"]

    def write(text):
        with open(machine.path(file) + ".new", "w") as out:
            out.write(text)
        os.rename(machine.path(file) + ".new", machine.path(file))

    write(re.sub("(?m)^  - segment\\b", "  - segment: {tokens: true}", good))
    ran("a good pipeline is taken up", machine.run("systemctl", "reload", SERVICE))
    service.drop()
    service.settle("an article goes through it")
    check("the digest is another", service.status()["pipelines"][0]["digest"] != digest)
    write(re.sub("(?m)^  - segment\\b", "  - segmnt", good))
    check("a broken one is refused", machine.run("systemctl", "reload", SERVICE).returncode != 0)
    pid = service.pid()
    service.drop()
    service.settle("and the line goes on")
    write(good)
    ran("the first one comes back", machine.run("systemctl", "reload", SERVICE))
    check("all in the same process", service.pid() == pid)


def kills(machine, service):
    def status():
        return service.status()["pipelines"][0]

    service.flood(200)
    pid = service.pid()
    machine.run("kill", "-9", str(pid))
    wait_for(20, lambda: service.restarted(pid), "a restart")
    service.settle("the daemon is killed: each article once")
    service.flood(200)
    machine.run("kill", "-9", str(status()["parent"]))
    service.settle("the forking parent is killed: each once")
    service.flood(200)
    for worker in status()["workers"]:
        machine.run("kill", "-9", str(worker))
    service.settle("workers are killed: each once")
    pid = service.pid()
    machine.run("kill", "-STOP", str(pid))
    begin = time.monotonic()
    wait_for(30, lambda: service.restarted(pid), "the watchdog")
    took = time.monotonic() - begin
    check(f"the daemon stands still: it is back in {took:.1f} s (at most 10)", took <= 10)
    service.drop()
    service.settle("and takes articles")


def disk(machine, service):
    limit = f"{SPOOL}/outbox"
    machine.run("systemctl", "stop", SERVICE)
    kept = machine.path("/root/kept")
    shutil.copytree(machine.path(limit), kept)
    machine.shell(f"mount -t tmpfs -o size=64m,mode=2750,uid=linecaster,gid=linecaster-read tmpfs {limit}")
    shutil.copytree(kept, machine.path(f"/proc/{machine.leader}/root{limit}")[len(machine.root):], dirs_exist_ok=True)
    machine.run("chown", "-R", "linecaster:linecaster-read", limit)
    ran("it starts on a small disk", machine.run("systemctl", "start", SERVICE))
    machine.shell(f"dd if=/dev/zero of={limit}/filler bs=64k 2>/dev/null; true", timeout=120)
    before = service.dropped
    service.flood(20)
    time.sleep(2)
    check("a full disk does not end it", service.is_active())
    health = machine.run("linecaster", "health", "--root", SPOOL)
    check("health says so", health.returncode == 1 and "free" in health.stdout, health.stdout + health.stderr)
    machine.run("rm", f"{limit}/filler")
    count = lambda: int(machine.shell(f"cat {limit}/news*.jsonl | wc -l").stdout or 0)
    try:
        wait_for(60, lambda: count() >= service.dropped, "the rest")
    except TimeoutError:
        pass
    check("it goes on by itself when there is room", count() == service.dropped, f"{count()} of {service.dropped}, {before} before")
    machine.run("systemctl", "stop", SERVICE)
    shutil.copytree(machine.path(f"/proc/{machine.leader}/root{limit}")[len(machine.root):], kept, dirs_exist_ok=True)
    machine.run("umount", limit)
    shutil.copytree(kept, machine.path(limit), dirs_exist_ok=True)
    machine.run("chown", "-R", "linecaster:linecaster-read", limit)
    ran("it starts on the large one again", machine.run("systemctl", "start", SERVICE))


def life(machine, service, package, idle):
    if idle:
        starts = service.property("NRestarts")
        time.sleep(idle)
        check(f"{idle} s of nothing to do end it not once", service.property("NRestarts") == starts and service.is_active())
    service.flood(500)
    ran("it stops under load", machine.run("systemctl", "stop", SERVICE))
    check("with a clean result", service.property("Result") == "success", service.property("Result"))
    check("nothing of it is left", not machine.run("pgrep", "-u", "linecaster").stdout.strip())
    ran("and starts", machine.run("systemctl", "start", SERVICE))
    service.settle("each article once")
    # An upgrade: the same package again is one to dpkg.
    with open(machine.path("/etc/linecaster/pipelines/news.yaml"), "a") as file:
        file.write("# edited here\n")
    service.flood(500)
    pid = service.pid()
    ran("the package is upgraded under load", machine.run("dpkg", "-i", "/root/linecaster.deb", timeout=120))
    wait_for(20, lambda: service.restarted(pid), "the restart of an upgrade")
    check("the edited pipeline is kept", "# edited here" in open(machine.path("/etc/linecaster/pipelines/news.yaml")).read())
    service.settle("each article once")
    result = machine.run("dpkg", "--purge", "linecaster", timeout=120)
    ran("the package is purged", result)
    check("articles and records are left, and told of", "holds articles or records" in result.stdout + result.stderr
          and os.path.exists(machine.path(f"{SPOOL}/outbox/news.jsonl")), result.stdout + result.stderr)


def main():
    arguments = sys.argv[1:]
    idle = int(arguments[arguments.index("--idle") + 1]) if "--idle" in arguments else 0
    if os.geteuid() != 0 or not shutil.which("systemd-nspawn"):
        print("not tried here: it needs root and systemd-nspawn (apt-get install systemd-container dbus)")
        sys.exit(77)
    with Machine() as machine:
        print(f"# {machine.run('systemctl', '--version').stdout.splitlines()[0]}")
        service = Service(machine)
        # Else the installed service would start with the long times of real life.
        folder = machine.path(f"/etc/systemd/system/{SERVICE}.d")
        os.makedirs(folder)
        with open(f"{folder}/99-test.conf", "w") as file:
            file.write("[Service]\nRestartSec=200ms\nWatchdogSec=3s\nStartLimitBurst=100\n")
        install(machine, arguments[0])
        users(machine)
        units(machine)
        ran("it starts", machine.run("systemctl", "start", SERVICE))
        check("is active", service.is_active())
        try:
            permissions(machine, service)
            sockets(machine)
            confinement(machine, service)
            reloads(machine, service)
            kills(machine, service)
            disk(machine, service)
            life(machine, service, arguments[0], idle)
        except (TimeoutError, RuntimeError, subprocess.TimeoutExpired, json.JSONDecodeError) as error:
            check(f"{type(error).__name__}: {error}", False)
        if failures:
            log = machine.run("journalctl", "-u", SERVICE, "--no-pager", "-o", "short-precise").stdout
            print("\n".join(f"#    {line}" for line in log.splitlines()[-30:]))
    print(f"{failures} failed" if failures else "all as expected")
    sys.exit(1 if failures else 0)


main()
