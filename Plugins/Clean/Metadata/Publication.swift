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
    guard var best = order.first, scores[best] > weights.score([PublicationFeatures.noneRow]) else { return nil }
    // A day that only a change has tells where nothing else does.
    if mentions.allSatisfy({ $0.day != mentions[best].day || $0.isChange }),
      let first = order.first(where: {
        mentions[$0].saysPublished && mentions[$0].day.ordinal <= mentions[best].day.ordinal
      })
    {
      best = first
    }
    // “Revised 9 February; published online 5 March”
    if mentions[best].isChange, case .printed = mentions[best].kind,
      let first = order.first(where: { mentions[$0].kind == mentions[best].kind && mentions[$0].saysPublished })
    {
      best = first
    }
    // Nor does a printed day that nothing labels where the page declares another one.
    if !mentions[best].isDeclared, !mentions[best].saysPublished {
      let declared = order.filter { mentions[$0].isDeclared && mentions[$0].saysPublished }
      let day = mentions[best].day.ordinal
      if let first = declared.first, declared.allSatisfy({ abs(mentions[$0].day.ordinal - day) > 1 }) { best = first }
    }
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
