import StageKit
import Testing

@testable import Dedupe

@Suite("Letters that are written in several ways")
struct FoldingTests {
  private func print(_ text: String) throws -> Fingerprint { try Fingerprint(of: Array(text.utf8)) }

  @Test(
    "make no other words",
    arguments: [
      ("Le maire a été réélu à Épinal", "Le maire a e\u{301}te\u{301} re\u{301}e\u{301}lu a\u{300} E\u{301}pinal"),
      ("Le maire a été réélu à Épinal", "LE MAIRE A ETE REELU A EPINAL"),
      ("Ｔｈｅ　ｂｏａｒｄ　ｖｏｔｅｄ　１２", "The board voted 12"),
      ("Straße, Größe, Öl und Jürgen", "STRASSE, Groesse, Oel und Juergen"),
      ("Søren spiste æbler på Århus havn", "Soren spiste aebler pa Aarhus havn"),
      ("Ο Σωκράτης είπε", "Ο ΣΩΚΡΑΤΗΣ ΕΙΠΕ"),
      ("İstanbul'un ışıkları", "ISTANBUL'UN IŞIKLARI"),
      ("مُحَمَّد إلى القـاهرة", "محمد الى القاهرة"),
      ("کتاب های فارسی ۱۲۳", "كتاب\u{200C}هاي فارسي 123"),
      ("ガス会社の値上げ", "カ\u{3099}ス会社の値上け\u{3099}"),
      ("ガスとビル", "ｶﾞｽとﾋﾞﾙ"),
      ("한국 뉴스", "한국 뉴스"),
      ("Чёрный йод", "Черный иод"),
      ("a&nbsp;mayor&#8217;s &quot;plan&quot; for Saint&eacute;", "a mayor’s “plan” for Sainté"),
    ])
  func folded(a: String, b: String) throws {
    let (a, b) = (try print(a), try print(b))
    #expect(a.textHash == b.textHash && a.wordCount == b.wordCount)
  }

  @Test(
    "but other letters do", arguments: [("क़ानून की बात", "कानून का बात"), ("شكر كبير", "شعر كبير"), ("R&D costs", "RD costs")])
  func different(a: String, b: String) throws {
    #expect(try print(a).textHash != print(b).textHash)
  }

  @Test(
    "A script without spaces and with few letters has units of a few letters, wherever spaces stand",
    arguments: [
      "ชาวประมงในหมู่บ้านริมทะเลช่วยกันซ่อมเรือหลังพายุพัดผ่านเมื่อคืนวันเสาร์ และหวังว่าจะออกทะเลได้อีกครั้งในสัปดาห์หน้า",
      "ຊາວປະມົງໃນບ້ານແຄມທະເລຊ່ວຍກັນສ້ອມແປງເຮືອຫຼັງຈາກພາຍຸພັດຜ່ານໃນຄືນວັນເສົາ ແລະຫວັງວ່າຈະອອກທະເລໄດ້ອີກໃນອາທິດໜ້າ",
      "អ្នកនេសាទនៅភូមិមាត់សមុទ្រជួយគ្នាជួសជុលទូកក្រោយព្យុះបក់កាត់កាលពីយប់ថ្ងៃសៅរ៍ ហើយសង្ឃឹមថានឹងចេញសមុទ្រម្តងទៀត",
      "ကမ်းခြေရွာမှ တံငါသည်များသည် စနေနေ့ညက မုန်တိုင်းတိုက်ခတ်ပြီးနောက် လှေများကို ပြုပြင်ရန် ဝိုင်းကူခဲ့ကြသည်",
    ])
  func units(text: String) throws {
    let letters = text.unicodeScalars.count
    let fingerprint = try print(text)
    #expect(fingerprint.wordCount > letters / 8 && fingerprint.wordCount < letters / 2)
    #expect(try print(text.replacing(" ", with: "")).textHash == fingerprint.textHash)
  }
}
