import Bytes
import StageKit

/// What a file holds, by the end of its name.
public struct InputKind: Sendable {
  public var format: InputFormat
  /// `nil` where the file is not compressed.
  public var packing: Packing?

  public init(_ format: InputFormat, packing: Packing? = nil) {
    self.format = format
    self.packing = packing
  }

  /// - Parameters:
  ///   - name: the file's name as bytes; upper and lower case endings are one.
  ///   - documents: endings, without their dot, of files that a plugin reads.
  public init(fileName name: [UInt8], documents: [String] = []) throws(InputError) {
    var lowered = name.map(\.lowered)
    let packing = Packing(endOf: lowered)
    if let packing { lowered.removeLast(packing.ending.utf8.count) }
    let known = InputFormat.all.first { $0.endings.contains(where: lowered.ends(with:)) }
    let isDocument = documents.contains { lowered.ends(with: ".\($0)") }
    guard let format = known ?? (isDocument ? .document : nil) else {
      throw InputError(
        .unknownKind, "the name does not say what the file holds: it should end in \(Self.listed("or"))")
    }
    self.init(format, packing: packing)
  }

  /// Whether a file has to be cut, or looked at by its cutter: where this is `false`, it is one article for sure. Takes no
  /// more than a search, so that the daemon can ask it.
  public func mayHoldMany(_ file: [UInt8]) -> Bool {
    guard case .items(let word?, _) = format.cut, packing == nil else { return format.mayHoldMany }
    // A zero byte: it may be UTF-16.
    return file.span.holds(word, in: 0..<file.count) || file.span.firstOffset(of: 0, in: 0..<file.count) < file.count
  }

  /// What the articles of a file with many are called, by the file's name: “line” or “item”.
  public static func part(ofFile name: [UInt8]) -> String {
    (try? InputKind(fileName: name))?.format.part ?? InputFormat.jsonLines.part
  }

  /// “.txt, .html and .json”: the usual ending of each format.
  public static func listed(_ word: String) -> String {
    let endings = InputFormat.all.compactMap(\.endings.first)
    return endings.dropLast().joined(separator: ", ") + " \(word) " + (endings.last ?? "")
  }
}

extension [UInt8] {
  func ends(with ending: String) -> Bool { suffix(ending.utf8.count).elementsEqual(ending.utf8) }
}
