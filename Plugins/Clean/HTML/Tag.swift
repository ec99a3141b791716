import Bytes
import StageKit

/// The elements that matter to text; all others are `other`.
enum Tag: UInt8, CaseIterable, Sendable {
  case other
  // Raw text, and elements whose content is no text of the page.
  case script, style, textarea, title, noscript, iframe, noframes, noembed, xmp, plaintext, svg, math, select, button
  case template, object, canvas, audio, video
  // Void elements.
  case br, hr, img, input, meta, link, base, area, col, embed, source, track, wbr, param
  // Blocks.
  case html, head, body, p, div, article, main, section, nav, aside, footer, header, figure, figcaption, form, fieldset
  case h1, h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd, table, tbody, thead, tr, td, th, caption, blockquote, pre,
    address
  case center, details, summary, dialog, hgroup, legend, label, option
  // Inline.
  case a, span, time, em, strong, b, i, u, small, font, cite, q, sup, sub, ins, del, abbr, code, mark

  private static let names: WordTable<Tag> = {
    var table = WordTable<Tag>(capacity: 256)
    for tag in allCases where tag != .other { table.insert(WordHash("\(tag)".utf8), tag) }
    return table
  }()

  init(_ bytes: Span<UInt8>, _ name: ByteSpan) {
    self = name.count > 10 ? .other : Self.names[WordHash(lowered: bytes, name)] ?? .other
  }

  /// Content runs to the element's own end tag, whatever stands in it.
  var isRawText: Bool { rawValue >= Tag.script.rawValue && rawValue <= Tag.plaintext.rawValue }
  /// Elements with content that is not read: graphics, choices, buttons, players.
  var isSkipped: Bool { rawValue >= Tag.svg.rawValue && rawValue <= Tag.video.rawValue }
  var isVoid: Bool { rawValue >= Tag.br.rawValue && rawValue <= Tag.param.rawValue }
  var isBlock: Bool { rawValue >= Tag.html.rawValue && rawValue <= Tag.option.rawValue || self == .hr }
  /// Blocks that hold other blocks.
  var isContainer: Bool {
    switch self {
    case .div, .article, .main, .section, .nav, .aside, .footer, .header, .figure, .form, .ul, .ol, .td, .th, .body,
      .blockquote, .center, .dl, .details, .dialog, .fieldset:
      true
    default: false
    }
  }
  /// Elements that may hold all of the article, whatever their class says.
  var holdsPage: Bool { self == .html || self == .body || self == .main || self == .article }
  var isHeading: Bool { rawValue >= Tag.h1.rawValue && rawValue <= Tag.h6.rawValue }
}
