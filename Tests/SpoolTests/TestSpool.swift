import Disk
import Glibc
import TestSupport

@testable import Spool

/// A daemon of a few lines over a simulated disk: claims everything, settles it, commits in batches.
struct TestSpool {
  static let root: Path = "/spool"
  let disk: SimulatedDisk
  var settings: SpoolSettings

  init(seed: UInt64, inOrder: Bool = true, pipelines: [String] = ["news"]) {
    disk = SimulatedDisk(seed: seed, inOrder: inOrder)
    settings = SpoolSettings(
      root: Self.root,
      lanes: pipelines.map { name in
        LaneSettings(
          pipeline: name, inbox: Array((name == "news" ? "inbox" : "inbox-\(name)").utf8), rollSize: .max)
      }, contentHash: { $0 })
    settings.salt = { 7 }
  }

  var inbox: Path { Self.root / "inbox" }
  var outbox: Path { Self.root / "outbox" }

  /// A producer's safe drop: written elsewhere, synced, renamed in.
  func drop(_ name: String, _ content: String) throws { try drop(Array(name.utf8), content) }

  func drop(_ name: [UInt8], _ content: String) throws {
    let folder = (inbox / name).directory
    try disk.undisturbed { () throws(DiskError) in
      try disk.makeDirectories(folder)
      try disk.syncDirectory(folder.directory)
      try disk.syncDirectory(folder.directory.directory)
      try disk.makeDirectories("/staging")
      let file = try disk.open("/staging/x", for: .creating)
      try disk.truncate(file, to: 0)
      try disk.write(Array(content.utf8), to: file, at: 0)
      try disk.sync(file)
      disk.close(file)
      try disk.rename("/staging/x", to: inbox / name, replacing: true)
      try disk.syncDirectory(folder)
    }
  }

  /// Paths of the files that wait, in order.
  func waiting() throws -> [[UInt8]] {
    if !settings.lanes[0].readsFolders { return try disk.list(inbox) }
    var found: [[UInt8]] = []
    try InboxWalk(inbox, disk).visit(entry: { path, _ in found.append(path) })
    return found.sorted { $0.lexicographicallyPrecedes($1) }
  }

  func open() throws -> Spool { try Spool.open(settings, disk) }

  /// What a worker would say of an input: contents that begin with `bad` fail.
  func settlements(_ spool: Spool, _ claim: Claim, _ content: [UInt8], inode: UInt64) -> [Settlement] {
    let text = String(decoding: content, as: UTF8.self)
    var input = InputIdentity(claim: claim.number, name: claim.name, inode: inode, size: content.count)
    func settle(_ part: Settlement.Part, _ text: Substring) -> Settlement {
      let verdict: Settlement.Verdict =
        text.hasPrefix("bad")
        ? .failure(Failure(stage: nil, class: "bad", message: "it is bad", raw: part == .file ? [] : Array(text.utf8)))
        : .record(Array("\(text)\n".utf8))
      return Settlement(
        lane: 0, input: input, part: part, sequence: spool.counters.takeSequence(), verdict: verdict)
    }
    guard claim.name.suffix(6).elementsEqual(".jsonl".utf8) else {
      input.contentHash = content
      return [settle(.file, text[...])]
    }
    let lines = text.split(separator: "\n").enumerated().dropFirst(claim.settledLines)
    return lines.map { settle(.line($0 + 1), $1) }
      + [Settlement(lane: 0, input: input, part: .end, verdict: .nothing)]
  }

  /// Claims what is there, at most `limit` files; returns what they settle to.
  func take(_ spool: Spool, limit: Int = .max) throws -> [Settlement] {
    var result: [Settlement] = []
    for name in try waiting().prefix(limit) {
      guard case .claimed(let claim, let file, let status) = try spool.lanes[0].claimer.claim(name) else { continue }
      defer { disk.close(file) }
      if name.suffix(6).elementsEqual(".jsonl".utf8) { try spool.lanes[0].claimer.makeDurable(claim) }
      result += settlements(spool, claim, try disk.readAll(file), inode: status.inode)
    }
    return result
  }

  func takeLeftovers(_ spool: Spool) throws -> [Settlement] {
    var result: [Settlement] = []
    for claim in spool.lanes[0].leftovers {
      let (file, status) = try spool.lanes[0].claimer.reopen(claim)
      defer { disk.close(file) }
      result += settlements(spool, claim, try disk.readAll(file), inode: status.inode)
    }
    return result
  }

  /// Recovers and settles everything that is there.
  func settleEverything(now: Int64 = 1_000_000) throws {
    let spool = try open()
    try spool.commit(try takeLeftovers(spool), now: now)
    try spool.commit(try take(spool), now: now)
    try spool.close()
  }

  // MARK: - Looking

  func text(_ path: Path) throws -> String? {
    guard try disk.status(at: path)?.kind == .regular else { return nil }
    let file = try disk.open(path, for: .reading)
    defer { disk.close(file) }
    return String(decoding: try disk.readAll(file), as: UTF8.self)
  }

  func names(_ path: Path) throws -> [String] {
    guard try disk.status(at: path) != nil else { return [] }
    return try disk.list(path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The lines of all sealed files and the live one, of all outlets.
  func outboxLines() throws -> [String] {
    try settings.lanes[0].outlets.flatMap { try lines(of: $0) }
  }

  func lines(of outlet: Outlet) throws -> [String] {
    let folder = outlet.folder.isEmpty ? outbox : outbox / outlet.folder
    let names = try names(folder)
    var text = ""
    for name in names.filter({ $0 != "news.jsonl" }) + names.filter({ $0 == "news.jsonl" }) {
      text += try self.text(folder / name) ?? ""
    }
    return text.split(separator: "\n").map(String.init)
  }

  /// Whether work ended in the crash and not by itself.
  static func isCrash(_ error: any Error) -> Bool {
    switch error {
    case SpoolError.disk(let error): error.code == ESHUTDOWN
    case let error as DiskError: error.code == ESHUTDOWN
    default: false
    }
  }

  /// Gives every file another inode, as a copy of the spool has it.
  func copyEverything(in directory: Path = root) throws {
    for name in try disk.list(directory) {
      let path = directory / name
      if try disk.status(at: path)?.kind == .directory {
        try copyEverything(in: path)
      } else {
        let source = try disk.open(path, for: .reading)
        let copy = try disk.open("/copy", for: .creating)
        try disk.write(try disk.readAll(source), to: copy, at: 0)
        for file in [source, copy] { disk.close(file) }
        try disk.rename("/copy", to: path, replacing: true)
      }
    }
  }

  /// Contents of all files under a directory, reasons left out.
  func contents(under directory: Path) throws -> [String] {
    guard let status = try disk.status(at: directory) else { return [] }
    if status.kind == .regular { return [try text(directory) ?? ""] }
    return try disk.list(directory).filter { !$0.suffix(12).elementsEqual(".reason.json".utf8) }
      .flatMap { try contents(under: directory / $0) }
  }
}
