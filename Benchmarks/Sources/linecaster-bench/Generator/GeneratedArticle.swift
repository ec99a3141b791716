import Bytes
import StageKit

/// A made-up news article and the forms in which it may reach the inbox.
struct GeneratedArticle {
  var title: String
  var author: String
  var date: (iso: String, text: String)
  var dateline: String
  var caption: String
  var paragraphs: [String]

  /// What `clean` should find.
  var body: String { dateline + " " + paragraphs.joined(separator: "\n\n") }
}

/// Writes articles of about 4 kB: datelines, people with offices who are called by their surnames later, direct, split
/// and indirect quotations, sums and dates. One in twenty repeats most of an earlier one.
struct ArticleGenerator {
  private struct Person {
    var office: String
    var first: String
    var last: String
  }

  private var random: SeededGenerator
  private var earlier: [GeneratedArticle] = []

  init(seed: UInt64) { random = SeededGenerator(state: seed) }

  mutating func next(bodySize: Int = 4000) -> GeneratedArticle {
    if random.chance(5), let original = earlier.randomElement(using: &random) {
      var copy = original
      copy.dateline = dateline()
      copy.paragraphs[0] = plain()
      return copy
    }
    let people = (0..<3).map { _ in person() }
    var article = GeneratedArticle(
      title: title(), author: "\(random.pick(Vocabulary.firstNames)) \(random.pick(Vocabulary.surnames))",
      date: date(), dateline: dateline(), caption: "\(plain()) Photo: \(random.pick(Vocabulary.agencies))",
      paragraphs: [])
    var size = 0
    while size < bodySize {
      let sentences = (0..<random.number(2...4)).map { n in
        sentence(people[random.number(0...2)], isFirst: article.paragraphs.count < 2 && n == 0)
      }
      let paragraph = sentences.joined(separator: " ")
      article.paragraphs.append(paragraph)
      size += paragraph.utf8.count + 2
    }
    if earlier.count < 200 { earlier.append(article) }
    return article
  }

  // MARK: Sentences

  private mutating func sentence(_ person: Person, isFirst: Bool) -> String {
    let name = isFirst ? "\(person.office) \(person.first) \(person.last)" : person.last
    switch random.number(0...9) {
    case 0, 1: return "“\(plain())” \(name) \(random.pick(Vocabulary.cues)) on \(random.pick(Vocabulary.weekdays))."
    case 2: return "“\(upperFirst(clause())),” \(name) said, “and \(clause()).”"
    case 3: return "\(name) \(random.pick(Vocabulary.cues)) that \(clause()) \(reason())."
    case 4: return "According to \(random.pick(Vocabulary.organisations)), \(clause())."
    case 5:
      return
        "\(upperFirst(random.pick(Vocabulary.organisations))) will pay $\(random.number(2...90)).\(random.number(1...9)) million, or \(random.number(2...60)) percent, for \(random.pick(Vocabulary.subjects)) the \(object())."
    case 6:
      return
        "\(name), who met Mr. \(random.pick(Vocabulary.surnames)) in \(random.pick(Vocabulary.places)) on \(date().text), called it “\(random.pick(Vocabulary.adjectives)) and \(random.pick(Vocabulary.adjectives)).”"
    default: return plain()
    }
  }

  private mutating func plain() -> String { upperFirst(clause()) + " \(reason())." }

  private mutating func clause() -> String {
    switch random.number(0...3) {
    case 0: "the \(object()) was \(random.pick(Vocabulary.verbs)) by \(random.pick(Vocabulary.organisations))"
    case 1:
      "\(random.pick(Vocabulary.subjects)) the \(object()) in \(random.pick(Vocabulary.places)) had been \(random.pick(Vocabulary.verbs))"
    case 2: "\(random.pick(Vocabulary.demonyms)) officials \(random.pick(Vocabulary.verbs)) the \(object())"
    default:
      "\(random.number(2...900)) people from \(random.pick(Vocabulary.places)) \(random.pick(Vocabulary.verbs)) a \(object())"
    }
  }

  private mutating func reason() -> String {
    "\(random.pick(Vocabulary.reasonOpenings)) \(random.pick(Vocabulary.nouns)) \(random.pick(["strike", "dispute", "review", "vote", "shortage"])) in \(random.pick(Vocabulary.places))"
  }

  private mutating func object() -> String {
    "\(random.pick(Vocabulary.adjectives)) \(random.pick(Vocabulary.nouns)) \(random.pick(["plan", "project", "deal", "programme", "crisis"]))"
  }

  private mutating func title() -> String {
    "\(random.pick(Vocabulary.demonyms)) \(random.pick(Vocabulary.nouns)) plan \(random.pick(Vocabulary.verbs)) \(reason())"
  }

  private mutating func dateline() -> String {
    let place = random.pick(Vocabulary.places), agency = random.pick(Vocabulary.agencies)
    switch random.number(0...2) {
    case 0: return "\(place.uppercased()) (\(agency)) —"
    case 1: return "\(place), \(agency) –"
    default: return "\(place.uppercased()), \(random.pick(Vocabulary.months)) \(random.number(1...28)) (\(agency)) -"
    }
  }

  private mutating func date() -> (iso: String, text: String) {
    let month = random.number(1...12), day = random.number(1...28), year = random.number(2012...2019)
    func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return ("\(year)-\(two(month))-\(two(day))", "\(Vocabulary.months[month - 1]) \(day), \(year)")
  }

  private mutating func person() -> Person {
    Person(
      office: random.pick(Vocabulary.offices), first: random.pick(Vocabulary.firstNames),
      last: random.pick(Vocabulary.surnames))
  }

  private func upperFirst(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
