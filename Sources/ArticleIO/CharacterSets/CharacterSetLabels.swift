import Bytes
import StageKit

/// The names that pages and files call character sets by, as the WHATWG Encoding Standard resolves them.
enum CharacterSetLabels {
  /// The standard's name, lower case; `nil` for a label that means nothing.
  static func name(_ label: some Sequence<UInt8>) -> String? {
    var bare: [UInt8] = []
    for byte in label where bare.count < 32 {
      if ByteClass(byte).isAny(of: .alphanumeric) { bare.append(byte.lowered) }
    }
    guard let index = table[WordHash(bare)] else { return nil }
    return lists[index].name
  }

  /// The label of an XML declaration or of a `charset` in the first 4 KB of a page, resolved.
  static func declared(in bytes: [UInt8], xml: Bool) -> String? {
    let head = bytes.prefix(xml ? 256 : 4096).map(\.lowered)
    if xml, !head.starts(with: "<?xml".utf8) { return nil }
    let key = Array((xml ? "encoding" : "charset").utf8)
    let end = xml ? head.firstIndex(of: UInt8(ascii: ">")) ?? head.count : head.count
    var at = 0
    while at + key.count < end {
      guard head[at...].starts(with: key) else {
        at += 1
        continue
      }
      at += key.count
      while at < end, head[at] <= 0x20 || head[at] == 0x3D || head[at] == 0x22 || head[at] == 0x27 { at += 1 }
      let label = head[at..<end].prefix {
        ByteClass($0).isAny(of: .alphanumeric) || $0 == 0x2D || $0 == 0x5F || $0 == 0x3A
      }
      if let name = name(label) { return name }
    }
    return nil
  }

  private static let table: WordTable<Int> = {
    var table = WordTable<Int>(capacity: 512)
    for (index, entry) in lists.enumerated() {
      table.insert(WordHash(entry.name.utf8.filter { ByteClass($0).isAny(of: .alphanumeric) }), index)
      for label in entry.labels.split(separator: " ") { table.insert(WordHash(label.utf8), index) }
    }
    return table
  }()

  /// Labels without what stands between their letters and digits.
  static let lists: [(name: String, labels: String)] = [
    ("utf-8", "unicode11utf8 unicode20utf8 utf8 xunicode20utf8"),
    ("utf-16le", "csunicode iso10646ucs2 ucs2 unicode unicodefeff utf16"),
    ("utf-16be", "unicodefffe"),
    ("ibm866", "866 cp866 csibm866"),
    ("iso-8859-2", "csisolatin2 isoir101 iso885921987 l2 latin2"),
    ("iso-8859-3", "csisolatin3 isoir109 iso885931988 l3 latin3"),
    ("iso-8859-4", "csisolatin4 isoir110 iso885941988 l4 latin4"),
    ("iso-8859-5", "csisolatincyrillic cyrillic isoir144 iso885951988"),
    (
      "iso-8859-6",
      "arabic asmo708 csiso88596e csiso88596i csisolatinarabic ecma114 iso88596e iso88596i isoir127 iso885961987"
    ),
    ("iso-8859-7", "csisolatingreek ecma118 elot928 greek greek8 isoir126 iso885971987 suneugreek"),
    (
      "iso-8859-8",
      "csiso88598e csisolatinhebrew hebrew iso88598e isoir138 iso885981988 visual csiso88598i iso88598i logical"
    ),
    ("iso-8859-10", "csisolatin6 isoir157 l6 latin6"),
    ("iso-8859-13", ""),
    ("iso-8859-14", ""),
    ("iso-8859-15", "csisolatin9 l9 latin9"),
    ("iso-8859-16", "l10 latin10"),
    ("koi8-r", "cskoi8r koi koi8"),
    ("koi8-u", "koi8ru"),
    ("macintosh", "csmacintosh mac xmacroman macroman"),
    ("windows-874", "dos874 iso885911 tis620 cp874"),
    ("windows-1250", "cp1250 xcp1250"),
    ("windows-1251", "cp1251 xcp1251"),
    (
      "windows-1252",
      """
      ansix341968 ascii cp1252 cp819 csisolatin1 ibm819 iso88591 isoir100 iso885911987 l1 latin1 usascii xcp1252 \
      xuserdefined
      """
    ),
    ("windows-1253", "cp1253 xcp1253"),
    ("windows-1254", "cp1254 csisolatin5 iso88599 isoir148 iso885991989 l5 latin5 xcp1254"),
    ("windows-1255", "cp1255 xcp1255"),
    ("windows-1256", "cp1256 xcp1256"),
    ("windows-1257", "cp1257 xcp1257"),
    ("windows-1258", "cp1258 xcp1258"),
    ("x-mac-cyrillic", "xmacukrainian"),
    ("gb18030", "chinese csgb2312 csiso58gb231280 gb2312 gb231280 gbk isoir58 xgbk cp936"),
    ("big5", "big5hkscs cnbig5 csbig5 xxbig5 cp950"),
    ("euc-jp", "cseucpkdfmtjapanese xeucjp"),
    ("iso-2022-jp", "csiso2022jp"),
    ("shift_jis", "csshiftjis ms932 mskanji sjis windows31j xsjis cp932"),
    ("euc-kr", "cseuckr csksc56011987 isoir149 korean ksc56011987 ksc56011989 ksc5601 windows949 cp949"),
  ]
}
