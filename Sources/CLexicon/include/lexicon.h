#pragma once
#include <stddef.h>

// The compiled word lists (Sources/LexiconBuilding), constant data of the program.
extern const unsigned char lexicon_english_table[];
// Of all languages, the words that tell which one a text is in.
extern const unsigned char lexicon_languages_table[];
// Of languages other than English, their abbreviations.
extern const unsigned char lexicon_abbreviations_table[];
// Letter sequences that tell languages apart (scripts/language-table).
extern const unsigned char lexicon_sequences_table[];

// Inline, so that a look-up begins with a constant address.
static inline const void *lexicon_english(void) { return lexicon_english_table; }
static inline const void *lexicon_languages(void) { return lexicon_languages_table; }
static inline const void *lexicon_abbreviations(void) { return lexicon_abbreviations_table; }
static inline const void *lexicon_sequences(void) { return lexicon_sequences_table; }
