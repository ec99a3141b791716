import StageKit

/// Given names that are common among the authors of news in English: evidence that two capitalised words on a line are a
/// person. Names that are common words as well (“Will”, “Grace”, “Hope”) are left out.
enum GivenNames {
  static func contain(_ bytes: Span<UInt8>, _ word: ByteSpan) -> Bool {
    names.contains(lowered: bytes, word)
  }

  private static let names = WordSet(
    lists.flatMap { list in
      list.withUTF8Buffer { buffer in
        buffer.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }).map { String(decoding: $0, as: UTF8.self) }
      }
    })

  private static let lists: [StaticString] = [
    """
    aaron adam adrian ahmed aidan alan albert alec alex alexander alexandra alexis alfred ali alice alicia alison allison
    alyssa amanda amber amelia amir amy ana andre andrea andrew andy angela angelica anita ann anna anne annie anthony
    antonio ariel arthur ashley austin barbara barry beatrice becky ben benjamin bernard beth betsy bill bob bobby
    bonnie brad bradley brandon brenda brendan brent brett brian bridget brittany brooke bruce bryan caitlin cameron
    camille carl carla carlos carol carolina caroline carolyn catherine cathy cecilia charles charlie charlotte chelsea
    cheryl chloe chris christian christina christine christopher cindy claire clara claudia colin colleen connie connor
    corey courtney craig crystal curtis cynthia daniel daniela danielle danny darren dave david dawn dean deborah debra
    denise dennis derek diana diane diego dmitry dominic don donald donna doris doug douglas dylan edward edwin eileen
    elaine eleanor elena eli elizabeth ella ellen emily emma eric erica erik erin ernest esther ethan eugene eva evan eve
    """,
    """
    fatima felix fiona frances francis francisco frank fred frederick gabriel gabriella gareth gary gavin gemma geoff
    george georgia gerald geraldine gina gloria gordon graham greg gregory guy hannah harriet harry hassan heather hector
    heidi helen henry holly howard hugh ian ibrahim igor imogen ingrid irene isaac isabel isabella ivan jack jackie jacob
    jacqueline jaime jake james jamie jane janet janice jared jasmine jason javier jay jean jeff jeffrey jen jenna jennifer
    jenny jeremy jerome jerry jesse jessica jill jim jimmy joan joanna joanne joe joel johan john johnny jon jonah jonathan
    jordan jorge jose joseph josh joshua joyce juan judith judy julia julian julie justin kaitlyn karen kate katherine
    kathleen kathryn kathy katie kayla keith kelly kelsey ken kenneth kerry kevin kim kimberly kirsten kristen kristin kurt
    kyle lance larry laura lauren laurie lawrence leah lee leigh lena leo leonard leslie lewis liam lily linda lindsay
    lindsey lisa liz lois lori lorraine louis louise lucas lucy luis luke lydia lynn maddie madeleine madison maggie
    """,
    """
    malcolm marc marcus margaret maria mariam marie marilyn mario marion marissa mark marta martha martin marvin mary
    mason matt matthew maureen maurice max megan mehmet meghan melanie melinda melissa meredith mia michael michelle miguel
    mike mikhail miranda mohamed mohammad mohammed molly monica morgan muhammad nadia nancy naomi natalia natalie natasha
    nathan nathaniel neil nicholas nick nicola nicolas nicole nikita nina noah noel nora norman oleg oliver olivia omar
    oscar owen pablo paige pam pamela patricia patrick paul paula pauline pedro peggy penny pete peter phil philip phillip
    phoebe phyllis priya rachel rafael ralph ramon randy raymond rebecca regina renee ricardo richard rick rita rob robert
    roberta roberto robin rodney roger roland ron ronald rosa rosemary ross roxanne roy russell ruth ryan sabrina sally sam
    samantha samuel sandra sandy sara sarah scott sean sebastian sergei shannon sharon shaun shawn sheila shelby sheryl
    shirley sidney simon simone sofia sonia sophia sophie spencer stacey stacy stanley stefan stella stephanie stephen steve
    steven stewart stuart sue susan susanna suzanne sylvia tamara tammy tania tanya tara tatiana ted teresa terry thea
    theodore theresa thomas tiffany tim timothy tina toby todd tom tommy toni tony tracey tracy travis trevor tyler
    valerie vanessa vera vernon veronica vicky victor victoria vincent virginia vivian vladimir walter wanda warren
    duncan callum amrita priyanka ananya arjun rahul ravi sanjay sunil vijay anil deepa kavita neha pooja rohan shreya aisha
    amina khalid layla leila yasmine hussein hussain karim tariq maya hiroshi kenji yuki takashi niamh aoife siobhan sean
    eamonn rory angus fergus hamish isla ailsa gwen rhys dafydd olga irina svetlana oksana pavel piotr agnieszka marek
    jens lars anders ingrid astrid bjorn henrik kristina hans klaus jurgen giulia marco luca matteo paolo francesca chiara
    pierre francois jacques claude sylvie emmanuel fernando alejandro alejandra lucia ximena carmen esteban thiago joao
    wayne wendy wesley wilfred william wolfgang xavier yasmin yolanda yusuf yvonne zach zachary zoe
    """,
  ]
}
