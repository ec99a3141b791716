/* A stage of Linecaster in C: frames, the handshake, and as much JSON as they need. Copy this file beside the stage.

     static int stage(lc_value article, lc_buffer *answer) {
       lc_value text;
       if (!lc_member(article, "text", &text)) return lc_fail(answer, "the article has no text");
       lc_print(answer, "{\"size\":%zu}", lc_size(text));
       return 0;
     }

     int main(void) { return lc_run(NULL, stage); }

   Offsets: write `offsets: utf8` into plugin.yaml, and they are those of bytes. C11, POSIX. What comes from Linecaster is valid JSON in
   UTF-8; what is not ends in a refusal, never outside of the bytes. */

#ifndef LINECASTER_PROCESS_H
#define LINECASTER_PROCESS_H

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Bytes that grow. Where memory ends, the process does: Linecaster starts it again. */
typedef struct {
  char *bytes;
  size_t count, room;
} lc_buffer;

/* A value in JSON: its bytes as they stand there. */
typedef struct {
  const char *begin, *end;
} lc_value;

/* Both return 0, or lc_fail(…). A stage writes one JSON object into `answer`: what it provides, by key. */
typedef int lc_setup(lc_value options, lc_buffer *answer);
typedef int lc_stage(lc_value article, lc_buffer *answer);

/* Writing */

static inline void lc_put(lc_buffer *buffer, const void *bytes, size_t count) {
  if (buffer->room - buffer->count < count) {
    size_t room = (buffer->count + count) * 2;
    char *grown = realloc(buffer->bytes, room);
    if (grown == NULL) abort();
    buffer->bytes = grown;
    buffer->room = room;
  }
  if (count > 0) memcpy(buffer->bytes + buffer->count, bytes, count);
  buffer->count += count;
}

__attribute__((format(printf, 2, 3))) static inline void lc_print(lc_buffer *buffer, const char *format, ...) {
  char words[512];
  va_list arguments;
  va_start(arguments, format);
  int count = vsnprintf(words, sizeof words, format, arguments);
  va_end(arguments);
  if (count < 0) abort();
  if ((size_t)count < sizeof words) {
    lc_put(buffer, words, (size_t)count);
    return;
  }
  char *longer = malloc((size_t)count + 1);
  if (longer == NULL) abort();
  va_start(arguments, format);
  vsnprintf(longer, (size_t)count + 1, format, arguments);
  va_end(arguments);
  lc_put(buffer, longer, (size_t)count);
  free(longer);
}

/* UTF-8 as a JSON string, with its quotation marks. */
static inline void lc_put_string(lc_buffer *buffer, const char *bytes, size_t count) {
  lc_put(buffer, "\"", 1);
  size_t from = 0;
  for (size_t at = 0; at < count; at++) {
    unsigned char byte = (unsigned char)bytes[at];
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    lc_put(buffer, bytes + from, at - from);
    lc_print(buffer, "\\u%04x", byte);
    from = at + 1;
  }
  if (count > from) lc_put(buffer, bytes + from, count - from);
  lc_put(buffer, "\"", 1);
}

/* This article fails, or the stage cannot start; `words` say why. */
static inline int lc_fail(lc_buffer *answer, const char *words) {
  answer->count = 0;
  lc_put(answer, words, strlen(words));
  return 1;
}

/* Reading */

static inline const char *lc_skip_spaces(const char *at, const char *end) {
  while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) at++;
  return at;
}

/* Behind the string that begins at `at`, or NULL. */
static inline const char *lc_skip_string(const char *at, const char *end) {
  for (at++; at < end; at++) {
    if (*at == '\\') {
      at++;
    } else if (*at == '"') {
      return at + 1;
    }
  }
  return NULL;
}

/* Behind the value that begins at `at`, or NULL. */
static inline const char *lc_skip_value(const char *at, const char *end) {
  size_t depth = 0;
  while (at < end) {
    if (*at == '"') {
      at = lc_skip_string(at, end);
      if (at == NULL) return NULL;
    } else if (*at == '{' || *at == '[') {
      depth++;
      at++;
      continue;
    } else if (*at == '}' || *at == ']') {
      if (depth == 0) return NULL;
      depth--;
      at++;
    } else if (depth > 0) {
      at++;
      continue;
    } else {
      const char *begin = at;
      while (at < end && strchr(",]}: \n\r\t", *at) == NULL) at++;
      return at > begin ? at : NULL;
    }
    if (depth == 0) return at;
  }
  return NULL;
}

/* The next element of a list, or the next key or value of an object. `place` begins as the list's `begin`. */
static inline bool lc_next(lc_value whole, const char **place, lc_value *element) {
  if (whole.begin >= whole.end || (*whole.begin != '[' && *whole.begin != '{')) return false;
  const char *at = *place == whole.begin ? whole.begin + 1 : *place;
  at = lc_skip_spaces(at, whole.end);
  if (at < whole.end && (*at == ',' || *at == ':')) at = lc_skip_spaces(at + 1, whole.end);
  if (at >= whole.end || *at == ']' || *at == '}') return false;
  const char *behind = lc_skip_value(at, whole.end);
  if (behind == NULL) return false;
  *element = (lc_value){at, behind};
  *place = behind;
  return true;
}

/* The value of a key of an object. Keys with escapes in them are not found; none of Linecaster's has any. */
static inline bool lc_member(lc_value object, const char *key, lc_value *value) {
  const char *place = object.begin;
  size_t length = strlen(key);
  lc_value name;
  if (object.begin >= object.end || *object.begin != '{') return false;
  while (lc_next(object, &place, &name)) {
    if (!lc_next(object, &place, value)) return false;
    if ((size_t)(name.end - name.begin) == length + 2 && memcmp(name.begin + 1, key, length) == 0) return true;
  }
  return false;
}

