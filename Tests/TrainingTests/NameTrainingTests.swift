import Bytes
import Segment
import StageKit
import Testing

@testable import Training

@Suite("Training of names")
struct NameTrainingTests {
  /// Made-up reports in which only the words beside a name tell its type.
  private func texts() throws -> [LabelledText] {
    let first = ["Zor", "Vel", "Kam", "Tir", "Bos", "Lin", "Hap", "Dre"]
    let last = ["vax", "dun", "mir", "kol", "tes", "rag", "pon", "lek"]
    var texts: [LabelledText] = []
    for (index, start) in first.enumerated() {
      for (other, end) in last.enumerated() {
        let (person, place) = (start + end, first[(index + 3) % 8] + last[(other + 5) % 8])
        let text = "Yesterday captain \(person) sailed towards \(place) again."
        func span(_ name: String) throws -> ByteSpan {
          let bytes = Array(text.utf8)
          let start = try #require(bytes.indices.first { bytes[$0...].starts(with: name.utf8) })
          return ByteSpan(start, start + name.utf8.count)
        }
        var article = Article(
          source: Article.Source(name: [], line: nil, format: "text", encoding: "utf-8", byteCount: 0, sha256: []),
          id: Array("\(index)-\(other)".utf8), text: Array(text.utf8))
        try SegmentStage(options: .init(), context: StageContext()).process(&article, deadline: .none)
        texts.append(
          LabelledText(
            article: article, names: [(try span(person), .name(.person)), (try span(place), .name(.location))],
            trust: .full, group: "reports"))
      }
    }
    return texts
  }

  @Test func learnsFromTheWordsBesideAName() throws {
    var options = NameTraining.Options()
    options.epochs = 12
    var epochs: [Int] = []
    let result = try NameTraining(texts(), lists: ListFiles(), options: options).run { epochs.append($0.epoch) }
    #expect(epochs == Array(1...epochs.count))
    let held = try #require(result.heldOut.first)
    #expect(held.score.expected > 4)
    #expect(held.score.f1 > 0.95)
  }

  @Test func theSameDataGiveTheSameFile() throws {
    var options = NameTraining.Options()
    options.epochs = 2
    let training = NameTraining(try texts(), lists: ListFiles(), options: options)
    #expect(try training.run { _ in }.file == training.run { _ in }.file)
  }

  @Test func articlesThatRepeatOthersAreFound() throws {
    let texts = try texts()
    var repeats = Repeats()
    repeats.add(texts[0].article)
    #expect(repeats.hold(texts[0].article))
    #expect(!repeats.hold(texts[9].article))
  }
}
