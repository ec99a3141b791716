import StageKit
import Testing

@testable import Dedupe

@Suite("Fingerprints of texts")
struct FingerprintTests {
  private func print(_ text: String) throws -> Fingerprint { try Fingerprint(of: Array(text.utf8)) }

  @Test(
    "What a copy editor changes does not count",
    arguments: [
      ("The mayor's plan, he said, is “dead”.", "the mayor’s plan he said is \"DEAD\""),
      ("A well-known name - and a price", "A well known name — and a price"),
      ("Two  spaces\u{A0}and\n\nlines", "two spaces and lines"),
      ("co\u{AD}operate now\u{200B}adays", "cooperate nowadays"),
      ("ÉCOLE ŁÓDŹ МОСКВА ΑΘΗΝΑ", "école łódź москва αθηνα"),
      ("Prices rose… by €5", "prices rose by 5"),
    ])
  func normalForm(a: String, b: String) throws {
    let (a, b) = (try print(a), try print(b))
    #expect(a.textHash == b.textHash && a.sketch == b.sketch)
  }

  @Test(
    "Other words, or words in another order, do count",
    arguments: [
      ("the mayor said no", "the mayor said yes"), ("dog bites man", "man bites dog"), ("ab c", "a bc"),
      ("1,000 tonnes", "1,001 tonnes"), ("北京 天气", "北京 天亮"),
    ])
  func difference(a: String, b: String) throws {
    #expect(try print(a).textHash != print(b).textHash)
  }

  @Test("A script without spaces has words all the same")
  func ideographs() throws {
    #expect(try print("北京天气晴朗").wordCount == 6)
    #expect(try print("北京天气晴朗").sketch.hashes.count == 2)
  }

  @Test("A text of fewer words than a shingle has no sketch", arguments: ["", "  \n", "one two three four", "?!"])
  func short(text: String) throws {
    #expect(try print(text).sketch.hashes.isEmpty)
    #expect(try print(text).sketch.isComplete)
  }

  @Test("A short text keeps all its shingles, a long one the smallest, sorted and each once")
  func sketchSize() throws {
    let short = try print(Story.text(seed: 1, sentences: 10)).sketch
    #expect(short.isComplete && short.hashes.count == 10 * 12 - 4)

    let text = Story.text(seed: 1, sentences: 40)
    let long = try print(text).sketch
    #expect(!long.isComplete && long.hashes.count == Sketch.smallest)
    let twice = try print(text + " " + text).sketch
    #expect(Set(twice.hashes).count == twice.hashes.count && twice.hashes == twice.hashes.sorted())
    // The text said twice has a few shingles more, across the seam.
    #expect(Set(twice.hashes.prefix(Sketch.smallest)).subtracting(long.hashes).count <= 4)

    let longest = try print(Story.text(seed: 1, sentences: 1000)).sketch
    #expect(longest.hashes.count == Sketch.capacity(shingles: 1000 * 12 - 4))
  }

  @Test("A text that says one sentence a thousand times keeps the few shingles it has")
  func repetition() throws {
    let sketch = try print(String(repeating: "we want our money back and we want it now. ", count: 1000)).sketch
    #expect(sketch.isComplete && sketch.hashes.count == 10)
  }

  private func sketch(_ hashes: [UInt32], isComplete: Bool = true) -> Sketch {
    Sketch(hashes: hashes, isComplete: isComplete, keys: [])
  }

  private func overlap(_ a: Sketch, _ b: Sketch) -> Overlap {
    Overlap(a.hashes.span, b.hashes.span, limit: min(a.limit, b.limit))
  }

  @Test("The overlap of complete sketches is counted, not estimated")
  func exactOverlap() {
    let overlap = overlap(sketch([1, 2, 3, 4, 5, 6]), sketch([4, 5, 6, 7]))
    #expect(overlap.shared == 3 && overlap.inThis == 6 && overlap.inOther == 4)
    #expect(overlap.similarity == 3.0 / 7 && overlap.containment == 0.75)
  }

