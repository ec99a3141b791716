// Topics by lists of words: a library plugin. It reads topics.txt once, and looks up each word of an article in a table of the first words
// of all phrases.

#include "linecaster_stage.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/// Words that stand behind each other, in small letters with one blank between them.
struct phrase {
  char *words;
  size_t count;
  int topic;
  /// The next phrase of the same place in the table; -1 at the end.
  int next;
};

struct topics {
  char **names;
  int name_count;
  struct phrase *phrases;
  int phrase_count;
  /// By the hash of the first word; -1 where there is none.
  int *table;
  size_t mask;
  long least;
};

static unsigned char small(unsigned char byte) { return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte; }

/// Letters, digits, and every byte of a character beyond ASCII.
static int is_word(unsigned char byte) {
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (small(byte) >= 'a' && small(byte) <= 'z');
}

/// FNV-1a over the small letters of the word that begins here.
static size_t hash(const char *bytes, size_t count) {
  size_t value = 14695981039346656037u;
  for (size_t at = 0; at < count && is_word((unsigned char)bytes[at]); at++)
    value = (value ^ small((unsigned char)bytes[at])) * 1099511628211u;
  return value;
}

/// The length of a phrase where it stands at the beginning of a text; 0 where it does not. Any space stands for a blank.
static size_t match(const struct phrase *phrase, const char *text, size_t count) {
  size_t at = 0;
  for (size_t index = 0; index < phrase->count; index++) {
    if (phrase->words[index] == ' ') {
      size_t before = at;
      while (at < count && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t')) at++;
      if (at == before) return 0;
    } else {
      if (at == count || small((unsigned char)text[at]) != (unsigned char)phrase->words[index]) return 0;
      at++;
    }
  }
  return at < count && is_word((unsigned char)text[at]) ? 0 : at;
}

static void destroy(void *stage) {
  struct topics *topics = stage;
  if (!topics) return;
  for (int index = 0; index < topics->name_count; index++) free(topics->names[index]);
  for (int index = 0; index < topics->phrase_count; index++) free(topics->phrases[index].words);
  free(topics->names);
  free(topics->phrases);
  free(topics->table);
  free(topics);
}

/// A copy in small letters, without blanks at the ends and with one between words; null where nothing is left.
static char *tidy(const char *from, size_t count) {
  char *copy = malloc(count + 1);
  size_t length = 0;
  if (!copy) return NULL;
  for (size_t at = 0; at < count; at++) {
    int is_space = from[at] == ' ' || from[at] == '\t' || from[at] == '\r';
    if (is_space && (length == 0 || copy[length - 1] == ' ')) continue;
    copy[length++] = is_space ? ' ' : (char)small((unsigned char)from[at]);
  }
  while (length > 0 && copy[length - 1] == ' ') length--;
  copy[length] = 0;
  if (length == 0) {
    free(copy);
    return NULL;
  }
  return copy;
}

/// Makes room for one more. Returns 0 where there is no memory.
static int grow(void **list, int count, size_t size) {
  if ((count & (count - 1)) != 0) return 1;
  void *larger = realloc(*list, (size_t)(count ? 2 * count : 1) * size);
  if (larger) *list = larger;
  return larger != NULL;
}

static int add_line(struct topics *topics, const char *line, size_t count) {
  const char *colon = memchr(line, ':', count);
  if (!colon || line[0] == '#') return 1;
  size_t name_length = (size_t)(colon - line);
  if (!grow((void **)&topics->names, topics->name_count, sizeof *topics->names)) return 0;
  char *name = malloc(name_length + 1);
  if (!name) return 0;
  memcpy(name, line, name_length);
  name[name_length] = 0;
  topics->names[topics->name_count++] = name;
  for (const char *at = colon + 1, *end = line + count; at < end;) {
    const char *comma = memchr(at, ',', (size_t)(end - at));
    size_t length = (size_t)((comma ? comma : end) - at);
    char *words = tidy(at, length);
    if (words) {
      if (!grow((void **)&topics->phrases, topics->phrase_count, sizeof *topics->phrases)) return 0;
      topics->phrases[topics->phrase_count++] = (struct phrase){words, strlen(words), topics->name_count - 1, -1};
    }
    at += length + 1;
  }
  return 1;
}

static int read_lists(struct topics *topics, FILE *file) {
  char *line = NULL;
  size_t room = 0;
  ssize_t count;
  int is_well = 1;
  while (is_well && (count = getline(&line, &room, file)) > 0) {
    while (count > 0 && (line[count - 1] == '\n' || line[count - 1] == '\r')) count--;
    is_well = add_line(topics, line, (size_t)count);
  }
  free(line);
  return is_well;
}

static int build_table(struct topics *topics) {
  size_t size = 16;
  while (size < (size_t)topics->phrase_count * 2) size *= 2;
  topics->mask = size - 1;
  topics->table = malloc(size * sizeof *topics->table);
  if (!topics->table) return 0;
  for (size_t place = 0; place < size; place++) topics->table[place] = -1;
  for (int index = 0; index < topics->phrase_count; index++) {
    size_t place = hash(topics->phrases[index].words, topics->phrases[index].count) & topics->mask;
    topics->phrases[index].next = topics->table[place];
    topics->table[place] = index;
  }
  return 1;
}

/// {"least":2}: all options are there, and this is the only number.
static long option(linecaster_text options) {
  for (size_t at = 0; at < options.count; at++)
    if (options.bytes[at] >= '0' && options.bytes[at] <= '9') return strtol(options.bytes + at, NULL, 10);
  return 1;
}

static void *create(const linecaster_host *host, linecaster_text options, char *error, size_t room) {
  char path[4096];
  snprintf(path, sizeof path, "%.*s/topics.txt", (int)host->folder.count, host->folder.bytes);
  FILE *file = fopen(path, "r");
  if (!file) {
    snprintf(error, room, "%s cannot be opened: %s", path, strerror(errno));
    return NULL;
  }
  struct topics *topics = calloc(1, sizeof *topics);
  int is_well = topics && read_lists(topics, file) && build_table(topics);
  fclose(file);
  if (!is_well || topics->phrase_count == 0) {
    snprintf(error, room, is_well ? "%s has no topic: write ‘name: word, word’" : "%s takes too much memory", path);
    destroy(topics);
    return NULL;
  }
  topics->least = option(options);
  return topics;
}

struct found {
  long count;
  size_t start, end;
};

struct output {
  char *bytes;
  size_t count, room;
};

static void print(struct output *output, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  // The room was reckoned for all topics.
  int written = vsnprintf(output->bytes + output->count, output->room - output->count, format, arguments);
  va_end(arguments);
  if (written > 0) output->count += (size_t)written;
}

/// A name as JSON wants it: what would end it early gets a backslash, and control characters a blank.
static void print_name(struct output *output, const char *name) {
  for (; *name; name++) {
    if (*name == '"' || *name == '\\') print(output, "\\");
    print(output, "%c", (unsigned char)*name < 0x20 ? ' ' : *name);
  }
}

static void answer_with(const struct topics *topics, const struct found *found, const linecaster_answer *answer) {
  struct output output = {0};
  output.room = 32;
  for (int index = 0; index < topics->name_count; index++) output.room += 2 * strlen(topics->names[index]) + 128;
  output.bytes = malloc(output.room);
  if (!output.bytes) return answer->fail(answer->context, (linecaster_text){"there is no memory left", 23});
  print(&output, "{\"topics\":[");
  int is_first = 1;
  for (int index = 0; index < topics->name_count; index++) {
    if (found[index].count < topics->least) continue;
    print(&output, "%s{\"topic\":\"", is_first ? "" : ",");
    print_name(&output, topics->names[index]);
    print(&output, "\",\"count\":%ld,\"start\":%zu,\"end\":%zu}", found[index].count, found[index].start, found[index].end);
    is_first = 0;
  }
  print(&output, "]}");
  answer->json(answer->context, (linecaster_text){output.bytes, output.count});
  free(output.bytes);
}

static void process(void *stage, const linecaster_article *article, const linecaster_answer *answer) {
  const struct topics *topics = stage;
  const char *text = article->text.bytes;
  size_t count = article->text.count;
  struct found *found = calloc((size_t)topics->name_count, sizeof *found);
  if (!found) return answer->fail(answer->context, (linecaster_text){"there is no memory left", 23});
  for (size_t at = 0; at < count;) {
    if (!is_word((unsigned char)text[at])) {
      at++;
      continue;
    }
    // The longest phrase that begins here.
    size_t longest = 0;
    int topic = -1;
    for (int index = topics->table[hash(text + at, count - at) & topics->mask]; index >= 0; index = topics->phrases[index].next) {
      size_t length = match(&topics->phrases[index], text + at, count - at);
      if (length > longest) {
        longest = length;
        topic = topics->phrases[index].topic;
      }
    }
    if (topic >= 0) {
      if (found[topic].count++ == 0) {
        found[topic].start = at;
        found[topic].end = at + longest;
      }
      at += longest;
    } else {
      while (at < count && is_word((unsigned char)text[at])) at++;
    }
  }
  answer_with(topics, found, answer);
  free(found);
}

const linecaster_stage *linecaster_stage_v1(void) {
  static const linecaster_stage stage = {
      .abi = LINECASTER_STAGE_ABI,
      .size = sizeof(linecaster_stage),
      .flags = LINECASTER_STAGE_THREAD_SAFE,
      .create = create,
      .process = process,
      .destroy = destroy,
  };
  return &stage;
}
