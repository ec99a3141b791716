import Bytes
import Lexicon
import StageKit

/// The dictionary, and the verbs of speech that a user adds.
package struct CueLexicon: Sendable {
  private let english = Lexicon.english
  /// Entries of words that have a form of a user's verb.
  private var own: WordTable<WordEntry>?

  /// - Parameter extraCues: verbs in their base form.
  package init(extraCues: [String] = []) {
    for verb in extraCues {
      for (word, form) in VerbForms.all(of: verb.utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }) {
        var entry = self[WordHash(word)]
        entry.speech.formUnion(.say)
        entry.forms.formUnion(form)
        if own == nil { own = WordTable() }
        own?.insert(WordHash(word), entry)
      }
    }
  }

  package subscript(hash: WordHash) -> WordEntry {
    @inline(__always) get {
      if let own, let entry = own[hash] { return entry }
      return english[hash]
    }
  }
}
