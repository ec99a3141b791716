import BuiltinStages
import Glibc
import PipelineKit

// Holds every stage to what it promises on large articles: memory of at most 140 bytes a byte of text, and a deadline that is
// kept within 100 ms. `conformance MEBIBYTES [STAGE [TEXT]]`; with a text and a part of the stage's time, such as 0.4, it ends
// with the stack where the clock is not looked at.

/// Bytes of memory for a byte of text, over all stages up to this one.
let mostMemory = 140.0
/// Seconds.
let longestOverrun = 0.1

var arguments = Array(CommandLine.arguments.dropFirst())
guard let first = arguments.first, let mebibytes = Double(first), mebibytes > 0 else {
  print("usage: conformance MEBIBYTES [STAGE [TEXT [PART]]]")
  exit(64)
}
let size = Int(mebibytes * 1_048_576)

func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
func rounded(_ number: Double) -> String { "\((number * 1000).rounded() / 1000)" }

if arguments.count >= 3, let text = LargeText(rawValue: arguments[2]) {
  let article = LargeArticle(stage: arguments[1], text: text, size: size)
  if arguments.count > 3, let part = Double(arguments[3]) {
    try article.abort(at: part, patience: .seconds(longestOverrun))
    exit(0)
  }
  let outcome = try article.measure()
  let isGood = outcome.memory <= mostMemory && outcome.overrun <= longestOverrun
  let late = rounded(outcome.overrun * 1000)
  print(
    padded(arguments[1], 9), padded(arguments[2], 11), padded("\(rounded(outcome.memory)) bytes a byte", 22),
    padded("\(rounded(outcome.seconds)) s", 10), padded("\(late) ms late at \(rounded(outcome.part))", 26),
    isGood ? "" : "TOO MUCH", outcome.refusal ?? "")
  exit(isGood ? 0 : 1)
}

// Each in a process of its own, so that none pays for what another took.
var isGood = true
for stage in StageRegistry.builtin.names where arguments.count < 2 || arguments[1] == stage {
  for text in LargeText.allCases {
    var child = pid_t()
    let words: [String] = [CommandLine.arguments[0], arguments[0], stage, text.rawValue]
    var strings: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    var status: Int32 = 0
    guard posix_spawn(&child, "/proc/self/exe", nil, nil, &strings, environ) == 0, waitpid(child, &status, 0) == child
    else {
      print("conformance: no process can be started")
      exit(75)
    }
    if status != 0 {
      isGood = false
      if status & 0x7F != 0 { print(padded(stage, 9), padded(text.rawValue, 11), "ended by signal \(status & 0x7F)") }
    }
  }
}
exit(isGood ? 0 : 1)
