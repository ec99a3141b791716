import Logging
import PipelineKit
import Spool
import StageKit
import Threads

/// What reads the pipelines again: when a file is saved, at a signal, and when somebody asks on the control socket.
struct Reloading: Sendable {
  let reloader: Reloader
  private let watch: PipelineWatch

  init(_ source: PipelineSource, _ settings: Daemon.Settings, _ log: Logger) throws(SpoolError) {
    let reloader = Reloader(source, settings, log)
    self.reloader = reloader
    let watch = try PipelineWatch(source, log: log) { reloader.ask(isWhole: $0) }
    self.watch = watch
    do throws(ThreadError) {
      // Nobody waits for them: they may be in the middle of loading a chain when the process ends.
      for thread in try Thread.all([{ reloader.run() }, { watch.run() }]) { thread.detach() }
    } catch {
      throw .resources("\(error)")
    }
  }

  func stop() {
    watch.stop()
    reloader.stop()
  }

  /// Lets the control socket answer `reload`, and `status` tell what came of it.
  func answer(in settings: inout Daemon.Settings) {
    let (reloader, others) = (reloader, settings.verbs)
    settings.lastReload = { reloader.last }
    settings.verbs = { pipelines in
      var verbs = others(pipelines)
      verbs["reload"] = { _ in
        guard let outcome = reloader.askAndWait() else { return .failure(ControlProblem("the daemon is ending")) }
        return .success(outcome.members)
      }
      return verbs
    }
  }
}
