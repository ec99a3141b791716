// Nouns of speech: “his warning that”, “the claim by Corr that”.

enum CueNouns {
  static let speech: StaticString = """
    accusation accusations acknowledgement acknowledgment admission admissions affirmation allegation allegations
    announcement announcements argument arguments assertion assertions assurance assurances boast boasts caution
    claim claims comment comments complaint complaints confession confirmation contention contentions declaration
    declarations disclosure disclosures explanation guarantee hint hints insinuation insinuations insistence
    observation observations pledge pledges prediction predictions proclamation promise promises pronouncement
    reassurance reassurances reminder remark remarks reply report reports revelation revelations statement statements
    suggestion suggestions testimony threat threats vow vows warning warnings
    """

  /// Verbs that make one who has such a noun for their object its source.
  static let utters: StaticString = """
    make makes made making issue issues issued issuing release releases released releasing give gives gave giving
    repeat repeats repeated repeating reiterate reiterated renew renews renewed renewing voice voiced voicing express
    expressed expressing offer offers offered offering level leveled levelled add added deliver delivered delivering
    sound sounded sounding publish published post posted repeats stands stood
    """
}
