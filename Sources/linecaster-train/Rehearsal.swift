import ArticleIO
import Bytes
import StageKit
import Training

/// Ordinary news sentences with made-up names, labelled by the model that a fit goes on from: learned beside a user's own, they keep
/// what that model knows.
enum Rehearsal {
  /// So many articles of so many sentences: as much as a few hundred sentences of one's own cannot outweigh.
  private static let (articles, sentences) = (240, 5)

  static func texts(of base: BaseModel, seed: UInt64) throws(InputError) -> [LabelledText] {
    var random = SeededGenerator(state: seed ^ 0x5245_4845)
    var texts: [LabelledText] = []
    for number in 0..<articles {
      var lines: [String] = []
      for _ in 0..<sentences { lines.append(sentence(&random)) }
      let place = "rehearsal \(number)"
      let article = try LabelledFile.article(lines.joined(separator: " "), .null, place, group: "rehearsal")
      do throws(StageError) {
        texts.append(try base.labelled(article, group: "what the base finds in sentences of its own"))
      } catch {
        throw LabelledFile.fail(place, error.message)
      }
    }
    return texts
  }

  private static func sentence(_ random: inout SeededGenerator) -> String {
    var result = ""
    var isSlot = false
    for part in forms[random.below(forms.count)].split(separator: "|", omittingEmptySubsequences: false) {
      defer { isSlot.toggle() }
      guard isSlot else {
        result += part
        continue
      }
      switch part {
      case "P": result += pick(given, &random) + " " + pick(surnames, &random)
      case "S": result += pick(surnames, &random)
      case "L": result += pick(places, &random)
      case "C": result += pick(countries, &random)
      case "O": result += pick(bodies, &random)
      case "N": result += pick(nationalities, &random)
      default: result += pick(days, &random)
      }
    }
    return result
  }

  /// A name that might be of anything: one to three words, of those that people and places are called by, and of others.
  static func madeUpName(_ random: inout SeededGenerator) -> [UInt8] {
    var words: [Substring] = []
    for _ in 0..<(1 + random.below(3)) {
      words.append(pick([given, surnames, places, things, things][random.below(5)], &random))
    }
    return Array(words.joined(separator: " ").utf8)
  }

  private static func pick(_ words: [Substring], _ random: inout SeededGenerator) -> Substring {
    words[random.below(words.count)]
  }

  private static func list(_ words: String) -> [Substring] { words.split(separator: ",") }

  private static let given = list(
    "Anna,James,Maria,David,Elena,Peter,Fatima,John,Sarah,Ahmed,Laura,Thomas,Ingrid,Carlos,Amina,Michael,Olga,Hassan,Emily,Viktor,"
      + "Priya,Daniel,Yuki,George,Nadia,Paul,Helen,Omar,Julia,Ivan,Grace,Erik,Rosa,Stephen,Mei,Kofi,Claire,Anders,Leila,Robert"
  )
  private static let surnames = list(
    "Smith,Larsen,Garcia,Okafor,Novak,Johnson,Kowalski,Tanaka,Haddad,Brown,Rossi,Schmidt,Dubois,Mbeki,Ivanov,Chen,Murphy,Silva,"
      + "Nguyen,Khan,Andersson,Miller,Costa,Petrov,Singh,Taylor,Moreau,Ali,Virtanen,Jones,Bauer,Mensah,Wilson,Horvath,Park,Lindqvist"
  )
  private static let places = list(
    "London,Paris,Berlin,Nairobi,Stockholm,Geneva,Cairo,Tokyo,Madrid,Rome,Lagos,Chicago,Sydney,Oslo,Warsaw,Mumbai,Beirut,Lima,"
      + "Boston,Vienna,Athens,Houston,Kabul,Manila,Dublin,New York,Los Angeles,Cape Town,Hong Kong,Buenos Aires,Texas,Bavaria"
  )
  private static let countries = list(
    "France,Germany,Kenya,Sweden,Egypt,Japan,Spain,Italy,Nigeria,Australia,Norway,Poland,India,Lebanon,Peru,Austria,Greece,Canada,"
      + "Ireland,Brazil,Russia,China,Ukraine,Turkey,Mexico,the United States,South Africa,Saudi Arabia,New Zealand,the United Kingdom"
  )
  private static let bodies = list(
    "the United Nations,the European Union,the World Bank,the Central Bank of Norway,the University of Lund,Deutsche Bank,the BBC,"
      + "the Ministry of Finance,the Supreme Court,Volvo,Shell,Siemens,the Red Cross,Toyota,the Labour Party,Barclays,NATO,the FBI,"
      + "Reuters,the World Health Organization,Harvard University,the House of Commons,Brightwater Securities,Amnesty International,"
      + "Manchester United,Real Madrid,the Boston Red Sox,Lufthansa,Oxford University,the National Bank,Skanska,Nordic Telecom Inc."
  )
  private static let nationalities = list(
    "French,German,Kenyan,Swedish,Egyptian,Japanese,Spanish,Italian,Nigerian,Australian,Norwegian,Polish,Indian,Russian,Chinese,"
      + "American,British,Turkish,Mexican,Brazilian")
  private static let things = list(
    "Golden,Silver,Western,Northern,Old,New,Grand,Royal,Blue,Green,Black,White,Red,Iron,Crystal,Morning,Evening,Winter,Summer,Eagle,"
      + "Falcon,Lion,Star,Sun,Moon,Rose,Oak,River,Ocean,Mountain,Queen,King,Prince,Empress,Lady,Captain,Saint,Doctor,Pioneer,Spirit,Hope,"
      + "Liberty,Victory,Dream,Harmony,Legend,Arrow,Shield,Crown,Bridge,Tower,Dawn,Storm,Wind,Fire,Light,Freedom,Justice,Global,United,"
      + "National,European,African,Pacific,Atlantic,Nordic,Celtic,Alpha,Delta,Omega,Phoenix,Dragon,Tiger,Wolf,Horse,Swan,Gull,Dolphin"
  )
  private static let days = list("Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday")

