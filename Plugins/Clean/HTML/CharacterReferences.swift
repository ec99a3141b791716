import Bytes
import StageKit

/// Named and numeric character references as the WHATWG tokenizer reads them: the names of HTML 4 and the common ones
/// since. A name that is not in the table stays as it was written.
enum CharacterReferences {
  struct Reference {
    var value: UInt32
    /// Bytes from `&` on that it takes.
    var length: Int
  }

  /// The reference that starts with the `&` at `offset`; `nil` where there is none.
  ///
  /// What was escaped twice, `&amp;#8217;`, counts once.
  static func read(_ bytes: Span<UInt8>, at offset: Int, end: Int, inAttribute: Bool = false) -> Reference? {
    guard let found = single(bytes, at: offset, end: end, inAttribute: inAttribute) else { return nil }
    let last = offset + found.length - 1
    guard found.value == 0x26, bytes[last] == UInt8(ascii: ";"),
      let inner = single(bytes, at: last, end: end), bytes[last + inner.length - 1] == UInt8(ascii: ";")
    else { return found }
    return Reference(value: inner.value, length: found.length + inner.length - 1)
  }

  /// - Parameter offset: of the `&`, or of what stands for it.
  private static func single(
    _ bytes: Span<UInt8>, at offset: Int, end: Int, inAttribute: Bool = false
  ) -> Reference? {
    var at = offset + 1
    guard at < end else { return nil }
    if bytes[at] == UInt8(ascii: "#") { return number(bytes, from: offset, end: end) }
    var builder = WordHash.Builder()
    var legacy: Reference?
    while at < end, at - offset <= longestName, ByteClass.table[Int(bytes[at])].isAny(of: .alphanumeric) {
      builder.add(bytes[at])
      at += 1
      // Old names count without their semicolon, the longest wins.
      if at - offset - 1 <= longestLegacyName, let entry = names[builder.hash], entry.isLegacy {
        legacy = Reference(value: entry.value, length: at - offset)
      }
    }
    if at < end, bytes[at] == UInt8(ascii: ";"), let entry = names[builder.hash] {
      return Reference(value: entry.value, length: at + 1 - offset)
    }
    // `?a=1&copy=2` in an address is no sign of copyright.
    if inAttribute, let found = legacy, offset + found.length < end {
      let next = bytes[offset + found.length]
      if next == UInt8(ascii: "=") || ByteClass.table[Int(next)].isAny(of: .alphanumeric) { return nil }
    }
    return legacy
  }

  private static func number(_ bytes: Span<UInt8>, from offset: Int, end: Int) -> Reference? {
    guard let (number, digitsEnd) = bytes.referenceNumber(from: offset + 2, upTo: end) else { return nil }
    var (value, at) = (number, digitsEnd)
    if at < end, bytes[at] == UInt8(ascii: ";") { at += 1 }
    if value >= 0x80, value <= 0x9F { value = windows1252(value) }
    if value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) { value = 0xFFFD }
    // `&#0` without its end is as long as U+FFFD, so that an alignment could not tell the replacement from a copy.
    if value == 0xFFFD, at - offset == 3 { return nil }
    return Reference(value: value, length: at - offset)
  }

  private static let longestName = 32
  private static let longestLegacyName = 6

  private struct Entry {
    var value: UInt32
    var isLegacy: Bool
  }

  private static let names: WordTable<Entry> = {
    var table = WordTable<Entry>(capacity: 512)
    func add(_ list: StaticString, isLegacy: Bool) {
      // A number sets the code point of the name after it; names that follow count on from there.
      var next: UInt32 = 0
      let words = list.withUTF8Buffer { Array($0) }.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A })
      for word in words {
        if word.first == UInt8(ascii: "/") {
          next = word.dropFirst().reduce(0) { $0 * 16 + UInt32($1 < 0x3A ? $1 - 0x30 : ($1 | 0x20) - 0x57) }
        } else {
          table.insert(WordHash(word), Entry(value: next, isLegacy: isLegacy))
          next += 1
        }
      }
    }
    add(latin, isLegacy: true)
    add(others, isLegacy: false)
    return table
  }()

  private static let latin: StaticString = """
    /22 quot /22 QUOT /26 amp /26 AMP /3c lt /3c LT /3e gt /3e GT /a9 COPY /ae REG
    /a0 nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr
    deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest
    Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml
    ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig
    agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml
    eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml
    """

  private static let others: StaticString = """
    /9 Tab NewLine /21 excl /23 num dollar percnt /27 apos lpar rpar ast plus comma /2e period sol /3a colon semi
    /3d equals /3f quest commat /5b lsqb bsol rsqb Hat lowbar grave /5b lbrack /5d rbrack /7b lcub verbar rcub
    /7b lbrace /7d rbrace /7c vert /152 OElig oelig /160 Scaron scaron /178 Yuml /192 fnof /2c6 circ /2dc tilde
    /100 Amacr amacr Abreve abreve Aogon aogon Cacute cacute /10c Ccaron ccaron Dcaron dcaron Dstrok dstrok
    /116 Edot edot Eogon eogon Ecaron ecaron /11e Gbreve gbreve /130 Idot imath /141 Lstrok lstrok Nacute nacute
    /147 Ncaron ncaron /150 Odblac odblac /158 Rcaron rcaron Sacute sacute /15e Scedil scedil /164 Tcaron tcaron
    /16e Uring uring Udblac udblac /179 Zacute zacute Zdot zdot Zcaron zcaron
    /391 Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho
    /3a3 Sigma Tau Upsilon Phi Chi Psi Omega
    /3b1 alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf
    sigma tau upsilon phi chi psi omega /3d1 thetasym upsih /3d6 piv
    /2002 ensp emsp /2009 thinsp hairsp ZeroWidthSpace zwnj zwj lrm rlm hyphen /2010 dash /2013 ndash mdash horbar
    /2018 lsquo rsquo sbquo /201c ldquo rdquo bdquo /2018 OpenCurlyQuote /2019 CloseCurlyQuote rsquor
    /201c OpenCurlyDoubleQuote /201d CloseCurlyDoubleQuote rdquor /2020 dagger Dagger bull /2022 bullet
    /2025 nldr hellip /2026 mldr /2030 permil pertenk prime Prime /2039 lsaquo rsaquo /203e oline /2044 frasl
    /20ac euro /2111 image /2118 weierp /211c real /2122 trade /2122 TRADE /2135 alefsym
    /2153 frac13 frac23 /215b frac18 frac38 frac58 frac78
    /2190 larr uarr rarr darr harr /21b5 crarr /21d0 lArr uArr rArr dArr hArr
    /2200 forall /2202 part exist /2205 empty /2207 nabla isin notin /220b ni /220f prod /2211 sum minus
    /2217 lowast /221a radic /221d prop infin /2220 ang /2227 and or cap cup int /2234 there4 /223c sim /2245 cong
    /2248 asymp /2260 ne equiv /2264 le ge /2282 sub sup nsub /2286 sube supe /2295 oplus /2297 otimes /22a5 perp
    /22c5 sdot /2308 lceil rceil lfloor rfloor /2329 lang rang /25a0 squf /25aa blacksquare /25ca loz /2605 starf
    /2660 spades /2663 clubs /2665 hearts diams /2713 check /fb01 filig fllig /feff NoBreak
    """

  /// What a byte from 80 to 9F is in windows-1252; itself where that means nothing.
  static func windows1252(_ byte: UInt32) -> UInt32 { windowsControls[Int(byte) - 0x80] }

  private static let windowsControls: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]
}
