import Bytes
import StageKit

/// Prose that a page puts into its articles and that is about the page: invitations to subscribe and to follow, consent,
/// pitches of shares, notes on rights.
enum Promotion {
  /// Words of the longest.
  private static let mostWords = 70
  /// Words of the longest listed opening.
  private static let longestOpening = 4

  /// Whether a paragraph is one: it begins as they do, and speaks of what they speak of.
  static func isOne(_ bytes: Span<UInt8>, _ span: ByteSpan, _ facts: BlockFacts) -> Bool {
    guard facts.words >= 4, Int(facts.words) <= mostWords, facts.start != .quote,
      let theme = theme(bytes, span), let about = subjects[theme]
    else { return false }
    var isAbout = false
    BlockFacts.words(bytes, span) { word, _ in isAbout = isAbout || about.contains(word) }
    return isAbout
  }

  /// What the first words begin.
  private static func theme(_ bytes: Span<UInt8>, _ span: ByteSpan) -> Theme? {
    var phrase = WordHash.Builder()
    var (words, at) = (0, span.start)
    while at < span.end, words < longestOpening {
      while at < span.end, !bytes[at].isLetter, bytes[at] < 0x80 { at += 1 }
      guard at < span.end, bytes[at].isLetter else { return nil }
      if words > 0 { phrase.add(0x20) }
      while at < span.end, bytes[at].isLetter || bytes[at] == UInt8(ascii: "'") || bytes[at] >= 0x80 {
        // Both apostrophes of “don’t” vanish.
        if bytes[at].isLetter { phrase.add(bytes[at] | 0x20) }
        at += 1
      }
      words += 1
      if let theme = openings[phrase.hash] { return theme }
    }
    return nil
  }

  private enum Theme: CaseIterable { case invitation, consent, pitch, rights }

  private static let openings: WordTable<Theme> = {
    var table = WordTable<Theme>(capacity: 256)
    for (theme, list) in [
      (
        Theme.invitation,
        """
        sign up/subscribe/subscribe now/like what you read/like what youre reading/enjoying this/enjoyed this/follow us/follow the/\
        follow our/download our/download the/get the/get our/get all the/get more/want more/want to read/join our/join us on/join the/\
        register for/register now/click here/dont miss/never miss/support our/support independent/stay informed/stay up to date/\
        receive our/to receive/become a/if you enjoyed/if you liked/have you got/do you have a/for more stories/for the latest/\
        you can follow/add us/make us/this newsletter/our newsletter/this article appeared/keep up with
        """
      ),
      (
        .consent,
        """
        we use cookies/this site uses/this website uses/by continuing/by clicking/by subscribing/by signing up/by submitting/\
        we value your/our site uses/we and our/you can unsubscribe/your privacy/this content is provided/to view this/\
        to show you this/allow content
        """
      ),
      (
        .pitch,
        "before you buy/should you invest/where to invest/the motley fool/our team of/our analysts/see the ten/see the 10"
      ),
      (
        .rights,
        "copyright/all rights reserved/no part of/this material/this content/the content of/reproduction/contact"
      ),
    ] {
      for phrase in list.split(separator: "/") { table.insert(WordHash(phrase.utf8), theme) }
    }
    return table
  }()

  private static let subjects: [Theme: WordSet] = [
    .invitation: WordSet([
      "newsletter", "newsletters", "inbox", "subscribe", "subscriber", "subscribers", "subscription", "channels",
      "facebook",
      "twitter", "instagram", "whatsapp", "telegram", "linkedin", "youtube", "app", "alerts", "email", "emails",
      "unlimited",
      "supporter", "membership", "podcast", "briefing", "journalism",
    ]),
    .consent: WordSet([
      "cookies", "privacy", "consent", "terms", "unsubscribe", "partners", "preferences", "settings", "embedded",
    ]),
    .pitch: WordSet(["stocks", "stock", "investors", "shares", "analysts", "buy"]),
    .rights: WordSet([
      "reproduced", "rights", "permission", "republished", "redistributed", "rewritten", "reproduction", "prohibited",
    ]),
  ]
}
