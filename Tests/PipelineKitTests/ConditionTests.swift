import Bytes
import Foundation
import StageKit
import Testing

@testable import PipelineKit

/// An article with something under every field.
private func sample() -> Article {
  let text = Array("AFN – Ada Corr opened the bridge.".utf8)
  let source = Article.Source(
    name: Array("bridge.txt".utf8), path: Array("desk/bridge.txt".utf8), line: 3, format: "text", encoding: "utf-8",
    byteCount: 120, sha256: [])
  var article = Article(source: source, id: Array("a1".utf8), text: text)
  article.metadata.title = Array("Bridge opens".utf8)
  article.metadata.byline = [Array("Ann Lee".utf8), Array("Bo Ek".utf8)]
  article.metadata.language = Array("en-GB".utf8)
  article.metadata.published = Array("2017-05-08".utf8)
  article.metadata.tags = [Array("local".utf8)]
  article.addedTags = [Array("desk".utf8)]
  var person = Entity(kind: .person, name: Array("Ada Corr".utf8), mentions: [])
  person.link = Array("Q1".utf8)
  article.entities = [person, Entity(kind: .location, name: Array("Holmvik".utf8), mentions: [])]
  article.quotes = [
    Quote(kind: .direct, spans: [], quoted: [], speaker: .init(ByteSpan(0, 1), entity: 0), confidence: 1)
  ]
  var error = StageError(.limitsLayer, class: .manyReferences, "too many")
  error.stage = "entities"
  article.errors = [error]
  return article
}

private func problem(_ text: String) -> String {
  do throws(ConditionProblem) {
    return "read as \(try Condition(text).text)"
  } catch {
    return "\(error.place.lowerBound)-\(error.place.upperBound) \(error.message)"
  }
}

