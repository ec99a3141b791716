#include "lexicon.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// Embedded rather than found at run time: there is no file that could be missing or of another version.
_Alignas(64) const unsigned char lexicon_english_table[] = {
#embed "english.table"
};
_Alignas(64) const unsigned char lexicon_languages_table[] = {
#embed "languages.table"
};
_Alignas(64) const unsigned char lexicon_abbreviations_table[] = {
#embed "abbreviations.table"
};
_Alignas(64) const unsigned char lexicon_sequences_table[] = {
#embed "sequences.table"
};
