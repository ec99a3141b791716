"""What `linecaster plugin new` writes: the templates with a name in them, and the library beside."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import fakehost

CHECKOUT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TEXT = "Rain fell. The ferries stayed in the harbour."
ARTICLE = {"text": TEXT, "sentences": [{"start": 0, "end": 10}, {"start": 11, "end": 45}]}
NAME = "long-sentences"


class TemplateTests(unittest.TestCase):
    def made(self, template, library):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        folder = os.path.join(directory.name, NAME)
        shutil.copytree(os.path.join(CHECKOUT, "Plugins/templates", template), folder)
        shutil.copy(os.path.join(CHECKOUT, "Plugins", library), folder)
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            with open(path, encoding="utf-8") as file:
                text = file.read()
            with open(path, "w", encoding="utf-8") as file:
                file.write(text.replace("NAME_OF_PLUGIN", NAME))
        return folder

    def run_in(self, folder, *command):
        # The library beside the stage is the one that is found, not that of the tests.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        return done.stdout

    def test_python(self):
        folder = self.made("python", "python/linecaster_stage.py")
        self.assertIn("Ran 2 tests", self.run_in(folder, sys.executable, "-m", "unittest"))
        with open(os.path.join(folder, "article.txt"), "w", encoding="utf-8") as file:
            file.write(TEXT)
        said = self.run_in(folder, sys.executable, "-m", "linecaster_stage", "try", "article.txt", "--option", "words=5")
        self.assertIn('"words": 6', said)
        with fakehost.Host.of(folder, words="3") as host:
            self.assertEqual(host.ready(), {"protocol": 1})
            self.assertEqual(
                host.ask(ARTICLE), [{NAME: [{"start": 11, "end": 45, "text": "The ferries stayed in the harbour.", "words": 6}]}])

    @unittest.skipUnless(shutil.which("cc") and shutil.which("make"), "there is no C compiler")
    def test_c(self):
        folder = self.made("c", "c/linecaster_process.h")
        self.run_in(folder, "make", "CFLAGS=-Werror")
        self.assertIn("ok", self.run_in(folder, "make", "check", "CFLAGS=-Werror"))
        with fakehost.Host.of(folder, words="3") as host:
            self.assertEqual(host.ready(), {"protocol": 1})
            self.assertEqual(host.ask(ARTICLE), [{NAME: [{"start": 11, "end": 45, "words": 6}]}])


if __name__ == "__main__":
    unittest.main()
