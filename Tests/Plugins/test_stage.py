"""linecaster_stage.py against a host: one stage of each form, in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

import fakehost
import linecaster_stage as library

MODULE = library.__file__


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="linecaster-stage-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(text))
        return path

    def host(self, code, provides=("found",), **more):
        self.write("stage.py", "from linecaster_stage import Article, Options, Result, run\n" + textwrap.dedent(code))
        host = fakehost.Host(["python3", "stage.py"], self.folder, provides, **more)
        self.addCleanup(host.close)
        return host


class FormTests(Folder):
    def test_a_stage_returns_the_value_of_its_one_layer(self):
        host = self.host("def stage(article):\n  return {'words': len(article.text.split())}\nrun(stage)\n")
        self.assertEqual(host.ready(), {"protocol": 1})
        self.assertEqual(host.ask("one two", "three"), [{"found": {"words": 2}}, {"found": {"words": 1}}])
        self.assertEqual(host.close(), 0)

    def test_setup_is_called_once_with_the_options_before_ready(self):
        host = self.host(
            """
            calls = []
            def setup(options):
                calls.append(options.count)
                print("loaded")
            def stage(article):
                return [calls, article.options["count"], article.options.get("none")]
            run(stage, setup)
            """, options={"count": 5})
        self.assertEqual(host.ready(), {"protocol": 1})
        self.assertIn("loaded", host.said())
        self.assertEqual(host.ask("a", "b"), [{"found": [[5], 5, None]}] * 2)

    def test_an_exception_in_setup_says_that_the_stage_cannot_start(self):
        host = self.host(
            """
            def setup(options):
                raise OSError("no model here")
            run(lambda article: 1, setup)
            """)
        self.assertEqual(host.ready(), {"error": "OSError: no model here"})
        with self.assertRaises(fakehost.Ended):
            host.receive()
        self.assertEqual(host.close(), 1)

    def test_an_exception_in_a_stage_costs_its_article(self):
        host = self.host(
            """
            def stage(article):
                if "bad" in article.text:
                    raise ValueError("a bad\\n  one")
                if "key" in article.text:
                    return {}["gone"]
                return 1
            run(stage)
            """, batch=4)
        host.ready()
        self.assertEqual(
            host.ask("good", "bad", "good", "key"),
            [{"found": 1}, {"error": "ValueError: a bad one"}, {"found": 1}, {"error": "KeyError: gone"}])
        self.assertIn("Traceback", host.said())
        self.assertIn('raise ValueError("a bad', host.said())

    def test_a_batch_gets_what_is_there(self):
        host = self.host(
            """
            def batch(articles):
                return [[len(articles), article.text] for article in articles]
            run(batch=batch)
            """, batch=3)
        host.ready()
        # One write of three frames, so that all are there.
        host.socket.sendall(b"".join(fakehost.frame(n, {"id": "", "text": str(n)}) for n in (1, 2, 3)))
        answers = dict(host.receive() for _ in range(3))
        self.assertEqual([answers[n]["found"][1] for n in (1, 2, 3)], ["1", "2", "3"])
        self.assertEqual(answers[3]["found"][0], 3)

    def test_one_bad_article_costs_a_batch_no_other(self):
        host = self.host(
            """
            def batch(articles):
                if any("bad" in article.text for article in articles):
                    raise ValueError("bad")
                return [None if article.text == "none" else article.text for article in articles]
            run(batch=batch)
            """, batch=4)
        host.ready()
        self.assertEqual(
            host.ask("a", "bad", "none", "b"), [{"found": "a"}, {"error": "ValueError: bad"}, {}, {"found": "b"}])

    def test_a_batch_may_return_exceptions_and_must_return_one_each(self):
        host = self.host(
            """
            def batch(articles):
                return [ValueError("no") if article.text == "bad" else 1 for article in articles if article.text != "skip"]
            run(batch=batch)
            """)
        host.ready()
        answers = host.ask("bad", "good", "skip")
        self.assertEqual(answers[:2], [{"error": "ValueError: no"}, {"found": 1}])
        self.assertEqual(answers[2], {"error": "TypeError: the batch returned 0 results for 1 articles"})

    def test_an_async_stage_has_several_in_hand(self):
        # Each waits for the other: only together do they end.
        host = self.host(
            """
            import asyncio
            here = []
            both = asyncio.Event()
            async def stage(article):
                if article.text == "bad":
                    raise ValueError("bad")
                here.append(article.text)
                if len(here) == 2:
                    both.set()
                await both.wait()
                return sorted(here)
            run(stage)
            """, batch=2)
        host.ready()
        self.assertEqual(host.ask("a", "b", "bad"), [{"found": ["a", "b"]}] * 2 + [{"error": "ValueError: bad"}])
        self.assertEqual(host.close(), 0)

    def test_an_answer_does_not_wait_for_the_next_article(self):
        # The second article is only there once the first is answered.
        host = self.host("run(lambda article: article.text)", batch=2)
        host.ready()
        self.assertEqual(host.ask("a"), [{"found": "a"}])
        self.assertEqual(host.ask("b"), [{"found": "b"}])


class ProtocolTests(Folder):
    def test_frames_come_in_pieces_of_any_size(self):
        host = self.host("run(lambda article: len(article.text))", batch=64)
        host.ready()
        text = "ä€😀" * 50_000
        data = b"".join(fakehost.frame(n, {"id": "", "text": text[: n * 9000]}) for n in range(1, 9))
        for size in (1, 3, 7, 8, 9, 1000, 65_536, len(data)):
            host.socket.sendall(data[:size])
            data = data[size:]
        self.assertEqual(dict(host.receive() for _ in range(8)), {n: {"found": n * 9000} for n in range(1, 9)})

    def test_a_large_article_and_small_ones_after_it(self):
        host = self.host("run(lambda article: [len(article.text), article.text[-1]])")
        host.ready()
        large = "x" * (5 << 20) + "€"
        self.assertEqual(
            host.ask("ab", large, "cd", large),
            [{"found": [2, "b"]}, {"found": [len(large), "€"]}, {"found": [2, "d"]}, {"found": [len(large), "€"]}])

    def test_print_and_programs_do_no_harm(self):
        host = self.host(
            """
            import subprocess, sys
            def stage(article):
                print(article.text)
                subprocess.run([sys.executable, "-c", "import os; os.write(1, b'child'); os.fstat(3)"], close_fds=False)
                return 1
            run(stage)
            """)
        host.ready()
        self.assertEqual(host.ask("printed"), [{"found": 1}])
        self.assertIn("printed", host.said())
        self.assertIn("child", host.said())
        self.assertIn("Bad file descriptor", host.said(), "a program that a stage starts has the socket")

    def test_the_end_of_the_socket_ends_the_stage_while_it_works(self):
        host = self.host("run(lambda article: article.text * 1_000_000)")
        host.ready()
        host.send(1, {"id": "", "text": "much to say"})
        self.assertEqual(host.close(), 0)

    def test_what_is_no_json_costs_the_article(self):
        host = self.host(
            """
            def stage(article):
                return {"nan": float("nan"), "object": object(), "half": chr(0xD800), "set": {2, 1}}[article.text]
            run(stage)
            """)
        host.ready()
        nan, thing, half, sets = host.ask("nan", "object", "half", "set")
        self.assertTrue(nan["error"].startswith("ValueError: "), nan)
        self.assertEqual(thing, {"error": "TypeError: a object cannot be written as JSON"})
        self.assertTrue(half["error"].startswith("UnicodeEncodeError: "), half)
        self.assertEqual(sets, {"found": [1, 2]})

    def test_another_protocol_and_other_offsets_are_refused(self):
        host = self.host("run(lambda article: 1)", offsets="utf16")
        self.assertIn("leave `offsets` out of plugin.yaml", host.ready()["error"])
        self.write("stage.py", "from linecaster_stage import run\nrun(lambda article: 1)\n")
        with self.assertRaisesRegex(ValueError, "protocol 1, not 2"):
            library.check({"protocol": 2})

    def test_a_stage_that_nobody_started_says_how(self):
        self.write("stage.py", "from linecaster_stage import run\nrun(lambda article: 1)\n")
        done = subprocess.run([sys.executable, "stage.py"], cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("python3 -m linecaster_stage try FILE --stage stage.py", done.stderr)

    def test_run_takes_one_form(self):
        for wrong in (lambda: library.run(), lambda: library.run(lambda article: 1, batch=lambda articles: [1])):
            with self.assertRaises(TypeError):
                wrong()

        async def batch(articles):
            return []

        with self.assertRaises(TypeError):
            library.run(batch=batch)


class AnswerTests(unittest.TestCase):
    def test_the_rule_with_one_name(self):
        answers = library.Answers(["keywords"])
        self.assertEqual(answers.of(["a"]), {"keywords": ["a"]})
        self.assertEqual(answers.of({"keywords": ["a"]}), {"keywords": ["a"]})
        self.assertEqual(answers.of({"other": 1}), {"keywords": {"other": 1}})
        self.assertEqual(answers.of({}), {"keywords": {}})
        self.assertEqual(answers.of(None), {})
        self.assertEqual(answers.of(library.Result(keywords={"keywords": 1})), {"keywords": {"keywords": 1}})
        with self.assertRaisesRegex(KeyError, "'other', which plugin.yaml does not provide"):
            answers.of(library.Result(other=1))

    def test_the_rule_with_several_names(self):
        answers = library.Answers(["entities", "tags"])
        self.assertEqual(answers.of({"tags": ["a"]}), {"tags": ["a"]})
        self.assertEqual(answers.of({}), {})
        with self.assertRaisesRegex(KeyError, "'other', which plugin.yaml does not provide"):
            answers.of({"tags": [], "other": 1})
        with self.assertRaisesRegex(TypeError, "return a dict with those keys"):
            answers.of(["a"])


class ArticleTests(unittest.TestCase):
    def setUp(self):
        self.article = library.Article(
            {"id": "x", "text": "Ä 😀 end.", "byline": None, "sentences": [{"start": 0, "end": 8}], "quotes": None}, {"count": 3})

    def test_parts_and_layers(self):
        article = self.article
        self.assertEqual((article.id, article.title, article.byline, article.meta, article.tags), ("x", None, [], {}, []))
        self.assertEqual(article.sentences, article["sentences"])
        self.assertIsNone(article.quotes)
        self.assertTrue("sentences" in article and "quotes" not in article and "tokens" not in article)
        self.assertEqual(article.options.count, 3)
        for wrong in (lambda: article.tokens, lambda: article["tokens"]):
            with self.assertRaisesRegex((AttributeError, KeyError), "name it under `requires` in plugin.yaml"):
                wrong()
        with self.assertRaisesRegex(AttributeError, "there is no option 'size'"):
            article.options.size

    def test_spans_and_words(self):
        self.assertEqual(self.article.span(2, 3), {"start": 2, "end": 3, "text": "😀"})
        self.assertEqual(self.article.words(self.article.sentences[0]), "Ä 😀 end.")
        for start, end in ((-1, 2), (3, 2), (0, 9)):
            with self.assertRaises(ValueError):
                self.article.span(start, end)


class TryTests(Folder):
    def run_try(self, *words, text=None):
        environment = dict(os.environ, PYTHONPATH=os.path.dirname(MODULE))
        return subprocess.run(
            [sys.executable, "-m", "linecaster_stage", "try", *words], cwd=self.folder, env=environment, input=text,
            capture_output=True, text=True, check=False)

    def stage(self):
        self.write("plugin.yaml", """
            name: count
            command: [python3, count.py]   # started by Linecaster
            options:
              least: {type: integer, default: 2, range: [1, 9]}
              words:
                type: texts
                default: ["a", 'b']
              wait: {type: duration, default: 1500ms}
            requires: [sentences]
            """)
        self.write("count.py", """
            from linecaster_stage import run
            def stage(article):
                if not article.text.strip():
                    raise ValueError("nothing in it")
                options = article.options
                return [len(article.sentences), options.least, options.words, options.wait, article.title]
            if __name__ == "__main__":
                run(stage)
            """)

    def test_a_text(self):
        self.stage()
        self.write("a.txt", "Rain fell. It was cold.\n")
        done = self.run_try("a.txt", "--option", "least=5", "--option", "words=x,y")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(json.loads(done.stdout), {"count": [2, 5, ["x", "y"], 1500, None]})

    def test_a_record_on_standard_input(self):
        self.stage()
        done = self.run_try("-", "--stage", "count.py", text='{"text": "One. Two.", "title": "T", "sentences": [{"start": 0, "end": 9}]}')
        self.assertEqual(json.loads(done.stdout), {"count": [1, 2, ["a", "b"], 1500, "T"]})

    def test_what_goes_wrong(self):
        self.stage()
        self.write("a.txt", " ")
        done = self.run_try("a.txt")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(json.loads(done.stdout), {"error": "ValueError: nothing in it"})
        self.assertIn("Traceback", done.stderr)
        done = self.run_try("a.txt", "--option", "lost=5")
        self.assertIn("there is no option 'lost'; there are least, words, wait", done.stdout)
        self.assertEqual(self.run_try("nowhere.txt").returncode, 66)
        self.assertEqual(self.run_try().returncode, 64)
        self.assertEqual(self.run_try("a.txt", "--option", "least").returncode, 64)


class ManifestTests(Folder):
    def test_what_a_plugin_yaml_may_look_like(self):
        path = self.write("plugin.yaml", """
            name: keywords            # a comment
            version: "1.0"
            summary: What the article's about: "words".
            description: >
              Two
              lines.
            command: [python3, "key words.py"]
            batch: 16
            options:
              count: {type: integer, range: [1, 50], default: 10, help: "How many: #1."}
              words: {type: texts, default: [a, 'it''s',
                b]}
              size: {type: size, default: 4MiB}
              ratio: {type: number, default: 0.5}
              model: {type: text, default: "10"}
            requires:
            - sentences
            - tokens
            provides:
              keywords:
                help: The most telling phrases, best first.
                shape: [{start: integer, end: integer, text: text}]
              mood: {shape: text}
            """)
        found = library.Manifest(path, "other")
        self.assertEqual((found.name, found.batch, found.command), ("keywords", 16, ["python3", "key words.py"]))
        self.assertEqual((found.requires, found.provides), (["sentences", "tokens"], ["keywords", "mood"]))
        self.assertEqual(
            found.options({"count": "3", "model": "12"}),
            {"count": 3, "words": ["a", "it's", "b"], "size": 4 << 20, "ratio": 0.5, "model": "12"})


if __name__ == "__main__":
    unittest.main()
