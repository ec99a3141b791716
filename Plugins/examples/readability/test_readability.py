import os
import unittest

import fakehost
from linecaster_stage import Trial

import readability

FOLDER = os.path.dirname(os.path.abspath(__file__))
# Words of news, by their syllables.
SYLLABLES = {
    1: "the make makes walked bridge through whole strength year voiced 140 said asked judge held one's don't bride's",
    2: "council table settled hundred movement careful safely being going quiet mayor lighthouse Monday create houses judges "
       "wanted people nation special reason police tables language cables didn't lion science rhythm statement region "
       "prism million premier quickly little trial",
    3: "harbour-side video media actual influence family government holiday attorney deputy area earlier poet-king tourism "
       "radio violence continued officials president company estimate however companies high-level",
    4: "society security January economy economic reality television reality society's situation investigate continuous",
    5: "international university organization communication opportunity",
}
SIMPLE = "The cat sat on the mat. The dog ran to the door. It was hot that day. We all went to the park. Then we came home to eat."
HARD = (
    "International organizations repeatedly emphasized considerable uncertainties surrounding macroeconomic stabilization, "
    "notwithstanding unprecedented governmental interventions; consequently, institutional investors increasingly anticipated "
    "deteriorating competitiveness throughout industrialized economies, particularly following several disappointing reports.")


def scores(article, **options):
    return Trial(os.path.join(FOLDER, "readability.py"), **options).answer(article)["readability"]


class ReadabilityTests(unittest.TestCase):
    def test_syllables(self):
        wrong, total = [], 0
        for count, words in SYLLABLES.items():
            for word in words.split():
                total += 1
                if readability.syllables(word) != count:
                    wrong.append(f"{word}: {readability.syllables(word)}, not {count}")
        self.assertEqual(wrong, [])

    def test_the_formulas(self):
        # Words of one syllable all.
        found = scores(SIMPLE, least="1")
        self.assertEqual([found["sentences"], found["words"], found["syllables"]], [5, 29, 29])
        self.assertAlmostEqual(found["ease"], 206.835 - 1.015 * 29 / 5 - 84.6, 1)
        self.assertAlmostEqual(found["grade"], 0.39 * 29 / 5 + 11.8 - 15.59, 1)
        hard = scores(HARD, least="1")
        self.assertLess(hard["ease"], 0)
        self.assertGreater(hard["grade"], 20)

    def test_headings_are_left_out(self):
        text = "Bridge opens\n\n" + SIMPLE
        article = {
            "text": text, "sentences": [{"start": 0, "end": 12}, {"start": 14, "end": 37}],
            "paragraphs": [{"start": 0, "end": 12, "kind": "heading"}, {"start": 14, "end": len(text), "kind": "body"}]}
        self.assertEqual(scores(article, least="1")["sentences"], 1)
        self.assertEqual(scores(article, least="1", headings="true")["sentences"], 2)

    def test_too_little_for_a_score(self):
        self.assertEqual(
            scores("Rain fell."), {"ease": None, "grade": None, "sentences": 1, "words": 2, "syllables": 2})
        self.assertEqual(scores("", least="1"), {"ease": None, "grade": None, "sentences": 0, "words": 0, "syllables": 0})
        self.assertEqual(scores("!?", least="1")["sentences"], 0)

    def test_other_languages_and_articles_without_sentences_get_no_layer(self):
        with fakehost.Host.of(FOLDER, least="1") as host:
            host.ready()
            sentences = [{"start": 0, "end": 10}]
            german, bare, english = host.ask(
                {"text": "Rain fell.", "language": "de", "sentences": sentences, "paragraphs": None},
                {"text": "Rain fell.", "sentences": None, "paragraphs": None},
                {"text": "Rain fell.", "sentences": sentences, "paragraphs": None})
        self.assertEqual([german, bare], [{}, {}])
        self.assertEqual(english["readability"]["words"], 2)


if __name__ == "__main__":
    unittest.main()
