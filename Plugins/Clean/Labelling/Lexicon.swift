import Bytes
import StageKit

/// What single words and line openings tell.
enum Lexicon {
  /// Classes of a word.
  struct WordClass: OptionSet, Sendable {
    let rawValue: UInt16
    static let function = WordClass(rawValue: 1)
    /// Words of page furniture: logins, cookies, sharing.
    static let chrome = WordClass(rawValue: 2)
    static let month = WordClass(rawValue: 4)
    static let weekday = WordClass(rawValue: 8)
    static let reader = WordClass(rawValue: 16)
    static let credit = WordClass(rawValue: 32)
    static let speech = WordClass(rawValue: 64)
    static let legal = WordClass(rawValue: 128)
    /// Words of people who speak for themselves: readers, bloggers.
    static let person = WordClass(rawValue: 256)
    /// Words of captions.
    static let picture = WordClass(rawValue: 512)
  }

  /// What the first words of a line tell, or the whole line.
  struct Marker: OptionSet, Sendable {
    let rawValue: UInt8
    /// Opens what follows an article: comments, related stories, newsletters.
    static let end = Marker(rawValue: 1)
    /// A button or a label of the page.
    static let chrome = Marker(rawValue: 2)
    /// A pointer to another story.
    static let pointer = Marker(rawValue: 4)
    static let legal = Marker(rawValue: 8)
    static let byline = Marker(rawValue: 16)
    static let tags = Marker(rawValue: 32)
    static let caption = Marker(rawValue: 64)
    /// Counts only where it is the whole line.
    static let whole = Marker(rawValue: 128)
  }

  static let words: WordTable<WordClass> = {
    var table = WordTable<WordClass>(capacity: 512)
    for (kind, list) in wordLists {
      for word in split(list, at: 0x20) {
        let hash = WordHash(word)
        table.insert(hash, (table[hash] ?? []).union(kind))
      }
    }
    return table
  }()

  /// Keys are phrases of up to four words, lower case, one space apart.
  static let markers: WordTable<Marker> = {
    var table = WordTable<Marker>(capacity: 512)
    for (kind, list) in markerLists {
      for phrase in split(list, at: UInt8(ascii: ",")) {
        let hash = WordHash(phrase)
        table.insert(hash, (table[hash] ?? []).union(kind))
      }
    }
    return table
  }()

  static let longestMarker = 4

  private static func split(_ list: StaticString, at separator: UInt8) -> [[UInt8]] {
    list.withUTF8Buffer { buffer in
      buffer.split(whereSeparator: { $0 == separator || $0 == 0x0A }).map { part in
        var word = Array(part)
        while word.first == 0x20 { word.removeFirst() }
        while word.last == 0x20 { word.removeLast() }
        return word
      }.filter { !$0.isEmpty }
    }
  }

  private static let wordLists: [(WordClass, StaticString)] = [
    (
      .function,
      """
      a an the this that these those of in on at by for with from to into onto over under after before between about
      against during through across among around behind without within toward towards until upon and or but nor so yet if
      because while although though since as than when where who whom whose which what why how is are was were be been
      being am has have had having do does did will would shall should can could may might must not no he she it they we
      i you him her them us me his its their our my your himself herself itself themselves there here also more most
      some any all both each few many much other such only own same too very just now then once again still
      """
    ),
    (
      .chrome,
      """
      cookie cookies login signup subscribe subscriber subscribers subscription subscriptions newsletter newsletters
      javascript browser password username click tweet facebook twitter instagram pinterest whatsapp linkedin youtube
      reddit rss podcast share shares email e-mail print bookmark sitemap advertise advertisement advertisements sponsored
      homepage inbox unsubscribe opt-out download app apps sign log menu search faq careers feedback archive archives
      trending poll quiz horoscopes classifieds obituaries
      """
    ),
    (.month, "january february march april may june july august september october november december"),
    (.month, "jan feb mar apr jun jul aug sep sept oct nov dec"),
    (.weekday, "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"),
    (
      .reader,
      "comment comments reply replies moderated moderator moderation posted commenter commenting flag ago abuse"
    ),
    (
      .credit,
      """
      reuters ap afp getty epa photo photos image images photograph photographer picture pictures pa shutterstock
      alamy istock credit courtesy handout file bloomberg xinhua tass sputnik video
      """
    ),
    (
      .speech,
      """
      said says told added announced according reported reports explained asked replied warned noted claimed argued
      confirmed stated insisted declared described called
      """
    ),
    (.person, "i you your yours me my mine i'm i've you're i’m i’ve you’re"),
    (
      .picture,
      "pictured seen shows left right center centre above below poses posing attends file undated photographed"
    ),
    (.legal, "copyright © rights reserved privacy policy terms permission registered trademark gdpr consent"),
  ]

