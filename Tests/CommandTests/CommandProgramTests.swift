import Foundation
import Testing

/// Commands that are programs of their own.
@Suite struct CommandProgramTests {
  /// The command as it would be installed, with programs around it.
  private struct Installed {
    let folder: Folder
    private let command: URL

    init() throws {
      folder = try Folder()
      command = folder.url.appendingPathComponent("bin/linecaster")
      try FileManager.default.createDirectory(
        at: command.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: BuiltCommand.path, to: command)
    }

    func add(_ path: String, _ script: String, mode: Int = 0o755) throws {
      let file = try folder.write(path, "#!/bin/sh\n" + script)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
    }

    func run(_ arguments: String...) throws -> BuiltCommand.Outcome {
      let process = BuiltCommand.process(arguments)
      process.executableURL = command
      return try BuiltCommand.run(process, input: [])
    }
  }

  @Test func aProgramBesideItOrInLibexecIsACommand() throws {
    let installed = try Installed()
    try installed.add("bin/linecaster-hello", #"printf '%s|' "$@"; exit 7"#)
    try installed.add("libexec/linecaster/linecaster-far-away", "echo far")
    let hello = try installed.run("hello", "two words", "--flag", "")
    #expect(hello.code == 7 && hello.output == "two words|--flag||" && hello.errors == "")
    #expect(try installed.run("help", "hello", "more").output == "help|more|")
    #expect(try installed.run("far-away").output == "far\n")
    try installed.add("bin/linecaster-far-away", "echo near")
    #expect(try installed.run("far-away").output == "near\n")
  }

  @Test func aProgramInLibexecFindsTheInstalledModels() throws {
    let installed = try Installed()
    let train = installed.folder.url.appendingPathComponent("libexec/linecaster/linecaster-train")
    try FileManager.default.createDirectory(at: train.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: BuiltCommand.path.deletingLastPathComponent().appendingPathComponent("linecaster-train"), to: train)
    let body = "The boats of Nordby will sail on Monday, the harbour said, and they will come back on Friday."
    let row =
      #"{"text": "Home\n\nThe Boats Sail\n\n\#(body)", "gold_text": "\#(body)", "gold_title": "The Boats Sail"}"#
    let data = try installed.folder.write("pages.jsonl", row + "\n")
    func fit() throws -> BuiltCommand.Outcome {
      try installed.run("train", "titles", "--data", data, "--source", "own", "--epochs", "2")
    }
    let place = "share/linecaster/clean.model"
    try installed.folder.write(place, "linecaster-model 1 clean 0\n")
    let refused = try fit()
    #expect(refused.code == 65 && refused.errors.contains("/\(place) is damaged"), "\(refused.errors)")
    let model = BuiltCommand.checkout.appendingPathComponent("models/clean.model")
    try installed.folder.write(place, Array(try Data(contentsOf: model)))
    let fitted = try fit()
    #expect(fitted.code == 0 && fitted.errors == "", "\(fitted.errors)")
  }

  @Test func noProgramTakesThePlaceOfACommand() throws {
    let installed = try Installed()
    try installed.add("bin/linecaster-version", "echo other")
    #expect(try installed.run("version").output.hasPrefix("linecaster "))
    for word in ["../bin/linecaster", "Hello", "", "..", "hello/there", "hello\n"] {
      let outcome = try installed.run(word)
      #expect(outcome.code == 64, "\(word): \(outcome.errors)")
      #expect(outcome.output == "", "\(word)")
    }
  }

  @Test func whatIsNotInstalledIsToldWithThePackage() throws {
    let installed = try Installed()
    for words in [["train"], ["train", "clean", "--help"], ["help", "train"]] {
      let process = BuiltCommand.process(words)
      process.executableURL = installed.folder.url.appendingPathComponent("bin/linecaster")
      let outcome = try BuiltCommand.run(process, input: [])
      #expect(outcome.code == 69 && outcome.output == "", "\(words)")
      for part in [
        "linecaster: ‘train’ is a program of its own", "/bin/linecaster-train nor at ",
        "/libexec/linecaster/linecaster-train", "install the package linecaster-train",
      ] {
        #expect(outcome.errors.contains(part), "\(words): \(outcome.errors)")
      }
    }
    #expect(try installed.run("trian").errors.contains("did you mean ‘train’?"))
    try installed.add("bin/linecaster-train", "echo", mode: 0o644)
    let refused = try installed.run("train")
    // Root, too, may run only what somebody may.
    #expect(refused.code == 69 && refused.errors.contains("linecaster-train cannot be run: "), "\(refused.errors)")
  }
}