@Suite struct ConditionTests {
  @Test(arguments: [
    (#"words == 7"#, true), ("words != 7", false), ("words > 6 and words < 8", true),
    ("words >= 8 or words <= 6", false),
    ("words in [1, 7]", true), (#"language == "en""#, true), (#"language in ["de", "fr"]"#, false),
    (#"title matches "Bridge*""#, true), (#"title matches "bridge*""#, false), (#"title == 'Bridge opens'"#, true),
    (#"title != "Bridge opens""#, false), (#"byline == "Bo Ek""#, true), (#"byline != "Bo Ek""#, false),
    (#"byline != "Nobody""#, true), (#"tags in ["desk"] and tags == "local""#, true), (#"url == null"#, true),
    ("url != null", false), (#"url == "x""#, false), (#"url != "x""#, true), (#"url matches "*""#, false),
    ("title != null", true), ("byline == null", false), (#"published >= "2017-05-08""#, true),
    (#"published < "2017-05-08""#, false), (#"published > "2016-12-31" and published <= "2017-05-08""#, true),
    (#"source.format == "text""#, true), (#"source.format in ["html", "json"]"#, false),
    (#"source.path matches "desk/*""#, true), ("source.line == 3", true), ("source.bytes > 119", true),
    (#"source.name == "bridge.txt" and source.encoding == "utf-8" and id == "a1""#, true),
    (#"entities.type == "PERSON""#, true), (#"entities.type in ["ORG", "DATE"]"#, false),
    (#"entities.name matches "Ada *""#, true), ("entities.link != null", true), ("entities.count == 2", true),
    (#"quotes.speaker == "Ada Corr" and quotes.kind == "direct""#, true), ("quotes.count < 1", false),
    ("sentences.count == null and sentences.count != 0", true), ("sentences.count < 5", false),
    ("errors.count == 1", true), (#"errors.class == "many_references" and errors.stage == "entities""#, true),
    (#"text matches "*[a-c]ridge[!a-z]""#, true), (#"text matches "*–*""#, true),
    (#"title matches "?ridge o\pens""#, true),
    (#"not title == "x" and not (words > 7 or words < 7)"#, true), ("words > 1 or words > 100 and words < 0", true),
    ("not not words > 1", true), ("((words > 1))", true), (#"dateline.place == null"#, true),
  ])
  func holds(text: String, answer: Bool) throws {
    #expect(try Condition(text).holds(of: sample()) == answer)
  }

  @Test func theStatusIsTheOneThatIsSupposed() throws {
    let condition = try Condition(#"duplicates.status in ["exact", "near"] and words > 1"#)
    #expect(condition.readsDecision)
    let answers = Duplicates.Status.allCases.map { condition.holds(of: sample(), status: $0) }
    #expect(answers == [false, true, true, false])
    #expect(!condition.holds(of: sample()))
    #expect(try Condition("duplicates.status == null").holds(of: sample()))
  }

  @Test(arguments: [
    ("", "0-0 a field is wanted here, as in ‘words > 50’"),
    ("wrods > 5", "0-5 unknown field ‘wrods’; did you mean ‘words’?"),
    ("status == 5", "0-6 unknown field ‘status’; did you mean ‘duplicates.status’?"),
    ("quotes > 5", "0-6 unknown field ‘quotes’; did you mean ‘quotes.count’ or ‘quotes.kind’ or ‘quotes.speaker’?"),
    ("weather == 5", "0-7 unknown field ‘weather’: linecaster list conditions names all that there are"),
    ("words = 5", "6-7 ‘=’ is not known here: write ‘==’"),
    ("words > 5 && words < 9", "10-12 ‘&&’ is not known here: write ‘and’"),
    ("words > 5 AND words < 9", "10-13 ‘AND’ is not known here: write ‘and’"),
    ("!words > 5", "0-1 ‘!’ is not known here: write ‘not’"),
    ("NOT words > 5", "0-3 write ‘not’ in small letters"),
    ("words > \"5\"", "8-11 ‘words’ is a number: write 5 without quotation marks"),
    ("words > five", "8-12 ‘words’ is a number: ‘five’ is none"),
    ("words > 5%", "8-10 ‘5%’ is no whole number: write digits alone, as in 50"),
    ("words > 1.5", "8-11 ‘1.5’ is no whole number: write digits alone, as in 50"),
    ("50 < words", "0-2 the field stands first, as in ‘words > 50’"),
    ("1 < words < 5", "0-1 the field stands first, as in ‘words > 50’"),
    ("words > 1 < 5", "10-11 a comparison has one field and one value: join two by ‘and’"),
    ("language == en", "12-14 ‘language’ is a language code, which stands in quotation marks, as in \"en\""),
    ("language == \"english\"", "12-21 ‘english’ is no language code; did you mean ‘en’?"),
    ("language == “en”", "12-15 texts stand in straight quotation marks: write \" in place of “"),
    ("language == \"en", "12-15 the text is not closed: put a quotation mark behind it"),
    ("language matches \"e*\"", "9-16 ‘language’ is a language code, which takes ‘==’, ‘!=’, ‘in’"),
    ("title > \"a\"", "6-7 ‘title’ is a text, which takes ‘==’, ‘!=’, ‘in’, ‘matches’"),
    ("title match \"a\"", "6-11 a comparison is wanted behind ‘title’: did you mean ‘matches’?"),
    ("title \"a\"", "6-9 a comparison is wanted behind ‘title’: one of ‘==’, ‘!=’, ‘in’, ‘matches’"),
    ("title == a", "9-10 ‘title’ is a text, which stands in quotation marks, as in \"Holmvik\""),
    ("title == 5", "9-10 ‘title’ is a text, which stands in quotation marks, as in \"Holmvik\""),
    (
      "title matches \"[a\"",
      "14-18 a ‘[’ of the pattern is not closed, or names a range backwards: write \\[ for the bracket itself"
    ),
    ("title not in [\"a\"]", "6-9 ‘not’ stands before the field, as in ‘not title in […]’"),
    ("title in \"a\"", "9-12 a list is wanted behind ‘in’, as in [\"Holmvik\"]"),
    ("title in []", "10-11 a value is wanted here, as in \"Holmvik\""),
    ("title in [\"a\" \"b\"]", "14-17 ‘,’ or ‘]’ is wanted in the list before \"b\""),
    ("title in [\"a\"", "13-13 ‘,’ or ‘]’ is wanted in the list before the end"),
    ("published > \"May 8\"", "12-19 ‘May 8’ is no day: write it as \"2017-05-08\""),
    ("published == \"2017-02-30\"", "13-25 ‘2017-02-30’ is no day: write it as \"2017-05-08\""),
    (
      "source.format == \"htm\"",
      "17-22 ‘htm’ is not one of text, html, json, xml, mail, warc, document; did you mean ‘html’?"
    ),
    ("duplicates.status == \"copy\"", "21-27 ‘copy’ is not one of unique, exact, near, partial"),
    ("words > null", "8-12 ‘null’ takes ‘==’ and ‘!=’ alone"), ("words >", "7-7 a value is wanted here, as in 50"),
    ("words", "5-5 a comparison is wanted behind ‘words’: one of ‘==’, ‘!=’, ‘<’, ‘>’, ‘<=’, ‘>=’, ‘in’"),
    ("words > 5 words < 9", "10-15 ‘and’ or ‘or’ is wanted before ‘words’"),
    ("words > 5)", "9-10 a bracket is closed that was not opened"),
    ("(words > 5", "0-1 the bracket is not closed"),
    ("(words > 5 words", "11-16 ‘and’, ‘or’ or ‘)’ is wanted before ‘words’"),
    ("words > 5 and", "13-13 a field is wanted here, as in ‘words > 50’"),
    ("and words > 5", "0-3 a field is wanted before ‘and’, as in ‘words > 50’"),
    ("words > 99999999999999999999", "8-28 ‘99999999999999999999’ is no whole number: write digits alone, as in 50"),
    ("words > 5 é", "10-12 ‘é’ cannot stand here: texts stand in quotation marks, as in \"en\""),
  ])
  func saysWhatIsWrongAndWhere(text: String, message: String) { #expect(problem(text) == message) }

  @Test func depthAndLengthAreBounded() {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "words > 1" + String(repeating: ")", count: depth)
    }
    #expect(problem(nested(31)) == "read as \(nested(31))")
    #expect(problem(nested(32)) == "32-37 brackets and ‘not’ go deeper than 32")
    #expect(problem(String(repeating: "not ", count: 900) + "words > 1").hasSuffix("go deeper than 32"))
    #expect(problem(String(repeating: "words > 1 or ", count: 400)).hasSuffix("more than 4096 bytes: make it shorter"))
  }

  @Test func everyFieldCanBeAskedForAndHasAPlaceInThePage() throws {
    let page = ConditionPage(registry).markdown
    for field in ConditionField.all {
      #expect(try Condition("\(field.name) == null").tests.map(\.field.name) == [field.name])
      #expect(try Condition("\(field.name) == \(field.kind.example)").tests.count == 1)
      #expect(page.contains("| `\(field.name)` | "))
    }
    #expect(Set(ConditionField.all.map(\.name)).count == ConditionField.all.count)
  }

  /// Random tokens and random bytes: what is read can be evaluated and read again, what is not says a place inside it.
  /// `LINECASTER_CONDITIONS` asks for more of them, `LINECASTER_SEED` for one run again.
  @Test func randomExpressionsNeverCrash() throws {
    let environment = ProcessInfo.processInfo.environment
    let seed = environment["LINECASTER_SEED"].flatMap { UInt64($0) } ?? .random(in: 0 ... .max)
    let count = environment["LINECASTER_CONDITIONS"].flatMap { Int($0) } ?? 50_000
    print("condition seed \(seed), \(count) expressions")
    var (random, read, held) = (SeededGenerator(state: seed), 0, 0)
    let article = sample()
    let values = [
      #""en""#, #""2017-05-08""#, #""PERSON""#, #""near""#, #""*[a-z]?""#, #"'["'"#, "5", "-1", "null", #""text""#,
      "\"é", "“", "9e9",
    ]
    let rest = [
      "and", "or", "not", "(", ")", "[", "]", ",", "in", "matches", "==", "!=", "<", ">=", "&&", "=", "\\", "\0", "é",
      "\n",
    ]
    let fields = ConditionField.all.map(\.name)
    for _ in 0..<count {
      var parts: [String] = []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        if Int.random(in: 0..<4, using: &random) > 0, let field = ConditionField.all.randomElement(using: &random) {
          // Shaped like a test, joined to what stands there.
          let fits = Int.random(in: 0..<8, using: &random) > 0
          parts += [
            ["and", "or", "and not", "or not", "and ("].randomElement(using: &random) ?? "", field.name,
            field.kind.relations.randomElement(using: &random) ?? "",
            fits ? field.kind.example : values.randomElement(using: &random) ?? "",
          ]
        } else {
          parts.append((rest + fields + values).randomElement(using: &random) ?? "")
        }
      }
      if Bool.random(using: &random) { parts.removeFirst() }
      var bytes = Array(parts.joined(separator: " ").utf8)
      if Int.random(in: 0..<4, using: &random) == 0, !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(ConditionProblem) {
        let condition = try Condition(text)
        read += 1
        if condition.holds(of: article, status: .near) { held += 1 }
      } catch {
        guard error.place.upperBound <= text.utf8.count, !error.message.isEmpty else {
          Issue.record("\(text): \(error); seed \(seed)")
          return
        }
      }
    }
    #expect(read > count / 100 && held > 0 && held < read, "\(read) of \(count) read, \(held) held; seed \(seed)")
  }
}
