import Bytes
import Glibc
import StageKit
import Testing

@testable import Clean

/// Pages of random structure, broken in random ways, with the text that stands between their tags.
private struct RandomPage {
  var random: SeededGenerator
  var source = ""
  let isMarkup: Bool

  private static let words = [
    "the", "bridge", "of", "Orla", "opened", "und\u{AD}er", "café", "“rain”", "was", "co\u{200B}ld", "and", "…", "it’s",
    "1,200", "Nordby’s", "x\u{FEFF}y", "naïve", "💧",
  ]
  private static let markupWords = [
    "&amp;", "R&amp;D", "&eacute;t&eacute;", "&#8217;s", "&#x1F4A7;", "AT&T", "3 &lt; 4", "&nbsp;", "l&shy;ong",
    "&ldquo;so&rdquo;",
  ]
  private static let spaces = [" ", " ", " ", " ", "  ", "\u{A0}", "\u{202F}", " \u{A0}", "\t", " \u{2009} "]
  private static let opening = [
    "<p>", "<div class=\"story-body\">", "<br><br>", "<li>", "<blockquote>", "<p>", "<h2>", "<td>", "<section>",
    "<p class=x>",
    "</div>", "</p>", "<article>", "<figure><figcaption>", "<ul><li>", "</section><p>", "<span><p>", "<p><p>",
  ]
  private static let inline = [
    ("<b>", "</b>"), ("<i>", "</i>"), ("<a href='/a?b=1&amp;c=2'>", "</a>"), ("<span class=\"x y\">", "</span>"),
    ("<em>", ""),
    ("", "</strong>"), ("<!-- a > b -->", ""), ("<script>if (a < b) { c = \"</p>\" }</script>", ""),
    ("<style>p > a {}</style>", ""), ("<svg><path d='M0'/><text>no</text></svg>", ""), ("<img alt='an <image>'>", ""),
    ("<button>Share</button>", ""), ("<wbr>", ""), ("<font size=2>", "</font>"),
    ("<noscript><img src=x></noscript>", ""),
  ]

  init(seed: UInt64, markup: Bool) {
    (random, isMarkup) = (SeededGenerator(state: seed), markup)
    if markup, chance(2) { source += "<!doctype html><html><head><title>A bridge &amp; a town</title></head><body>" }
    for _ in 0..<Int.random(in: 1...12, using: &random) { paragraph() }
  }

  private mutating func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &random) == 0 }
  private mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: 0..<list.count, using: &random)]
  }

  private mutating func paragraph() {
    source += isMarkup ? pick(Self.opening) : pick(["", "    ", "\t", "  * ", "      "])
    for _ in 0..<Int.random(in: 1...45, using: &random) {
      let word = isMarkup && chance(5) ? pick(Self.markupWords) : pick(Self.words)
      if isMarkup, chance(7) {
        let (open, close) = pick(Self.inline)
        source += open + word + close
      } else {
        source += word
      }
      source += chance(14) ? pick(["\n", "\n   ", "\r\n"]) : pick(Self.spaces)
    }
    source += pick(["end.", "end", "said Corr.", "end:", "?"]) + pick(["\n\n", "\n", "\r\n\r\n", "\n \n", ""])
  }
}

/// An aligned span and the source it came from must say the same.
@Suite("Alignment, for all pages")
struct AlignmentPropertyTests {
  /// From the environment, so that a failure can be seen again, else a new one each time.
  private static let seed =
    getenv("LINECASTER_ALIGNMENT_SEED").flatMap { UInt64(String(cString: $0)) } ?? UInt64.random(in: 1..<1 << 40)

  @Test("every paragraph and every word comes from where the alignment says", arguments: [false, true])
  func property(markup: Bool) throws {
    for seed in Self.seed..<Self.seed + 400 {
      let page = RandomPage(seed: seed, markup: markup)
      let bytes = Array(page.source.utf8)
      let article = try cleaned(page.source, markup: markup) { options in
        options.boilerplate = CleanStage.Options.Boilerplate.allCases[Int(seed % 3)]
        options.captions = seed % 2 == 0 ? .keep : .drop
      }
      let alignment = try #require(article.alignment)
      func check(_ span: ByteSpan) throws {
        let text = String(decoding: article.text[span.range], as: UTF8.self)
        let place = try #require(alignment.source(of: span), "LINECASTER_ALIGNMENT_SEED=\(seed): “\(text)” is nowhere")
        let origin = normalised(String(decoding: bytes[place.range], as: UTF8.self), markup: markup)
        #expect(origin == normalised(text, markup: false), "LINECASTER_ALIGNMENT_SEED=\(seed)")
        // The pieces, one after the other, lie inside the whole.
        let pieces = alignment.sources(of: span)
        #expect(
          pieces.first?.start == place.start && pieces.last?.end == place.end, "LINECASTER_ALIGNMENT_SEED=\(seed)")
        for (before, after) in zip(pieces, pieces.dropFirst()) {
          #expect(before.end < after.start, "LINECASTER_ALIGNMENT_SEED=\(seed)")
        }
      }
      for paragraph in article.paragraphs ?? [] {
        try check(paragraph.span)
        var start = paragraph.span.start
        for at in paragraph.span.start...paragraph.span.end
        where at == paragraph.span.end || article.text[at] == 0x20 {
          if at > start { try check(ByteSpan(start, at)) }
          start = at + 1
        }
      }
    }
  }

  /// What a reader sees: without tags, comments and what vanishes, with references decoded and white space as one space.
  /// Written for these pages alone, and apart from the stage's own code.
  private func normalised(_ text: String, markup: Bool) -> String {
    var rest = Substring(text)
    var plain = ""
    func skip(past end: String) {
      while !rest.isEmpty, !rest.hasPrefix(end) { rest.removeFirst() }
      rest = rest.dropFirst(end.count)
    }
    let raw = [
      ("<!--", "-->"), ("<script>", "</script>"), ("<style>", "</style>"), ("<svg>", "</svg>"),
      ("<button>", "</button>"),
      ("<noscript>", "</noscript>"), ("<img alt='an <image>'>", ""),
    ]
    let references = [
      "&amp;": "&", "&eacute;": "é", "&#8217;": "’", "&#x1F4A7;": "💧", "&lt;": "<", "&nbsp;": " ", "&shy;": "",
      "&ldquo;": "“", "&rdquo;": "”",
    ]
    while markup, let first = rest.first {
      if let (open, close) = raw.first(where: { rest.hasPrefix($0.0) }) {
        rest = rest.dropFirst(open.count)
        if !close.isEmpty { skip(past: close) }
      } else if first == "<", rest.dropFirst().first.map({ $0.isLetter || $0 == "/" || $0 == "!" }) ?? false {
        skip(past: ">")
      } else if let (name, value) = references.first(where: { rest.hasPrefix($0.key) }) {
        plain += value
        rest = rest.dropFirst(name.count)
      } else {
        plain.append(first)
        rest.removeFirst()
      }
    }
    if !markup { plain = text }
    var out = String.UnicodeScalarView()
    for scalar in plain.unicodeScalars where ![0xAD, 0x200B, 0xFEFF].contains(scalar.value) {
      if !scalar.properties.isWhitespace {
        out.append(scalar)
      } else if out.last != " ", !out.isEmpty {
        out.append(" ")
      }
    }
    if out.last == " " { out.removeLast() }
    return String(out)
  }
}
