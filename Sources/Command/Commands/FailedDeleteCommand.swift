import ArgumentParser
import Disk
import Spool
import Terminal

struct FailedDeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Delete failed inputs, and the reasons beside them, for good.",
    discussion: """
      FILE is an input in failed/ by its path, which tells the spool, or by its name there or in the inbox. Names and a \
      filter together mean those of that name which the filter keeps.

      Exit codes: 0 all of them are deleted, 1 some are not, or nothing is meant.

      EXAMPLES
        linecaster failed delete spool/failed/article.txt
        linecaster failed delete --class empty not_json --root /var/lib/linecaster
        linecaster failed delete --all
      """)

  @OptionGroup var selection: FailedSelection

  @OptionGroup var spool: SpoolOptions

  mutating func run() throws {
    if let file = selection.files.first { spool.takeRoot(from: file) }
    let fs = PosixFileSystem()
    let view = try spool.view(beside: RunningDaemon(root: spool.path, fs), placesOnly: true)
    let choice = try orExit {
      FailedChoice(of: try view.failedInputs(fs), selection.names, selection.filter)
    }
    var isGood = choice.unknown.isEmpty
    for name in choice.unknown { complain(FailedChoice.unknown(name)) }
    for input in choice.inputs {
      do throws(DiskError) {
        try input.delete(fs)
        StandardOutput.write("\(input.path.shown): deleted\n")
      } catch {
        complain("\(input.path.shown) stays in failed/: \(error)")
        isGood = false
      }
    }
    if choice.inputs.isEmpty, isGood {
      StandardOutput.write("nothing has failed that is meant\n")
      isGood = selection.all
    }
    if !isGood { throw ExitCode.failure }
  }
}
