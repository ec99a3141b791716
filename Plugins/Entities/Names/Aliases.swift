import Bytes
import StageKit

/// Short and long names of the same thing.
enum Aliases {
  static let table: WordTable<WordHash> = {
    var table = WordTable<WordHash>()
    for line in list.withUTF8Buffer({ Array($0) }).split(separator: 0x0A) {
      let names = line.split(separator: UInt8(ascii: "=")).map { name in
        name.split(separator: 0x20).map { WordHash($0.map(\.lowered)) }
      }
      guard let full = names.last.map(hash) else { continue }
      for (name, written) in zip(names.dropLast(), line.split(separator: UInt8(ascii: "="))) {
        // Single words count as written: “US” is a country, “us” is not.
        let key = name.count == 1 ? WordHash(written) : hash(name)
        table.insert(key, full)
      }
    }
    return table
  }()

  private static func hash(_ words: [WordHash]) -> WordHash {
    var hash = PhraseHash()
    for word in words { hash.add(word) }
    return hash.value
  }

  private static let list: StaticString = """
    US=U.S.=USA=U.S.A.=America=United States of America=United States
    UK=U.K.=Britain=Great Britain=United Kingdom
    UAE=U.A.E.=United Arab Emirates
    UN=U.N.=United Nations
    EU=European Union
    DPRK=North Korea
    USSR=U.S.S.R.=Soviet Union
    ISIS=ISIL=Isis=Daesh=Islamic State
    WHO=World Health Organisation=World Health Organization
    IMF=International Monetary Fund
    WTO=World Trade Organization
    OPCW=Organisation for the Prohibition of Chemical Weapons=Organization for the Prohibition of Chemical Weapons
    AP=Associated Press
    UN Security Council=U.N. Security Council=United Nations Security Council=Security Council
    """
}