  @Test("Beyond the limit of a cut sketch nothing is counted")
  func cutOverlap() {
    let overlap = overlap(sketch([10, 20, 30], isComplete: false), sketch([10, 25, 30, 40, 50]))
    #expect(overlap.shared == 2 && overlap.inThis == 3 && overlap.inOther == 3)
  }

  @Test("Any part as long as a window of shingles has a key of the whole", arguments: 1...5 as ClosedRange<UInt64>)
  func winnowing(seed: UInt64) throws {
    var story = Story(seed: seed)
    let words = story.sentences(200).joined(separator: " ").split(separator: " ")
    let keys = Set(try print(words.joined(separator: " ")).sketch.keys)
    #expect(keys.count < words.count / 8)
    for start in stride(from: 0, to: words.count - 28, by: 17) {
      let part = try print(words[start..<(start + 28)].joined(separator: " ")).sketch.keys
      #expect(!keys.isDisjoint(with: part), "at \(start)")
    }
  }

  @Test("What is left out of a sketch is no key either, and the others stay known as far as before")
  func leavingOut() throws {
    var fingerprint = try print(Story.text(seed: 3, sentences: 100))
    let whole = fingerprint.sketch
    let some = Array(whole.hashes.prefix(20))
    fingerprint.leaveOut(some)
    let rest = fingerprint.sketch
    #expect(rest.hashes == Array(whole.hashes.dropFirst(20)) && rest.limit == whole.limit)
    #expect(rest.keys == whole.keys.filter { !some.contains($0 >> Sketch.keyBits) })
    #expect(fingerprint.places.count == rest.hashes.count)
  }

  @Test("Long texts: estimated shares are near the true ones")
  func estimate() throws {
    var story = Story(seed: 7)
    let lines = story.sentences(400)
    let whole = try print(lines.joined(separator: " ")).sketch
    let half = try print(lines[0..<200].joined(separator: " ")).sketch
    let overlap = overlap(half, whole)
    #expect(overlap.shareOfThis == 1)
    #expect(abs(overlap.shareOfOther - 0.5) < 0.1)
  }

  @Test("A deadline in the past stops a long text")
  func deadline() {
    let text = Array(Story.text(seed: 3, sentences: 2000).utf8)
    #expect(throws: StageError.self) { try Fingerprint(of: text, deadline: Deadline(after: .zero)) }
  }
}

@Suite("Datelines")
struct LeadInTests {
  private static let report =
    "Fishermen in the north voted to end their strike on Monday after talks with the ministry."

  @Test(
    "are found and dropped",
    arguments: [
      "MOSCOW (Sputnik) —", "Moscow, SANA –", "(Reuters) -", "LONDON, March 19 -", "NEW YORK -", "GENEVA --",
      "PORT-AU-PRINCE, Haiti (AP) —", "WASHINGTON, D.C.—", "RIO DE JANEIRO, May 8 (Coastal News) -",
      "Sao Paulo, Brazil -", "TVER, May 8. /TASS/.", "LONDON (BBC) — (Reuters) -", "  ANKARA\u{A0}(AA)\u{A0}–",
    ])
  func found(leadIn: String) throws {
    let plain = try Fingerprint(of: Array(Self.report.utf8))
    #expect(try Fingerprint(of: Array("\(leadIn) \(Self.report)".utf8)) == plain)
    #expect(
      try Fingerprint(of: Array("A headline\n\n\(leadIn) \(Self.report)".utf8))
        == Fingerprint(of: Array("A headline\n\n\(Self.report)".utf8)))
  }

  @Test("are found above a short line where they name an agency", arguments: ["OSMAR (Coastal News) —", "(AA) –"])
  func shortLine(leadIn: String) throws {
    let text = "Hay for gold.\n\n\(Self.report)"
    #expect(try Fingerprint(of: Array("\(leadIn) \(text)".utf8)).textHash == Fingerprint(of: Array(text.utf8)).textHash)
  }
}
