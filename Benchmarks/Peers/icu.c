// Sentence and word boundaries of a UTF-8 file by ICU, and what they cost of the CPU. cc -O2 icu.c -licuuc
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

static double cpu(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  FILE *file = count > 1 ? fopen(arguments[1], "rb") : NULL;
  if (!file) return fprintf(stderr, "usage: icu FILE\n"), 64;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *bytes = malloc(size);
  if (!bytes || fread(bytes, 1, size, file) != (size_t)size) return 74;
  double best = 1e9;
  long found[2] = {0, 0};
  for (int round = 0; round < 3; round++) {
    double start = cpu();
    for (int kind = 0; kind < 2; kind++) {
      UErrorCode status = U_ZERO_ERROR;
      UBreakIterator *iterator = ubrk_open(kind ? UBRK_WORD : UBRK_SENTENCE, "en", NULL, 0, &status);
      UText *text = utext_openUTF8(NULL, bytes, size, &status);
      ubrk_setUText(iterator, text, &status);
      if (U_FAILURE(status)) return fprintf(stderr, "%s\n", u_errorName(status)), 1;
      found[kind] = 0;
      while (ubrk_next(iterator) != UBRK_DONE) found[kind]++;
      utext_close(text);
      ubrk_close(iterator);
    }
    if (cpu() - start < best) best = cpu() - start;
  }
  printf("%.1f MB/s  (%ld sentences, %ld words and gaps)\n", size / best / 1e6, found[0], found[1]);
  return 0;
}
