import Disk

extension KnownPlaces {
  /// Files of an inbox that look finished, as paths from there.
  func waiting(in inbox: Path, _ fs: any FileSystem) throws(DiskError) -> [[UInt8]] {
    let rules = NameRules(accept: [])
    var names: [[UInt8]] = []
    if deep.contains(inbox) {
      let foreign = present.flatMap { [$0.inbox, $0.outbox, $0.claimed.directory, $0.done.directory, $0.failed] }
      try InboxWalk(inbox, foreign: foreign, fs).visit(entry: { path, status in
        if status.kind == .regular, rules.verdict(on: Path(path).name) == .accepted { names.append(path) }
      })
    } else {
      for name in try fs.list(inbox) where rules.verdict(on: name) == .accepted {
        if try fs.status(at: inbox / name)?.kind == .regular { names.append(name) }
      }
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
