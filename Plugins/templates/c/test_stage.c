/* make check */

#define main stage_main
#include "stage.c"
#undef main

static int failures = 0;

static void expect(const char *article, const char *answer) {
  lc_buffer found = {0};
  stage((lc_value){article, article + strlen(article)}, &found);
  if (found.count != strlen(answer) || memcmp(found.bytes, answer, found.count) != 0) {
    printf("%s\n  gives %.*s\n  not   %s\n", article, (int)found.count, found.bytes, answer);
    failures++;
  }
  free(found.bytes);
}

int main(void) {
  least = 3;
  expect("{\"text\":\"Rain fell. The ferries stayed in the harbour.\",\"sentences\":[{\"start\":0,\"end\":10},{\"start\":11,\"end\":45}]}",
         "{\"NAME_OF_PLUGIN\":[{\"start\":11,\"end\":45,\"words\":6}]}");
  expect("{\"text\":\"Rain fell.\",\"sentences\":null}", "{\"NAME_OF_PLUGIN\":[]}");
  expect("{}", "the article has no text");
  expect("{\"text\":\"\",\"sentences\":[{\"start\":0,\"end\":1}]}", "a sentence stands outside of the text");
  printf(failures == 0 ? "ok\n" : "%d failed\n", failures);
  return failures != 0;
}
