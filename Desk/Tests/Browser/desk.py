#!/usr/bin/env python3
"""The desk in a real browser: every view's main path, hostile articles, what it asks of the net, how soon an article shows.

Usage: desk.py LINECASTER FOLDER [--pictures FOLDER] [--only WORD]
LINECASTER is the daemon's program, FOLDER has linecaster-desk and linecaster-send. Wants chromium, and playwright and
axe-playwright-python from PyPI (scripts/test-desk sees to that).
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
import urllib.parse

from playwright.sync_api import expect, sync_playwright

import hostile

ROOT = pathlib.Path(__file__).resolve().parents[3]
DESKTOP = {"width": 1360, "height": 850}
PHONE = {"width": 390, "height": 844}
VIEWS = ["/feed", "/quotes", "/people", "/stories", "/failed", "/line"]
# From the moment that a line is in the outbox until its article is in the page.
SOON = 0.3


class Desk:
    """A daemon on a spool of its own, and a desk beside it."""

    def __init__(self, linecaster, programs):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="desk-test-"))
        self.root = self.folder / "spool"
        self.root.mkdir()
        self.linecaster = linecaster
        self.corrections = self.folder / "corrections.tsv"
        self.broken = self.folder / "broken.yaml"
        self.broken.write_text("name: broken\ninbox: {path: elsewhere}\noutbox: {path: there}\nstages: [segmnt]\n")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        pipeline = ROOT / "pipelines/news.yaml"
        self.daemon = subprocess.Popen([linecaster, "run", pipeline, "--root", self.root], **quiet)
        wait(lambda: (self.root / "inbox").is_dir(), "the daemon makes its inbox")
        self.log = open(self.folder / "desk.log", "w+")
        self.desk = subprocess.Popen(
            [pathlib.Path(programs) / "linecaster-desk", self.root, "--listen", "127.0.0.1:0", "--actions",
             "--database", self.folder / "desk.sqlite", "--corrections", self.corrections, "--linecaster", linecaster,
             "--pipelines", pipeline, self.broken], stdout=subprocess.DEVNULL, stderr=self.log)
        self.url = wait(self.address, "the desk says where it is")
        self.base = self.url.split("/#")[0]

    def address(self):
        found = re.search(r"http://\S+", (self.folder / "desk.log").read_text())
        return found and found.group(0)

    def put(self, name, content):
        draft = self.root / f".{name}"
        draft.write_text(content, encoding="utf-8")
        draft.rename(self.root / "inbox" / name)

    def lines(self):
        outbox = self.root / "outbox/news.jsonl"
        return outbox.read_bytes().count(b"\n") if outbox.exists() else 0

    def end(self):
        for process in (self.desk, self.daemon):
            process.send_signal(signal.SIGTERM)
            process.wait()
        shutil.rmtree(self.folder)


def wait(condition, what, patience=30):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(0.02)
    raise AssertionError(f"not within {patience} s: {what}")


class Watched:
    """A page, and all that must not happen on it."""

    def __init__(self, browser, desk, size, dark=False):
        self.desk = desk
        self.context = browser.new_context(
            viewport=size, color_scheme="dark" if dark else "light", timezone_id="Europe/Oslo", locale="en-GB",
            accept_downloads=True)
        self.page = self.context.new_page()
        self.foreign, self.complaints = [], []
        self.context.on("request", self.asked)
        self.page.on("console", self.said)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("dialog", self.dialog)
        self.expects_dialog = False

    def asked(self, request):
        if not request.url.startswith(self.desk.base + "/"):
            self.foreign.append(request.url)

    def said(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text}")

    def dialog(self, dialog):
        if not self.expects_dialog:
            self.complaints.append(f"dialog: {dialog.message}")
        dialog.accept() if self.expects_dialog else dialog.dismiss()

    def open(self, path="/feed"):
        self.page.goto(self.desk.url if path is None else self.desk.base + path)
        self.page.wait_for_selector("main h1")

    def check(self):
        assert not self.foreign, f"asked of others: {self.foreign}"
        assert not self.complaints, f"the browser complains: {self.complaints}"
        assert self.page.evaluate("window.harmed === undefined"), "a text of an article was run"


def empty(desk, watched):
    watched.open(None)
    page = watched.page
    expect(page.get_by_text("Nothing has come yet")).to_be_visible()
    assert "#" not in page.url, "the token goes from the address"
    cookies = watched.context.cookies()
    assert len(cookies) == 1 and cookies[0]["httpOnly"] and cookies[0]["sameSite"] == "Strict", cookies


def samples(desk, watched):
    """The feed fills while it is looked at."""
    page = watched.page
    count = 0
    for sample in sorted((ROOT / "samples").iterdir()):
        content = sample.read_text(encoding="utf-8")
        count += content.strip().count("\n") + 1 if sample.suffix == ".jsonl" else 1
        desk.put(sample.name, content)
    expect(page.locator(".item")).to_have_count(count, timeout=20000)
    expect(page.get_by_text("Nothing has come yet")).to_have_count(0)


def feed(desk, watched):
    page = watched.page
    watched.open("/feed")
    page.locator(".item a", has_text="Velmora strike").click()
    expect(page.locator("article.article h2").first).to_contain_text("Velmora strike")
    assert "/article/" in page.url
    # Names and quotations are where the record has them.
    texts = page.locator("article .text").inner_text()
    assert "Both sides came into the room this morning" in texts
    assert page.locator("mark.PERSON", has_text="Helena Brandt").count() >= 1
    said = page.locator(".said", has_text="Both sides came into the room").first
    assert said.inner_text().startswith("Both sides"), said.inner_text()
    page.locator("button.name.PERSON", has_text="Helena Brandt").click()
    assert page.locator("mark.on").all_inner_texts() == ["Helena Brandt", "Brandt"], "all mentions are framed"
    assert page.locator("aside").get_by_text("Labour Minister").count() >= 1, "roles"
    page.go_back()
    page.locator(".item a").first.focus()
    page.keyboard.press("j")
    expect(page.locator(".item a[aria-current]")).to_have_count(1)
    page.keyboard.press("/")
    page.keyboard.type("comet")
    page.keyboard.press("Enter")
    expect(page.locator(".item")).to_have_count(1)
    assert page.url.endswith("/feed?q=comet")
    page.locator(".item a").click()
    expect(page.locator("article.article h2").first).to_contain_text("comet")
    expect(page.locator(".item")).to_have_count(1)


def quotes(desk, watched):
    page = watched.page
    watched.open("/quotes?speaker=Helena+Brandt&q=sides")
    expect(page.locator(".hit").first).to_contain_text("Both sides came into the room")
    assert page.locator("input[name=speaker]").input_value() == "Helena Brandt", "the address is the search"
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    rows = pathlib.Path(download.value.path()).read_text().splitlines()
    assert rows[0].startswith("published,speaker,") and "Helena Brandt" in rows[1], rows[:2]
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    assert json.loads(pathlib.Path(download.value.path()).read_text())[0]["speaker"] == "Helena Brandt"
    page.locator("input[name=speaker]").fill("")
    page.locator("input[name=q]").fill("\"comet and woke\"")
    page.locator("select[name=kind]").select_option("direct")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".hit")).to_have_count(1)
    assert "kind=direct" in page.url
    page.locator(".hit a[href*='#quote']").click()
    expect(page.locator(".said.on").first).to_be_visible()
    watched.open("/quotes?from=2024-03-01&to=2024-03-31")
    assert page.locator(".hit").count() >= 1
    watched.open("/quotes?from=1999-01-01&to=1999-12-31")
    expect(page.get_by_text("Nobody said that.")).to_be_visible()


def people(desk, watched):
    page = watched.page
    watched.open("/people")
    page.get_by_role("link", name="Helena Brandt").click()
    expect(page.locator("h1")).to_have_text("Helena Brandt")
    expect(page.get_by_role("heading", name="Over time")).to_be_visible()
    expect(page.locator("aside").get_by_role("link", name="Tomasz Kerrigan")).to_be_visible()
    assert page.locator(".hit").count() >= 2
    watched.open("/people?q=brandt")
    expect(page.locator("tbody tr")).to_have_count(1)


def stories(desk, watched):
    page = watched.page
    watched.open("/stories")
    page.locator(".item a").first.click()
    expect(page.locator(".item")).to_have_count(2)
    expect(page.locator(".tag").first).to_have_text("first")


def line(desk, watched):
    page = watched.page
    watched.open("/line")
    expect(page.locator(".card").first).to_contain_text("well")
    expect(page.get_by_role("row", name="quotes")).to_be_visible()
    expect(page.locator(".caret")).to_contain_text("did you mean ‘segment’?")
    caret = page.locator(".caret").inner_text()
    text = [each for each in page.locator("details[open] pre").inner_text().splitlines() if "segmnt" in each][0]
    assert caret.index("^") == text.index("segmnt"), "the caret stands below the word"
    page.locator("#trial").fill("Mayor Ana Ortega said: “We will rebuild the pier.”")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator(".text .said")).to_have_text("We will rebuild the pier.", timeout=20000)
    expect(page.locator(".text mark.PERSON")).to_have_text("Ana Ortega")
    assert desk.lines() == page.evaluate("fetch('/api/totals').then(a => a.json()).then(t => t.articles)"), "nothing is written"


def corrections(desk, watched):
    page = watched.page
    watched.open("/feed")
    page.locator(".item a", has_text="Velmora strike").click()
    page.get_by_role("button", name="Wrong name? Northwire").click()
    dialog = page.locator("dialog")
    dialog.get_by_label("The right name").fill("North Wire Agency")
    dialog.get_by_role("button", name="Write it down").click()
    expect(dialog).to_have_count(0)
    wait(desk.corrections.exists, "the correction is written")
    assert desk.corrections.read_text() == "Northwire\tNorth Wire Agency\tORG\n", desk.corrections.read_text()


def failed(desk, watched):
    page = watched.page
    for number in range(10_000):
        name = f"old-{number:05}.txt"
        (desk.root / "failed" / name).write_text(f"Text {number} <img src=x onerror=harmed=1>")
        (desk.root / "failed" / f"{name}.reason.json").write_text(json.dumps({
            "schema": "linecaster-failure/1", "name": name, "pipeline": "news", "stage": "quotes", "class": "deadline",
            "message": "it took longer than 5 s", "bytes": 30, "attempts": 1, "first_at": "2026-01-01T00:00:00Z",
            "failed_at": "2026-01-01T00:00:00Z"}))
    desk.put("broken.json", "{nonsense")
    wait(lambda: (desk.root / "failed/broken.json.reason.json").exists(), "an input fails")
    began = time.monotonic()
    watched.open("/failed")
    expect(page.get_by_text("10,001 inputs failed.")).to_be_visible(timeout=20000)
    print(f"    10,001 failed inputs: the first page after {time.monotonic() - began:.2f} s")
    expect(page.locator("li.hit")).to_have_count(50)
    expect(page.locator("li.hit").first).to_contain_text("not_json")
    page.get_by_role("link", name="Next →").click()
    expect(page.get_by_text("51–100 of 10,001")).to_be_visible()
    page.locator("li.hit summary").first.click()
    expect(page.locator("li.hit pre").first).to_contain_text("<img src=x onerror=harmed=1>")
    watched.open("/failed")
    # It fails again, but later: put back, it is taken once more.
    (desk.root / "failed/broken.json").write_text('{"id": "mended", "text": "The mended text came through on Monday."}')
    before = desk.lines()
    page.get_by_role("button", name="Retry broken.json").click()
    wait(lambda: desk.lines() == before + 1, "the input that was put back comes out")
    expect(page.get_by_text("10,000 inputs failed.")).to_be_visible(timeout=20000)


def harm(desk, watched):
    """Texts that want to be run, shown in every view."""
    page = watched.page
    articles = hostile.articles()
    before = desk.lines()
    desk.put("hostile.jsonl", "".join(json.dumps(article) + "\n" for article in articles))
    wait(lambda: desk.lines() >= before + len(articles), "hostile articles come out")
    watched.open("/feed")
    for article in articles:
        found = page.evaluate("id => fetch('/api/articles/' + encodeURIComponent(id)).then(a => a.json())", article["id"])
        watched.open(f"/article/{found['article']['row']['article']}")
        page.wait_for_selector("article.article")
        links = page.evaluate("[...document.querySelectorAll('main a')].map(a => a.protocol)")
        assert set(links) <= {"http:", "https:"}, links
        for mark in page.locator("mark").all()[:2]:
            mark.click()
    for view in VIEWS + ["/quotes?q=harmed", "/people?q=" + urllib.parse.quote("<img"), "/people/" + urllib.parse.quote("<img src=x>", safe="")]:
        watched.open(view)
        page.wait_for_timeout(100)
    added = page.evaluate("document.querySelectorAll('main script, main img, main iframe, main style, main object, main form[action], main base, main meta, main link').length")
    assert added == 0, "an article made an element"


def soon(desk, watched):
    page = watched.page
    watched.open("/feed")
    page.wait_for_timeout(500)
    page.evaluate("""() => {
        window.seen = {};
        new MutationObserver(list => { for (const each of list) for (const node of each.addedNodes)
          for (const title of node.querySelectorAll?.('.title') ?? []) window.seen[title.textContent] = Date.now(); })
          .observe(document.querySelector('.list'), { childList: true });
    }""")
    delays = []
    for number in range(20):
        before = desk.lines()
        title = f"Number {number} of twenty comes in"
        desk.put(f"soon-{number}.json", json.dumps({
            "id": f"soon-{number}", "title": title, "text": f"It is told on the {number}. of the month that Ana Ortega said “yes, {number} times”."}))
        while desk.lines() == before:
            time.sleep(0.001)
        written = time.time()
        page.wait_for_function("title => window.seen[title]", arg=title, polling=20)
        delays.append(page.evaluate("title => window.seen[title]", title) / 1000 - written)
    middle, last = statistics.median(delays), max(delays)
    print(f"    from the line to the page: median {middle * 1000:.0f} ms, at most {last * 1000:.0f} ms")
    assert middle <= SOON, f"{middle:.3f} s"


def reading(desk, watched):
    """Whoever reads further down is not moved."""
    page = watched.page
    watched.open("/feed")
    page.locator(".list").evaluate("list => { list.scrollTop = 400; }")
    page.wait_for_timeout(200)
    place = page.locator(".list").evaluate("list => list.scrollTop")
    desk.put("late.json", json.dumps({"id": "late", "title": "A late one", "text": "A late one came in on Friday, the port said."}))
    expect(page.get_by_role("button", name="Show 1 new article")).to_be_visible(timeout=10000)
    assert page.locator(".list").evaluate("list => list.scrollTop") == place
    page.get_by_role("button", name="Show 1 new article").click()
    expect(page.locator(".item .title").first).to_have_text("A late one")


def accessible(desk, watched, axe):
    page = watched.page
    for view in VIEWS + ["/people/Helena%20Brandt"]:
        watched.open(view)
        page.wait_for_timeout(200)
        examine(page, view, axe)
    watched.open("/feed?q=Velmora")
    page.locator(".item a").first.click()
    page.wait_for_selector("article.article")
    examine(page, "an article", axe)


def examine(page, view, axe):
    page.evaluate(axe)
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    serious = [each for each in result["violations"] if each["impact"] in ("serious", "critical")]
    told = [f"{each['id']}: {each['help']}: {each['nodes'][0]['html'][:200]}" for each in serious]
    assert not serious, f"{view}: {told}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{view}: {wide} pixels wider than the window"


def strangers(desk, watched):
    """Without the token, and from another site."""
    context = watched.context.browser.new_context()
    page = context.new_page()
    page.goto(desk.base + "/quotes")
    expect(page.get_by_role("heading", name="Who is there?")).to_be_visible()
    page.get_by_label("Token").fill("guess")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("That is not the token.")).to_be_visible()
    page.get_by_label("Token").fill(desk.url.split("token=")[1])
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="Who said what").first).to_be_visible()
    context.close()


def pictures(desk, browser, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, size, dark in (("desktop", DESKTOP, False), ("phone", PHONE, True)):
        watched = Watched(browser, desk, size, dark)
        watched.open(None)
        for view in VIEWS + ["/people/Helena%20Brandt", "/feed?q=Velmora"]:
            watched.open(view)
            if "?" in view:
                watched.page.locator(".item a").first.click()
                watched.page.wait_for_selector("article.article")
                view = "article"
            watched.page.wait_for_timeout(400)
            watched.page.screenshot(path=folder / f"{name}-{view.strip('/').replace('/', '-').replace('%20', '-')}.png", full_page=size is PHONE)
        watched.check()
        watched.context.close()


def for_readme(desk, browser, file):
    watched = Watched(browser, desk, {"width": 1300, "height": 590})
    watched.open(None)
    watched.page.locator(".item a", has_text="Velmora strike").click()
    watched.page.wait_for_selector("article.article")
    watched.page.locator("button.name", has_text="Helena Brandt").click()
    watched.page.mouse.move(0, 0)
    watched.page.wait_for_timeout(2500)
    watched.page.screenshot(path=file)
    assert file.stat().st_size < 200_000, f"{file} has {file.stat().st_size} bytes"
    watched.context.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("linecaster")
    parser.add_argument("programs")
    parser.add_argument("--pictures", type=pathlib.Path)
    parser.add_argument("--readme", type=pathlib.Path, help="where the picture of the README goes")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    import axe_playwright_python
    axe = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    desk = Desk(options.linecaster, options.programs)
    bad = []
    try:
        with sync_playwright() as playwright:
            # The sandbox of Chromium wants what a container has not.
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])

            def run(name, body, size=DESKTOP, dark=False):
                if options.only and name not in ("empty", "samples") and options.only not in name:
                    return
                watched = shared if name in ("empty", "samples") else Watched(browser, desk, size, dark)
                try:
                    if watched is not shared:
                        watched.open(None)
                    watched.expects_dialog = False
                    body(desk, watched)
                    watched.check()
                    print(f"ok  {name}", flush=True)
                except Exception as error:
                    bad.append(name)
                    print(f"BAD {name}: {type(error).__name__}: {str(error)[:1500]}", flush=True)
                    watched.page.screenshot(path=f"/tmp/desk-test-{os.getpid()}-{name.replace(' ', '-')}.png")
                if watched is not shared:
                    watched.context.close()

            shared = Watched(browser, desk, DESKTOP)
            run("empty", empty)
            run("samples", samples)
            if options.readme:
                for_readme(desk, browser, options.readme)
            for name, body in (("feed", feed), ("quotes", quotes), ("people", people), ("stories", stories), ("line", line),
                               ("corrections", corrections), ("soon", soon), ("reading", reading), ("strangers", strangers)):
                run(name, body)
            if options.pictures:
                pictures(desk, browser, options.pictures)
            for name, size, dark in (("light", DESKTOP, False), ("dark", DESKTOP, True), ("phone", PHONE, False)):
                run(f"accessible {name}", lambda desk, watched: accessible(desk, watched, axe), size, dark)
            run("failed", failed)
            run("harm", harm)
            browser.close()
    finally:
        desk.end()
    print(f"{len(bad)} bad" if bad else "all well")
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
