extension GeneratedArticle {
  /// The whole page as a scraper's plain-text dump: visible strings, one a line, chrome and all.
  var textDump: String {
    let lines =
      Vocabulary.chromeBefore + [title, "By \(author)", "Published: \(date.text)", caption, body]
      + Vocabulary.chromeAfter
    return lines.joined(separator: "\n") + "\n"
  }

  /// The whole page as HTML.
  var html: String {
    let links = { (names: [String]) in names.map { "<li><a href=\"/\">\(Self.escape($0))</a></li>" }.joined() }
    return """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>\(Self.escape(title)) | The Coastal Messenger</title>
      <meta property="og:title" content="\(Self.escape(title))">
      <meta property="article:published_time" content="\(date.iso)T08:30:00Z">
      <script>window.dataLayer = window.dataLayer || []; if (1 < 2) { dataLayer.push({"page": "article"}); }</script>
      <style>body { font: 16px/1.5 serif } .nav > li { display: inline }</style></head>
      <body class="article"><header><nav><ul class="nav">\(links(Vocabulary.chromeBefore))</ul></nav></header>
      <main><article><h1>\(Self.escape(title))</h1>
      <p class="byline">By <a rel="author" href="/a">\(author)</a> <time datetime="\(date.iso)">\(date.text)</time></p>
      <figure><img src="/photo.jpg" alt=""><figcaption>\(Self.escape(caption))</figcaption></figure>
      <p>\(Self.escape(dateline)) \(paragraphs.map(Self.escape).joined(separator: "</p>\n<p>"))</p>
      </article><aside><h2>Most popular</h2><ul>\(links(Vocabulary.offices))</ul></aside></main>
      <footer><p>\(Vocabulary.chromeAfter.map(Self.escape).joined(separator: "</p><p>"))</p></footer>
      </body></html>

      """
  }

  /// A line of JSON: `{"id": …, "text": …}` or `html`.
  static func jsonLine(id: String, key: String, value: String) -> [UInt8] {
    var line = Array("{\"id\":\"\(id)\",\"\(key)\":\"".utf8)
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), byte]
      case 0x0A: line += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      default: line.append(byte)
      }
    }
    return line + Array("\"}".utf8)
  }

  private static func escape(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case "“": escaped += "&ldquo;"
      case "’": escaped += "&#8217;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
