import Bytes
import StageKit

/// The text of a message: of its parts the first with a text that is no attachment.
///
/// Of parts that say the same (`multipart/alternative`) plain text counts before HTML: it is what the sender wrote for
/// readers without a browser, without layout, and needs no stage that turns HTML into text.
struct MailText {
  var text: [UInt8]
  /// The character set of the part.
  var encoding: String
  var markup: Article.Markup?

  /// Parts inside of parts; what lies deeper is not looked at.
  private static let deepest = 20

  /// - Returns: `nil` where there is none.
  static func find(in part: MailPart, depth: Int = 0) throws(InputError) -> MailText? {
    let type = part.parameters("content-type")
    let name = String(decoding: type?.value ?? [], as: UTF8.self)
    if depth > deepest || part.parameters("content-disposition")?.value.elementsEqual("attachment".utf8) == true {
      return nil
    }
    if name.hasPrefix("multipart/"), let boundary = type?["boundary"], !boundary.isEmpty {
      let parts = part.parts(boundary: boundary)
      if !parts.isEmpty { return try find(in: parts, isAlternative: name == "multipart/alternative", depth) }
    }
    switch name {
    // Without a type it is plain text; a message whose parts cannot be told apart is read as it stands.
    case "text/plain", "text", "": return try read(part, type, nil)
    case _ where name.hasPrefix("multipart/"): return try read(part, type, nil)
    case "text/html", "application/xhtml+xml": return try read(part, type, .html)
    case "message/rfc822", "message/global":
      let message = MailPart(message: part.decodedBody)
      return message.fields.isEmpty ? nil : try find(in: message, depth: depth + 1)
    default: return nil
    }
  }

  private static func find(
    in parts: [MailPart], isAlternative: Bool, _ depth: Int
  ) throws(InputError) -> MailText? {
    var html: MailText?
    for part in parts {
      guard let text = try find(in: part, depth: depth + 1) else { continue }
      if text.markup == nil || !isAlternative { return text }
      if html == nil { html = text }
    }
    return html
  }

  /// - Returns: `nil` where the part is empty.
  private static func read(
    _ part: MailPart, _ type: MailParameters?, _ markup: Article.Markup?
  ) throws(InputError) -> MailText? {
    let label = type?.word("charset") ?? []
    // Who says ASCII and writes more does not know; HTML may say itself.
    let isNamed = CharacterSetLabels.name(label) != nil && !label.elementsEqual("us-ascii".utf8)
    var decoded = try DecodedText(part.decodedBody, isNamed ? .label(label) : markup == .html ? .html : .text)
    if decoded.isBlank { return nil }
    if decoded.text.prefix(4096).contains(0) {
      throw InputError(.binary, "the text of the mail is no text: it holds zero bytes")
    }
    if markup == nil {
      decoded.text = PlainLines.read(
        decoded.text, isFlowed: type?.word("format").elementsEqual("flowed".utf8) ?? false,
        dropsSpaces: type?.word("delsp").elementsEqual("yes".utf8) ?? false)
    }
    return MailText(text: decoded.text, encoding: decoded.encoding, markup: markup)
  }
}

/// The lines of a plain text in a mail.
enum PlainLines {
  /// With a line feed at the end of each; lines that flow (RFC 3676) are joined again.
  ///
  /// - Parameter dropsSpaces: whether the space that says that a line goes on is no space of the text.
  static func read(_ text: [UInt8], isFlowed: Bool, dropsSpaces: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    /// Of the line before, where it goes on.
    var open: Int?
    for line in MailLines(text, 0..<text.count) {
      var content = text[line.content]
      guard isFlowed else {
        out += content
        if line.next > line.content.upperBound { out.append(0x0A) }
        continue
      }
      let quotes = content.prefix { $0 == UInt8(ascii: ">") }.count
      content = content.dropFirst(quotes)
      if content.first == 0x20 { content = content.dropFirst() }
      let isSignature = content.elementsEqual("-- ".utf8)
      if open != nil, open != quotes || isSignature {
        out.append(0x0A)
        open = nil
      }
      if open == nil, quotes > 0 { out += [UInt8](repeating: UInt8(ascii: ">"), count: quotes) + [0x20] }
      let goesOn = content.last == 0x20 && !isSignature
      out += goesOn && dropsSpaces ? content.dropLast() : content
      open = goesOn ? quotes : nil
      if !goesOn, line.next > line.content.upperBound { out.append(0x0A) }
    }
    return out
  }
}
