#pragma once
#include <stddef.h>

// The compiled word lists (Sources/LexiconBuilding), constant data of the program; aligned to 64 bytes.
const void *lexicon_english(void);
size_t lexicon_english_size(void);
// Of all languages, the words that tell which one a text is in.
const void *lexicon_languages(void);
size_t lexicon_languages_size(void);
