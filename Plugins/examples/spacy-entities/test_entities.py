import importlib.util
import os
import tempfile
import unittest

import fakehost
from linecaster_stage import Article

import entities

FOLDER = os.path.dirname(os.path.abspath(__file__))
TEXT = "Ada Corr of the Lund Group left. “Corr's” plan for Lund\n  Group pleased Oslo and Norwegians on Monday, Jon Corr said; Corr left."


def labelled(*names):
    """As spaCy says it, of words in the text; each the next one from where the last one was found."""
    found, at = [], 0
    for words, label in names:
        at = TEXT.index(words, at)
        found.append((at, at + len(words), label))
        at += len(words)
    return found


class EntitiesTests(unittest.TestCase):
    def test_mentions_of_one_name_are_one_entity(self):
        found = entities.entities(
            Article({"text": TEXT}), labelled(
                ("Ada Corr", "PERSON"), ("the Lund Group", "ORG"), ("“Corr's”", "PERSON"), ("Lund\n  Group", "ORG"), ("Oslo", "GPE"),
                ("Norwegians", "NORP"), ("Monday,", "DATE"), ("Jon Corr", "PERSON"), ("Corr", "PERSON")))
        self.assertEqual(
            [(one["id"], one["type"], one["name"], [mention["text"] for mention in one["mentions"]]) for one in found],
            [(0, "PERSON", "Ada Corr", ["Ada Corr", "Corr"]), (1, "ORG", "Lund Group", ["Lund Group", "Lund\n  Group"]),
             (2, "LOC", "Oslo", ["Oslo"]), (3, "MISC", "Norwegians", ["Norwegians"]), (4, "PERSON", "Jon Corr", ["Jon Corr", "Corr"])])
        for one in found:
            self.assertEqual(
                list(one), ["id", "type", "name", "link", "roles", "value", "amount", "unit", "mentions", "references"])
            for mention in one["mentions"]:
                self.assertEqual(TEXT[mention["start"] : mention["end"]], mention["text"])

    def test_nothing_is_left_of_a_mention(self):
        self.assertEqual(entities.mentions("the “ ”, x", [(0, 8, "ORG"), (4, 5, "PERSON"), (9, 10, "CARDINAL")]), [])


@unittest.skipUnless(importlib.util.find_spec("spacy"), "spaCy is not installed")
class SpacyTests(unittest.TestCase):
    def test_a_model_in_a_folder(self):
        import spacy

        model = spacy.blank("en")
        ruler = model.add_pipe("entity_ruler")
        ruler.add_patterns([{"label": "PERSON", "pattern": "Ada Corr"}, {"label": "GPE", "pattern": "Oslo"}, {"label": "DATE", "pattern": "Monday"}])
        with tempfile.TemporaryDirectory() as folder:
            model.to_disk(folder)
            with fakehost.Host.of(FOLDER, model=folder) as host:
                self.assertEqual(host.ready(), {"protocol": 1})
                first, german, third, empty = host.ask(
                    "😀 Ada Corr left Oslo on Monday.", {"text": "Ada Corr ging.", "language": "de"}, "Oslo.", "")
        self.assertEqual(
            [(one["name"], one["mentions"]) for one in first["entities"]],
            [("Ada Corr", [{"start": 2, "end": 10, "text": "Ada Corr"}]), ("Oslo", [{"start": 16, "end": 20, "text": "Oslo"}])])
        self.assertEqual([german, third["entities"][0]["type"], empty], [{}, "LOC", {"entities": []}])

    def test_a_model_that_is_not_there(self):
        with fakehost.Host.of(FOLDER, model="no_such_model") as host:
            self.assertIn("no_such_model", host.ready()["error"])

    def test_an_english_model(self):
        import spacy

        model = next((name for name in spacy.util.get_installed_models() if name.startswith("en_core_web")), None)
        if model is None:
            self.skipTest("no model such as en_core_web_sm is installed")
        with fakehost.Host.of(FOLDER, model=model) as host:
            self.assertEqual(host.ready(), {"protocol": 1})
            found = host.ask("Angela Merkel met Emmanuel Macron in Paris on Monday. Merkel later spoke at the United Nations.")
        names = {one["name"]: one["type"] for one in found[0]["entities"]}
        # Models differ in more than these.
        self.assertLessEqual({"Angela Merkel": "PERSON", "Emmanuel Macron": "PERSON", "Paris": "LOC"}.items(), names.items())


if __name__ == "__main__":
    unittest.main()
