import Bytes

/// What language a text is in, by its script and its function words: English or not above all, and which of the commoner
/// others where there is no doubt.
///
/// Function words are a third of any running text and hardly shared between languages; words of two languages count for
/// both. One pass, no allocation per word.
public enum TextLanguage {
  /// Bytes that are looked at: some seven hundred words.
  private static let sample = 1 << 12

  /// ISO 639-1, lower case; `nil` where the text is too short, a list, or in none of the languages known here.
  ///
  /// - Parameter text: valid UTF-8.
  public static func code(of text: Span<UInt8>) -> String? {
    let count = min(text.count, sample)
    var words = Words()
    var scripts = Scripts()
    let table = ByteClass.table
    let lexicon = lexicon
    var (at, letters, length) = (0, UInt64(0), 0)
    while at < count {
      let byte = text[at]
      let kind = table[Int(byte)]
      if kind.isAny(of: .letter) {
        letters = letters << 8 | UInt64(byte | 0x20)
        length += 1
        at += 1
        continue
      }
      if kind.isAny(of: .multibyte) {
        let bytes = min(UTF8Scalar.length(first: byte), count - at)
        if scripts.take(text, at, bytes) {
          for offset in at..<at + bytes { letters = letters << 8 | UInt64(text[offset]) }
          length += bytes
          at += bytes
          continue
        }
        at += bytes
      } else {
        at += 1
      }
      if length > 0 {
        words.add(length <= 8 ? lexicon[Self.hash(letters)] : nil)
        (letters, length) = (0, 0)
      }
    }
    if length > 0 { words.add(length <= 8 ? lexicon[Self.hash(letters)] : nil) }
    return scripts.code(latinWords: words.count) ?? words.code
  }

  // MARK: - Words

  private struct Words {
    var count = 0
    /// Of each language, in the order of `languages`.
    private var hits = [Int32](repeating: 0, count: TextLanguage.languages.count)

    mutating func add(_ known: UInt32?) {
      count += 1
      guard var left = known else { return }
      while left != 0 {
        hits[left.trailingZeroBitCount] += 1
        left &= left - 1
      }
    }

    var code: String? {
      var (best, second) = (0, -1)
      for index in 1..<hits.count {
        if hits[index] > hits[best] {
          (best, second) = (index, best)
        } else if second < 0 || hits[index] > hits[second] {
          second = index
        }
      }
      let (most, next) = (Int(hits[best]), Int(hits[second]))
      // English may be told by a word or two, others by a sentence.
      if best == 0 { return most > 0 && most * 100 >= count * 8 && most * 2 >= next * 3 ? "en" : nil }
      return most >= 5 && most * 100 >= count * 18 && most * 4 >= next * 5 ? TextLanguage.languages[best].code : nil
    }
  }

  /// A word of up to eight bytes is its own key.
  private static func hash(_ letters: UInt64) -> WordHash {
    var mixed = letters &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 32
    return WordHash(value: mixed == 0 ? 1 : mixed)
  }

