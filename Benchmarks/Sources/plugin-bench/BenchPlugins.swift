/// The plugins that are measured, as files.
enum BenchPlugins {
  static let files: [(String, String)] = [
    ("echo/plugin.yaml", echo("echo", batch: 1)), ("echo16/plugin.yaml", echo("echo16", batch: 16)),
    ("python/plugin.yaml", python("python", batch: 1)), ("python/stage.py", stage),
    ("python16/plugin.yaml", python("python16", batch: 16)), ("python16/stage.py", stage),
    ("library/plugin.yaml", head("count", "library: count.so") + "requires: [sentences]\n" + count),
    ("library/count.c", library),
  ]

  private static func head(_ name: String, _ program: String) -> String {
    "name: \(name)\nversion: 1\nsummary: For the benchmark.\n\(program)\n"
  }

  private static let count = "provides: {count: {help: Sentences., shape: integer}}\n"

  /// The example `echo` answers with the layer of that name, whatever it is called.
  private static func echo(_ name: String, batch: Int) -> String {
    head(name, "command: [./echo]")
      + """
      options: {times: {type: integer, default: 1, help: How often.}}
      provides: {echo: {help: What came in.}}
      offsets: utf8
      batch: \(batch)

      """
  }

  private static func python(_ name: String, batch: Int) -> String {
    head(name, "command: [python3, stage.py]")
      + "provides: {\(name): {help: Length., shape: integer}}\nbatch: \(batch)\n"
  }

  private static let stage = """
    from linecaster_stage import run

    def stage(article):
        return len(article.text)

    run(stage)

    """

  private static let library = """
    #include "linecaster_stage.h"

    static void *create(const linecaster_host *host, linecaster_text options, char *error, size_t room) {
      (void)host, (void)options, (void)error, (void)room;
      return "stage";
    }

    static void process(void *stage, const linecaster_article *article, const linecaster_answer *answer) {
      (void)stage;
      size_t count;
      article->spans(article->context, "sentences", &count);
      answer->number(answer->context, "count", (double)count);
    }

    static void destroy(void *stage) { (void)stage; }

    const linecaster_stage *linecaster_stage_v1(void) {
      static const linecaster_stage stage = {
          LINECASTER_STAGE_ABI, sizeof(linecaster_stage), 0, create, process, destroy};
      return &stage;
    }

    """
}
