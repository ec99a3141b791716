import Disk
import Spool

/// Messages about things in an inbox that are no articles.
enum InboxNotices {
  static func notAFile(_ kind: FileStatus.Kind) -> String {
    switch kind {
    case .symbolicLink: "left alone: it is a symbolic link, which is never followed; put the file itself here"
    case .directory:
      "left alone: it is a directory, and folders below the inbox are not read; ‘inbox: {subfolders: true}’ reads them"
    case .fifo: "left alone: it is a FIFO; only regular files are taken"
    case .socket: "left alone: it is a socket; only regular files are taken"
    case .device: "left alone: it is a device; only regular files are taken"
    case .regular: "left alone"
    }
  }

  static func leftOut(_ reason: InboxWalk.LeftOut) -> String {
    switch reason {
    case .symbolicLink: "left alone: it is a symbolic link, which is never followed; put the folder itself here"
    case .otherFileSystem:
      "left alone: it lies on another file system, from where a rename does not reach claimed/; give it a pipeline and "
        + "an inbox of its own"
    case .tooDeep:
      "left alone: folders are read \(InboxWalk.deepest) deep, and with \(InboxWalk.longest) bytes of path; move it "
        + "further up"
    case .unreadable(let error): "cannot be read: \(error)"
    }
  }
}
