import Lexicon

extension WordTraits {
  /// The traits that lists may name. Those of a word's look are none of them.
  public static let byName: [String: WordTraits] = [
    "given": .given, "surname": .surname, "title": .title, "honorific": .honorific, "titlePart": .titlePart,
    "organizationHead": .organizationHead, "weakHead": .weakHead, "placeHead": .placeHead, "placeOpener": .placeOpener,
    "eventHead": .eventHead, "particle": .particle, "personVerb": .personVerb, "common": .common, "month": .month,
    "weekday": .weekday, "determinerOfName": .determinerOfName, "placePreposition": .placePreposition,
    "placeNoun": .placeNoun, "organizationNoun": .organizationNoun, "joiner": .joiner, "functionWord": .functionWord,
    "governmentNoun": .governmentNoun, "sport": .sport, "firmNoun": .firmNoun, "determiner": .determiner,
    "indefinite": .indefinite, "possessive": .possessive, "clitic": .clitic, "subjectPronoun": .subjectPronoun,
    "objectPronoun": .objectPronoun, "masculinePronoun": .masculinePronoun, "femininePronoun": .femininePronoun,
    "neuterPronoun": .neuterPronoun, "pluralWord": .pluralWord, "firstPerson": .firstPerson,
    "preposition": .preposition, "of": .of, "coordinator": .coordinator, "subordinator": .subordinator,
    "relative": .relative, "that": .that, "to": .to, "be": .be, "auxiliary": .auxiliary, "modal": .modal,
    "negation": .negation, "adverb": .adverb, "time": .time, "question": .question, "earlier": .earlier,
    "according": .according, "out": .out, "forOrOn": .forOrOn, "aboutOrOf": .aboutOrOf, "by": .by, "refuses": .refuses,
    "quantifier": .quantifier, "headlineLabel": .headlineLabel, "contrast": .contrast, "opensQuestion": .opensQuestion,
    "former": .former, "speakerLabel": .speakerLabel, "speechNoun": .speechNoun, "utters": .utters, "verb": .verb,
    "cueNoun": .cueNoun, "anybody": .anybody, "somebody": .somebody, "anyOrganization": .anyOrganization,
    "office": .office, "female": .female, "male": .male, "human": .human, "pluralPeople": .pluralPeople,
    "anotherOne": .anotherOne, "formerly": .formerly, "rank": .rank, "masculineName": .masculineName,
    "feminineName": .feminineName, "sentenceStarter": .sentenceStarter, "frontingPreposition": .frontingPreposition,
    "quotationVerb": .quotationVerb, "dayOrZone": .dayOrZone, "hyphenPrefix": .hyphenPrefix,
    "plainStarter": .plainStarter, "openingGreeting": .openingGreeting, "closingGreeting": .closingGreeting,
    "running": .running, "furniture": .furniture, "reader": .reader, "credit": .credit, "reportVerb": .reportVerb,
    "ownVoice": .ownVoice, "captionWord": .captionWord, "legal": .legal, "monthAbbreviation": .monthAbbreviation,
    "weekdayAbbreviation": .weekdayAbbreviation, "job": .job, "employer": .employer, "seldomName": .seldomName,
    "notName": .notName, "gluedToName": .gluedToName, "sentenceBeforeDash": .sentenceBeforeDash, "agency": .agency,
    "frequent": .frequent,
  ]
}
