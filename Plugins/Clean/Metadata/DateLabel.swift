import Bytes
import StageKit

/// What a word before a day says of it: “Published”, “Last updated”, “Accessed”.
enum DateLabel: Int, CaseIterable {
  case published, updated, other

  /// The label nearest to the day.
  ///
  /// - Parameter words: those before the day, in lower case, in order.
  init?(_ words: [WordHash]) {
    guard let label = words.reversed().lazy.compactMap({ Self.words[$0] }).first else { return nil }
    self = label
  }

  /// Whether a word of the name says that it is the day of publication, whatever others say.
  static func isPublished(_ bytes: Span<UInt8>, name: ByteSpan) -> Bool {
    name.range.split(whereSeparator: { !bytes[$0].isLetter }).contains { part in
      words[WordHash(lowered: bytes, ByteSpan(part.lowerBound, part.upperBound))] == .published
    }
  }

  /// The label among the words of a name: `entry-date published`, `dateModified`.
  init?(_ bytes: Span<UInt8>, name: ByteSpan) {
    var found: DateLabel?
    for part in name.range.split(whereSeparator: { !ByteClass(bytes[$0]).isAny(of: .letter) }) {
      var (word, start) = (WordHash.Builder(), part.lowerBound)
      for at in part {
        if at > start, ByteClass(bytes[at]).isAny(of: .upper) {
          found = Self.words[word.hash] ?? found
          (word, start) = (WordHash.Builder(), at)
        }
        word.add(bytes[at] | 0x20)
      }
      found = Self.words[word.hash] ?? found
    }
    guard let found else { return nil }
    self = found
  }

  private static let words: WordTable<DateLabel> = {
    var table = WordTable<DateLabel>(capacity: 128)
    for (label, list) in [
      (
        DateLabel.published,
        """
        published publish publication posted released created issued originally first filed added written pubdate pub printed \
        veröffentlicht erstellt publié publicado pubblicato publicerad publiceret gepubliceerd opublikowano publikováno \
        julkaistu
        """
      ),
      (
        .updated,
        """
        updated update modified edited edit revised reviewed changed correction corrected amended refreshed upd mod \
        aktualisiert actualizado aggiornato uppdaterad opdateret bijgewerkt aktualizacja aktualizováno päivitetty
        """
      ),
      (
        .other,
        """
        copyright accessed retrieved joined since until born through photo file picture taken consulted due deadline \
        expires ends starts begins registered image received accepted submitted generated rendered member
        """
      ),
    ] {
      for word in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) { table.insert(WordHash(word.utf8), label) }
    }
    return table
  }()
}
