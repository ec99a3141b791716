/* The stage NAME_OF_PLUGIN: sentences with many words. */

#include "linecaster_process.h"

static size_t least = 30;
static lc_buffer text;

static int setup(lc_value options, lc_buffer *answer) {
  (void)answer;
  lc_value value;
  if (lc_member(options, "words", &value)) least = (size_t)lc_number(value, 30);
  return 0;
}

static size_t count_words(const char *at, const char *end) {
  size_t count = 0;
  for (bool inside = false; at < end; at++) {
    bool space = *at == ' ' || *at == '\n' || *at == '\t' || *at == '\r';
    if (!space && !inside) count++;
    inside = !space;
  }
  return count;
}

static int stage(lc_value article, lc_buffer *answer) {
  lc_value value, sentences, sentence;
  if (!lc_member(article, "text", &value) || !lc_text(value, &text)) return lc_fail(answer, "the article has no text");
  lc_print(answer, "{\"NAME_OF_PLUGIN\":[");
  if (lc_member(article, "sentences", &sentences)) {
    const char *place = sentences.begin, *comma = "";
    while (lc_next(sentences, &place, &sentence)) {
      lc_value from, to;
      if (!lc_member(sentence, "start", &from) || !lc_member(sentence, "end", &to)) continue;
      size_t start = (size_t)lc_number(from, 0), end = (size_t)lc_number(to, 0);
      if (start > end || end > text.count) return lc_fail(answer, "a sentence stands outside of the text");
      size_t words = count_words(text.bytes + start, text.bytes + end);
      if (words < least) continue;
      lc_print(answer, "%s{\"start\":%zu,\"end\":%zu,\"words\":%zu}", comma, start, end, words);
      comma = ",";
    }
  }
  lc_print(answer, "]}");
  return 0;
}

int main(void) { return lc_run(setup, stage); }
