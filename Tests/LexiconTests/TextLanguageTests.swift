import Lexicon
import Testing

@Suite("The language of a text")
struct TextLanguageTests {
  private func code(_ text: String) -> String? { TextLanguage.code(of: Array(text.utf8).span) }

  @Test(
    "sentences",
    arguments: [
      ("The rebuilt bridge over the Orla opened on Monday, and the first buses crossed it at noon.", "en"),
      ("Nobody was hurt, the mayor said.", "en"), ("Mill reopens after fire", "en"),
      ("The owner of “La Mer de Sable”, a café in Rue de la Paix, said that he would sell it.", "en"),
      ("Señor Muñoz and Frau Müller met in São Paulo with the heads of Élan and of Škoda.", "en"),
      (
        "Die wieder aufgebaute Brücke über den Fluss ist am Montag geöffnet worden, und die ersten Busse fuhren mittags mit dem Bürgermeister an Bord.",
        "de"
      ),
      (
        "Le pont reconstruit sur la rivière a été ouvert lundi, et les premiers bus l’ont traversé à midi avec le maire à bord.",
        "fr"
      ),
      (
        "El puente reconstruido sobre el río se abrió el lunes, y los primeros autobuses lo cruzaron al mediodía con la alcaldesa a bordo.",
        "es"
      ),
      (
        "A ponte reconstruída sobre o rio foi aberta na segunda-feira, e os primeiros autocarros não esperaram: passaram ao meio-dia com a presidente da câmara.",
        "pt"
      ),
      (
        "Il ponte ricostruito sul fiume è stato aperto lunedì, e i primi autobus lo hanno attraversato a mezzogiorno con la sindaca che salutava dalla prima fila.",
        "it"
      ),
      (
        "De herbouwde brug over de rivier is maandag geopend, en de eerste bussen reden er om twaalf uur overheen met de burgemeester aan boord.",
        "nl"
      ),
      (
        "Den återuppbyggda bron över ån öppnades på måndagen, och de första bussarna körde över den vid middagstid med borgmästaren ombord.",
        "sv"
      ),
      (
        "Den genopbyggede bro over åen åbnede mandag, og de første busser kørte over den ved middagstid med borgmesteren om bord. Det blev fejret af nogle hundrede.",
        "da"
      ),
      (
        "Den gjenoppbygde broen over elva åpnet på mandag, og de første bussene kjørte over den midt på dagen med ordføreren om bord. Det ble feiret av noen hundre etter at den ikke var i bruk.",
        "no"
      ),
      (
        "Joen yli johtava silta avattiin maanantaina, ja ensimmäiset bussit ajoivat sen yli keskipäivällä. Kaupunki oli odottanut tätä, mutta se ei ole vielä valmis, kun sekä tie että katu puuttuvat.",
        "fi"
      ),
      (
        "Odbudowany most na rzece otwarto w poniedziałek, a pierwsze autobusy przejechały po nim w południe. To nie jest koniec prac, ale burmistrz mówi, że do lata będzie gotowy, bo już się spieszą.",
        "pl"
      ),
      (
        "Obnovený most přes řeku byl otevřen v pondělí a první autobusy po něm projely v poledne. Starosta řekl, že je to pro město velký den a že se na něj čekalo od povodně, která ho zničila.",
        "cs"
      ),
      (
        "A folyó fölötti újjáépített hidat hétfőn nyitották meg, és délben már az első buszok is áthaladtak rajta. A polgármester szerint ez nem csak egy híd, hogy azt még meg is lehet nézni.",
        "hu"
      ),
      (
        "Podul refăcut de peste râu a fost deschis luni, iar primele autobuze au trecut la prânz cu primarul la bord. Acesta spune că nu este încă gata și că lucrările sunt mai lungi din cauza iernii.",
        "ro"
      ),
      (
        "Nehrin üzerindeki yeni köprü pazartesi günü açıldı ve ilk otobüsler öğle vakti geçti. Belediye başkanı bu günün kent için çok önemli olduğunu, ancak daha bir yıl kadar iş var gibi göründüğünü söyledi.",
        "tr"
      ),
      ("Мост через реку открыли в понедельник, и первые автобусы прошли по нему в полдень. Это был праздник.", "ru"),
      ("Міст через річку відкрили в понеділок, і перші автобуси пройшли опівдні.", "uk"),
      ("Η γέφυρα πάνω από το ποτάμι άνοιξε τη Δευτέρα.", "el"), ("הגשר מעל הנהר נפתח ביום שני בצהריים.", "he"),
      ("افتتح الجسر فوق النهر يوم الاثنين وعبرته أولى الحافلات.", "ar"),
      ("川に架かる橋が月曜日に開通し、正午には最初のバスが渡りました。", "ja"), ("河上的大桥星期一通车，第一批公共汽车中午驶过。", "zh"),
      ("강을 건너는 다리가 월요일에 열렸고 정오에 첫 버스가 지나갔다.", "ko"), ("สะพานข้ามแม่น้ำเปิดเมื่อวันจันทร์", "th"),
      ("", nil), ("1 2 3", nil),
      (
        "Ndege yetu iliondoka mapema asubuhi kabla ya jua kuchomoza, "
          + "na abiria wote walikuwa wamelala baada ya safari ndefu kutoka pwani", "sw"
      ),
      ("Holmsund Nordby Velmora", nil),
      ("Мостът над реката беше отворен отново в понеделник по обед, а първите автобуси минаха с кмета.", "bg"),
      ("Most nad rijekom ponovno je otvoren u ponedjeljak, a prvi autobusi prešli su ga u podne.", "hr"),
      ("Most ponad riekou znovu otvorili v pondelok a prvé autobusy ním prešli na poludnie.", "sk"),
      ("Sild üle jõe avati esmaspäeval ja esimesed bussid sõitsid sellest üle keskpäeval.", "et"),
      ("Cây cầu bắc qua sông đã được mở lại vào thứ hai, và những chuyến xe đầu tiên đã qua lúc trưa.", "vi"),
      (
        "Die brug oor die rivier is Maandag weer oopgestel, en die eerste busse het dit die middag oorgesteek "
          + "terwyl die burgemeester en die kinders van die dorp gewag het.", "af"
      ),
      ("Brúin yfir ána var opnuð á mánudag og fyrstu strætisvagnarnir fóru yfir hana um hádegið.", "is"),
      ("Міст над ракой адкрылі ў панядзелак, і першыя аўтобусы прайшлі апоўдні.", "be"),
      ("पुल को सोमवार को फिर से खोला गया और पहली बसें दोपहर में इस पर से गुज़रीं।", "hi"),
      ("সেতুটি সোমবার আবার খুলে দেওয়া হয়েছে।", "bn"), ("პონი ხიდი ორშაბათს გაიხსნა.", "ka"),
    ] as [(String, String?)])
  func sentences(text: String, expected: String?) {
    #expect(code(text) == expected)
  }

