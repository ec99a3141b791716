import Glibc

extension SystemCharacterSets {
  /// Loads what iconv(3) needs for every set that is asked of it, which it otherwise does when a text in the set comes, and
  /// keeps it: the C library drops its modules with the last converter that uses them.
  ///
  /// - Returns: the sets that this system cannot read.
  @discardableResult
  static func load() -> [String] { loaded.filter { $0.converter == nil }.map(\.name) }

  /// As bit patterns, which are never used again: a converter has state and belongs to one thread.
  private static let loaded: [(name: String, converter: Int?)] = systemNames.map { name, system in
    let converter = iconv_open("UTF-8", system)
    return (name, converter == iconv_t(bitPattern: -1) ? nil : Int(bitPattern: converter))
  }
}

/// Loads what decoding an article may need from the system, so that a process that can open no file any more decodes the
/// same. Once for a process; cheap when called again.
///
/// - Returns: character sets that this system cannot read, by the names that the WHATWG Encoding Standard gives them.
@discardableResult
public func loadCharacterSets() -> [String] { SystemCharacterSets.load() }
