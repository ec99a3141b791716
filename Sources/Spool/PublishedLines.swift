import Disk

/// The lines that one outlet holds, sealed files and the live one, oldest first, one at a time.
public final class PublishedLines {
  private let fs: any FileSystem
  /// Whether these are copies that were set aside.
  public let isSetAside: Bool
  /// The next one last.
  private var files: [Path]
  private var file: OpenFile?
  /// Where the next piece of `file` begins.
  private var offset = 0
  private var piece: [UInt8] = []
  private var at = 0

  init(_ fs: any FileSystem, _ outlet: OutletFiles, isSetAside: Bool) throws(DiskError) {
    self.fs = fs
    self.isSetAside = isSetAside
    let sealed = try fs.list(outlet.directory).compactMap { name in outlet.sealedNumber(name).map { ($0, name) } }
    files = [outlet.live] + sealed.sorted { $0.0 > $1.0 }.map { outlet.directory / $0.1 }
  }

  deinit { if let file { fs.close(file) } }

  /// Without its line end; `nil` behind the last one. What has no line end is no line.
  public func next() throws(SpoolError) -> [UInt8]? {
    do {
      var line: [UInt8] = []
      while true {
        if let end = piece[at...].firstIndex(of: 0x0A) {
          defer { at = end + 1 }
          return line + piece[at..<end]
        }
        line += piece[at...]
        if try !readOn() {
          if try !openNext() { return nil }
          line = []
        }
      }
    } catch {
      throw .disk(error)
    }
  }

  private func readOn() throws(DiskError) -> Bool {
    (piece, at) = ([], 0)
    guard let file else { return false }
    piece = try fs.read(file, at: offset, count: 1 << 20)
    offset += piece.count
    return !piece.isEmpty
  }

  private func openNext() throws(DiskError) -> Bool {
    if let file { fs.close(file) }
    (file, offset) = (nil, 0)
    while let path = files.popLast() {
      guard try fs.status(at: path)?.kind == .regular else { continue }
      file = try fs.open(path, for: .reading)
      return true
    }
    return false
  }
}

extension Spool {
  /// What a lane published: its records, routed ones too, and what was set aside, each in the order of arrival.
  ///
  /// - Parameter besides: outlets that are left out.
  public func published(lane: Int, besides: [Outlet] = []) throws(SpoolError) -> [PublishedLines] {
    let places = lanes[lane].places
    let leftOut = besides.map { places.files(of: $0.folder) }
    do {
      var published: [PublishedLines] = []
      for outlet in try places.outlets(fs) where !leftOut.contains(outlet) {
        let isSetAside = outlet == places.files(of: Outlet.duplicates.folder)
        published.append(try PublishedLines(fs, outlet, isSetAside: isSetAside))
      }
      return published
    } catch {
      throw .disk(error)
    }
  }
}
