import Foundation
import Testing

/// Files that stand in an inbox and cannot be moved out of it: they are told, and hold up nothing.
@Suite struct HeldFilesTests {
  static let canSetAttributes = BuiltCommand.works(
    "f=$(mktemp) && chattr +i $f; ok=$?; chattr -i $f; rm -f $f; exit $ok")
  static let canMount = BuiltCommand.works(
    "d=$(mktemp -d) && touch $d/a $d/b && mount --bind $d/a $d/b && umount $d/b && rm -r $d")

  /// Waits for what is said of a file, and gives all of it.
  private func said(of name: String, _ spool: CommandSpool) -> [String] {
    spool.waitForMessage("/\(name) waits: ")
    return spool.log.text.split(separator: "\n").map(String.init).filter { $0.contains("/\(name) waits: ") }
  }

  @Test(.timeLimit(.minutes(5)), .enabled(if: BuiltCommand.runsAsOthers)) func aStickyFolderIsNamed() throws {
    let spool = try CommandSpool()
    #expect(BuiltCommand.works("chown 65534:65534 \(spool.folder.url.path) \(spool.root.path)"))
    #expect(chmod(spool.inbox.path, 0o1777) == 0)
    _ = try spool.startDaemon(user: 65534)
    let staged = { (name: String) in
      let file = try spool.folder.write("spool/inbox/.staged", CommandSpool.story)
      if name.hasPrefix("good") { #expect(chown(file, 65534, 65534) == 0) }
      #expect(rename(file, spool.inbox.path + "/" + name) == 0)
    }
    for number in 0..<30 { try staged("\(number).txt") }
    for number in 0..<10 { try staged("good\(number).txt") }
    try spool.waitForRecords(10)
    let said = said(of: "7.txt", spool)
    #expect(said.count == 1)
    for word in ["sticky bit", "mode 1777", "uid 0", "uid 65534", "chmod -t"] {
      #expect(said.first?.contains(word) == true, "\(said)")
    }
    let why = try spool.command("why", "7.txt")
    let words = try #require(said.first?.split(separator: " waits: ", maxSplits: 1).last)
    #expect(why.output.contains(words), "\(why.output)")
    // Taken by itself when the mend is done.
    #expect(BuiltCommand.works("chown 65534:65534 \(spool.inbox.path)/*.txt"))
    try spool.waitForRecords(40)
  }

  @Test(.timeLimit(.minutes(5)), .enabled(if: canSetAttributes)) func anImmutableFileIsNamed() throws {
    let spool = try CommandSpool()
    try spool.drop("fixed.txt")
    #expect(BuiltCommand.works("chattr +i \(spool.inbox.path)/fixed.txt"))
    defer { _ = BuiltCommand.works("chattr -i \(spool.inbox.path)/fixed.txt") }
    _ = try spool.startDaemon()
    let said = said(of: "fixed.txt", spool)
    #expect(said.first?.contains("it has the immutable attribute") == true, "\(said)")
    #expect(try spool.command("why", "fixed.txt").output.contains("chattr -i it, and it is taken"))
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    #expect(BuiltCommand.works("chattr -i \(spool.inbox.path)/fixed.txt"))
    try spool.waitForRecords(2)
  }

  @Test(.timeLimit(.minutes(5)), .enabled(if: canMount)) func aMountedFileIsNamed() throws {
    let spool = try CommandSpool()
    let other = try spool.folder.write("other", CommandSpool.story)
    try spool.drop("m.txt")
    #expect(BuiltCommand.works("mount --bind \(other) \(spool.inbox.path)/m.txt"))
    defer { _ = BuiltCommand.works("umount \(spool.inbox.path)/m.txt") }
    _ = try spool.startDaemon()
    let said = said(of: "m.txt", spool)
    #expect(said.first?.contains("it is a mount point") == true, "\(said)")
    #expect(try spool.command("why", "m.txt").output.contains("it is a mount point"))
    try spool.drop("a.txt")
    try spool.waitForRecords(1)
    #expect(said.count == 1)
  }
}
