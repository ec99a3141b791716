import ArgumentParser
import PipelineKit
import Terminal

/// The pipeline of commands that are given none: all five stages with their defaults.
enum ShippedPipeline {
  static let name = "news.yaml"

  /// - Throws: exit code 78 where it is not there.
  static func path() throws -> String {
    if let path = ResourceSearch.installed.pipeline(name) { return path }
    complain(
      "no pipeline is named, and \(name), which comes with linecaster, is not where it was installed: name a file")
    throw ExitCode.badConfiguration
  }

  /// Parts words into a pipeline's file, which is told by its name, and the rest.
  static func split(_ words: [String]) throws -> (pipeline: String, rest: ArraySlice<String>) {
    guard let first = words.first, isPipeline(first) else { return (try path(), words[...]) }
    return (first, words.dropFirst())
  }

  static func isPipeline(_ word: String) -> Bool {
    word.hasSuffix(".yaml") || word.hasSuffix(".yml") || ResourceSearch.isFolder(word)
  }
}
