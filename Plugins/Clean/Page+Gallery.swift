import StageKit

extension Page {
  /// Per cent of the page's prose.
  private static let mostOfProse = 60
  /// Paragraphs under pictures.
  private static let fewest = 3

  /// Whether the article is told in the texts under its pictures, as in a list of cafés or a gallery.
  func tellsInPictures(_ facts: PageFacts) -> Bool {
    var (told, words, prose) = (0, 0, 0)
    for index in blocks.indices where facts.shapes[index] == .good {
      if isToldInPicture(index, facts) {
        told += 1
        words += Int(facts.blocks[index].words)
      } else if blocks[index].context.isDisjoint(with: [.nav, .footer, .form, .aside]) {
        prose += Int(facts.blocks[index].words)
      }
    }
    return told >= Self.fewest && words * 100 >= (words + prose) * Self.mostOfProse
  }

  /// Whether a block is a paragraph under a picture.
  func isToldInPicture(_ index: Int, _ facts: PageFacts) -> Bool {
    let block = blocks[index]
    return block.context.contains(.figure) && block.context.contains(.paragraph) && facts.shapes[index] == .good
      && Int(block.linkBytes) * 3 < block.span.count
  }
}
