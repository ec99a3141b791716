import os
import shutil
import subprocess
import tempfile
import unittest

import fakehost

FOLDER = os.path.dirname(os.path.abspath(__file__))


@unittest.skipUnless(shutil.which("cc") and shutil.which("make"), "there is no C compiler")
class EchoTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Built elsewhere, with what finds mistakes of memory where the compiler has it.
        cls.directory = tempfile.TemporaryDirectory()
        cls.folder = os.path.join(cls.directory.name, "echo")
        shutil.copytree(FOLDER, cls.folder)
        shutil.copy(os.path.join(FOLDER, "../../c/linecaster_process.h"), cls.folder)
        checked = "CFLAGS=-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"
        for flags in ([checked], []):
            if subprocess.run(["make", "-s", "-C", cls.folder, "-B", *flags, "echo"], capture_output=True, check=False).returncode == 0:
                return
        subprocess.run(["make", "-C", cls.folder, "-B", "echo"], check=True)

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def test_texts_come_back(self):
        texts = ["", "Rain.", 'Quotes " and \\ and \t, \n, \x01.', "Ä € 😀", "x" * 300_000 + "é"]
        with fakehost.Host.of(self.folder) as host:
            self.assertEqual(host.ready(), {"protocol": 1})
            answers = host.ask(*({"text": text, "sentences": [{"start": 0, "end": 4}] * 3} for text in texts))
            self.assertEqual([answer["echo"]["text"] for answer in answers], texts)
            self.assertEqual([answer["echo"]["bytes"] for answer in answers], [len(text.encode()) for text in texts])
            self.assertEqual(answers[0]["echo"]["sentences"], [{"start": 0, "end": 4}] * 3)
            self.assertEqual(host.close(), 0)

    def test_escapes_of_every_form(self):
        with fakehost.Host.of(self.folder, times="2") as host:
            host.ready()
            host.send(1, rb' { "a" : [ {"text" : "]}\"" } , 1.5e3 ] , "text" : "\u0041\ud83d\ude00\u00e9\/\b\f\n\r\t\"\\" , "sentences" : null } '.strip())
            self.assertEqual(host.receive(), (1, {"echo": {"text": "A😀é/\b\f\n\r\t\"\\" * 2, "bytes": 15, "sentences": []}}))

    def test_what_is_no_article_is_refused(self):
        with fakehost.Host.of(self.folder) as host:
            host.ready()
            for number, payload in enumerate((
                b"", b"{", b"[]", b"null", b'{"text"', b'{"text":', b'{"text":"', b'{"text":"\\', b'{"text":"\\u12"}', b"}" * 9,
                b"[" * 100_000, b'{"text":null}', b'{"text":1}'), 1):
                host.send(number, payload)
                self.assertEqual(host.receive(), (number, {"error": "the article has no text"}), payload[:20])

    def test_a_program_that_nobody_started_says_who_does(self):
        done = subprocess.run(["./echo"], cwd=self.folder, capture_output=True, check=False)
        self.assertEqual((done.returncode, b"--plugins" in done.stderr), (64, True))


if __name__ == "__main__":
    unittest.main()
