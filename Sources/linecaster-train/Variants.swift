import ArticleIO
import Bytes
import StageKit
import Training

/// The sentences that teach something once more with other names in the place of those that are taught: what stands around a name tells
/// what it is, whatever it is made of.
enum Variants {
  /// Of each text.
  private static let count = 4

  /// Variants of those of some texts that have a name which a model does not know, or calls something else.
  static func texts(of texts: [LabelledText], by base: BaseModel, seed: UInt64) throws(InputError) -> [LabelledText] {
    var random = SeededGenerator(state: seed ^ 0x5641_5249)
    var variants: [LabelledText] = []
    for text in texts where text.trust == .full {
      let taught: [Int]
      do throws(StageError) { taught = try base.unknownNames(of: text) } catch {
        throw LabelledFile.fail(text.group, error.message)
      }
      if taught.isEmpty { continue }
      for _ in 0..<count { variants.append(try variant(of: text, taught, &random)) }
    }
    return variants
  }

  private static func variant(
    of text: LabelledText, _ taught: [Int], _ random: inout SeededGenerator
  ) throws(InputError) -> LabelledText {
    let bytes = text.article.text
    var (result, names): ([UInt8], [(span: ByteSpan, label: LabelledText.Label)]) = ([], [])
    var at = 0
    for (place, name) in text.names.enumerated() where name.span.start >= at {
      result += bytes[Range(from: at, upTo: name.span.start)]
      let start = result.count
      result += taught.contains(place) ? Rehearsal.madeUpName(&random) : Array(bytes[name.span.range])
      names.append((ByteSpan(start, result.count), name.label))
      at = name.span.end
    }
    result += bytes[Range(from: at, upTo: bytes.count)]
    var article = try LabelledFile.article(
      String(decoding: result, as: UTF8.self), .null, text.group, group: text.group)
    // Held out with the one that it is a variant of.
    article.id = text.article.id
    var variant = LabelledText(article: article, names: names, trust: .full, group: text.group)
    variant.isVariant = true
    return variant
  }
}
