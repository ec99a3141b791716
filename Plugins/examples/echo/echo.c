/* Gives the text and its sentences back. */

#include "linecaster_process.h"

static int times = 1;
static lc_buffer text;

static int setup(lc_value options, lc_buffer *answer) {
  (void)answer;
  lc_value value;
  if (lc_member(options, "times", &value)) times = (int)lc_number(value, 1);
  return 0;
}

static int stage(lc_value article, lc_buffer *answer) {
  lc_value value, sentences, sentence, start, end;
  if (!lc_member(article, "text", &value) || !lc_text(value, &text)) return lc_fail(answer, "the article has no text");

  lc_buffer repeated = {0};
  for (int time = 0; time < times; time++) lc_put(&repeated, text.bytes, text.count);
  lc_print(answer, "{\"echo\":{\"text\":");
  lc_put_string(answer, repeated.bytes, repeated.count);
  free(repeated.bytes);
  lc_print(answer, ",\"bytes\":%zu,\"sentences\":[", text.count);

  if (lc_member(article, "sentences", &sentences) && !lc_is_null(sentences)) {
    const char *place = sentences.begin, *comma = "";
    while (lc_next(sentences, &place, &sentence)) {
      if (!lc_member(sentence, "start", &start) || !lc_member(sentence, "end", &end)) continue;
      lc_print(answer, "%s{\"start\":%.0f,\"end\":%.0f}", comma, lc_number(start, 0), lc_number(end, 0));
      comma = ",";
    }
  }
  lc_print(answer, "]}}");
  return 0;
}

int main(void) { return lc_run(setup, stage); }
