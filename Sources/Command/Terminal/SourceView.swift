import Bytes
import StageKit
import Terminal

/// The source of an article with what was kept of it marked: the body by kinds of paragraph, and the metadata.
///
/// With colours what was dropped is dim; without, each kept stretch stands between markers: `⟦title⟧…⟦/title⟧`.
struct SourceView {
  let color: Bool

  private enum Label: String, CaseIterable {
    case body, standfirst, heading, list, post, question, answer, dateline, title, byline, date, caption, credit

    /// SGR codes.
    var style: String {
      switch self {
      case .body: "32"
      case .standfirst: "4;32"
      case .post: "32"
      case .heading: "1;32"
      case .list: "36"
      case .question: "1;36"
      case .answer: "32"
      case .dateline: "1;34"
      case .title: "1;33"
      case .byline: "35"
      case .date: "34"
      case .caption: "33"
      case .credit: "31"
      }
    }

    init(_ kind: Paragraph.Kind) {
      switch kind {
      case .body: self = .body
      case .standfirst: self = .standfirst
      case .post: self = .post
      case .heading: self = .heading
      case .list: self = .list
      case .question: self = .question
      case .answer: self = .answer
      }
    }
  }

  private struct Mark {
    var label: Label
    var place: ByteSpan
  }

  /// - Parameters:
  ///   - article: after the chain.
  ///   - source: the text that the article had before it.
  ///   - name: what to call it.
  func render(_ article: Article, source: [UInt8], name: String) -> String {
    let marks = marks(of: article, in: source)
    // Of each byte, the mark that it belongs to; a later mark covers an earlier one.
    var owner = [Int32](repeating: -1, count: source.count)
    for (index, mark) in marks.enumerated() {
      for at in mark.place.range where at < owner.count { owner[at] = Int32(index) }
    }
    var text = head(marks, owner, name: name)
    var at = 0
    while at < source.count {
      var end = at + 1
      while end < source.count, owner[end] == owner[at] { end += 1 }
      let piece = visible(String(decoding: source[at..<end], as: UTF8.self).unicodeScalars, lines: true)
      text += paint(piece, owner[at] < 0 ? nil : marks[Int(owner[at])].label)
      at = end
    }
    return text + (source.last == 0x0A ? "\n" : "\n\n")
  }

  private func marks(of article: Article, in source: [UInt8]) -> [Mark] {
    let alignment = article.alignment ?? Alignment(identityOf: source.count)
    var marks: [Mark] = []
    func add(_ label: Label, text span: ByteSpan) {
      // With colours, tags inside a paragraph are dim.
      let places = color ? alignment.sources(of: span) : alignment.source(of: span).map { [$0] } ?? []
      marks += places.map { Mark(label: label, place: $0) }
    }
    for paragraph in article.paragraphs ?? [Paragraph(ByteSpan(0, article.text.count))] {
      add(Label(paragraph.kind), text: paragraph.span)
    }
    if let dateline = article.metadata.dateline { add(.dateline, text: dateline.span) }
    guard let places = article.places else { return marks }
    func add(_ label: Label, _ places: [ByteSpan]) { marks += places.map { Mark(label: label, place: $0) } }
    add(.date, places.date.map { [$0] } ?? [])
    add(.caption, places.captions)
    add(.credit, places.credits)
    add(.byline, places.byline)
    add(.title, places.title.map { [$0] } ?? [])
    return marks
  }

  private func head(_ marks: [Mark], _ owner: [Int32], name: String) -> String {
    var bytes: [Label: Int] = [:]
    for index in owner where index >= 0 { bytes[marks[Int(index)].label, default: 0] += 1 }
    let kept = Label.allCases.compactMap { label in
      bytes[label].map { color ? paint("\(label.rawValue) \($0)", label) : "\(label.rawValue) \($0)" }
    }
    let all = "\(owner.count) bytes"
    let facts = kept.isEmpty ? "\(all), nothing kept" : "\(all), kept: \(kept.joined(separator: ", "))"
    return (color ? "\u{1B}[1m\(visible(name.unicodeScalars))\u{1B}[0m" : visible(name.unicodeScalars))
      + ": \(facts)\n\n"
  }

  private func paint(_ text: String, _ label: Label?) -> String {
    if color { return "\u{1B}[\(label?.style ?? "2")m\(text)\u{1B}[0m" }
    guard let label, !text.allSatisfy(\.isWhitespace) else { return text }
    return "⟦\(label.rawValue)⟧\(text)⟦/\(label.rawValue)⟧"
  }
}
