import StageKit

/// What a name, a title or an office says of a person's gender.
enum Gender: Sendable {
  case masculine, feminine, unknown

  /// Of the words of names and roles; `unknown` where they do not agree.
  static func of(_ hashes: some Sequence<WordHash>) -> Gender {
    var gender = Gender.unknown
    for hash in hashes {
      guard let one = table[hash] else { continue }
      if gender != .unknown, gender != one { return .unknown }
      gender = one
    }
    return gender
  }

  private static let table: WordTable<Gender> = {
    var table = WordTable<Gender>(capacity: 600)
    table.insert(masculineWords, .masculine)
    table.insert(feminineWords, .feminine)
    return table
  }()

  // From general knowledge: given names that leave no doubt in news English, titles and offices; lower case.
  private static let masculineWords: StaticString = """
    mr mr. sir lord king prince duke sheikh ayatollah pope imam herr monsieur spokesman chairman congressman businessman
    actor brother father son husband
    aaron adam ahmed alan albert alejandro alexander alexei ali andrei andrew angelo anthony antonio arthur barack bashar
    ben benjamin bernard bernie bill bob boris brad brian bruce carl carlos charles chris christopher colin craig daniel
    david dean dennis dmitri dmitry donald douglas edward emmanuel enrique eric erik ernesto ethan eugene fernando francois
    frank fred gary george gerald giovanni giuseppe gordon graham greg gregory gustav hamid harold harry hassan henry
    hugo hussein ian ibrahim igor ivan jack jacob jacques james jason javier jeff jeffrey jeremy jerry jim joe john jonas
    jonathan jorge jose joseph josh joshua juan julian justin karl keith kenneth kevin khaled lars larry lawrence leon
    leonard luis luke mahmoud manuel marco marcus mark martin matthew michael miguel mike mikhail mohamed mohammad mohammed
    moussa muhammad mustafa narendra nathan neil nicholas nicolas nigel nikolai oleg oliver oscar pablo patrick paul pedro
    peter petr philip pierre rafael raul raymond recep rejep ricardo richard rob robert roberto rodrigo roger ronald roy
    ryan salman sam samuel scott sean sebastian sergei sergey shinzo silvio simon stanley stefan stephen steve steven
    stuart ted terry thomas tim timothy tom tony vasily victor viktor vincent vladimir walter wayne william wolfgang
    yuri yusuf zachary
    """
  private static let feminineWords: StaticString = """
    mrs mrs. ms ms. miss mme madam madame lady dame queen princess duchess frau spokeswoman chairwoman congresswoman
    businesswoman actress sister mother daughter wife
    ada adriana agnes aisha alice alicia alison amanda amy ana andrea angela anna anne annette barbara beatrice benazir
    beth betty brenda camilla carla carmen carol caroline catherine cecilia charlotte christina christine claire claudia
    condoleezza cristina cynthia deborah diana diane dilma dorothy ekaterina elaine elena elisabeth elizabeth ellen
    emily emma erica esther eva fatima federica fiona florence frances gabriela gloria grace greta hannah heather
    heidi helen helena helene hillary holly indira ingrid irene irina isabel isabella ivana jacinda jane janet jennifer
    jessica joan joanna josephine joyce judith julia julie juliet karen kate katherine kathleen katie kellyanne kristina
    lara laura lauren leila lena linda lisa louise lucia lucy madeleine margaret maria marie marina marine martha mary
    maya megan melania melissa michelle miriam monica nadia nancy naomi natalia natalie nicola nicole nikki nina nora
    olga olivia pamela patricia paula rachel rebecca rosa rose ruth sabrina samantha sandra sarah sharon sheila sofia
    sonia sophia sophie stephanie susan susanna svetlana tatiana teresa theresa tina ursula valentina valerie vanessa
    veronica victoria virginia vivian wendy yulia yvonne
    """
}

extension WordTable {
  /// Words with spaces or line ends between them.
  fileprivate mutating func insert(_ list: StaticString, _ value: Value) {
    for word in Lexicon.fields(list, separators: [0x20, 0x0A]) { insert(WordHash(word), value) }
  }
}
