import Bytes
import StageKit

/// The months in languages other than English, as they stand in dates; ASCII letters in lower case.
enum MonthNames {
  static let all: WordTable<Int> = {
    var table = WordTable<Int>(capacity: 512)
    for year in years {
      for (month, names) in year.split(separator: " ").enumerated() {
        for name in names.split(separator: "/") where table[WordHash(name.utf8)] == nil {
          table.insert(WordHash(name.utf8), month + 1)
        }
      }
    }
    return table
  }()

  /// A language a line, January first.
  private static let years = [
    "januar/jänner/jan februar/feber/feb märz/mär/mrz april/apr mai juni/jun juli/jul august/aug september/sept/sep "
      + "oktober/okt november/nov dezember/dez",
    "janvier/janv février/févr/fév mars avril/avr mai juin juillet/juil août septembre octobre/oct novembre décembre/déc",
    "enero/ene febrero marzo abril/abr mayo/may junio julio agosto/ago septiembre/setiembre octubre noviembre "
      + "diciembre/dic",
    "janeiro fevereiro/fev março/mar abril maio junho julho agosto setembro/set outubro/out novembro dezembro",
    "gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre ottobre/ott novembre dicembre",
    "januari februari maart/mrt april mei juni juli augustus september oktober november december/dec",
    "januari februari mars april maj juni juli augusti september oktober november december",
    "januar februar marts april maj juni juli august september oktober november december/des",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
      + "marraskuuta joulukuuta",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "január február március április május június július augusztus szeptember október november december",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου",
    "januari februari maret april mei juni juli agustus september oktober november desember",
  ]
}
