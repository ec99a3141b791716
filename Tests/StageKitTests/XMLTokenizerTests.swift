import Bytes
import StageKit
import Testing

@Suite("The XML tokenizer")
struct XMLTokenizerTests {
  /// Tokens as text: `<a x=1>`, `</a>`, `text`, `[section]`, `{reference}`; a bang where the bytes ended too early.
  private func tokens(_ xml: String) -> String {
    let bytes = Array(xml.utf8)
    var tokenizer = XMLTokenizer()
    var out = ""
    func text(_ span: ByteSpan) -> String { String(decoding: bytes[span.range], as: UTF8.self) }
    while let token = tokenizer.next(bytes.span) {
      switch token {
      case .text(let span): out += text(span)
      case .cdata(let span): out += "[\(text(span))]"
      case .reference(let span): out += "{\(text(span))}"
      case .end(let name): out += "</\(text(name))>"
      case .start(let name, let isEmpty):
        let attributes = tokenizer.attributes.map { " \(text($0.name))=\(text($0.value))" }.joined()
        out += "<\(text(name))\(attributes)\(isEmpty ? "/" : "")>"
      }
    }
    return tokenizer.isCut ? out + "!" : out
  }

  @Test(
    arguments: [
      ("<?xml version='1.0'?><a>b</a>", "<a>b</a>"), ("<a x='1' y = \"2>\"/>", "<a x=1 y=2>/>"),
      ("<a x=1 y z='&lt;'>", "<a x=1 z=&lt;>"), ("a<!-- <b> -- -->c<!---->d", "acd"),
      ("<![CDATA[x]]]]>y", "[x]]]y"), ("<![CDATA[]]>", "[]"), ("<![CDATA[x]]", "[x]]]!"),
      ("&amp;&#38;&no-such_1.x;", "{&amp;}{&#38;}{&no-such_1.x;}"), ("a & b; &;&", "a & b; &;&"),
      ("1 < 2 <3", "1 < 2 <3"),
      ("<!DOCTYPE a [ <!ENTITY x \"]>\"> <!-- ' ]> --> <?p ]>?> ]><a/>", "<a/>"),
      ("<!DOCTYPE a SYSTEM 'x>y'><a>", "<a>"),
      ("</a ></ b>", "</a>"), ("<a", "!"), ("<a x='", "!"), ("</a", "!"), ("<!--", "!"), ("<?", "!"), ("<", "<"),
      ("<a <b>c", "<a><b>c"), ("<é:ü/>", "<é:ü/>"), ("", ""),
    ])
  func tokens(xml: String, expected: String) {
    #expect(tokens(xml) == expected)
  }

  @Test(
    arguments: [
      ("&amp;", 0x26), ("&apos;", 0x27), ("&#8212;", 0x2014), ("&#x2014;", 0x2014), ("&#X2f;", 0x2F), ("&#0;", 0xFFFD),
      ("&#xD800;", 0xFFFD), ("&#99999999999999;", 0xFFFD), ("&#;", nil), ("&#x;", nil), ("&#1a;", nil), ("&nbsp;", nil),
    ] as [(String, UInt32?)])
  func characters(reference: String, value: UInt32?) {
    let bytes = Array(reference.utf8)
    #expect(XMLTokenizer.character(bytes.span, ByteSpan(0, bytes.count)) == value)
  }

  @Test func attributesAreFoundByTheirLocalName() {
    let bytes = Array("<a xml:LANG='en' x:y='1' y='2'/>".utf8)
    var tokenizer = XMLTokenizer()
    _ = tokenizer.next(bytes.span)
    let language = tokenizer.attribute(WordHash("lang".utf8), bytes.span)
    #expect(language.map { Array(bytes[$0.range]) } == Array("en".utf8))
    #expect(tokenizer.attribute(WordHash("z".utf8), bytes.span) == nil)
  }
}
