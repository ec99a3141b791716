import Bytes

/// Codes of languages that options take.
extension LanguageTag {
  /// Whether it is a code of ISO 639-1, or one of three letters for a language that has no shorter one; lower case.
  public static func isCode(_ text: String) -> Bool {
    if all.contains(text) { return true }
    return text.utf8.count == 3 && text.utf8.allSatisfy(\.isLower) && codeOfName[text] == nil
  }

  /// The code that was most likely meant: “en” by “EN”, “en-GB”, “eng” and “English”.
  public static func code(meantBy text: String) -> String? {
    let lowered = text.lowercased()
    let first = String(decoding: language(of: text.utf8), as: UTF8.self)
    if first != text, all.contains(first) { return first }
    return codeOfName[lowered] ?? codeOfName[first]
      ?? nearest(to: lowered, among: codeOfName.keys.sorted()).flatMap { codeOfName[$0] }
  }

  private static let all: Set<String> = Set(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es \
    et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki \
    kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no \
    nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te \
    tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split(separator: " ").map(String.init))

  /// English names, and the codes of three letters, of the languages that texts are told to be in.
  private static let codeOfName: [String: String] = {
    let rows = """
      ar arabic ara; cs czech ces cze; da danish dan; de german deu ger; el greek ell gre; en english eng; es spanish spa; \
      fa persian farsi fas per; fi finnish fin; fr french fra fre; he hebrew heb; hu hungarian hun; it italian ita; \
      ja japanese jpn; ko korean kor; nl dutch nld dut; no norwegian nor; pl polish pol; pt portuguese por; \
      ro romanian ron rum; ru russian rus; sv swedish swe; th thai tha; tr turkish tur; uk ukrainian ukr; \
      zh chinese zho chi
      """
    var codes: [String: String] = [:]
    for row in rows.split(separator: ";") {
      let words = row.split(separator: " ").map(String.init)
      for name in words.dropFirst() { codes[name] = words[0] }
    }
    return codes
  }()
}
