import StageKit

/// Who is on a reader's mind, and how much: every mention adds a weight by its part in the sentence, and all weights
/// fade from sentence to sentence, after Lappin and Leass, “An Algorithm for Pronominal Anaphora Resolution” (1994).
struct Salience {
  /// What a mention does in its sentence.
  enum Role {
    case speaker, mainSubject, relativeHead, subject, subjectPossessor, reportedSubject, other, possessor, reported,
      background

    var weight: Double {
      switch self {
      case .speaker: 100
      case .mainSubject: 90
      case .relativeHead: 88
      case .subject: 60
      case .subjectPossessor: 65
      case .reportedSubject: 40
      case .other, .background: 25
      case .possessor: 20
      case .reported: 10
      }
    }
  }

  struct Candidate {
    /// Index of the entity; nil for somebody without a name, such as “a sailor”.
    var entity: Int?
    var gender: Gender
    var weight: Double
    /// The sentence of the last mention, and what that mention has added.
    var sentence: Int
    var added: Double
  }

  /// The latest mention last.
  private(set) var candidates: [Candidate] = []

  /// How much of a weight the next sentence keeps.
  private static let decay = 0.6
  /// How much an earlier mention helps a new one, so that the last speaker outweighs whoever is named most.
  private static let carry = 0.25
  private static let limit = 16
  /// Powers of the decay.
  private static let powers: [Double] = (0..<12).map { exponent in
    (0..<exponent).reduce(1.0) { power, _ in power * decay }
  }

  func weight(at index: Int, in sentence: Int) -> Double {
    let age = sentence - candidates[index].sentence
    guard age < Self.powers.count else { return 0 }
    // Of two in this sentence the nearer is meant.
    let nearness = age == 0 && index == candidates.count - 1 ? 30.0 : 0
    return candidates[index].weight * Self.powers[max(0, age)] + nearness
  }

  func has(_ entity: Int) -> Bool { candidates.contains { $0.entity == entity } }

  func weight(of entity: Int, in sentence: Int) -> Double {
    candidates.lastIndex { $0.entity == entity }.map { weight(at: $0, in: sentence) } ?? 0
  }

  mutating func mention(_ entity: Int?, _ role: Role, gender: Gender, in sentence: Int) {
    guard let at = candidates.lastIndex(where: { $0.entity == entity }) else {
      if candidates.count == Self.limit { candidates.removeFirst() }
      candidates.append(
        Candidate(entity: entity, gender: gender, weight: role.weight, sentence: sentence, added: role.weight))
      return
    }
    let before = weight(at: at, in: sentence)
    var candidate = candidates.remove(at: at)
    candidate.gender = gender
    if candidate.sentence == sentence {
      candidate.weight += max(0, role.weight - candidate.added)
      candidate.added = max(candidate.added, role.weight)
    } else {
      candidate.weight = role.weight + (entity == nil ? 0 : Self.carry * before)
      candidate.added = role.weight
      candidate.sentence = sentence
    }
    candidates.append(candidate)
  }
}

/// The two with the most weight of all that are looked at; of equals the first.
struct Ranking {
  private(set) var entity: Int?
  private(set) var weight: Double
  /// Of the runner-up.
  private(set) var second = 0.0

  /// - Parameter least: a weight that must be exceeded.
  init(least: Double) { weight = least }

  mutating func add(_ entity: Int?, _ weight: Double) {
    if weight > self.weight {
      second = self.weight
      (self.entity, self.weight) = (entity, weight)
    } else {
      second = max(second, weight)
    }
  }
}
