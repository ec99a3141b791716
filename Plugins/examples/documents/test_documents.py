"""python3 -m unittest"""

import base64
import os
import shutil
import subprocess
import unittest

from linecaster_stage import Trial

STAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "documents.py")

PDF = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>> endobj
4 0 obj <</Length 58>> stream
BT /F 12 Tf 20 100 Td (The harbour reopened on Monday.) Tj ET
endstream endobj
5 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
trailer <</Root 1 0 R>>
"""


def answer(name, data):
    return Trial(STAGE).answer({"text": "", "file": {"name": name, "base64": base64.b64encode(data).decode()}})


class DocumentsTests(unittest.TestCase):
    @unittest.skipUnless(shutil.which("pdftotext"), "pdftotext is not installed")
    def test_a_pdf_becomes_text(self):
        self.assertIn("The harbour reopened on Monday.", answer("A.PDF", PDF)["text"])

    @unittest.skipUnless(shutil.which("pdftotext"), "pdftotext is not installed")
    def test_what_is_no_pdf_is_said(self):
        with self.assertRaisesRegex(RuntimeError, "pdftotext"):
            answer("a.pdf", b"no document")

    @unittest.skipUnless(shutil.which("pandoc"), "pandoc is not installed")
    def test_a_word_processors_file_becomes_html(self):
        made = subprocess.run(
            ["pandoc", "--from", "markdown", "--to", "docx", "--output", "-"],
            input=b"# Harbour reopens\n\nShips sail *again*.\n", capture_output=True, check=True)
        html = answer("a.docx", made.stdout)["html"]
        self.assertIn("Ships sail <em>again</em>.", html)


if __name__ == "__main__":
    unittest.main()
