import Coreference
import StageKit

/// A content clause whose end is to be found.
package struct Clause {
  enum Form: Int, CaseIterable { case that, bare, object, question, infinitive }

  /// The first token, and the token after the last that may be part of it.
  package var tokens: Range<Int>
  var form: Form
  var bound: Passage.ClauseBound
  /// The token after the last by the rules.
  package var ruleEnd: Int

  /// Nil for a quotation, which ends by its marks.
  init?(_ tokens: Range<Int>, _ opening: Continuation.Opening, _ bound: Passage.ClauseBound, ruleEnd: Int) {
    switch opening {
    case .that: form = .that
    case .bare: form = bound == .object ? .object : .bare
    case .question: form = .question
    case .infinitive: form = .infinitive
    case .quotation: return nil
    }
    self.tokens = tokens
    self.bound = bound
    self.ruleEnd = ruleEnd
  }
}
