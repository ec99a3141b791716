/// What the spool must remember of an outlet from one run to the next.
struct OutletState: Equatable {
  let folder: [UInt8]
  /// Committed bytes in the live file.
  var liveLength = 0
  /// Seconds since 1970 of the first line in the live file; 0 while it is empty.
  var liveSince: Int64 = 0
  /// Files sealed so far; the last one's number.
  var sealed = 0
  /// The live file as this run left it; `nil` where there is none. `LiveNote` keeps it, the journal does not.
  var mark: LiveMark?

  init(folder: [UInt8]) { self.folder = folder }
}

extension [LaneState] {
  subscript(key: OutletKey) -> OutletState {
    get { self[key.lane].outlets.first { $0.folder == key.folder } ?? OutletState(folder: key.folder) }
    set {
      if let place = self[key.lane].outlets.firstIndex(where: { $0.folder == key.folder }) {
        self[key.lane].outlets[place] = newValue
      } else {
        self[key.lane].outlets.append(newValue)
      }
    }
  }

  func files(of key: OutletKey) -> OutletFiles { self[key.lane].places.files(of: key.folder) }

  var outlets: [OutletKey] {
    indices.flatMap { lane in self[lane].outlets.map { OutletKey(lane: lane, folder: $0.folder) } }
  }

  /// One outlet for each live file. Where an inbox moved, a former lane has the same as a present one, which comes first
  /// and writes it.
  var writers: [OutletKey] {
    var seen: Set<OutletFiles> = []
    return outlets.filter { seen.insert(files(of: $0)).inserted }
  }
}
