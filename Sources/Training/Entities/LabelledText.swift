import Bytes
import Entities
import StageKit

/// An article with its names, to learn from or to measure on.
package struct LabelledText: Sendable {
  /// What a span is.
  package enum Label: Sendable, Equatable {
    case name(Entity.Kind)
    /// Of a type that the labels do not tell apart: it may be MISC or no name.
    case other
  }

  /// How far the labels can be trusted.
  package enum Trust: String, Sendable, CaseIterable {
    /// Made by people, all four types.
    case full
    /// Made by people; what is not PERSON, ORG or LOC may be MISC or no name.
    case partial
    /// Made by a program.
    case silver
    /// Only measured on.
    case none
  }

  /// Segmented.
  package var article: Article
  /// Sorted by start.
  package var names: [(span: ByteSpan, label: Label)]
  package var trust: Trust
  /// What it is counted under in the figures.
  package var group: String
  /// Labelled by the model that a fit goes on from, to keep what that knows.
  package var isRehearsal = false
  /// Another one with other names: learned from, and never measured on.
  package var isVariant = false

  package init(article: Article, names: [(span: ByteSpan, label: Label)], trust: Trust, group: String) {
    self.article = article
    self.trust = trust
    self.group = group
    self.names = names.map { (Self.trimmed($0.span, article.text.span), $0.label) }.sorted { $0.0 < $1.0 }
  }

  /// “the” before a name and 's after it are no part of it.
  private static func trimmed(_ span: ByteSpan, _ text: Span<UInt8>) -> ByteSpan {
    var (start, end) = (span.start, span.end)
    if end - start > 4, text[start + 3] == 0x20, text[start] | 0x20 == UInt8(ascii: "t"),
      text[start + 1] | 0x20 == UInt8(ascii: "h"), text[start + 2] | 0x20 == UInt8(ascii: "e")
    {
      start += 4
      while start < end, text[start] == 0x20 { start += 1 }
    }
    if end - start > 2, text[end - 1] == UInt8(ascii: "s") {
      if text[end - 2] == UInt8(ascii: "'") {
        end -= 2
      } else if end - start > 4, text[end - 2] == 0x99, text[end - 3] == 0x80, text[end - 4] == 0xE2 {
        end -= 4
      }
    }
    while end > start, text[end - 1] == 0x20 { end -= 1 }
    return ByteSpan(start, end)
  }
}

/// How well names were found: a name counts where its span and its type are right.
package struct NameScore: Sendable {
  package private(set) var right = 0
  package private(set) var found = 0
  package private(set) var expected = 0

  mutating func add(right: Int, found: Int, expected: Int) {
    self.right += right
    self.found += found
    self.expected += expected
  }

  package var precision: Double { found == 0 ? 0 : Double(right) / Double(found) }
  package var recall: Double { expected == 0 ? 0 : Double(right) / Double(expected) }
  package var f1: Double { found + expected == 0 ? 0 : 2 * Double(right) / Double(found + expected) }
}
