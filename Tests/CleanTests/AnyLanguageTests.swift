import Bytes
import StageKit
import Testing

@testable import Clean

/// Pages whose language no word list knows, with a sentence of English in the footer.
@Suite("Pages in any language")
struct AnyLanguageTests {
  private static let stories: [(String, [String])] = [
    (
      "ja",
      [
        "港の市議会は木曜日、夜遅くまで続いた議論の末に、古い魚市場を月末で閉鎖することを決めた。",
        "市場で何十年も働いてきた商人たちは、この決定を手紙で知らされ、新しい場所はまだ示されていないと話した。",
        "市長は記者団に対し、建物の屋根はもはや安全ではなく、修理には一千万を超える費用がかかると述べた。",
      ]
    ),
    (
      "ar",
      [
        "قرر مجلس المدينة يوم الخميس، بعد نقاش استمر حتى ساعة متأخرة من الليل، إغلاق سوق السمك القديم في نهاية الشهر.",
        "وقال التجار الذين يعملون في السوق منذ عقود إنهم علموا بالقرار من رسالة، وإن أحدا لم يعرض عليهم مكانا جديدا.",
        "وقال رئيس البلدية للصحفيين إن السقف لم يعد آمنا، وإن إصلاحه سيكلف أكثر من أحد عشر مليونا.",
      ]
    ),
    (
      "el",
      [
        "Το δημοτικό συμβούλιο αποφάσισε την Πέμπτη, ύστερα από συζήτηση που κράτησε ως αργά τη νύχτα, να κλείσει την παλιά ψαραγορά.",
        "Οι έμποροι που δουλεύουν εκεί εδώ και δεκαετίες είπαν ότι έμαθαν την απόφαση από ένα γράμμα και δεν τους προτάθηκε άλλος χώρος.",
        "Ο δήμαρχος είπε στους δημοσιογράφους ότι η στέγη δεν είναι πια ασφαλής και ότι η επισκευή θα κόστιζε πολλά εκατομμύρια.",
      ]
    ),
    (
      "th",
      [
        "สภาเมืองมีมติเมื่อวันพฤหัสบดี หลังการอภิปรายที่ยืดเยื้อจนดึก ให้ปิดตลาดปลาเก่าแก่ในสิ้นเดือนนี้",
        "พ่อค้าแม่ค้าที่ทำงานในตลาดมาหลายสิบปีกล่าวว่า พวกเขาทราบการตัดสินใจจากจดหมาย และยังไม่มีใครเสนอสถานที่ใหม่ให้",
        "นายกเทศมนตรีบอกกับผู้สื่อข่าวว่า หลังคาไม่ปลอดภัยอีกต่อไป และค่าซ่อมแซมจะสูงกว่าสิบเอ็ดล้าน",
      ]
    ),
    (
      "uk",
      [
        "Міська рада вирішила в четвер, після дебатів, що тривали до пізньої ночі, закрити старий рибний ринок наприкінці місяця.",
        "Торговці, які працюють там десятиліттями, сказали, що дізналися про рішення з листа і що нового місця їм не запропонували.",
        "Міський голова сказав журналістам, що дах уже небезпечний і що ремонт коштував би понад одинадцять мільйонів.",
      ]
    ),
  ]

  @Test("the article stays, the English footer goes", arguments: stories)
  func page(language: String, story: [String]) throws {
    let html = """
      <html><head><title>\(story[0].prefix(12))</title></head><body>
      <nav><a href="/">Home</a> <a href="/n">News</a></nav><h1>\(story[0].prefix(12))</h1>
      <div class="text">\(story.map { "<p>\($0)</p>" }.joined(separator: "\n"))</div>
      <footer><p>This site is run by the Harbour Press, and all of its texts are protected by law. All rights reserved.</p>
      </footer></body></html>
      """
    let article = try cleaned(html, markup: true)
    #expect(article.string == story.joined(separator: "\n\n"))
    #expect(article.metadata.language.map { String(decoding: $0, as: UTF8.self) } == language)
  }

  @Test("clean prose stays whole", arguments: stories)
  func prose(language: String, story: [String]) throws {
    let article = try cleaned(story.joined(separator: "\n\n"))
    #expect(article.string == story.joined(separator: "\n\n"))
  }

  @Test("words are counted where there are no spaces, and lines end with the marks of their script")
  func facts() {
    func facts(_ text: String) -> BlockFacts {
      let bytes = Array(text.utf8)
      return BlockFacts(bytes.span, ByteSpan(0, bytes.count))
    }
    #expect(facts("古い魚市場を月末で閉鎖することを決めた。").words >= 8)
    #expect(facts("古い魚市場を閉鎖。").end == .terminal)
    #expect(facts("„Der Markt schließt.“").end == .terminal)
    #expect(facts("يغلق السوق؟").end == .terminal)
    #expect(facts("पुल खुला।").end == .terminal)
  }
}
