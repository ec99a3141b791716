import Bytes
import StageKit

/// Prose that a page puts into its articles and that is about the page: invitations to subscribe and to follow, consent,
/// pitches of shares, notes on rights.
enum Promotion {
  /// Words of the longest.
  private static let mostWords = 70
  /// Words of the longest listed opening.
  private static let longestOpening = 4

  /// Whether a paragraph is one: it begins as they do, and speaks of what they speak of.
  static func isOne(_ bytes: Span<UInt8>, _ span: ByteSpan, _ facts: BlockFacts, isFirst: Bool) -> Bool {
    guard facts.words >= 4, Int(facts.words) <= mostWords, facts.start != .quote,
      let theme = theme(bytes, span) ?? theme(behindLabel: bytes, span),
      !isFirst || theme == .consent
    else { return false }
    if theme == .contact, facts.signs.contains(.at) { return true }
    guard let about = subjects[theme] else { return false }
    var at = span.start
    while let word = nextWord(bytes, &at, span.end) {
      if word.isStem || about.contains(word.hash) { return true }
    }
    return false
  }

  /// What the first words begin.
  private static func theme(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Theme? {
    var phrase = WordHash.Builder()
    var (words, at) = (0, span.start)
    while words < longestOpening, at < span.end {
      if words > 0 { phrase.add(0x20) }
      guard nextWord(bytes, &at, span.end, into: &phrase) else { return nil }
      words += 1
      if let theme = openings[phrase.hash] { return theme }
    }
    return nil
  }

  /// What begins behind a colon that ends the first words: “Free update: Get …”.
  private static func theme(behindLabel bytes: Span<UInt8>, _ span: ByteSpan) -> Theme? {
    for at in span.range.prefix(longestLabel) where bytes[at] == UInt8(ascii: ":") {
      return theme(bytes, ByteSpan(at + 1, span.end))
    }
    return nil
  }
  /// Bytes before a colon.
  private static let longestLabel = 40

  // MARK: Words

  /// Adds the letters of the next word, those of ASCII in lower case; apostrophes of any shape vanish.
  private static func nextWord(
    _ bytes: Span<UInt8>, _ at: inout Int, _ end: Int, into word: inout WordHash.Builder
  ) -> Bool {
    var isFound = false
    while at < end {
      let byte = bytes[at]
      if byte.isLetter {
        word.add(byte | 0x20)
        isFound = true
        at += 1
      } else if byte >= 0xC3, byte != 0xE2 {
        let length = min(UTF8Scalar.length(first: byte), end - at)
        for offset in Range(from: at, count: length) { word.add(bytes[offset]) }
        isFound = true
        at += length
      } else if isFound, byte != UInt8(ascii: "'"), byte != 0xE2 {
        return true
      } else {
        at += byte < 0x80 ? 1 : min(UTF8Scalar.length(first: byte), end - at)
      }
    }
    return isFound
  }

  /// The next word, and whether it begins with one of the stems.
  private static func nextWord(
    _ bytes: Span<UInt8>, _ at: inout Int, _ end: Int
  ) -> (hash: WordHash, isStem: Bool)? {
    var word = WordHash.Builder()
    var (length, isStem) = (0, false)
    while at < end {
      let byte = bytes[at]
      let isPart = byte.isLetter || byte >= 0x80 && byte != 0xE2 && byte != 0xC2
      if !isPart, length > 0 { break }
      at += 1
      if !isPart { continue }
      word.add(byte.lowered)
      length += 1
      if length >= shortestStem, !isStem { isStem = stems.contains(word.hash) }
    }
    return length > 0 ? (word.hash, isStem) : nil
  }
  private static let shortestStem = 6
  /// Names of channels and their letters, which other languages bend.
  private static let stems = WordSet([
    "newsletter", "whatsapp", "telegram", "facebook", "instagram", "youtube", "nyhetsbrev", "nyhedsbrev", "nieuwsbrie",
    "uutiskirj", "hírlev", "bülten", "boletin", "boletín", "bulletin", "abonn", "suscri", "subscri", "телеграм",
    "рассылк",
    "розсилк", "ватсап", "вотсап", "соцсет", "соцмереж",
  ])

  private enum Theme: CaseIterable { case invitation, consent, pitch, rights, contact }

  private static let openings: WordTable<Theme> = {
    var table = WordTable<Theme>(capacity: 256)
    for (theme, list) in [
      (
        Theme.invitation,
        """
        sign up/subscribe/subscribe now/like what you read/like what youre reading/enjoying this/enjoyed this/follow us/follow the/\
        follow our/download our/download the/get the/get our/get all the/get more/want more/want to read/join our/join us on/join the/\
        register for/register now/click here/dont miss/never miss/support our/support independent/stay informed/stay up to date/\
        receive our/to receive/become a/if you enjoyed/if you liked/have you got/do you have a/for more stories/for the latest/\
        you can follow/add us/make us/this newsletter/our newsletter/this article appeared/keep up with/our journalism/stay on top/\
        you can read/keep updated/stay updated/follow/subscribe/subscribing/read the latest/never miss/get in/catch up/be the first/\
        for more news/for all the latest/for breaking news/to get the/to stay/find us on/like us on/connect with us/now you can/\
        to support/please support/please consider/if you value/help us/donate/become/you are reading/unlock
        """
      ),
      (
        .invitation,
        """
        melden sie sich/abonnieren sie/abonniere/jetzt abonnieren/bestellen sie/folgen sie/folge uns/folgt uns/erhalten sie/laden sie/\
        mit unserem/mit dem/unser newsletter/der newsletter/verpassen sie/sie wollen/wollen sie/möchten sie/keine nachricht/\
        alle wichtigen/hier können sie/unterstützen sie/\
        inscrivez vous/abonnez vous/recevez/suivez nous/suivez l/suivez toute/téléchargez/ne manquez/retrouvez/rejoignez/pour recevoir/\
        pour ne rien/soutenez/pour suivre/\
        suscríbase/suscríbete/suscribete/regístrate/regístrese/recibe/reciba/síguenos/síganos/sigue/siga/únete/únase/descarga/descargue/\
        apúntate/inscríbete/para recibir/si quieres/quieres recibir/haz clic/apoya/\
        subscreva/assine/inscreva se/receba/acompanhe/baixe/clique/participe/entre no/quer receber/cadastre se/apoie/fique por/adira/\
        siga nos/siga o/siga a/\
        iscriviti/abbonati/seguici/ricevi/scarica/resta aggiornato/rimani aggiornato/clicca/unisciti/per ricevere/sostieni/vuoi/\
        meld je/meld u/schrijf je/abonneer/volg ons/ontvang/wil je/mis niets/blijf op/word lid/steun/\
        prenumerera/följ oss/följ/anmäl dig/ladda ner/få våra/missa inte/tilmeld dig/følg/abonner/få/meld deg/last ned/\
        tilaa/seuraa/lataa/\
        zapisz się/subskrybuj/obserwuj/śledź/polub/dołącz/pobierz/zamów/bądź na/wesprzyj/chcesz/\
        přihlaste se/přihlas se/odebírejte/sledujte/stáhněte/objednejte/chcete/\
        Подписывайтесь/подписывайтесь/Подпишитесь/подпишитесь/Читайте нас/читайте нас/Следите/Присоединяйтесь/Скачайте/Хотите/\
        Поддержите/Еще больше/Больше новостей/Оставайтесь/Узнавайте/\
        Підписуйтесь/Підписуйтеся/Підпишіться/Читайте нас/Стежте/Долучайтесь/Приєднуйтесь/\
        bültenimize/abone olun/takip edin/bizi takip/e bülten/whatsapp kanal/uygulamamızı/\
        ikuti/dapatkan/simak/unduh/berlangganan/daftar/jangan/gabung/langgani/sertai/muat turun/\
        Εγγραφείτε/Ακολουθήστε/Διαβάστε/Κατεβάστε/\
        abonează/abonați/urmărește/urmăriți/iratkozzon/iratkozz/kövessen/kövess/töltse/Đăng/Theo dõi
        """
      ),
      (
        .contact,
        """
        have a story/have a tip/got a tip/got a story/do you have/do you know/email/email us/send news/send your/send us/contact/\
        write to/reach out/reach the/to contact/get in touch/tell us/share your/tips to/if you have/
        """
      ),
      (
        .consent,
        """
        we use cookies/this site uses/this website uses/by continuing/by clicking/by subscribing/by signing up/by submitting/\
        we value your/our site uses/we and our/you can unsubscribe/your privacy/this content is provided/to view this/\
        to show you this/allow content/wir verwenden/wir nutzen/um unsere/diese website/diese webseite/diese seite/nous utilisons/\
        ce site/en poursuivant/utilizamos/usamos/este sitio/esta web/este site/utilizziamo/questo sito/deze website/deze site/\
        wij gebruiken/we gebruiken/vi använder/vi bruker/vi bruger/używamy/ta strona/nasza strona/tento web/používáme/мы используем/\
        Мы используем/bu site/web sitemiz/situs ini
        """
      ),
      (
        .pitch,
        "before you buy/should you invest/where to invest/the motley fool/our team of/our analysts/see the ten/see the 10"
      ),
      (
        .rights,
        "copyright/all rights reserved/no part of/this material/this content/the content of/reproduction/contact"
      ),
    ] {
      for phrase in list.split(separator: "/") { table.insert(WordHash(phrase.utf8), theme) }
    }
    return table
  }()

  private static let subjects: [Theme: WordSet] = [
    .invitation: WordSet([
      "newsletter", "newsletters", "inbox", "subscribe", "subscriber", "subscribers", "subscription", "channels",
      "facebook",
      "twitter", "instagram", "whatsapp", "telegram", "linkedin", "youtube", "app", "alerts", "email", "emails",
      "unlimited", "supporter", "membership", "podcast", "briefing", "journalism", "donate", "donation", "donations",
      "contribution", "contributions", "notifications", "tiktok", "linkedin", "bluesky", "threads", "mail", "mailbox",
      "postfach", "correo", "aplicación", "aplicativo", "aplikasi", "aplikację", "aplikaci", "uygulamamızı", "boletim",
      "infolettre", "assinatura", "assinante", "kanal", "kanalımıza", "kanalımızı", "kanał", "kanału", "canal",
      "canale",
      "saluran", "канал", "каналы", "приложение", "viber", "zalo", "appen", "dzen", "дзен", "vkontakte", "вконтакте",
      "adres", "skrzynkę", "schránky", "posta", "boîte",
    ]),
    .consent: WordSet([
      "cookies", "privacy", "consent", "terms", "unsubscribe", "partners", "preferences", "settings", "embedded",
      "cookie", "çerez", "çerezler", "ciasteczka", "информацион",
    ]),
    .pitch: WordSet(["stocks", "stock", "investors", "shares", "analysts", "buy"]),
    .rights: WordSet([
      "reproduced", "rights", "permission", "republished", "redistributed", "rewritten", "reproduction", "prohibited",
    ]),
    .contact: WordSet(["whatsapp", "email", "tips", "newsdesk", "newsroom", "signal", "telegram", "comments"]),
  ]
}
