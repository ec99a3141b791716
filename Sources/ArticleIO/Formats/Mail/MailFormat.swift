import StageKit

extension InputFormat {
  /// A message of RFC 5322, with MIME (RFC 2045 to 2049).
  public static let mail = InputFormat(
    name: "mail", endings: [".eml"], help: "a mail: its first text that is no attachment, plain text before HTML",
    idHelp: "`Message-ID`", sourceName: "mail", part: "part", cut: .one,
    decode: { (raw, name) throws(InputError) in
      let message = MailPart(message: raw.bytes)
      if message.fields.isEmpty {
        throw InputError(
          .notMail, "the file is no mail: it does not begin with header fields, such as ‘Subject: …’")
      }
      guard let text = try MailText.find(in: message) else {
        throw InputError(
          .noText,
          "the mail holds no text: no part of it that is no attachment is plain text or HTML; an encrypted mail has to "
            + "be decrypted first")
      }
      let (id, metadata) = MailHeader.read(message.fields)
      return raw.article(
        name: name, encoding: text.encoding, id: id, text: text.text, markup: text.markup, metadata: metadata)
    })
}

/// What the header of a message says of the article.
private struct MailHeader {
  private var id: [UInt8]?
  private var metadata = Article.Metadata()
  /// The fields that nothing was made of, in the order in which their names came first.
  private var rest: [(name: [UInt8], values: [[UInt8]])] = []
  private var places: [[UInt8]: Int] = [:]
  private static let mostTags = 100

  static func read(_ fields: [MailField]) -> (id: [UInt8]?, Article.Metadata) {
    var header = MailHeader()
    for field in fields where !header.take(field) { header.keep(field) }
    header.writeRest()
    return (header.id, header.metadata)
  }

  /// Returns whether all of the field was taken, or it says only how the message is written.
  private mutating func take(_ field: MailField) -> Bool {
    switch String(decoding: field.name, as: UTF8.self) {
    case "message-id":
      let text = EncodedWords.decode(field.value).filter { $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
      if id != nil || text.isEmpty { return false }
      id = text
    case "subject":
      if metadata.title != nil { return false }
      let title = EncodedWords.decode(field.value)
      metadata.title = title.isEmpty ? nil : title
    case "from":
      // The names alone: the addresses stay.
      if metadata.byline.isEmpty { metadata.byline = MailAddresses.names(field.value) }
      return false
    case "date":
      guard metadata.published == nil, let date = MailDate(field.value) else { return false }
      (metadata.published, metadata.publishedAt) = (date.day.iso, date.instant)
    case "content-language":
      // Of several the first.
      let tag = field.value.prefix { $0 > 0x20 && $0 != UInt8(ascii: ",") }
      metadata.language = LanguageTag.read(Array(tag))
      return metadata.language != nil && tag.count == field.value.count
    case "keywords":
      let words = field.value.split(separator: UInt8(ascii: ",")).lazy.map(EncodedWords.decode).filter { !$0.isEmpty }
      metadata.tags += words.prefix(max(0, Self.mostTags - metadata.tags.count))
    case "content-type", "content-transfer-encoding", "mime-version": break
    default: return false
    }
    return true
  }

  private mutating func keep(_ field: MailField) {
    let value = EncodedWords.decode(field.value)
    if let place = places[field.name] {
      rest[place].values.append(value)
    } else {
      places[field.name] = rest.count
      rest.append((field.name, [value]))
    }
  }

  /// One object, with a list where a field came more than once.
  private mutating func writeRest() {
    if rest.isEmpty { return }
    var json = JSONWriter()
    for (name, values) in rest {
      json.byte(json.bytes.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
      json.string(name)
      json.raw(values.count > 1 ? ":[" : ":")
      for (place, value) in values.enumerated() {
        if place > 0 { json.raw(",") }
        json.string(value)
      }
      if values.count > 1 { json.raw("]") }
    }
    json.raw("}")
    metadata.extra = json.take()
  }
}
