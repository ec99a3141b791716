import Coreference

/// How a speaker is written.
package enum SpeakerForm: Int, CaseIterable {
  case none, name, pronoun, description

  package init(_ tokens: Range<Int>?, in passage: Passage) {
    guard let tokens else {
      self = .none
      return
    }
    if tokens.count == 1, passage.words[tokens.lowerBound].traits.has(.pronoun) {
      self = .pronoun
    } else {
      let hasName = tokens.contains { at in
        let traits = passage.words[at].traits
        return traits.contains(.capital) && !traits.has([.determiner, .possessive, .indefinite])
      }
      self = hasName ? .name : .description
    }
  }
}
