"""The examples of docs/plugins, run by the built command: each page's pipeline, article and record."""

import glob
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest

CHECKOUT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXAMPLES = os.path.join(CHECKOUT, "Plugins/examples")
COMMAND = next(
    (path for path in (os.environ.get("LINECASTER", ""), os.path.join(CHECKOUT, ".build/debug/linecaster"))
     if os.access(path, os.X_OK) and os.path.isfile(path)), None)
# What stands on a page below “## Example”: the pipeline, the text, what the record has.
EXAMPLE = re.compile(r"```yaml\n(stages:\n.*?)```\n.*?with the text “(.*?)” has in its\s+record\n\n```json\n(.*?)```", re.S)
# Programs that a plugin needs besides its interpreter.
NEEDED = {"jq": ["jq"], "echo": ["cc", "make"], "topics": ["cc", "make"]}


def pages():
    return sorted(os.path.splitext(os.path.basename(path))[0] for path in glob.glob(os.path.join(CHECKOUT, "docs/plugins/*.md")))


class PageTests(unittest.TestCase):
    def test_each_example_has_a_page_with_its_options(self):
        names = sorted(name for name in os.listdir(EXAMPLES) if os.path.isdir(os.path.join(EXAMPLES, name)))
        self.assertEqual([name for name in pages() if name != "tutorial"], names)
        import linecaster_stage

        for name in names:
            manifest = linecaster_stage.Manifest(os.path.join(EXAMPLES, name, "plugin.yaml"), name)
            with open(os.path.join(CHECKOUT, "docs/plugins", name + ".md"), encoding="utf-8") as file:
                listed = re.findall(r"^\| `([a-z_]+)` \|", file.read(), re.M)
            self.assertEqual(listed, list(manifest.declared), name)


@unittest.skipUnless(COMMAND, "linecaster is not built")
class ExampleTests(unittest.TestCase):
    def test_pages_tell_what_comes_out(self):
        checked = []
        for name in pages():
            with open(os.path.join(CHECKOUT, "docs/plugins", name + ".md"), encoding="utf-8") as file:
                found = EXAMPLE.search(file.read())
            if found is None or not all(map(shutil.which, NEEDED.get(name, []))):
                continue
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                # A copy, with what is built beside it.
                plugin = os.path.join(folder, name)
                shutil.copytree(os.path.join(EXAMPLES, name), plugin, ignore=shutil.ignore_patterns("*.so", "echo", "__pycache__"))
                if "make" in NEEDED.get(name, []):
                    subprocess.run(
                        ["make", "-s", "-C", plugin, f"INCLUDE={CHECKOUT}/Sources/CLinecasterStage"],
                        check=True, env=dict(os.environ, CPATH=f"{CHECKOUT}/Plugins/c"))
                with open(os.path.join(folder, "page.yaml"), "w", encoding="utf-8") as file:
                    file.write("name: page\n" + found[1])
                with open(os.path.join(folder, "article.txt"), "w", encoding="utf-8") as file:
                    file.write(" ".join(found[2].split()))
                done = subprocess.run(
                    [COMMAND, "process", "page.yaml", "article.txt", "--plugins", name], cwd=folder, capture_output=True, text=True,
                    check=False)
                self.assertEqual(done.returncode, 0, done.stderr)
                expected = json.loads("{" + found[3] + "}")
                record = json.loads(done.stdout)
                self.assertEqual({key: record[key] for key in expected}, expected)
                checked.append(name)
        self.assertLessEqual({"keywords", "readability"}, set(checked))


if __name__ == "__main__":
    unittest.main()
