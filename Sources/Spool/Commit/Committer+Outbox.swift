import Disk

/// Live files: looked at before each append, and sealed.
extension Committer {
  // MARK: - Appending

  /// After `openLive`, and after the journal knows the lines.
  mutating func append(_ lines: [UInt8], to lane: Int, time: Int64) throws(SpoolError) {
    guard let open = live[lane] else { return }
    let offset = lanes[lane].liveLength
    var isAgain = false
    let status = try settings.persevere { () throws(DiskError) in
      defer { isAgain = true }
      try open.append(lines, at: offset, isAgain: isAgain, fs)
      return try fs.status(of: open.file)
    }
    if offset == 0 { lanes[lane].liveSince = time }
    lanes[lane].liveLength += lines.count
    // Somebody else may have come in between: then the file is to be newer than its mark.
    let isOurs = status.size == lanes[lane].liveLength
    lanes[lane].mark?.add(lines, modified: isOurs ? status.modified : 0)
    live[lane]?.beginWriting(upTo: lanes[lane].liveLength, fs)
    try noteMark(of: lane)
  }

  private mutating func noteMark(of lane: Int) throws(SpoolError) {
    let (mark, path) = (lanes[lane].mark, lanes[lane].places.live)
    try settings.persevere { () throws(DiskError) in try liveNote.set(mark, of: path, fs) }
  }

  // MARK: - Looking

  /// Opens a lane's live file where it is not open, and begins a new one where somebody else touched it.
  mutating func openLive(_ lane: Int, now: Int64) throws(SpoolError) {
    let path = lanes[lane].places.live
    let seen = try settings.persevere { () throws(DiskError) in try fs.status(at: path) }
    if let change = change(of: lane, seen) { try leave(lane, change, seen, now: now) }
    if live[lane] != nil { return }
    let isNew = lanes[lane].mark == nil
    let opened = try settings.persevere { () throws(DiskError) in
      try folders.make(path.directory)
      return try LiveFile(fs, path, isNew: isNew)
    }
    live[lane] = opened
    mover.touch(path.directory)
    mover.touch(path.directory.directory)
    if !isNew { return }
    if lanes[lane].liveLength > 0 {
      lanes[lane].liveLength = 0
      lanes[lane].liveSince = 0
      // Before the note: what the journal holds for the former file must not be looked for in this one.
      try checkpoint()
    }
    lanes[lane].mark = LiveMark(inode: opened.status.inode, size: 0, modified: opened.status.modified)
    try noteMark(of: lane)
  }

  /// Times that are only believed so often: there are file systems that change them by themselves.
  private static let mostEdits = 3

  private mutating func change(of lane: Int, _ seen: FileStatus?) -> LiveChange? {
    guard let mark = lanes[lane].mark else { return seen == nil || seen?.size == 0 ? nil : .appeared }
    let change = mark.change(in: seen)
    guard change == .edited, let seen else { return change }
    edits[lane, default: 0] += 1
    if edits[lane, default: 0] <= Self.mostEdits { return change }
    if edits[lane] == Self.mostEdits + 1 {
      settings.report(
        .warning,
        "the time of \(lanes[lane].places.live) changes again and again; edits that leave its length as it is are not "
          + "noticed any more")
    }
    lanes[lane].mark?.modified = seen.modified
    return nil
  }

  /// Gives up a live file that another program changed: what it holds is sealed as it is.
  private mutating func leave(
    _ lane: Int, _ change: LiveChange, _ seen: FileStatus?, now: Int64
  ) throws(SpoolError) {
    let places = lanes[lane].places
    try LiveFile.check(seen, places.live)
    if let open = live.removeValue(forKey: lane) { fs.close(open.file) }
    let lastLine = lanes[lane].mark?.lastLine
    lanes[lane].mark = nil
    var end = (length: 0, cutOff: 0)
    if let seen, seen.size > 0 {
      end = try settings.persevere { () throws(DiskError) in try fs.endAtLine(places.live, lastLine: lastLine) }
    }
    var sealed: [UInt8]?
    if end.length > 0 { sealed = try rename(lane, length: end.length, now: now) }
    settings.report(.warning, change.message(places.live, sealed: sealed, cutOff: end.cutOff))
  }

  // MARK: - Sealing

  /// Seals what is large or old enough.
  mutating func sealDue(now: Int64) throws(SpoolError) {
    for (lane, wish) in settings.lanes.enumerated() {
      let state = lanes[lane]
      let isOld = wish.rollAge.map { now - state.liveSince >= $0 } ?? false
      if state.liveLength > 0, state.liveLength >= wish.rollSize || isOld { try seal(lane, now: now) }
    }
  }

  /// When the next live file gets too old, in seconds since 1970.
  var nextSeal: Int64? {
    settings.lanes.enumerated().compactMap { lane, wish in
      lanes[lane].liveLength > 0 ? wish.rollAge.map { lanes[lane].liveSince + $0 } : nil
    }.min()
  }

  /// Gives the live file the name under which it never changes again.
  mutating func seal(_ lane: Int, now: Int64) throws(SpoolError) {
    try openLive(lane, now: now)
    guard lanes[lane].liveLength > 0, let open = live.removeValue(forKey: lane) else { return }
    try settings.persevere { () throws(DiskError) in try fs.sync(open.file) }
    fs.close(open.file)
    let name = try rename(lane, length: lanes[lane].liveLength, now: now)
    settings.report(.info, "sealed \(lanes[lane].places.outbox / name)")
    try openLive(lane, now: now)
  }

  /// Gives what stands in the live file's place, which is synced, its sealed name.
  private mutating func rename(_ lane: Int, length: Int, now: Int64) throws(SpoolError) -> [UInt8] {
    let (fs, places) = (fs, lanes[lane].places)
    let name = places.sealedName(time: now, number: lanes[lane].sealed + 1)
    // Once both are on the disk, a restart that finds neither name knows that a consumer took the sealed file.
    try settings.persevere { () throws(DiskError) in try fs.syncDirectory(places.outbox) }
    try write(.sealing(lane: lane, name: name, length: length))
    try settings.persevere { () throws(DiskError) in
      try fs.rename(places.live, to: places.outbox / name, replacing: false)
      try fs.syncDirectory(places.outbox)
    }
    // Before the note: writing it may start a segment, whose checkpoint must know the file by its new name.
    lanes[lane].mark = nil
    lanes[lane].liveLength = 0
    lanes[lane].liveSince = 0
    lanes[lane].sealed += 1
    try write(.sealed(lane: lane))
    return name
  }
}

extension LiveFile {
  /// Whether a file may stand where the live file stands.
  static func check(_ status: FileStatus?, _ path: Path) throws(SpoolError) {
    let what: String
    switch status?.kind {
    case nil, .regular: return
    case .symbolicLink:
      throw .layout(
        "\(path) is a symbolic link, and linecaster never writes through one: remove it, and name the directory it leads "
          + "to in the pipeline (outbox: {path: …})")
    case .directory: what = "a directory"
    case .fifo: what = "a FIFO"
    case .socket: what = "a socket"
    case .device: what = "a device"
    }
    throw .layout("\(path) is \(what) where the file with the records should be: move it away")
  }
}
