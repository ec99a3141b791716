import Bytes
import StageKit

/// What a shell would fill in at a path's beginning or inside it, and nothing here does.
enum UnexpandedPath {
  /// A sentence that says how to fix it; `nil` for a path that is meant as it stands.
  static func problem(_ path: String) -> String? {
    let bytes = Array(path.utf8)
    if bytes.first == UInt8(ascii: "~") {
      let home = String(decoding: bytes.prefix { $0 != UInt8(ascii: "/") }, as: UTF8.self)
      return
        "‘\(home)’ does not stand for a home directory here: write the whole path, as in /home/NAME/inbox, or ./\(home) "
        + "for a folder of that name"
    }
    return variable(in: bytes).map { "‘$\($0)’ is not filled in, as a shell would: write ${\($0)}" }
  }

  /// The name of `$NAME` as the beginning of a folder's name.
  private static func variable(in path: [UInt8]) -> String? {
    for at in path.indices where path[at] == UInt8(ascii: "$") {
      let name = path[(at + 1)...].prefix { $0 == UInt8(ascii: "_") || ByteClass($0).isAny(of: .alphanumeric) }
      let isFirst = at == 0 || path[at - 1] == UInt8(ascii: "/")
      if isFirst, let first = name.first, first == UInt8(ascii: "_") || first | 0x20 >= 0x61 {
        return String(decoding: name, as: UTF8.self)
      }
    }
    return nil
  }
}
