/// How a file is compressed, by the end of its name.
public enum Packing: String, CaseIterable, Sendable {
  case gzip
  case zstd

  /// With its dot, in small letters.
  public var ending: String {
    switch self {
    case .gzip: ".gz"
    case .zstd: ".zst"
    }
  }

  /// - Parameter name: a file's name in small letters.
  init?(endOf name: [UInt8]) {
    guard let packing = Self.allCases.first(where: { name.ends(with: $0.ending) }) else { return nil }
    self = packing
  }

  /// The bytes of a file, expanded on the way.
  func expanded(_ source: some ByteSource) -> any ByteSource {
    switch self {
    case .gzip: GzipSource(source)
    case .zstd: ZstdSource(source)
    }
  }
}
