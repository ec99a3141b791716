// Any bytes through the stage `clean`, by libFuzzer under AddressSanitizer: see scripts/fuzz.

import Clean
import Glibc
import PipelineKit
import StageKit

/// What the bytes are taken for: LINECASTER_FUZZ is text, html or xml.
private let markup: Article.Markup? = {
  switch getenv("LINECASTER_FUZZ").map({ String(cString: $0) }) {
  case "text": return nil
  case "html": return .html
  case "xml": return .xml
  default: fatalError("LINECASTER_FUZZ must be text, html or xml")
  }
}()

/// LINECASTER_MODELS is the folder of the model.
private let context = ResourceSearch(
  folders: [getenv("LINECASTER_MODELS").map { String(cString: $0) } ?? "models"]
).context

/// Every setting that changes the way of the text.
private let stages: [CleanStage] = CleanStage.Options.Boilerplate.allCases.flatMap { boilerplate in
  CleanStage.Options.Choice.allCases.map { captions in
    var options = CleanStage.Options()
    options.boilerplate = boilerplate
    options.captions = captions
    options.dropPhrases = ["check also"]
    guard let stage = try? CleanStage(options: options, context: context) else { fatalError("no stage") }
    return stage
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let bytes, count > 1 else { return 0 }
  // The first byte picks the options; the rest comes decoded, as a stage gets it.
  let input = Array(String(decoding: UnsafeBufferPointer(start: bytes + 1, count: count - 1), as: UTF8.self).utf8)
  var article = Article(
    source: Article.Source(
      name: [], line: nil, format: "text", encoding: "utf-8", byteCount: input.count, sha256: []),
    id: [], text: input, markup: markup)
  do {
    try stages[Int(bytes[0]) % stages.count].process(&article, deadline: .none)
  } catch {
    return 0
  }
  precondition(String(validating: article.text, as: UTF8.self) != nil, "the text is no UTF-8")
  var end = 0
  for paragraph in article.paragraphs ?? [] {
    precondition(paragraph.span.start >= end && !paragraph.span.isEmpty, "paragraphs are out of order")
    end = paragraph.span.end
  }
  precondition(end <= article.text.count, "a paragraph ends outside of the text")
  end = 0
  for run in article.alignment?.runs ?? [] {
    precondition(run.text.start == end && run.source.end <= input.count, "the alignment is broken")
    end = run.text.end
  }
  precondition(article.alignment == nil || end == article.text.count, "the alignment is not of the whole text")
  return 0
}
