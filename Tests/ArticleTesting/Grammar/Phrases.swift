import Bytes

/// What the rules of the stages look at, as pieces of text. All names are invented.
enum Phrases {
  static let given = list("Ada|Jonas|Mary|Kai|Tilda|Erik|Camila|James|Ann|Li|José|Zoë|Mohammed|A.|J. R.|Jean-Luc|O’")
  static let surnames = list(
    "Corr|Holm|Lund|Halvorsen|Moe|Rojas|Holt|Corbett|Brown|O'Neil|van der Berg|al-Masri|Koi|Ng|McHale|Sørli|Ödegård|"
      + "Reporting|Warning|Saying|May|March|Said|Washington|Bush")
  static let titles = list(
    "Mr.|Mrs.|Ms.|Dr.|Prof.|Gen.|Lt. Col.|Sen.|Rep.|Gov.|President|Prime Minister|Foreign Minister|Mayor|Judge|Pope|"
      + "Secretary of State|spokeswoman|coach|CEO|former mayor|Norwegian Foreign Minister|ADB secretary general|striker|"
      + "Chief Inspector|Sir|King")
  static let bodies = list(
    "the Harbour Authority|Harbour Authority of Lund (HAL)|HAL|NATO|the UN|U.N.|Corr Holdings Ltd.|Holm & Lund|SunGrain|"
      + "University of Lund|the ministry|Ministry of Fisheries|Committee 1208|Northwire|Reuters|AP|the White House|"
      + "Lund Harbour Authority|Bank of Osland|FC Holm|Lund United|the company|the agency|the union|LHA (Lund Harbour Authority)"
  )
  static let places = list(
    "Oslo|OSLO|Lund|Holmvik|Port Ellery|Osland|Moscow|Paris|LONDON|New York|N.Y.|Bergen|Washington, D.C.|St. Holm|Georgia|"
      + "the country|Norwegian|Danish|Luxembourg|Canadian|South|the North Sea|Europe")
  static let people = list(
    "he|she|He|She|they|They|I|we|it|the minister|The minister|the mayor of Lund|a spokesman|The woman|the man|officials|"
      + "police|a witness|who|the senator|his wife|her|his|their|him|the two|one|nobody|the goalkeeper|analysts")
  static let cues = list(
    "said|says|say|told|told reporters|told him|asked|added|adding|replied|according to|According to|said that|says that|"
      + "warned|warning|Warning|claimed|denied|announced|insisted|noted|noting|saying|Saying|Reporting|reporting|calling|"
      + "called|wrote|tweeted|shouted|argued|agreed|thinks|believes|asked whether|wondered if|was told|quoted as saying|"
      + "his warning that|the claim that|in a statement|, who said|said he|insists|quipped|explaining|hoping|reads|is said to"
  )
  static let clauses = list(
    "the port opened|it rained|we sail on Monday|the harbour would open|nothing was lost|that the boat left|rain fell|"
      + "so it goes|and we return in May|the nets were torn|no one was hurt|why not|to close the gates|left for the coast|"
      + "met the fishermen|was “wet” and cold|had been called off|scored twice|so|no|yes|Because|Why?|What next?|left")
  static let days = list(
    "Monday|Tuesday|on Friday|last Monday|next Friday|yesterday|today|tomorrow|Monday morning|last night|tonight|this week|"
      + "last week|next month|last month|two months ago|60 weeks ago|9999 days ago|a year ago|ten decades ago|last January|"
      + "next May|last summer|next winter|summer 2017|first quarter of 2017|second half of 2016|the weekend|last decade|"
      + "next year|last year|this afternoon|coming Sunday|midnight|noon|two centuries ago|three hours ago")
  static let dates = list(
    "May 4, 2017|4 May 2017|May 4|4 May|Feb. 30|February 29|29 February 2017|June 31, 2016|Sept. 4-6|May 4 to 9, 2018|"
      + "2017-05-04|2017-13-45|0000-00-00|0001-01-01|9999-12-31|21/7/2017|7/21/2017|1/2/2017|31.12.1999|in 2017|since 1066|"
      + "2015-17|the 1980s|19th century|99th century|in March|March 2016|of December|12/12/12|May|by 1900|2016 election|"
      + "31 April|December 24|30 Feb 1900|January 1, 2100")
  static let times = list(
    "5 p.m.|5:30 pm|17:30|17:30 GMT|0100 UTC|2359 CET|24:00|12:60|0 a.m.|13 p.m.|5.30pm|at 5|5 o'clock|11:59 p.m. EST|"
      + "17:30 local time|05:30 GMT|0000 GMT|3 am ET|12 noon|00:00")
  static let amounts = list(
    "$5.3 billion|$9|20 euros|€20M|€20M Holt|300 mln Luxembourg francs|USD 5|EUR 5-10 million|5 to 10 miles|12-mile|12 miles|"
      + "3.5 per cent|12%|5-10%|4 percent|two percentage points|25°C|30 square kilometres|60 km/h|5m votes|100m race|half a million|"
      + "a dozen|twenty-five|1,250.75|0.0000001 kg|99999999999999999999 tonnes|$1.2.3|£ 4|¥100k|Rs 5|R$ 1bn|5 lakh crore rupees|"
      + "trillion|trillion trillion|million|billion|bn|k|hundred|thousand|34-year-old|34 years old|20 to 30 minutes|1/2|²|½ mile|"
      + "9 to 5 pounds|1,000 won|five|a|an hour|seven days|10-9 dollars|-5 degrees|1e400|٣ km|５ km")
  static let scores = list(
    "2-1|Lund 2, Holm 1|Lund 2, Holm 1 Bergen 0.|6-4, 6-3|Holm 3 (Moe 12, 45+1; Corr 90)|beat|drew with|1. Corr 9.81|"
      + "goalkeeper saved a goal|the final|Lund: 1,204|Holm 21-17|0-0|P W D L")
  static let labels = list(
    "Q:|A:|Q.|A.|Q|A|Q -|LUND:|CORR:|Corr:|Ada Corr:|MR. HOLM:|MODERATOR:|Warning:|Claim:|Report:|Note:|Update:|WARNING –|By|"
      + "By Ada Corr|Photo:|Source:|Tags:|READ MORE:|Related|(Reuters) -|PRESIDENT CORR:|THE COURT:|AC:|Question:|Answer:"
  )
  static let datelines = list(
    "OSLO, Monday (Reporting Lund) —|LUND (Northwire) —|PORT ELLERY, Osland, May 4 (AP) -|OSLO —|Oslo, 4 May 2017 –|"
      + "Holm Reporting —|Mayor Saying No –|NEW YORK/LONDON (Reuters) -|Warning –|LUND, Feb. 30 —|(Holm) —|MOSCOW, May 8. /TASS/.|"
      + "WASHINGTON:|Reporting-|A —|1 —")
  static let marks = list(
    "“|”|‘|’|\"|'|''|``|«|»|„|‟|‹|›|‚|「|」|『|』|＂|&quot;|“‘|’”|””|““|\"'|’s|'s|s'|“ |” |\" ")
  static let stops = list(
    ".|.|.|,|,|?|!|:|;|…|...|. . .|?!|!!|—|–|-|--|―|‐|(|)|[|]|{|}|(b)|[sic]|[3]|*|•|·|/|&|@|#|%|$|€|£|+|=|~|_|^|\\|`|<|>|¶|§|†|™"
  )
  static let spaces = list(
    " |  |   |\t|\u{A0}|\u{202F}|\u{2009}|\u{3000}|\u{200B}|\u{FEFF}|\u{85}|\u{1F}|\u{1C}|\u{B}|\u{C}|\u{2028}|\u{2029}|\u{AD}|"
      + "\u{2060}|\u{200D}|\u{0}|\u{7}|\u{61C}|\u{202E}|\u{E000}|")
  static let oddities = list(
    "\u{301}|e\u{301}|ß|İ|ı|ﬁ|ǅ|K|Å|𝔸|🙂|👩\u{200D}👩\u{200D}👧|🇳🇴|漢字|かな|한국어|Привет|مرحبا|שלום|ไทย|\u{FFFD}|\u{10FFFF}|\u{FFFE}|â€œ|â€™|Ã©|"
      + "http://a.example/b?c=d|www.holm.example|ada@corr.example|@holm|#lund|:-)|;)|<3|C++|.NET|U.S.|U.S|e.g.|i.e.|a.m|vs.|No. 5|"
      + "1.|a)|(1)|I.|- |* |• |...and|don't|can’t|Lavrov's|rock'n'roll|well-known|x_y|A/B|24/7|1st|22nd|MiG-29|COVID-19"
  )
  static let words = list(
    "the|a|of|and|but|in|on|at|to|for|that|which|who|when|while|because|if|not|was|were|is|will|would|have|had|with|from|"
      + "harbour|boat|council|vote|talks|bridge|rain|storm|plan|ship|game|season|report|claim|question|answer|secretary|general|"
      + "former|new|first|last|next|second|reporters|statement|interview|late|early|north|bank|euro|free|right|ago|per|cent|point"
  )

  /// All of them, for what may stand anywhere.
  static let all = [
    given, surnames, titles, bodies, places, people, cues, clauses, days, dates, times, amounts, scores, labels,
    datelines,
    marks, stops, spaces, oddities, words,
  ]

  static func list(_ phrases: String) -> [[UInt8]] {
    // The bar itself is never a phrase, so that an empty one can be.
    phrases.utf8.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map(Array.init)
  }
}
