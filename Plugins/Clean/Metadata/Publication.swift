import Bytes
import StageKit

/// When the article appeared.
struct Publication: Equatable {
  var day: Day
  /// Where the page gives a time and a zone.
  var instant: Instant?
  /// `nil` where only the page's address says it.
  var source: ByteSpan?

  /// The likeliest of the days that the page declares and prints; `nil` where none is likely.
  init?(_ features: PublicationFeatures, _ weights: ChoiceWeights) {
    let mentions = features.mentions
    let scores = mentions.indices.map { weights.score(features.rows(of: $0)) }
    let order = mentions.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
    guard let best = order.first, scores[best] > weights.score([PublicationFeatures.noneRow]) else { return nil }
    // The day of the place, where the page gives the same moment in its zone.
    let chosen = mentions[best].inZone(of: mentions) ?? mentions[best]
    (day, source) = (chosen.day, chosen.source)
    // The hour from wherever the same day has one, last of all from a change; else a moment in Greenwich that is on that
    // day somewhere.
    let instants = (order.filter { !mentions[$0].isChange } + order.filter { mentions[$0].isChange })
      .compactMap { mentions[$0].instant }
    instant =
      instants.first { [day] in $0.day == day }
      ?? instants.first { [day] in $0.zone == 0 && $0.days.contains(day.ordinal) }
  }
}
