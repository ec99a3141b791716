#include "lexicon.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// Embedded rather than found at run time: there is no file that could be missing or of another version.
_Alignas(64) static const unsigned char english[] = {
#embed "english.table"
};
_Alignas(64) static const unsigned char languages[] = {
#embed "languages.table"
};

const void *lexicon_english(void) { return english; }
size_t lexicon_english_size(void) { return sizeof english; }
const void *lexicon_languages(void) { return languages; }
size_t lexicon_languages_size(void) { return sizeof languages; }
