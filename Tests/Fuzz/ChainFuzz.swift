// Articles through all five stages, with and without clean, by libFuzzer under AddressSanitizer: see scripts/fuzz.

import ArticleIO
import ArticleTesting
import BuiltinStages
import Bytes
import Glibc
import PipelineKit
import StageKit

/// What the bytes are taken for: LINECASTER_FUZZ is the name of a format.
private let kind: InputKind = {
  guard let format = getenv("LINECASTER_FUZZ").flatMap({ InputFormat(name: String(cString: $0)) }) else {
    fatalError("LINECASTER_FUZZ must be one of \(InputFormat.all.map(\.name))")
  }
  return InputKind(format)
}()

/// The chains of Tests/Fuzz; LINECASTER_MODELS is the folder of the models.
private let pipelines: [Pipeline] = {
  let folder = getenv("LINECASTER_MODELS").map { String(cString: $0) } ?? "models"
  return ["Tests/Fuzz/pages.yaml", "Tests/Fuzz/texts.yaml"].map { path in
    let loaded = Pipeline.load(
      paths: [path], registry: .builtin, context: ResourceSearch(folders: [folder]).context)
    guard let pipeline = loaded.pipelines.first else { fatalError("no chain: \(loaded.diagnostics)") }
    return pipeline
  }
}()

private let casters = pipelines.map(Caster.init)
private let name = Array("a".utf8)

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let bytes else { return 0 }
  var feed = ArticleFeed(
    BytesInMemory(Array(UnsafeBufferPointer(start: bytes, count: count))), kind: kind, limit: 64 << 20)
  // A feed ends at an error.
  while let item = try? feed.next() {
    guard case .article(let raw) = item else { continue }
    for (pipeline, caster) in zip(pipelines, casters) { cast(raw, pipeline, caster) }
  }
  return 0
}

private func cast(_ raw: RawArticle, _ pipeline: Pipeline, _ caster: Caster) {
  let source = try? raw.decode(name: name).text
  guard case .success(let first) = caster.cast(raw, name: name), let source else { return }
  expectCharacters(first.article)
  // The same article again is a copy of the first one, and never of itself.
  let decider = pipeline.chain.makeDecider()
  _ = try? first.line(decider)
  guard let line = try? first.line(decider) else { fatalError("\(pipeline.name): the fingerprint cannot be read") }
  let violations = RecordCheck.violations(
    ofLine: line, RecordCheck.Origin(source: source, stages: pipeline.chain.links.map(\.kind.name)))
  guard violations.isEmpty else {
    fatalError("\(pipeline.name): \(violations.map(\.description).joined(separator: "\n"))")
  }
}

/// Every span begins and ends at a character of the text, which the record cannot show.
private func expectCharacters(_ article: Article) {
  let text = article.text
  precondition(String(validating: text, as: UTF8.self) != nil, "the text is no UTF-8")
  func expect(_ spans: some Sequence<ByteSpan>, _ layer: StaticString) {
    for span in spans {
      for edge in [span.start, span.end] {
        precondition(edge == text.count || text[edge] & 0xC0 != 0x80, "\(layer): \(span.start)..<\(span.end)")
      }
    }
  }
  expect((article.paragraphs ?? []).lazy.map(\.span), "paragraphs")
  expect((article.segmentation?.sentences ?? []).lazy.map(\.span), "sentences")
  expect((article.segmentation?.tokens ?? []).lazy.map(\.span), "tokens")
  for entity in article.entities ?? [] {
    expect(entity.mentions, "mentions")
    expect(entity.references.lazy.map(\.span), "references")
  }
  for quote in article.quotes ?? [] {
    expect(quote.spans + quote.quoted, "quotes")
    expect([quote.speaker?.span, quote.cue].compactMap { $0 }, "speakers and cues")
  }
  expect((article.alignment?.runs ?? []).lazy.map(\.text), "alignment")
}

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ limit: Int) -> Int

/// Half of the mutations know what news is made of, the other half is libFuzzer's own, with its dictionary.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(
  _ data: UnsafeMutablePointer<UInt8>?, _ size: Int, _ limit: Int, _ seed: CUnsignedInt
) -> Int {
  guard let data else { return 0 }
  if seed & 1 == 0 { return mutateBytes(data, size, limit) }
  let input = Array(String(decoding: UnsafeBufferPointer(start: data, count: size), as: UTF8.self).utf8)
  let mutated = FuzzMutation.mutate(input, kind, seed: UInt64(seed >> 1), upTo: limit)
  UnsafeMutableBufferPointer(start: data, count: limit).update(fromContentsOf: mutated)
  return mutated.count
}
