/// What the generated news is made of. All people and most places are invented.
enum Vocabulary {
  static let firstNames = words(
    """
    Anna Boris Carla David Elena Farid Grace Hamid Irene Jonas Kofi Laura Marek Nadia Oscar Paula Rashid Sofia Tomas \
    Ursula Viktor Wanda Yusuf Zoe Martin Leila Peter Ingrid Samuel Miriam
    """)
  static let surnames = words(
    """
    Abelsen Brankov Castellane Dorvik Eskandari Farrow Grigorian Halloran Ivanchuk Jannings Karimova Lindqvist \
    Mbekane Novotsky Okonjo Pellerin Quintero Rasmusson Sokolenko Tervonen Ullmann Vasquero Westerby Yilmazer Zoric
    """)
  static let places = words(
    "London Moscow Ankara Geneva Cairo Nairobi Jakarta Lisbon Warsaw Ottawa Hartvik Ellery Tarnova Merrin Castellon")
  static let agencies = words("Reuters AP TASS AFP Sputnik SANA Xinhua Anadolu")
  static let demonyms = words("Russian Turkish Swiss Egyptian Kenyan Indonesian Portuguese Polish Canadian British")
  static let offices = [
    "Foreign Minister", "Finance Minister", "President", "Prime Minister", "Defence Secretary", "Central Bank Governor",
    "Mayor", "Opposition leader", "Police Commissioner", "Energy Minister", "Ambassador", "UN envoy",
  ]
  static let organisations = [
    "the Northern Grain Union", "Merrin Steel Corp.", "the Harbour Workers’ League", "Ellery Shipping Ltd.",
    "the European Commission", "the Interior Ministry", "Tarnova State University", "the World Health Organization",
    "Hartvik Energy Inc.", "the National Weather Service", "the Supreme Court", "Castellon Airways",
  ]
  static let cues = words("said told announced added stressed warned noted insisted explained argued admitted recalled")
  static let subjects = [
    "talks on", "a dispute over", "the vote on", "a report about", "new rules for", "public anger at",
    "an inquiry into",
    "the budget for", "a delay of", "progress on", "a court case over", "the cost of",
  ]
  static let adjectives = words(
    """
    new northern joint urgent costly final regional disputed public early foreign joint temporary wider safe modern \
    second annual rural open
    """)
  static let nouns = words(
    """
    pipeline border railway harbour wheat ceasefire election bridge budget ferry hospital treaty airport tax mine \
    fishery refugee pension school vaccine satellite drought subsidy tariff museum stadium reservoir court archive \
    embassy dairy canal orchestra prison timber copper insurance housing lottery irrigation ministry monastery \
    shipyard volcano library textile cinema mortgage passport vineyard glacier parliament radio highway
    """)
  static let verbs = words(
    """
    delayed approved rejected reviewed extended suspended expanded closed rebuilt funded inspected blocked announced \
    cancelled reopened discussed supported criticised
    """)
  static let reasonOpenings = [
    "after weeks of", "despite", "before another", "under pressure over a", "in a bid to end the", "following a",
    "because of the", "as part of a", "amid fears of a", "during talks about the", "ahead of a", "to pay for the",
  ]
  static let weekdays = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
  static let months = words("January February March April May June July August September October November December")
  static let chromeBefore = [
    "Home", "World", "Politics", "Business", "Sport", "Culture", "Opinion", "Video", "Log in", "Register",
    "Subscribe to our newsletter", "Search", "Breaking news", "Follow us on social media", "Weather: 14°C",
  ]
  static let chromeAfter = [
    "Share this article", "Related stories", "Read more", "Most popular", "Leave a comment",
    "Your name and e-mail address stay with us. Fields with a star must be filled in.",
    "We use cookies to give you the best experience on our site. Accept", "Privacy policy", "Terms of use",
    "© 2017 The Coastal Messenger. All rights reserved.", "Back to top", "Advertisement",
  ]

  private static func words(_ list: String) -> [String] { list.split(separator: " ").map(String.init) }
}
