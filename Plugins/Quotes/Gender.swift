import StageKit

/// What a name or a title says of a person's gender.
enum Gender {
  case masculine, feminine, unknown

  init(of entity: Entity, in text: Span<UInt8>) {
    let name = entity.name.span
    var end = 0
    while end < name.count, name[end] != 0x20 { end += 1 }
    let first = WordHash(lowered: name, ByteSpan(0, end))
    if end < name.count, Self.masculineNames.contains(first) {
      self = .masculine
    } else if end < name.count, Self.feminineNames.contains(first) {
      self = .feminine
    } else {
      self = Self.title(of: entity, in: text)
    }
  }

  private static func title(of entity: Entity, in text: Span<UInt8>) -> Gender {
    for span in entity.mentions where span.start > 4 {
      let end = span.start - 1
      var start = end
      while start > 0, text[start - 1] != 0x20, end - start < 6 { start -= 1 }
      let word = WordHash(lowered: text, ByteSpan(start, end))
      if masculineTitles.contains(word) { return .masculine }
      if feminineTitles.contains(word) { return .feminine }
    }
    return .unknown
  }

  private static let masculineTitles = WordSet(["mr.", "mr", "sir", "lord", "king", "prince"])
  private static let feminineTitles = WordSet(["mrs.", "mrs", "ms.", "ms", "miss", "queen", "lady", "dame"])

  private static let masculineNames = WordSet(
    """
    aaron abdul adam ahmed alan albert aleksandr alexander alexei alfred ali anderson andres andrew anthony
    antonio arnold arthur austin ban barack barney bashar ben benjamin bernard bernie bill billy blake bob bobby
    boris brad brandon brett brian bruce carl carlos carlton cecil chad charles chris christian christopher
    chuck clarence clark clifford clinton clyde cody connor corey craig curt dale dan daniel darrell dave david
    dean dennis derek dick dmitri dmitry don donald douglas duane dustin dwight dylan earl ed edgar edmund
    edward edwin elijah emmanuel eric ernest ethan eugene evan felix fernando floyd francois frank fred
    frederick gary gavin geoffrey george gerald gilbert giuseppe glen glenn gordon graham grant greg gregory
    hank hans harold harry hassan henry herbert howard hugh hugo hussein ian ibrahim igor imran isaac ivan jack
    jacob jacques jake jamal james jared jason jean jeb jeff jeffrey jeremy jerome jerry jesse jim joe joel john
    johnny jonathan jorge jose joseph josh joshua juan julian justin jürgen karim karl keith ken kenneth kevin
    klaus kofi kurt kyle larry lawrence leo leon leonard lester liam lindsey lionel lloyd logan lou louis lucas
    luigi luis luke lyndon malcolm marco marcus mario mark martin marvin matt matteo matthew maurice max melvin
    michael mickey miguel mike mikhail milton mitch mitt mohamed mohammad mohammed morris muhammad murray
    narendra nate nathan neil nelson newt nicholas nigel nikolai noah norman oleg oliver omar orrin oscar otis
    otto owen patrick paul pedro percy perry peter philip philippe phillip pierre rafael ralph ramon rand randy
    raul ray raymond recep reginald reince rejep rene rex ricardo richard rick rob robert rodney roger roland
    roman ron ronald ross roy rudolph rudy rush russell ryan salvador sam samuel scott sean sergei sergey seth
    shinzo sidney silvio simon spencer staffan stanley stephen steve steven stuart ted terrence terry theodore
    thomas tim timothy toby todd tom tony travis tucker tyler tyrone tyson vernon victor vince vincent vito
    vladimir wade wallace walter warren wayne wesley wilbur william willie wolf wolfgang xi yusuf zachary zack
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
  private static let feminineNames = WordSet(
    """
    abby abigail ada aisha akiko alexis alice alison allison alyssa amanda amber amina amy ana andrea angela ann
    anna april ashley audrey aung barbara beatriz becky benazir beth betty beverly bonnie brenda brittany
    caitlin candace carla carly carmen carol carolyn carrie catherine cathy cecilia charlotte chelsea cheryl
    christina christine cindy claire claudia condoleezza connie courtney cristina crystal cynthia daisy danielle
    dawn debbie deborah debra denise diana diane dilma dolores donna doris dorothy edith eileen ekaterina elaine
    eleanor elena elisabeth eliza elizabeth ella ellen emily emma erica erin esther eva evelyn fatima fiona
    florence frances gabriela gail geraldine gladys gloria grace greta gwen hannah hazel heather heidi helen
    hilary hillary holly huma ida indira ingrid irene irina isabel isabella ivanka jackie jacqueline jan jane
    janet janice jean jenna jennifer jenny jessica jill joan joann joanna jodi josephine joy joyce juanita
    judith judy julia julie juliet kamala karen kate katherine kathleen kathryn kathy katie kay kayla kelly
    kellyanne khadija kimberly kristen kristin laura lauren laurie layla leila leslie lillian linda lindsay lisa
    lois loretta lori lorraine louise lucia lucy lydia lynn madison margaret margot maria mariana marie marilyn
    marine marjorie marlene martha mary maureen megan megyn mei melania melinda melissa mercedes meredith
    michele michelle mildred ming miriam molly monica nancy naomi natalia natalie nicole nikki nina noor nora
    norma olga olivia pam pamela paola patricia paula peggy penny phyllis priscilla rachel raquel rebecca regina
    renee rhonda rita roberta rosa rosemary rosie roxanne ruby ruth sabrina sally samantha sandra sara sarah
    serena shannon sharon sheila shelley sherry shirley sofia sonia sophia stacy stephanie sue susan suzanne
    svetlana sylvia ségolène tamara tammy tara tatiana teresa terri theresa tiffany tina toni tracy trish tulsi
    ursula valentina valerie vanessa vera vicki victoria virginia vivian wanda wendy whitney yasmin yolanda yuki
    yulia yvonne zoe
    """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
