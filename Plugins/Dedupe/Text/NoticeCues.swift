import StageKit

/// What the words of a line say of it: whether it is a notice, a menu, an invitation to subscribe, which a publisher puts
/// around all of its articles.
struct NoticeCues {
  private var weight = 0
  private var before: UInt8 = 0

  /// A line is a notice with this weight, and so many words to each point of it at most.
  private static let least = 4
  private static let wordsToAPoint = 8

  init() {}

  /// Of the line behind another one.
  init(after line: NoticeCues) { before = line.before }

  /// - Parameter before: the word before.
  @inline(__always)
  mutating func add(_ word: UInt64, behind before: UInt64, of notices: NoticeWords) {
    let mark = notices.mark(word)
    if mark != 0 { weight += notices.weight(word, mark, behind: before, self.before) }
    self.before = mark
  }

  func isNotice(words: Int) -> Bool { weight >= Self.least && words <= weight * Self.wordsToAPoint }
}

/// Words, and pairs of words, by which notices are told from news. What news say too has little weight.
struct NoticeWords: Sendable {
  static let shared = NoticeWords()

  /// Hash with the weight in its lowest three bits; 0 is free.
  private var slots = [UInt64](repeating: 0, count: 2048)
  /// By the first bits of a word's hash what a word there may be: most are nothing, and need no other look.
  private var marks = [UInt8](repeating: 0, count: 1 << Self.markBits)
  private static let markBits = 13

  private enum Mark {
    static let word: UInt8 = 1
    static let first: UInt8 = 2
    static let second: UInt8 = 4
  }

  @inline(__always)
  private static func pair(_ before: UInt64, _ word: UInt64) -> UInt64 { before &* 0x9E37_79B9_7F4A_7C15 ^ word }

  /// 0 for a word that tells nothing, alone or with others.
  @inline(__always)
  fileprivate func mark(_ word: UInt64) -> UInt8 { marks[Int(truncatingIfNeeded: word >> UInt64(64 - Self.markBits))] }

  fileprivate func weight(_ word: UInt64, _ mark: UInt8, behind before: UInt64, _ markBefore: UInt8) -> Int {
    var sum = 0
    if mark & Mark.word != 0 { sum += weight(word) }
    if mark & Mark.second != 0, markBefore & Mark.first != 0 { sum += weight(Self.pair(before, word)) }
    return sum
  }

  private func weight(_ hash: UInt64) -> Int {
    var at = Int(truncatingIfNeeded: hash >> 40) & (slots.count - 1)
    while slots[at] != 0 {
      if slots[at] >> 3 == hash >> 3 { return Int(slots[at] & 7) }
      at = (at + 1) & (slots.count - 1)
    }
    return 0
  }

  private init() {
    for (phrases, weight) in [(Self.certain, 3), (Self.likely, 2), (Self.weak, 1)] as [(String, UInt64)] {
      for phrase in phrases.split(separator: ",") { insert(String(phrase), weight) }
    }
  }

  private mutating func note(_ word: UInt64, _ mark: UInt8) {
    marks[Int(truncatingIfNeeded: word >> UInt64(64 - Self.markBits))] |= mark
  }

  private mutating func insert(_ phrase: String, _ weight: UInt64) {
    struct Words: WordSink {
      var hashes: [UInt64] = []
      mutating func add(_ word: UInt64) { hashes.append(word) }
      mutating func endLine() {}
    }
    let bytes = Array(phrase.utf8)
    var words = Words()
    guard (try? WordScanner.scan(bytes.span, from: 0, to: bytes.count, into: &words, deadline: .none)) != nil,
      let first = words.hashes.first, let last = words.hashes.last, words.hashes.count <= 2
    else { return }
    let isPair = words.hashes.count == 2
    if isPair { note(first, Mark.first) }
    note(last, isPair ? Mark.second : Mark.word)
    let hash = isPair ? Self.pair(first, last) : last
    var at = Int(truncatingIfNeeded: hash >> 40) & (slots.count - 1)
    while slots[at] != 0 {
      if slots[at] >> 3 == hash >> 3 { return }
      at = (at + 1) & (slots.count - 1)
    }
    slots[at] = hash & ~7 | weight
  }

  private static let certain = """
    rights reserved,looking statements,continue reading,published broadcast,broadcast rewritten,rewritten or redistributed,\
    necessarily reflect,unsubscribe,redistributed,rechte vorbehalten,droits réservés,derechos reservados,diritti riservati,\
    direitos reservados,rechten voorbehouden,rättigheter förbehållna,rettigheter forbeholdt,rettigheder forbeholdes,\
    prawa zastrzeżone,práva vyhrazena,oikeudet pidätetään,hakları saklıdır,jog fenntartva,drepturile rezervate,\
    права защищены,права захищені
    """

  private static let likely = """
    copyright,cookie,cookies,newsletter,newsletters,privacy policy,log in,sign up,sign in,follow us,contact us,about us,\
    click here,written permission,prior permission,express written,prior written,opinions expressed,views expressed,\
    actual results,differ materially,further information,please contact,media contact,press contact,press enquiries,\
    investor relations,independent journalism,member today,a subscription,advertise with,download our,our app,most read,\
    most shared,most viewed,trending now,e paper,calls cost,landlines,mobiles may,premium content,premium subscribers,\
    subscribers only,for subscribers,free articles,articles left,unlimited access,terms of,and conditions,our terms,\
    safe harbor,editor's picks,related articles,share this,read more,subscribe now,subscribe today,subscribe to,\
    already subscribed,your subscription,your account,cancel anytime,registered office,registered in,datenschutz,\
    impressum,jetzt abonnieren,abonnez vous,mentions légales,suscríbete,suscribirse,política de,abbonati,assine,\
    abonneer,prenumerera,abonner,zaloguj,předplatné,подписывайтесь,podcasts,sitemap
    """

  private static let weak = """
    this material,this article,in part,in whole,without permission,permission of,the permission,the publisher,not necessarily,\
    no obligation,press office,with us,support our,a member,become a,please consider,a month,reproduced,republished,\
    reproduction,subscribe,subscription,subscriber,search,podcast,video,videos,puzzles,advertise,disclaimer,terms,\
    menu,home,sport,weather,business,culture,opinion,jobs,property,motors,lifestyle,travel,crossword,sudoku,obituaries,\
    family notices,register,login,download,app,apps,facebook,twitter,instagram,youtube,whatsapp,telegram,tiktok,email us,\
    our site,our website,this site,this website,our newsletter,risks and,uncertainties,undertakes,must be,call our,\
    a minute,per minute,bill,hotline,reading call,listed on,leading provider,leading operator,leading supplier,founded in,\
    headquartered,for more,more information,visit our,visit www,www,http,https
    """
}
