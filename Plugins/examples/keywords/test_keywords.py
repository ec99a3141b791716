import os
import unittest

import fakehost
from linecaster_stage import Trial

FOLDER = os.path.dirname(os.path.abspath(__file__))
TEXT = (
    "The harbour council of Holmvik meets on Friday. The harbour council will speak of the Ellery bridge and of the cost of "
    "repairs. Nobody likes the cost of repairs, nor that of the Ellery bridge.")


def keywords(text, **options):
    return Trial(os.path.join(FOLDER, "keywords.py"), **options).answer(text)["keywords"]


class KeywordsTests(unittest.TestCase):
    def test_phrases_stand_where_they_say(self):
        found = keywords(TEXT)
        for item in found:
            self.assertEqual(TEXT[item["start"] : item["end"]], item["text"])
        self.assertEqual([found[0]["text"], found[0]["score"], found[0]["count"]], ["harbour council", 1, 2])
        scores = [item["score"] for item in found]
        self.assertEqual(scores, sorted(scores, reverse=True))

    def test_scores_are_those_of_the_paper(self):
        # deg/freq: "red" stands in two phrases of two words and one of one: 5/3; "ferry" and "boat" in one of two each: 2.
        found = keywords("A red ferry, a red boat, and red.", count="3")
        scores = {item["text"]: item["score"] for item in found}
        best = 5 / 3 + 2
        self.assertEqual(scores, {"red ferry": 1, "red boat": 1, "red": round(5 / 3 / best, 4)})

    def test_phrases_that_stand_beside_each_other_twice_are_one(self):
        found = {item["text"]: item for item in keywords(TEXT)}
        self.assertEqual(found["cost of repairs"]["count"], 2)
        self.assertNotIn("harbour council of Holmvik", found, "which stands there once")

    def test_options(self):
        self.assertEqual(len(keywords(TEXT, count="2")), 2)
        self.assertNotIn("harbour council", [item["text"] for item in keywords(TEXT, longest="1")])
        self.assertEqual([item for item in keywords(TEXT, stop_words="Harbour") if "harbour" in item["text"]], [])

    def test_possessives_and_other_letters(self):
        text = "Übermut’s price 😀 is Corr's, not Zoë Lund’s."
        found = keywords(text)
        self.assertEqual({item["text"] for item in found}, {"Übermut", "price", "Corr", "Zoë Lund"})
        for item in found:
            self.assertEqual(text[item["start"] : item["end"]], item["text"])

    def test_nothing_in_it(self):
        for text in ("", "The of and.", "1, 2, 3!", "\n\n"):
            self.assertEqual(keywords(text), [])

    def test_other_languages_get_no_layer(self):
        with fakehost.Host.of(FOLDER, count="1") as host:
            self.assertEqual(host.ready(), {"protocol": 1})
            german, english = host.ask({"text": TEXT, "language": "de"}, {"text": TEXT, "language": None})
            self.assertEqual(german, {})
            self.assertEqual(english["keywords"][0]["text"], "harbour council")


if __name__ == "__main__":
    unittest.main()
