extension ArticleGrammar {
  /// A page that holds a text: its lines in elements, now and then with other markup between.
  mutating func page(of text: [UInt8]) -> [UInt8] {
    var page = chance(50) ? Phrases.pageHead : []
    for line in text.split(separator: 0x0A) {
      let element = one(of: Phrases.elements)
      page += [0x3C] + element + [0x3E]
      if chance(20) { page += line } else { escape(line, into: &page) }
      // The end tag of an element is its name without the attributes.
      if !chance(15) { page += [0x3C, 0x2F] + element.prefix { $0 != 0x20 } + [0x3E] }
      if chance(15) { page += one(of: Phrases.markup) }
    }
    if chance(50) { page += Array("</body></html>".utf8) }
    return page
  }

  private func escape(_ line: ArraySlice<UInt8>, into page: inout [UInt8]) {
    for byte in line {
      switch byte {
      case UInt8(ascii: "<"): page += Array("&lt;".utf8)
      case UInt8(ascii: "&"): page += Array("&amp;".utf8)
      default: page.append(byte)
      }
    }
  }
}

extension Phrases {
  static let elements = list(
    "p|p|p|p|h1|h2|li|td|div|div class=\"story\"|blockquote|figcaption|pre|span|a href=\"/\"|title|b|article|footer|aside|q|"
      + "p class=\"byline\"|time datetime=\"2017-05-04T10:00:00+02:00\"|script|style|textarea|p hidden")
  static let markup = list(
    "<br>|<hr>|<!-- x -->|<!--|-->|<p>|</p>|<div>|</div></div>|<ul><li>|</ul>|<img alt=\"Photo: Corr\">|&nbsp;|&#8217;|&#x201C;|&rdquo;|"
      + "&amp;amp;|&#0;|&#xD800;|&bogus;|<![CDATA[|]]>|<script>x<y</script>|<nav><a href=\"/\">Home</a></nav>|<svg>|<table><tr><td>|"
      + "<meta property=\"article:published_time\" content=\"0001-01-01\">|<title>Harbour opens</title>|<a href='x'>READ MORE</a>|"
      + "<time datetime=\"2017-13-45\">|<p style=\"display:none\">|<iframe>|<h1>Harbour opens</h1>|<p class=\"byline\">By Ada Corr</p>|"
      + "<html lang=\"xx-yy-zzzzzzzzzzzz\">|<html lang=\"de\">|<base href=\"\">|<frameset>|<plaintext>|<|>|&|</")
  static let pageHead = Array(
    """
    <!DOCTYPE html><html lang="en"><head><title>Harbour opens | The Coast</title>\
    <meta property="article:published_time" content="2017-05-04T08:00:00Z"></head><body>
    """.utf8)

  /// What a JSON input may say of its day.
  static let published = list(
    "2017-05-08|2017-05-08T09:30:00Z|2017-05-08T09:30:00+02:00|2016-02-29|2017-12-31|2018-01-01|0001-01-01T00:00:00Z|0001-01-03|"
      + "0000-01-01|0000-00-00|9999-12-31|9999-12-31T23:59:60Z|2017-13-45|2017-02-30|2017-05-04garbage|2017-05-04T99:99:99Z|20170508|"
      + "May 8, 2017||1900-01-01|2100-06-30|1582-10-10|2017-05-08 09:30")
  static let languages = list("en|en|en-GB|EN|de|fr|xx|en_US|eng|x|e n|🙂||zh-Hant|english")
}
