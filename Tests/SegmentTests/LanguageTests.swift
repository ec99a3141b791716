import StageKit
import Testing

@testable import Segment

@Suite("Sentences and tokens of all languages")
struct LanguageTests {
  private func segmented(_ text: String, _ language: String?) throws -> Article {
    var article = unsegmented(text)
    article.metadata.language = language.map { Array($0.utf8) }
    try SegmentStage(options: SegmentStage.Options(), context: StageContext()).process(&article, deadline: .none)
    return article
  }

  private func sentences(_ text: String, _ language: String?) throws -> [String] {
    let article = try segmented(text, language)
    return article.segmentation?.sentences.map { string($0.span, of: article) } ?? []
  }

  /// `|` marks where a sentence must end.
  @Test(
    arguments: [
      ("de", "Am 3. Oktober kam Dr. Holm, z. B. mit dem Boot.| Der Hafen, u. a. der Kai, war zu."),
      ("de", "Er kam im 19. Jahrhundert.| Es war 1849.| Danach ging er."),
      ("de", "„Komm mit.“| Sie ging.| »Warte noch.«| Er blieb."),
      ("de", "Sie besucht eine ev. Schule in der Berger Str. 5 bei Lund."),
      ("da", "Mødet er den 4. Maj kl. 9 hos hr. Holm.| Han venter."),
      ("fr", "M. Holm et Mme. Corr sont venus.| « Restez. »| Puis ils partirent.| C'est fini."),
      ("es", "La Sra. Holm vive en la Avda. Sol.| ¿Cómo está?| Muy bien."),
      ("it", "È arrivato l'Avv. Holm.| Il Dott. Corr no."),
      ("nl", "Dhr. Holm kwam o.a. met de boot.| Mevr. Corr niet."),
      ("pl", "Ul. Polna 5 leży w m. Holm.| Prof. Corr tam mieszka, m.in. z bratem."),
      ("ru", "А. И. Холм жил в г. Лунд на ул. Мира.| Он, т. е. Холм, уехал в 1990 г. из города."),
      ("ru", "«Куда ты? – спросил он. – Уже поздно».| Она ушла."),
      ("tr", "Prof. Holm geldi.| Dr. Corr gelmedi."),
      ("zh", "港口关闭了。|渔民说：“我们不知道。”|他们在等《海！海！》上映！|真的吗？"),
      ("ja", "港は閉まった。|「船は来ない。もう遅い。」と彼は言った。|２．５％下がった。"),
      ("hi", "बंदरगाह बंद है।| नावें नहीं आईं।| क्यों?"),
      ("ar", "أغلق الميناء.| هل عادت السفن؟| لا."),
      ("ur", "بندرگاہ بند ہے۔| کشتیاں واپس آئیں۔"),
      ("hy", "Նավահանգիստը փակ է։| Նավերը եկան։"),
      ("am", "ወደቡ ተዘግቷል።| ጀልባዎቹ መጡ።"),
      ("my", "ဆိပ်ကမ်းပိတ်ပြီ။| လှေများလာသည်။"),
      ("el", "Το λιμάνι έκλεισε.| Γιατί;| Ο κ. Χολμ δεν ξέρει."),
      // Nobody says in which language.
      (nil, "Wir trafen Hrn. Holm, z. B. am 12. Juni."),
    ] as [(String?, String)])
  func ends(language: String?, marked: String) throws {
    let expected = marked.split(separator: "|").map { $0.drop(while: { $0 == " " }) }.map(String.init)
    #expect(try sentences(marked.replacing("|", with: ""), language) == expected)
  }

  @Test("English keeps its own rules")
  func english() throws {
    #expect(try sentences("He is 12. She is set. Art is long.", "en").count == 3)
  }

  @Test("letters of scripts without spaces are tokens, with the marks on them")
  func tokens() throws {
    func tokens(_ text: String, _ language: String) throws -> [String] {
      let article = try segmented(text, language)
      return article.segmentation?.tokens.map { string($0.span, of: article) } ?? []
    }
    #expect(try tokens("港口2020年关闭。", "zh") == ["港", "口", "2020", "年", "关", "闭", "。"])
    #expect(try tokens("オスロは港だ。", "ja") == ["オスロ", "は", "港", "だ", "。"])
    #expect(try tokens("ที่นี่", "th") == ["ที่", "นี่"])
    #expect(try tokens("항구가 닫혔다.", "ko") == ["항구가", "닫혔다", "."])
  }

  @Test("no article is left out unless the option says so")
  func allLanguages() throws {
    #expect(try sentences("Le port est fermé depuis lundi, et les bateaux ne sont pas revenus.", "fr").count == 1)
    var options = SegmentStage.Options()
    options.languages = ["en"]
    var article = try segmented("", "fr")
    article.metadata.language = Array("fr".utf8)
    let stage = try SegmentStage(options: options, context: StageContext())
    #expect(throws: StageError.self) { try stage.process(&article, deadline: .none) }
  }
}
