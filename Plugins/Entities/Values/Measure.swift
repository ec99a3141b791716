import Bytes
import Lexicon
import StageKit

/// A unit of measure.
struct Measure: Sendable {
  /// SI symbols where there are any (`km`, `h`, `MW`), else the singular word (`week`, `acre`).
  var symbol: StaticString
  /// Days, weeks … : what “ago” may follow.
  var isPeriod = false

  init(_ symbol: StaticString, isPeriod: Bool = false) {
    self.symbol = symbol
    self.isPeriod = isPeriod
  }

  /// By single words, lower case.
  static let units: WordTable<Measure> = {
    var table = WordTable<Measure>(capacity: 256)
    for (symbol, words) in list {
      for word in words.split(separator: " ") { table.insert(WordHash(word.utf8), Measure(symbol)) }
    }
    for (symbol, words) in periods {
      for word in words.split(separator: " ") { table.insert(WordHash(word.utf8), Measure(symbol, isPeriod: true)) }
    }
    return table
  }()

  /// By several tokens, lower case, as `PhraseHash`.
  static let phrases: WordTable<Measure> = {
    var table = WordTable<Measure>(capacity: 128)
    func add(_ phrase: String, _ symbol: StaticString) {
      var hash = PhraseHash()
      for word in phrase.split(separator: " ") { hash.add(WordHash(word.utf8)) }
      table.insert(hash.value, Measure(symbol))
    }
    for (noun, area, volume) in dimensions {
      add("square \(noun)", area)
      add("sq \(noun)", area)
      if let volume { add("cubic \(noun)", volume) }
    }
    for (phrase, symbol) in compounds { add(phrase, symbol) }
    return table
  }()

  private static let list: [(StaticString, String)] = [
    ("km", "km kms kilometer kilometers kilometre kilometres"), ("m", "m metre metres meter meters"),
    ("cm", "cm centimetre centimetres centimeter centimeters"),
    ("mm", "mm millimetre millimetres millimeter millimeters"), ("mi", "mile miles"), ("ft", "ft foot feet"),
    ("in", "inch inches"), ("yd", "yard yards yds"),
    ("kg", "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes"),
    ("g", "gram grams gramme grammes"), ("mg", "mg milligram milligrams"), ("t", "tonne tonnes"), ("ton", "ton tons"),
    ("lb", "lb lbs"), ("oz", "oz ounce ounces"), ("ha", "ha hectare hectares"), ("acre", "acre acres"),
    ("km2", "km2 km²"), ("m2", "m2 m²"), ("m3", "m3 m³"), ("L", "litre litres liter liters"),
    ("mL", "ml millilitre millilitres milliliter milliliters"), ("gal", "gallon gallons"), ("bbl", "barrel barrels"),
    ("bushel", "bushel bushels"), ("W", "watt watts"), ("kW", "kw kilowatt kilowatts"),
    ("MW", "mw megawatt megawatts"), ("GW", "gw gigawatt gigawatts"), ("kWh", "kwh"), ("MWh", "mwh"), ("GWh", "gwh"),
    ("TWh", "twh"), ("Hz", "hz hertz"), ("MHz", "mhz megahertz"), ("GHz", "ghz gigahertz"),
    ("kB", "kilobyte kilobytes"), ("MB", "mb megabyte megabytes"), ("GB", "gb gigabyte gigabytes"),
    ("TB", "tb terabyte terabytes"), ("mi/h", "mph"), ("km/h", "kph kmh"), ("kn", "knot knots"),
    ("carat", "carat carats"), ("bp", "bps"),
  ]

  private static let periods: [(StaticString, String)] = [
    ("s", "second seconds sec secs"), ("min", "minute minutes min mins"), ("h", "hour hours hr hrs"), ("d", "day days"),
    ("week", "week weeks"), ("month", "month months"), ("year", "year years yr yrs"), ("decade", "decade decades"),
    ("century", "century centuries"),
  ]

  private static let dimensions: [(String, StaticString, StaticString?)] = [
    ("km", "km2", nil), ("kilometre", "km2", nil), ("kilometres", "km2", "km3"), ("kilometer", "km2", nil),
    ("kilometers", "km2", "km3"), ("metre", "m2", "m3"), ("metres", "m2", "m3"), ("meter", "m2", "m3"),
    ("meters", "m2", "m3"), ("mile", "mi2", nil), ("miles", "mi2", "mi3"), ("foot", "ft2", "ft3"),
    ("feet", "ft2", "ft3"), ("ft", "ft2", "ft3"), ("yard", "yd2", "yd3"), ("yards", "yd2", "yd3"),
    ("inch", "in2", "in3"), ("inches", "in2", "in3"), ("m", "m2", "m3"),
  ]

  private static let compounds: [(String, StaticString)] = [
    ("km / h", "km/h"), ("kilometers per hour", "km/h"), ("kilometres per hour", "km/h"),
    ("kilometers an hour", "km/h"), ("kilometres an hour", "km/h"), ("miles per hour", "mi/h"),
    ("miles an hour", "mi/h"), ("metres per second", "m/s"), ("meters per second", "m/s"), ("nautical miles", "nmi"),
    ("nautical mile", "nmi"), ("light years", "ly"), ("metric tons", "t"), ("metric tonnes", "t"),
    ("degrees celsius", "°C"), ("degrees centigrade", "°C"), ("degrees c", "°C"), ("degrees fahrenheit", "°F"),
    ("degrees f", "°F"), ("kilowatt hours", "kWh"), ("megawatt hours", "MWh"), ("gigawatt hours", "GWh"),
    ("kilowatt - hours", "kWh"), ("megawatt - hours", "MWh"), ("gigawatt - hours", "GWh"), ("basis points", "bp"),
    ("fluid ounces", "floz"),
  ]
}
