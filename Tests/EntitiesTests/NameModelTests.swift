import Bytes
import Lexicon
import PipelineKit
import StageKit
import Testing

@testable import Entities
@testable import Training

extension FeatureKeys {
  /// Keys of one template.
  fileprivate init(_ values: [UInt64]) {
    self.init()
    for value in values { add(1, value) }
  }
}

@Suite("The name model")
struct NameModelTests {
  private func error(_ bytes: [UInt8]) -> String? {
    do throws(StageError) {
      _ = try NameModel(Resource(path: "a.model", copying: bytes))
      return nil
    } catch {
      return error.message
    }
  }

  private var small: [UInt8] {
    NameModel.file(
      lists: ListFiles(), keys: [7, 9], weights: Array(repeating: 1, count: 18),
      transitions: Array(repeating: 0, count: Transitions.count), least: 0)
  }

  @Test func aDamagedFileIsRefusedWithItsPlaceAndTheMend() throws {
    #expect(error(small) == nil)
    var other = small
    other[8] = 9
    var damaged = small
    damaged[damaged.count - 1] ^= 1
    for (bytes, problem) in [
      ([], "is no name model"), (Array("no model at all".utf8), "is no name model"),
      (other, "is a name model of version 9, and this program reads version 1"),
      (damaged, "is damaged"), (Array(small.prefix(200)), "is cut short"), (small + [0], "is not as long as it says"),
    ] {
      let message = try #require(error(bytes))
      #expect(message.hasPrefix("a.model \(problem)"), "\(message)")
      #expect(message.contains("linecaster train entities"))
    }
  }

  @Test func anyCutAndAnyFlippedByteIsSeen() {
    for count in stride(from: 0, to: small.count, by: 37) { #expect(error(Array(small.prefix(count))) != nil) }
    for at in stride(from: 0, to: small.count, by: 41) {
      var bytes = small
      bytes[at] ^= 0x10
      #expect(error(bytes) != nil, "byte \(at)")
    }
  }

  @Test func tablesGiveBackWhatWasPutIn() {
    var entries: [UInt64: UInt32] = [:]
    for number in 0..<2000 { entries[WordHash("word \(number)".utf8).value] = UInt32(number) }
    let resource = Resource(path: "", copying: HashedTable.packed(entries))
    withExtendedLifetime(resource) {
      let table = HashedTable(resource.bytes)
      for (hash, value) in entries { #expect(table[hash] == value) }
      #expect(table[WordHash("no word".utf8).value] == nil)
    }
  }

  @Test func listsAreReadAndWrongLinesNamed() throws {
    let lists = try ListFiles(
      words: Array("lund\t77\t5\t6\t2\t0\t2\t3\nnew\t0\t12\t2\t3\t0\t0\t0\n".utf8),
      phrases: Array("New Lund\tplace\n".utf8))
    let file = NameModel.file(
      lists: lists, keys: [], weights: [], transitions: Array(repeating: 0, count: Transitions.count), least: 0)
    let model = try NameModel(Resource(path: "", copying: file))
    let facts = model.lists[WordHash("lund".utf8)]
    #expect(model.lists.path(facts.upperCluster) == 77)
    #expect([facts.capitalUse, facts.frequency, facts.given, facts.surname, facts.place] == [6, 2, 0, 2, 3])
    #expect(model.lists[WordHash("new".utf8)].isOpener)
    #expect(model.lists[WordHash("corr".utf8)] == .unknown)
    model.keepAlive()
    #expect(throws: StageError.self) { try ListFiles(words: Array("lund\t77".utf8), phrases: []) }
    #expect(throws: StageError.self) { try ListFiles(words: [], phrases: Array("New Lund\tship".utf8)) }
  }

  /// The sum of one token's weights is at the end of 16 bits here, and that of all of them beyond 32.
  @Test func theScoreOfAStretchDoesNotGrowWithIt() throws {
    let labels = NameLabel.count
    let person = NameLabel(.person, isBeginning: true).code
    var weights = Array(repeating: Float(0.1), count: labels)
    weights[person] = 4
    let file = NameModel.file(
      lists: ListFiles(), keys: [FeatureKeys([1])[0]], weights: weights,
      transitions: Array(repeating: 900, count: Transitions.count), least: 0)
    let model = try NameModel(Resource(path: "a.model", copying: file))
    var keys = FeatureKeys(Array(repeating: 1, count: 4 * FeatureKeys.most))
    var decoder = Viterbi()
    for _ in 0..<60_000 { decoder.add(&keys, tokenKind: 0, model) }
    var watch = DeadlineWatch(.none)
    try decoder.finish(&watch)
    model.keepAlive()
    #expect(decoder.labels.count == 60_000 && decoder.labels.allSatisfy { $0.code == person })
  }

  @Test func noTokenHasMoreKeysThanCount() throws {
    var most = 0
    for text in [
      "Ada Corr-Lund of the Holm Harbour Authority said “No.”", "A A A A A A A", "LUND 2 HOLM 1 MAY 5th, 2017",
    ] {
      let article = try annotated(text)
      let segmentation = try #require(article.segmentation)
      var watch = DeadlineWatch(.none)
      let words = try EntitiesStage.words(segmentation.tokens, article.text.span, &watch)
      let model = try NameModel(StageContext.installed.resource("entities.model"))
      let features = try ArticleFeatures(
        words: words, segmentation: segmentation, headlines: segmentation.sentences.map { _ in true }, ruled: [],
        lists: model.lists, lexicon: .english, text: article.text.span, &watch)
      var keys = FeatureKeys()
      for stretch in features.stretches {
        for at in stretch.tokens {
          features.readKeys(at, stretch, article.text.span, into: &keys)
          most = max(most, keys.count)
        }
      }
      model.keepAlive()
    }
    #expect(most > 50 && most * 2 < FeatureKeys.most, "\(most)")
  }

  @Test func labelsFollowTheSchemeBIO() {
    let labels = (0..<NameLabel.count).map { NameLabel(code: $0) }
    for label in labels {
      #expect(label.mayPrecede(.outside))
      for next in labels where next.isInside {
        #expect(label.mayPrecede(next) == (label.kind == next.kind))
      }
    }
  }

  @Test func aStageWithoutItsModelSaysWhatItWants() {
    #expect(throws: StageError.self) { try EntitiesStage(options: .init(), context: StageContext()) }
  }
}
