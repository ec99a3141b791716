// What a library plugin of Linecaster sees: ABI 1. It is frozen: later versions add functions to the ends of the structures, which say
// their size, and never change one. A change of meaning would be ABI 2, with a symbol of its own.
//
// A library is one file beside plugin.yaml (library: NAME.so) that exports linecaster_stage_v1. It is loaded into worker processes only:
// what it does wrong costs the article that it had. Behind `create` the process can open nothing and start nothing, has one thread, and is
// replaced from time to time.
#ifndef LINECASTER_STAGE_H
#define LINECASTER_STAGE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LINECASTER_STAGE_ABI 1

/// UTF-8 that belongs to whoever gave it, and does not end in a zero. `bytes` is null where there is none.
typedef struct linecaster_text {
  const char *bytes;
  size_t count;
} linecaster_text;

/// Half-open, in bytes of the article's text.
typedef struct linecaster_span {
  uint32_t start;
  uint32_t end;
} linecaster_span;

/// What a stage may ask of the program for as long as it lives.
typedef struct linecaster_host {
  uint32_t abi;
  size_t size;
  void *context;
  /// The plugin's folder.
  linecaster_text folder;
  /// A line for the log.
  void (*log)(void *context, linecaster_text line);
} linecaster_host;

/// One article. Valid until `process` comes back.
typedef struct linecaster_article {
  size_t size;
  void *context;
  linecaster_text id;
  linecaster_text text;
  linecaster_text title;
  linecaster_text language;
  linecaster_text published;
  linecaster_text url;
  /// The spans of paragraphs, sentences or tokens, where plugin.yaml requires them; null where there are none.
  const linecaster_span *(*spans)(void *context, const char *layer, size_t *count);
  /// A layer that plugin.yaml requires as JSON, in the record's shape but with offsets in bytes.
  linecaster_text (*layer)(void *context, const char *layer);
} linecaster_article;

/// What a stage says of one article. What it gives is copied. A layer is said once.
typedef struct linecaster_answer {
  size_t size;
  void *context;
  /// A JSON object of what plugin.yaml provides, by key, with offsets in bytes: {"topics": [...]}.
  void (*json)(void *context, linecaster_text object);
  /// The same without JSON, for layers of the shapes integer, number or ratio; text; [{start: integer, end: integer}].
  void (*number)(void *context, const char *layer, double value);
  void (*text)(void *context, const char *layer, linecaster_text value);
  void (*spans)(void *context, const char *layer, const linecaster_span *spans, size_t count);
  /// This article cannot be done, and why.
  void (*fail)(void *context, linecaster_text reason);
} linecaster_answer;

enum {
  /// `process` may be called from several threads at once. Nobody does so yet.
  LINECASTER_STAGE_THREAD_SAFE = 1,
};

typedef struct linecaster_stage {
  /// LINECASTER_STAGE_ABI, and the size of this structure.
  uint32_t abi;
  size_t size;
  uint32_t flags;
  /// Makes a stage. `options`: a JSON object with all options. Files can be read here, and nowhere else. Returns null where that fails,
  /// with the reason in `error`, which has room for so many bytes.
  void *(*create)(const linecaster_host *host, linecaster_text options, char *error, size_t room);
  /// Does one article. One without an answer has no layer.
  void (*process)(void *stage, const linecaster_article *article, const linecaster_answer *answer);
  void (*destroy)(void *stage);
} linecaster_stage;

/// The one symbol that a library exports.
const linecaster_stage *linecaster_stage_v1(void);

#ifdef __cplusplus
}
#endif

#endif
