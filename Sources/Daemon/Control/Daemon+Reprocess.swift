import Bytes
import Disk
import Spool
import StageKit

extension Daemon {
  private typealias Reply = Result<[JSONValue.Member], ControlProblem>

  /// Takes inputs of `done/` again, whose records are superseded by what comes of them now.
  ///
  /// `{"verb": "reprocess", "pipeline": "news", "inputs": [{"place": "2026-11-21/a.txt", "name": "a.txt", "records":
  /// [[0, 17, 1]], "outdated": []}]}`. A path that is no text is given in hex digits under the same key with `_hex`.
  /// Records are runs: a line (0 for a file that is one article), the `seq` of its record, and as how many lines from
  /// there on have the numbers that follow. `outdated` are files below `failed/` that tell of lines of the input. `earlier` says
  /// where records stand: `[line, path below the outbox, offset, bytes, stages]`, with how many stages their chain shares
  /// with the one of the request's `digest`, from the first on.
  func reprocess(_ request: JSONValue) -> Result<[JSONValue.Member], ControlProblem> {
    guard let name = request["pipeline"]?.string else { return .failure(ControlProblem("‘pipeline’ is missing")) }
    return running.withLock { running -> Reply in
      guard let running, let lane = running.lanes.firstIndex(where: { $0.name == name }) else {
        return .failure(ControlProblem("no pipeline ‘\(name)’ runs"))
      }
      let places = running.spool.lanes[lane].places
      var inputs: [InputAgain] = []
      do throws(ControlProblem) {
        for input in request["inputs"]?.array ?? [] {
          var again = InputAgain(note: try RevisionNote(request: input, places))
          again.digest = request["digest"]?.string ?? ""
          for place in input["earlier"]?.array ?? [] { try again.add(place, below: places.outbox) }
          inputs.append(again)
        }
      } catch {
        return .failure(error)
      }
      let queue = running.lanes[lane].queue
      let taken = queue.add(again: inputs)
      return .success([
        .init(key: "taken", value: .number("\(taken)")),
        .init(key: "waiting", value: .number("\(queue.countAgain + running.spool.revisionsUnderWay)")),
      ])
    }
  }
}

extension RevisionNote {
  /// Records of an input that are told in a request: many more than a file has.
  private static let mostRecords = 10_000_000

  /// - Throws: where the request names no file of the pipeline.
  fileprivate init(request: JSONValue, _ places: LanePlaces) throws(ControlProblem) {
    let place = try Self.path(request, "place")
    let fs = PosixFileSystem()
    guard let status = (try? fs.status(at: places.done / place)) ?? nil, status.kind == .regular else {
      throw ControlProblem("\(Path.printable(place)) is no file in \(places.done)")
    }
    var superseded: [Int: UInt64] = [:]
    for run in request["records"]?.array ?? [] {
      guard let run = run.array?.compactMap(\.int), run.count == 3, run.allSatisfy({ $0 >= 0 }), run[1] > 0,
        run[2] > 0, run[2] <= Self.mostRecords - superseded.count, run[0] < Int.max / 2, run[1] < Int.max / 2
      else { throw ControlProblem("a run of ‘records’ is line, seq and count") }
      for step in 0..<run[2] { superseded[run[0] + step] = UInt64(run[1] + step) }
    }
    var outdated: [Path] = []
    for file in request["outdated"]?.array ?? [] { outdated.append(places.failed / (try Self.path(file, "path"))) }
    self.init(
      pipeline: places.pipeline, name: try Self.path(request, "name"), inode: status.inode,
      place: places.done / place, outdated: outdated, superseded: superseded)
  }

  private static func path(_ request: JSONValue, _ key: String) throws(ControlProblem) -> [UInt8] {
    let given =
      request["\(key)_hex"]?.string.flatMap { Hex.decode(Array($0.utf8)) }
      ?? request[key]?.string.map { Array($0.utf8) }
    guard let path = given else { throw ControlProblem("‘\(key)’ of an input is missing") }
    return try below(path, key)
  }
}

extension InputAgain {
  /// Stages of a chain at most.
  private static let mostStages = 1000

  fileprivate mutating func add(_ place: JSONValue, below outbox: Path) throws(ControlProblem) {
    guard let place = place.array, place.count == 5, let line = place[0].int, let path = place[1].string,
      let offset = place[2].int, let count = place[3].int, let stages = place[4].int, line >= 0, offset >= 0, count > 0,
      (1...Self.mostStages).contains(stages)
    else { throw ControlProblem("a place of ‘earlier’ is line, path, offset, bytes and stages") }
    places[line] = EarlierPlace(
      path: outbox / (try below(Array(path.utf8), "earlier")), offset: offset, count: count, stages: stages)
  }
}

/// A path that stays below where it begins.
private func below(_ path: [UInt8], _ key: String) throws(ControlProblem) -> [UInt8] {
  let parts = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  let isBelow = parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
  guard isBelow, !path.contains(0) else { throw ControlProblem("‘\(key)’ has to be a path below its folder") }
  return path
}