  /// Between bars: P a person, S a surname, L a city, C a country, O a body, N a nationality, D a day.
  private static let forms = """
    |P|, an analyst at |O|, flew from |L| to |L| on |D| to meet |P|.
    |N| President |P| met |P| of |O| in |L|, and |P| spoke for |C|.
    Police in |L| said on |D| that they had arrested two men near the station.
    “We will not give up,” said |P|, who leads |O| in |C|.
    |S| told reporters in |L| that talks with |C| would go on until |D|.
    |O| said its profit rose by a tenth in the third quarter, helped by sales in |C|.
    The storm hit the coast of |C| on |D| and left thousands without power in |L|.
    Minister |P| rejected a report by |O| on prisons in |C|.
    The |N| government asked |O| for a loan, according to |P|.
    |P| was born in |L| and studied at |O| before she moved to |C|.
    Shares of |O| fell after |P| left the board, traders in |L| said.
    |P| beat |P| of |C| in the final in |L| on |D|.
    A court in |L| sentenced |P|, a former head of |O|, to six years in prison.
    The price of bread has doubled since spring, and many families in |L| go without.
    Mr |S| said the |N| army had crossed the border at night.
    In |L|, the mayor, |P|, opened a school that |O| had paid for.
    The ferry from |L| was late again, and nobody at the harbour knew why.
    |P| and |P| signed the treaty between |C| and |C| at a hotel in |L|.
    |O| scored twice in the second half against |O| in |L|.
    Doctors in |C| warn of a new illness that spreads among the |N| troops.
    Farmers around |L| have lost half of their harvest to the drought this year.
    The |N| ambassador to |C|, |P|, was called home on |D|.
    “It was a mistake,” |S| said of the decision by |O|.
    Workers at |O| in |L| went on strike over pay on |D| morning.
    The old bridge will be closed until the end of May, the council said.
    |P|, 47, of |L|, won the prize for a novel about the war in |C|.
    The trial of |P| begins in |L| next month, lawyers for |O| said.
    |C| and |C| play in |L| on |D|, and |P| is likely to miss the match.
    |S| scored in the 12th minute and |S| added a second before half-time.
    Results: 1. |P| (|C|) 10.42 seconds; 2. |P| (|C|) 10.51; 3. |P| (|C|) 10.60.
    |L| 2 |L| 1; |L| 0 |L| 0; |L| 3 |L| 2.
    |L| (|O|) - Oil prices rose on |D|, traders said.
    The band |O| played at a festival in |L|, and the crowd sang along.
    |P|, the editor of |O|, wrote that the deal with the |N| firm was wrong.
    Members of |O| and |O| voted against |P|, who left the room.
    The film, made by |P| in |C|, won a prize at the festival of |L|.
    |P| of |O|, |P| of |O| and |P| of |O| spoke at the rally.
    The |O| programme has helped artists since 2007, the foundation said.
    He was sent from |L| to |C| at eighteen and worked for |O| there.
    |P| has ties to |O|, a police report said.
    Two people were killed and five hurt when a bus left the road near |L|.
    Of the |O|, |P| said that it had lost its way.
    The wreck of the old mill will be sold, and the crew that repaired it paid.
    |P| will return in spring, his coach said, and the captain will stay.
    A fire at a hotel in |L| was put out on |D|; the owner was not there.
    The people of |L| searched for two days, and volunteers came from |C|.
    Trains carried 200 passengers from |L| to |L| before dawn.
    On board were ministers of |C| and |C|, and |P| of |O|.
    The |N| side drew with |C|, and |S| was named the best player.
    |O| bought |O| for 3 billion dollars, and |P| will lead both.
    The village lies off the road from |L| to |L|, at the foot of a hill.
    |P| called the police, who pulled a car out of the river near |L|.
    A crowd of 5,000 saw |P| win the race in |L| at noon.
    The station at |L| lost power, and the line to |L| was closed for hours.
    In a letter to |O|, |P| called the plan of |C| a mistake.
    The |O| said on |D| that the |N| minister |P| had resigned.
    Prime Minister |P|, Foreign Minister |P| and Judge |S| met in |L|.
    |C|'s |P| took gold, |P| of |C| silver and |S| bronze.
    Gen. |P| and Dr. |P| of |O| will testify in |L| on |D|.
    The |S| family owns a farm near |L| and a shop in |L|.
    Senator |P| of Ohio wrote to |O| about the killing of |P|.
    On |D| the team pulled the last car out of the river and went home.
    """.split(separator: "\n").map(String.init)
}