  private static let markerLists: [(Marker, StaticString)] = [
    (
      [.end, .whole],
      """
      comments, comment, reader comments, leave a reply, leave a comment, post a comment, add a comment, add comment,
      add your comment, your comment, have your say, join the discussion, join the conversation, view comments,
      show comments, read comments, all comments, no comments, related, related stories, related articles,
      related content, related links, related news, related topics, related posts, related story, related article,
      more stories, more news, latest news, latest stories, latest, most read, most popular, most viewed, most shared,
      most commented, trending, trending now, trending stories, popular, popular stories, recommended,
      recommended for you, recommended stories, recommended reading, recommended articles, editor's picks,
      editors' picks, check also, you may also like, you might also like, you may like, also read, read next, up next,
      next story, next article, previous article, next post, previous post, more on this, more on this story,
      more from this section, around the web, from the web, from around the web, promoted content, sponsored content,
      top stories, in other news, more headlines, top news, about the author, about us, newsletter, newsletters,
      stay connected, stay informed, follow us, contact us, what do you think, what to read next, tags, topics, filed under, elsewhere,
      see also, further reading, discussion, community standards, recent posts, recent comments, recent stories,
      don't miss, must read, must reads, more in this section, more like this, similar articles, similar stories
      """
    ),
    (
      .end,
      """
      leave a reply, leave a comment, post a comment, post your comment, you must be logged, you need to be logged,
      please log in to, log in to comment, sign in to comment, comments are closed, comments are moderated,
      your email address will, be the first to, more from, sign up for our, sign up to our, subscribe to our,
      get the latest, get our, join our, follow us on, like us on, find us on, follow him on, follow her on,
      most popular in, most read in, related stories, related articles, you may also, you might also, recommended for,
      comments (, share your thoughts, share your views, submit your comment, report abuse, sign up for, sign up to,
      want more news, we welcome your, we want to hear, copyright, all rights reserved, © copyright, share this article,
      share this story, reader comments
      """
    ),
    (
      [.chrome, .whole],
      """
      share, tweet, print, email, e-mail, save, subscribe, subscribe now, log in, login, sign in, sign up, register,
      menu, search, close, home, news, sport, sports, business, opinion, politics, world, video, videos, photos,
      advertisement, ad, continue reading, story continues below, read more, more, listen, listen live, play, pause,
      loading, image, caption, toggle caption, hide caption, enlarge, facebook, twitter, whatsapp, linkedin, pinterest,
      reddit, copy link, skip to content, skip to main content, get short url, gift this article, share this,
      share on facebook, share on twitter, send, submit, cancel, ok, yes, no, next, previous, back to top, back, top,
      view gallery, view image in fullscreen, see more, show more, view all, view more, all news, learn more, follow,
      following, sponsored, sponsor content, promoted, popular, digg, del.icio.us, font size, text size, reply, like
      """
    ),
    (
      .chrome,
      """
      click here, skip to, share on, share via, share this, email this, print this, sign up, sign in, log in, subscribe to,
      click to, tap to, please enable, your browser, this site uses, this website uses, we use cookies, by continuing,
      by clicking, download the, support our, support local, article continues, story continues, advertisement -, listen to this, this article is,
      already a subscriber, to continue reading, you have reached, view all, see all, buy now, shop now, thank you for
      """
    ),
    (
      .pointer,
      """
      read more:, read more, also read:, also read, related:, see also:, see also, watch:, watch, more:, more here:, read:, read also:,
      read next:, photos:, video:, listen:, don't miss:, recommended:, must read:, click here, continue reading, click through, story:
      """
    ),
    (
      .legal,
      """
      copyright, © copyright, ©, (c), all rights reserved, all content, terms of use, terms of service, terms and conditions,
      terms & conditions, privacy policy, privacy notice, privacy, cookie policy, cookies, this material may, no part of,
      do not sell, your privacy, manage preferences, we use cookies, accept, accept cookies
      """
    ),
    (.byline, "by, written by, reported by, posted by, published by, author:, reporting by, story by, words by"),
    (.tags, "tags:, tags, topics:, topics, filed under:, filed under, keywords:, categories:, category:, tagged:"),
    (
      .caption,
      """
      photo:, photo by, photograph:, photo credit:, photos by, image:, image credit:, image source, image caption, picture:,
      pictured:, pictured, caption:, file photo:, file photo, file picture, file image, credit:, credits:, getty images, source:,
      view image in, photograph by, courtesy of, courtesy
      """
    ),
  ]
}
