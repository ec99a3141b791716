import ArgumentParser
import Daemon
import Disk
import Glibc
import PipelineKit
import Spool
import Terminal
import Threads

/// For commands that look at a spool or put something into it, beside a running daemon.
struct SpoolOptions: ParsableArguments {
  @Option(help: "The spool: a directory for inbox, outbox, done, failed and state.", completion: .directory)
  var root = Self.defaultRoot

  static let defaultRoot = "./spool"

  var path: Path { Path(root).absolute }

  /// A path into a spool tells which one is meant, where no other is named.
  mutating func takeRoot(from file: String) {
    guard root == Self.defaultRoot, file.contains("/") else { return }
    let fs = PosixFileSystem()
    var directory = Path(file).absolute.directory
    while directory != "/" {
      let lock = try? fs.status(at: directory / "state" / "lock")
      if lock?.kind == .regular, let text = String(validating: directory.bytes, as: UTF8.self) {
        if directory != path { root = text }
        return
      }
      directory = directory.directory
    }
  }

  /// What the superuser writes into the spool, a daemon without privileges could not write any more.
  func becomeOwner() throws {
    var answer = stat()
    let state = (path / "state").bytes.map { CChar(bitPattern: $0) } + [0]
    guard geteuid() == 0, stat(state, &answer) == 0, answer.st_uid != 0 else { return }
    guard setgroups(0, nil) == 0, setgid(answer.st_gid) == 0, setuid(answer.st_uid) == 0 else {
      complain("cannot become uid \(answer.st_uid), to whom \(root)/state belongs; run it as that user")
      throw ExitCode.failure
    }
  }

  /// What a command that messages tell has to say of the spool.
  var flag: String { root == Self.defaultRoot ? "" : " --root \(Path(root).shellWord)" }

  /// - Parameter daemon: where one runs, its places count, and not those of `pipelines`.
  /// - Throws: exit code 1 where there is no spool.
  func view(
    _ pipelines: [Pipeline] = [], beside daemon: RunningDaemon?, placesOnly: Bool = false
  ) throws -> SpoolView {
    let fs = PosixFileSystem()
    return try orExit {
      guard try fs.status(at: path / ".")?.kind == .directory else {
        throw Complaint("there is no spool at \(root); name its directory with --root")
      }
      if let refusal = try SpoolView.refusal(of: path, fs) { throw Complaint(refusal, code: .badConfiguration) }
      return try SpoolView(
        root: path, wanted: pipelines.map(LaneSettings.init), isRunning: daemon != nil, placesOnly: placesOnly, fs
      )
    }
  }
}

extension LanePlaces {
  var pipelineName: String { String(decoding: pipeline, as: UTF8.self) }
}

extension Abandoned {
  /// What is there, and the whole command that puts it right.
  func told(_ rootFlag: String) -> String { "\(sentence); \(fix)\(rootFlag)" }
}

/// A sentence for standard error, and the exit code that goes with it.
struct Complaint: Error {
  var message: String
  var code: ExitCode

  init(_ message: String, code: ExitCode = .failure) {
    self.message = message
    self.code = code
  }
}

/// Does work; what goes wrong is told on standard error and becomes the exit code.
func orExit<R>(_ work: () throws -> R) throws -> R {
  do {
    return try work()
  } catch let complaint as Complaint {
    complain(complaint.message)
    throw complaint.code
  } catch let error as DiskError {
    complain(error.description)
    throw ExitCode.inputOutput
  } catch let error as ThreadError {
    complain(error.description)
    throw ExitCode.temporary
  } catch let error as SpoolError {
    complain(error.description)
    switch error {
    case .locked, .lockLost, .resources: throw ExitCode.temporary
    case .layout: throw ExitCode.badConfiguration
    case .disk: throw ExitCode.inputOutput
    }
  }
}

extension Path {
  /// As a person would write it: from the working directory where it lies there.
  var shown: String {
    guard let here = getcwd(nil, 0) else { return description }
    defer { free(here) }
    let start = Array(String(cString: here).utf8) + [UInt8(ascii: "/")]
    return bytes.starts(with: start) && bytes.count > start.count
      ? Path.printable(Array(bytes[start.count...])) : description
  }

  /// With every symbolic link followed; itself where that leads nowhere.
  var resolved: Path {
    guard let real = realpath(bytes.map { CChar(bitPattern: $0) } + [0], nil) else { return self }
    defer { free(real) }
    return Path((0..<strlen(real)).map { UInt8(bitPattern: real[$0]) })
  }
}
