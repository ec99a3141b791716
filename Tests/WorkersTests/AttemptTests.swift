import Foundation
import Glibc
import Testing

@Suite("What a confined child can reach")
struct AttemptTests {
  /// Attempt to errno.
  static func attempts(_ confinement: String) throws -> (codes: [String: Int32], seen: Seen) {
    let scratch = try Scratch()
    let seen = try Seen(["attempts", confinement, scratch.url.path])
    var codes: [String: Int32] = [:]
    for fields in seen.all("attempt") { codes[fields[0]] = Int32(fields[1]) ?? -1 }
    return (codes, seen)
  }

  @Test("nothing, with each version of Landlock and with none", arguments: ["whole", "whole,2", "filter"])
  func nothing(_ confinement: String) throws {
    let (codes, seen) = try Self.attempts(confinement)
    #expect(codes.count > 90)
    for (name, code) in codes.sorted(by: { $0.key < $1.key }) {
      #expect(code == EPERM, "\(name): \(String(cString: strerror(code)))")
    }
    #expect(seen["report"].hasSuffix(", 1]"))
    #expect(seen["forgotten"] == "closed")
    #expect(seen["input"] == "empty")
  }

  @Test("the kernel's own word on it")
  func status() throws {
    let seen = try Seen(["death", "killed"])
    let lines = (seen.all("status") + seen.all("limits")).map { $0.joined() }
    func has(_ text: String) -> Bool { lines.contains { $0.hasPrefix(text) } }
    #expect(has("NoNewPrivs: 1"))
    #expect(has("Seccomp: 2"))
    #expect(has("Threads: 1"))
    #expect(has("Max core file size 0 0 bytes"))
    #expect(has("Max data size 268435456 268435456 bytes"))
    #expect(has("Max processes 0 0 processes"))
    #expect(has("Max open files 64 64 files"))
    #expect(has("Max file size 65536 65536 bytes"))
  }

  /// Else the tests above would prove nothing.
  @Test("the same attempts succeed, or fail for other reasons, without a sandbox", .enabled(if: geteuid() == 0))
  func control() throws {
    let refused = try Self.attempts("none").codes.filter { $0.value == EPERM || $0.value == EACCES }
    // A container may take some from root, too.
    #expect(refused.count <= 40, "\(refused)")
    #expect(refused["openat"] == nil && refused["kill"] == nil && refused["socket, Unix"] == nil)
  }

  @Test(
    "Landlock alone keeps files shut", .enabled(if: AttemptTests.hasLandlock), arguments: ["landlock", "landlock,2"])
  func landlock(_ confinement: String) throws {
    let codes = try Self.attempts(confinement).codes
    for name in [
      "openat", "openat to write", "openat below a folder held", "openat2", "create", "mkdirat", "symlinkat",
    ] {
      #expect(codes[name] == EACCES, "\(name)")
    }
    // The holes that the filter closes.
    for name in ["chmod", "connect by name", "socket, UDP", "fork"] { #expect(codes[name] == 0, "\(name)") }
  }

  static let hasLandlock: Bool = (try? attempts("landlock").seen["report"].hasPrefix("[-")) == false
}
