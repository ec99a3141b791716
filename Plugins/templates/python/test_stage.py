"""python3 -m unittest"""

import os
import unittest

from linecaster_stage import Trial

STAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "stage.py")


class StageTests(unittest.TestCase):
    def test_long_sentences_are_listed(self):
        text = "Rain fell. The ferries stayed in the harbour."
        article = {"text": text, "sentences": [{"start": 0, "end": 10}, {"start": 11, "end": 45}]}
        self.assertEqual(
            Trial(STAGE, words="3").answer(article),
            {"NAME_OF_PLUGIN": [{"start": 11, "end": 45, "text": "The ferries stayed in the harbour.", "words": 6}]})

    def test_short_ones_are_not(self):
        self.assertEqual(Trial(STAGE).answer("Rain fell."), {"NAME_OF_PLUGIN": []})


if __name__ == "__main__":
    unittest.main()