  private static let lexicon: WordTable<UInt32> = {
    var table = WordTable<UInt32>(capacity: 1024)
    for (index, language) in languages.enumerated() {
      for word in language.words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
        let key = hash(word.utf8.reduce(0) { $0 << 8 | UInt64($1) })
        table.insert(key, (table[key] ?? 0) | 1 << UInt32(index))
      }
    }
    return table
  }()

  /// Words of at most eight bytes, English first. Single letters say too little.
  private static let languages: [(code: String, words: String)] = [
    (
      "en",
      """
      the of and to that with was for his her their has have had which been were would are from this will not it he she \
      they by at as but who said after be or an its more about when than there into also could all other out up over \
      where what while did we you in is on if so no can may one two our your my me us him them these those such some any \
      how why because before during against between through since until under both each says told year years new first \
      last people inc corp company vs january february march april may june july august october november december monday \
      tuesday wednesday thursday friday saturday sunday
      """
    ),
    (
      "de",
      """
      der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass \
      sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch \
      man sein wurde in was will also seine unter gegen wenn ihre keine diese kann schon
      """
    ),
    (
      "fr",
      """
      le la les des et en un une du que qui dans pour par sur est pas plus au avec il ne se ce sont aux cette été mais \
      ou ses ont elle son leur après ces fait nous être comme deux de on sa selon dont avait ans sans depuis entre tout
      """
    ),
    (
      "es",
      """
      el la los las de del que en un una por con para se no al es lo como más su sus pero este ha fue entre también \
      sobre años según desde cuando muy dos han esta ser todo son hasta donde está ya
      """
    ),
    (
      "pt",
      """
      os as da do das dos que em um uma para com não por mais se na no nas nos ao foi ser sua seu são pelo pela também \
      está entre como mas de depois ou já anos segundo à ao até isso ele ela
      """
    ),
    (
      "it",
      """
      il di che la della del per un una è sono con non dei delle nel alla più da si anche le gli ha come al dal lo nella \
      ma dalla ed dopo stato essere anni questo tra hanno ai
      """
    ),
    (
      "nl",
      """
      de het een van en in is dat op te voor met zijn niet die aan er om ook als door naar bij maar uit worden werd \
      heeft over nog wordt dan tot hij wel deze geen zich was we hebben meer
      """
    ),
    (
      "sv",
      """
      och att det som en på är av för med den till inte har om ett men var jag från så kan nu ska vi efter också eller \
      under han de hade vid sig där när blir hon mot
      """
    ),
    (
      "da",
      """
      og at det er en den til af på for med de ikke der var som har han et men om fra vil blev efter også havde kan \
      nogle mere sig hvor hun ved mod skal siger være
      """
    ),
    (
      "no",
      """
      og det er en at som på av for med til den ikke har de var et fra om men han ble etter også kan noen mer seg hvor \
      skal hun ved mot sier være hadde
      """
    ),
    (
      "fi",
      "ja on ei se että oli hän mutta ovat myös kun joka mukaan sen olla tai kuin niin jo sekä vuoden ole ettei nyt"
    ),
    (
      "pl",
      """
      na się do nie że jest to po od przez dla jak za tym ale oraz będzie jego ich który przed był są tego czy już co \
      roku została która
      """
    ),
    ("cs", "se na je že do ale by za jako pro které už však jsou byl který bude podle při od po nebo to která ve ze"),
    ("hu", "az és hogy nem is egy ez meg már csak mint volt még kell de azt szerint ki vagy lesz ha el után"),
    ("ro", "și şi de în la cu pe din care nu că mai pentru să sunt este după fost prin au al ale un se dar lui"),
    ("tr", "ve bir bu da de için ile olarak olan daha çok gibi ne kadar sonra en ancak ise var değil iki oldu"),
  ]

  // MARK: - Scripts

  /// Letters of other scripts.
  private struct Scripts {
    private var cyrillic = 0
    private var ukrainian = 0
    private var russian = 0
    private var greek = 0
    private var hebrew = 0
    private var arabic = 0
    private var persian = 0
    private var thai = 0
    private var han = 0
    private var kana = 0
    private var hangul = 0

    /// - Returns: whether the character is a Latin letter, and so part of a word.
    mutating func take(_ text: Span<UInt8>, _ at: Int, _ length: Int) -> Bool {
      let value = length > 1 ? UTF8Scalar.decode(text, at: at).value : 0
      switch value {
      case 0xC0...0x24F, 0x1E00...0x1EFF: return value != 0xD7 && value != 0xF7
      case 0x400...0x4FF:
        cyrillic += 1
        if value == 0x456 || value == 0x457 || value == 0x454 { ukrainian += 1 }
        if value == 0x44B || value == 0x44D { russian += 1 }
      case 0x370...0x3FF: greek += 1
      case 0x5D0...0x5EA: hebrew += 1
      case 0x620...0x6FF:
        arabic += 1
        if value == 0x67E || value == 0x686 || value == 0x698 || value == 0x6AF { persian += 1 }
      case 0xE00...0xE7F: thai += 1
      case 0x3041...0x30FF: kana += 1
      case 0x4E00...0x9FFF: han += 1
      case 0xAC00...0xD7A3: hangul += 1
      default: break
      }
      return false
    }

    /// - Parameter latinWords: of the same text.
    func code(latinWords: Int) -> String? {
      let all = cyrillic + greek + hebrew + arabic + thai + kana + han + hangul
      // A Latin word has five letters, more or less.
      guard all >= 8, all > latinWords * 5 else { return nil }
      if cyrillic * 2 > all {
        return ukrainian * 50 > cyrillic ? "uk" : russian * 100 > cyrillic ? "ru" : nil
      }
      if greek * 2 > all { return "el" }
      if hebrew * 2 > all { return "he" }
      if arabic * 2 > all { return persian * 200 > arabic ? "fa" : "ar" }
      if thai * 2 > all { return "th" }
      if hangul * 2 > all { return "ko" }
      if (kana + han) * 2 > all { return kana * 10 > kana + han ? "ja" : "zh" }
      return nil
    }
  }
}
