import ArticleIO
import Disk

/// A claimed file as the feed wants it.
struct FileSource: ByteSource {
  private let fs: any FileSystem
  private let file: OpenFile
  private var offset = 0

  init(_ fs: any FileSystem, _ file: OpenFile) {
    self.fs = fs
    self.file = file
  }

  mutating func read(into buffer: inout [UInt8], upTo count: Int) throws(InputError) -> Int {
    do {
      let piece = try fs.read(file, at: offset, count: count)
      offset += piece.count
      buffer += piece
      return piece.count
    } catch {
      throw InputError(.read, error.description)
    }
  }
}
