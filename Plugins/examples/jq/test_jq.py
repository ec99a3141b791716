import os
import shutil
import signal
import unittest

import fakehost

FOLDER = os.path.dirname(os.path.abspath(__file__))
ARTICLE = {"text": "Äda 😀", "title": "T", "entities": [{"type": "ORG", "name": "Lund"}, {"type": "LOC", "name": "Oslo"}]}


@unittest.skipUnless(shutil.which("jq"), "there is no jq")
class JqTests(unittest.TestCase):
    def host(self, **options):
        host = fakehost.Host.of(FOLDER, **options)
        self.addCleanup(host.close)
        return host

    def answers(self, filter, *articles):
        host = self.host(filter=filter)
        self.assertEqual(host.ready(), {"protocol": 1})
        return host.ask(*articles or (ARTICLE,))

    def test_the_filter_of_its_own(self):
        host = self.host()
        host.ready()
        self.assertEqual(host.ask(ARTICLE), [{"jq": {"LOC": 1, "ORG": 1}}])
        self.assertEqual(host.close(), 0)

    def test_one_value_several_and_none(self):
        self.assertEqual(self.answers(".text"), [{"jq": "Äda 😀"}])
        self.assertEqual(self.answers(".entities[].name # names"), [{"jq": ["Lund", "Oslo"]}])
        self.assertEqual(self.answers("empty"), [{"jq": None}])
        self.assertEqual(self.answers("def f: {jq: .title}; f"), [{"jq": {"jq": "T"}}])

    def test_a_filter_that_fails_costs_its_article(self):
        bad, good, thrown = self.answers(
            'if .text == "throw" then error({code: 1}) else .text[0:2] + .title end', {"text": "ab", "title": 1},
            {"text": "ab", "title": "c"}, {"text": "throw"})
        self.assertIn("cannot be added", bad["error"])
        self.assertEqual(good, {"jq": "abc"})
        self.assertEqual(thrown, {"error": 'ValueError: {"code": 1}'})

    def test_one_process_answers_all(self):
        articles = [{"text": f"{number} " + "word " * (number * 50)} for number in range(200)]
        answers = self.answers(".text | length", *articles)
        self.assertEqual(answers, [{"jq": len(article["text"])} for article in articles])

    def test_a_wrong_filter_cannot_start(self):
        host = self.host(filter=".text |")
        self.assertIn("syntax error", host.ready()["error"])

    def test_a_jq_that_died_costs_an_article_at_most(self):
        host = self.host(filter=".text")
        host.ready()
        self.assertEqual(host.ask("one"), [{"jq": "one"}])
        with open(f"/proc/{host.process.pid}/task/{host.process.pid}/children", encoding="ascii") as file:
            os.kill(int(file.read()), signal.SIGKILL)
        host.ask("two")
        self.assertEqual(host.ask("three"), [{"jq": "three"}])


if __name__ == "__main__":
    unittest.main()