static inline bool lc_is_null(lc_value value) { return value.end - value.begin == 4 && memcmp(value.begin, "null", 4) == 0; }

/* Bytes of a value as it stands in the JSON. */
static inline size_t lc_size(lc_value value) { return (size_t)(value.end - value.begin); }

/* A number, or `otherwise` where it is none. */
static inline double lc_number(lc_value value, double otherwise) {
  char words[64];
  size_t count = lc_size(value);
  if (count == 0 || count >= sizeof words) return otherwise;
  memcpy(words, value.begin, count);
  words[count] = 0;
  char *end;
  double number = strtod(words, &end);
  return *end == 0 ? number : otherwise;
}

static inline uint32_t lc_hex(const char *at) {
  char words[5] = {at[0], at[1], at[2], at[3], 0};
  return (uint32_t)strtoul(words, NULL, 16);
}

/* Puts a string's UTF-8 into `text`, in place of what was there. False where the value is no string. */
static inline bool lc_text(lc_value value, lc_buffer *text) {
  text->count = 0;
  if (lc_size(value) < 2 || *value.begin != '"') return false;
  const char *end = value.end - 1;
  for (const char *at = value.begin + 1; at < end;) {
    const char *escape = memchr(at, '\\', (size_t)(end - at));
    if (escape == NULL) escape = end;
    lc_put(text, at, (size_t)(escape - at));
    if (escape + 1 >= end) break;
    at = escape + 2;
    const char *known = strchr("b\bf\fn\nr\rt\t", escape[1]);
    if (escape[1] != 'u') {
      lc_put(text, known != NULL && *known != 0 ? known + 1 : escape + 1, 1);
      continue;
    }
    if (end - at < 4) return false;
    uint32_t code = lc_hex(at);
    at += 4;
    if (code >= 0xD800 && code < 0xDC00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
      code = 0x10000 + ((code - 0xD800) << 10) + ((lc_hex(at + 2) - 0xDC00) & 0x3FF);
      at += 6;
    }
    char bytes[4];
    size_t count = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char marks[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t place = count - 1; place > 0; place--, code >>= 6) bytes[place] = (char)(0x80 | (code & 0x3F));
    bytes[0] = (char)(marks[count] | code);
    lc_put(text, bytes, count);
  }
  return true;
}

/* The socket */

/* Bytes of the head of a frame: length of the payload and number, both from the lowest byte on. */
enum { lc_head = 8 };
static const uint32_t lc_largest_frame = (uint32_t)1 << 30;

static inline uint32_t lc_number_at(const unsigned char *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* False at the end, or where the rest of a frame is missing. */
static inline bool lc_receive(int descriptor, void *bytes, size_t count) {
  char *at = bytes;
  while (count > 0) {
    ssize_t got = recv(descriptor, at, count, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    count -= (size_t)got;
  }
  return true;
}

static inline bool lc_send(int descriptor, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t sent = send(descriptor, bytes, count, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes += sent;
    count -= (size_t)sent;
  }
  return true;
}

/* Answers the frame with that number. */
static inline bool lc_answer(int descriptor, uint32_t number, int status, const lc_buffer *answer, lc_buffer *frame) {
  char head[lc_head] = {0};
  frame->count = 0;
  lc_put(frame, head, sizeof head);
  if (status == 0) {
    lc_put(frame, answer->bytes, answer->count);
  } else {
    lc_print(frame, "{\"error\":");
    lc_put_string(frame, answer->bytes, answer->count);
    lc_print(frame, "}");
  }
  uint64_t both = (uint64_t)number << 32 | (uint64_t)(frame->count - lc_head);
  for (int place = 0; place < lc_head; place++) frame->bytes[place] = (char)(both >> (8 * place) & 0xFF);
  return lc_send(descriptor, frame->bytes, frame->count);
}

/* Answers articles until Linecaster has no more. `setup` may be NULL; it is called once, with the options. */
static inline int lc_run(lc_setup *setup, lc_stage *stage) {
  const char *words = getenv("LINECASTER_SOCKET");
  if (words == NULL) {
    fputs("This is a stage of Linecaster, which starts it: name its folder with --plugins.\n", stderr);
    return 64;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  int descriptor = atoi(words);
  lc_buffer payload = {0}, answer = {0}, frame = {0};
  bool ready = false;
  unsigned char head[lc_head];
  while (lc_receive(descriptor, head, sizeof head)) {
    uint32_t length = lc_number_at(head), number = lc_number_at(head + 4);
    if (length > lc_largest_frame) return 65;
    if (payload.room < length) {
      free(payload.bytes);
      payload = (lc_buffer){malloc(length), 0, length};
      if (payload.bytes == NULL) abort();
    }
    if (!lc_receive(descriptor, payload.bytes, length)) break;
    lc_value object = {payload.bytes, payload.bytes + length}, value;
    answer.count = 0;
    if (ready) {
      int status = stage(object, &answer);
      if (!lc_answer(descriptor, number, status, &answer, &frame)) break;
      continue;
    }
    int status = 0;
    if (!lc_member(object, "protocol", &value) || lc_number(value, 0) != 1) {
      status = lc_fail(&answer, "this stage speaks protocol 1");
    } else if (setup != NULL && lc_member(object, "options", &value)) {
      status = setup(value, &answer);
    }
    if (status == 0) {
      answer.count = 0;
      lc_print(&answer, "{\"protocol\":1}");
    }
    if (!lc_answer(descriptor, 0, status, &answer, &frame)) break;
    if (status != 0) return 1;
    ready = true;
  }
  free(payload.bytes);
  free(answer.bytes);
  free(frame.bytes);
  return 0;
}

#endif