  @Test(
    "two sentences are enough, and names in them tell nothing",
    arguments: [
      ("Belediye meclisi eski pazarı kapatmaya karar verdi. Esnaf kararı bir mektupla öğrendi.", "tr"),
      ("Bystyret har vedtatt å stenge det gamle fisketorget. De som selger der, fikk vite det i et brev.", "no"),
      ("Rada miasta postanowiła zamknąć stary targ rybny. Kupcy dowiedzieli się o tym z listu.", "pl"),
      ("De gemeenteraad heeft besloten de oude vismarkt te sluiten. De kooplui hoorden het uit een brief.", "nl"),
      ("Der Rat schloss gestern den Markt, sagte John Smith von The New York Times in Washington.", "de"),
      ("The council closed the market, said Jürgen Müller of the Süddeutsche Zeitung in München.", "en"),
    ])
  func short(text: String, expected: String) {
    #expect(code(text) == expected)
  }

  @Test("a foreign quotation or name does not change the language of an English text")
  func quotation() {
    let english =
      "The mayor of the town said on Monday that the bridge will be open to all who want to cross it by noon. "
    let foreign = "“Es ist ein großer Tag für die Stadt und für uns alle”, sagte er. "
    #expect(code(foreign + english) == "en")
    #expect(code(String(repeating: foreign, count: 6) + english) == "de")
  }

  @Test("any text has an answer, also one that is cut inside a character")
  func noise() {
    var state: UInt64 = 7
    for _ in 0..<200 {
      var text = ""
      for _ in 0..<3000 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.unicodeScalars.append(Unicode.Scalar(UInt32(state >> 40) % 0xD7FF) ?? "x")
      }
      _ = code(text)
    }
    #expect(code(String(repeating: "é", count: 5000)) == nil)
  }

  @Test func aWordThatFollowsItselfTellsNoMoreThanOnce() {
    for word in ["trillion", "million", "banana", "wales"] {
      let found = code("It cost $2 \(String(repeating: word + " ", count: 200))or 5-7 \(word) dollars.")
      #expect(found == nil || found == "en", "\(word): \(found ?? "")")
    }
  }
}
