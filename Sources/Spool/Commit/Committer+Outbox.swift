import Disk

/// Live files: looked at before each append, and sealed.
extension Committer {
  // MARK: - Appending

  /// After `openLive`, and after the journal knows the lines.
  mutating func append(_ lines: [UInt8], to outlet: OutletKey, time: Int64) throws(SpoolError) {
    guard let open = live[outlet] else { return }
    let offset = lanes[outlet].liveLength
    var isAgain = false
    let status = try settings.retryingTransientErrors { () throws(DiskError) in
      defer { isAgain = true }
      try open.append(lines, at: offset, isAgain: isAgain, fs)
      return try fs.status(of: open.file)
    }
    if offset == 0 { lanes[outlet].liveSince = time }
    lanes[outlet].liveLength += lines.count
    // Somebody else may have come in between: then the file is to be newer than its mark.
    let isOurs = status.size == lanes[outlet].liveLength
    lanes[outlet].mark?.add(lines, modified: isOurs ? status.modified : 0)
    live[outlet]?.beginWriting(upTo: lanes[outlet].liveLength, fs)
    try noteMark(of: outlet)
  }

  private mutating func noteMark(of outlet: OutletKey) throws(SpoolError) {
    let (mark, path) = (lanes[outlet].mark, lanes.files(of: outlet).live)
    try settings.retryingTransientErrors { () throws(DiskError) in try liveNote.set(mark, of: path, fs) }
  }

  // MARK: - Looking

  /// Opens an outlet's live file where it is not open, and begins a new one where somebody else touched it.
  mutating func openLive(_ outlet: OutletKey, now: Int64) throws(SpoolError) {
    let path = lanes.files(of: outlet).live
    let seen = try settings.retryingTransientErrors { () throws(DiskError) in try fs.status(at: path) }
    if let change = change(of: outlet, seen) { try leave(outlet, change, seen, now: now) }
    if live[outlet] != nil { return }
    let isNew = lanes[outlet].mark == nil
    let opened = try settings.retryingTransientErrors { () throws(DiskError) in
      try folders.make(path.directory)
      return try LiveFile(fs, path, isNew: isNew)
    }
    live[outlet] = opened
    mover.touch(path.directory)
    mover.touch(path.directory.directory)
    if !isNew { return }
    if lanes[outlet].liveLength > 0 {
      lanes[outlet].liveLength = 0
      lanes[outlet].liveSince = 0
      // Before the note: what the journal holds for the former file must not be looked for in this one.
      try checkpoint()
    }
    lanes[outlet].mark = LiveMark(inode: opened.status.inode, size: 0, modified: opened.status.modified)
    try noteMark(of: outlet)
  }

  /// Times that are only believed so often: there are file systems that change them by themselves.
  private static let mostEdits = 3

  private mutating func change(of outlet: OutletKey, _ seen: FileStatus?) -> LiveChange? {
    guard let mark = lanes[outlet].mark else { return seen == nil || seen?.size == 0 ? nil : .appeared }
    let change = mark.change(in: seen)
    guard change == .edited, let seen else { return change }
    edits[outlet, default: 0] += 1
    if edits[outlet, default: 0] <= Self.mostEdits { return change }
    if edits[outlet] == Self.mostEdits + 1 {
      settings.report(
        .warning,
        "the time of \(lanes.files(of: outlet).live) changes again and again; edits that leave its length as it is are not "
          + "noticed any more")
    }
    lanes[outlet].mark?.modified = seen.modified
    return nil
  }

  /// Gives up a live file that another program changed: what it holds is sealed as it is.
  private mutating func leave(
    _ outlet: OutletKey, _ change: LiveChange, _ seen: FileStatus?, now: Int64
  ) throws(SpoolError) {
    let files = lanes.files(of: outlet)
    try LiveFile.check(seen, files.live)
    if let open = live.removeValue(forKey: outlet) { fs.close(open.file) }
    let lastLine = lanes[outlet].mark?.lastLine
    lanes[outlet].mark = nil
    var end = (length: 0, cutOff: 0)
    if let seen, seen.size > 0 {
      end = try settings.retryingTransientErrors { () throws(DiskError) in
        try fs.endAtLine(files.live, lastLine: lastLine)
      }
    }
    var sealed: [UInt8]?
    if end.length > 0 { sealed = try rename(outlet, length: end.length, now: now) }
    settings.report(.warning, change.message(files.live, sealed: sealed, cutOff: end.cutOff))
  }

  // MARK: - Sealing

  /// Seals what is large or old enough.
  mutating func sealDue(now: Int64) throws(SpoolError) {
    for outlet in presentOutlets {
      let (state, requested) = (lanes[outlet], settings.lanes[outlet.lane])
      let isOld = requested.rollAge.map { now - state.liveSince >= $0 } ?? false
      if state.liveLength > 0, state.liveLength >= requested.rollSize || isOld { try seal(outlet, now: now) }
    }
  }

  /// When the next live file gets too old, in seconds since 1970.
  var nextSeal: Int64? {
    presentOutlets.compactMap { outlet in
      let state = lanes[outlet]
      return state.liveLength > 0 ? settings.lanes[outlet.lane].rollAge.map { state.liveSince + $0 } : nil
    }.min()
  }

  /// Of the pipelines of this run, those too that have lines of an earlier one.
  private var presentOutlets: [OutletKey] { lanes.outlets.filter { settings.lanes.indices.contains($0.lane) } }

  /// Seals all live files of a lane that hold something.
  mutating func seal(lane: Int, now: Int64) throws(SpoolError) {
    for outlet in presentOutlets where outlet.lane == lane && lanes[outlet].liveLength > 0 {
      try seal(outlet, now: now)
    }
  }

  /// Gives the live file the name under which it never changes again.
  mutating func seal(_ outlet: OutletKey, now: Int64) throws(SpoolError) {
    try openLive(outlet, now: now)
    guard lanes[outlet].liveLength > 0, let open = live.removeValue(forKey: outlet) else { return }
    try settings.retryingTransientErrors { () throws(DiskError) in try fs.sync(open.file) }
    fs.close(open.file)
    let name = try rename(outlet, length: lanes[outlet].liveLength, now: now)
    settings.report(.info, "sealed \(lanes.files(of: outlet).directory / name)")
    try openLive(outlet, now: now)
  }

  /// Gives what stands in the live file's place, which is synced, its sealed name.
  private mutating func rename(_ outlet: OutletKey, length: Int, now: Int64) throws(SpoolError) -> [UInt8] {
    let (fs, files) = (fs, lanes.files(of: outlet))
    let name = files.sealedName(time: now, number: lanes[outlet].sealed + 1)
    // Once both are on the disk, a restart that finds neither name knows that a consumer took the sealed file.
    try settings.retryingTransientErrors { () throws(DiskError) in try fs.syncDirectory(files.directory) }
    try write(.sealing(outlet, name: name, length: length))
    try settings.retryingTransientErrors { () throws(DiskError) in
      try fs.rename(files.live, to: files.directory / name, replacing: false)
      try fs.syncDirectory(files.directory)
    }
    // Before the note: writing it may start a segment, whose checkpoint must know the file by its new name.
    lanes[outlet].mark = nil
    lanes[outlet].liveLength = 0
    lanes[outlet].liveSince = 0
    lanes[outlet].sealed += 1
    try write(.sealed(outlet))
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
