// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]

// Every target names all modules that its files import: the build refuses others (see the Makefile).

/// A module of the house: sources in Sources/NAME.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A built-in stage: everything about it lies in Plugins/NAME.
func stage(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: ["StageKit", "Bytes"] + dependencies, path: "Plugins/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: strict)
}

let stages: [Target.Dependency] = ["Clean", "Segment", "Entities", "Quotes", "Dedupe"]
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "linecaster",
  products: [
    .executable(name: "linecaster", targets: ["linecaster"]),
    .executable(name: "linecaster-train", targets: ["linecaster-train"]),
    .library(
      name: "Linecasting",
      targets: [
        "Bytes", "StageKit", "Lexicon", "ArticleFacts", "Coreference", "ArticleIO", "PipelineKit", "Disk",
        "Workers", "BuiltinStages", "Clean", "Segment", "Entities", "Quotes", "Dedupe",
      ]),
    // What programs that read records share with the chain: conditions, layers, JSON.
    .library(name: "Records", targets: ["PipelineKit", "ArticleIO", "StageKit", "Bytes"]),
    .library(name: "Terminal", targets: ["Terminal"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CSHA256"),
    .systemLibrary(name: "CPrefetch"),
    // What library plugins see.
    .systemLibrary(name: "CLinecasterStage"),
    .target(name: "CLinux"),
    // The compiled word lists.
    .target(
      name: "CLexicon", exclude: ["abbreviations.table", "english.table", "languages.table", "sequences.table"]),

    module("Bytes"),
    module("Threads"),
    module("StageKit", ["Bytes"]),
    module("Lexicon", ["Bytes", "CLexicon"]),
    module("ArticleIO", ["StageKit", "Bytes", "CZlib", "CZstd", "CSHA256"]),
    module("YAML", ["StageKit", "Bytes", "CLibYAML"]),
    module("Disk", ["CLinux"]),
    // Makes the tables of CLexicon from the folder lists; no part of the program.
    module("LexiconBuilding", ["Lexicon", "Bytes", "Disk"]),
    .executableTarget(name: "compile-lists", dependencies: ["LexiconBuilding", "Disk"], swiftSettings: strict),
    module("PipelineKit", ["StageKit", "Bytes", "Lexicon", "ArticleIO", "YAML", "Disk", "Threads"]),
    module(
      "Workers", ["StageKit", "Bytes", "ArticleIO", "PipelineKit", "Threads", "Disk", "CLinux", "CLinecasterStage"]),
    module("Spool", ["Disk", "Bytes"]),
    module(
      "Daemon",
      ["Spool", "Disk", "PipelineKit", "Workers", "ArticleIO", "StageKit", "Bytes", "Threads", "CLinux", log]),

    // What more than one stage asks of an article.
    module("ArticleFacts", ["StageKit", "Lexicon", "Bytes"]),
    // Who is meant by a pronoun or a description, and the reading of sentences that it needs.
    module("Coreference", ["ArticleFacts", "StageKit", "Lexicon", "Bytes"]),
    stage("Clean", ["ArticleFacts", "Lexicon"]),
    stage("Segment", ["ArticleFacts", "Lexicon"]),
    stage("Entities", ["CPrefetch", "Coreference", "ArticleFacts", "Lexicon"]),
    stage("Quotes", ["Coreference", "ArticleFacts", "Lexicon"]),
    stage("Dedupe", ["ArticleFacts", "Disk", "Threads"]),
    module("BuiltinStages", ["PipelineKit"] + stages),

    // What every command does with its arguments, standard files and exit code.
    module("Terminal", ["StageKit", arguments]),
    module(
      "Command",
      [
        "Terminal", "Daemon", "Spool", "Disk", "PipelineKit", "Workers", "ArticleIO", "StageKit", "Bytes", "Threads",
        "CLinux", log, arguments, "Clean", "Dedupe",
      ]),
    .executableTarget(
      name: "linecaster", dependencies: ["Command", "BuiltinStages"], swiftSettings: strict),
    // Fits the models of the stages; no part of the program.
    module("Training", ["Clean", "Entities", "Quotes", "Coreference", "Lexicon", "StageKit", "Bytes"]),
    .executableTarget(
      name: "linecaster-train",
      dependencies: [
        "Training", "Clean", "Segment", "Entities", "Quotes", "PipelineKit", "ArticleIO", "Terminal", "StageKit",
        "Bytes", arguments,
      ], swiftSettings: strict),

    .target(name: "TestSupport", dependencies: ["Disk", "Bytes"], path: "Tests/Support", swiftSettings: strict),
    // Generated articles, and what must hold of the record of any article.
    .target(
      name: "ArticleTesting", dependencies: ["ArticleIO", "StageKit", "Bytes"], path: "Tests/ArticleTesting",
      swiftSettings: strict),
    .executableTarget(
      name: "mutations", dependencies: ["ArticleTesting", "PipelineKit", "ArticleIO", "StageKit", "Threads"],
      path: "Tests/Mutations", swiftSettings: strict),
    // Every stage on large articles.
    .executableTarget(
      name: "conformance",
      dependencies: ["ArticleTesting", "BuiltinStages", "PipelineKit", "ArticleIO", "StageKit", "Bytes"],
      path: "Tests/Conformance", swiftSettings: strict),
    tests("ArticleTesting", ["PipelineKit", "BuiltinStages", "ArticleIO", "StageKit", "Bytes", "Threads"]),
    // What the tests of Workers start and confine, and what it tries from inside.
    .target(name: "WorkersAttempts", path: "Tests/WorkersAttempts"),
    .executableTarget(
      name: "WorkersChild",
      dependencies: ["Workers", "WorkersAttempts", "PipelineKit", "BuiltinStages", "ArticleIO", "StageKit", "Chaos"],
      path: "Tests/WorkersChild", swiftSettings: strict),
    // A stage that does harm, and the command with it.
    .target(name: "Chaos", dependencies: ["StageKit"], path: "Tests/Chaos", swiftSettings: strict),
    .executableTarget(
      name: "ChaosCommand", dependencies: ["Command", "BuiltinStages", "PipelineKit", "Chaos"],
      path: "Tests/ChaosCommand", swiftSettings: strict),
    tests("Bytes"),
    tests("Threads"),
    tests("StageKit", ["Bytes"]),
    tests("Lexicon", ["LexiconBuilding", "Bytes", "Disk"]),
    tests("ArticleIO", ["StageKit", "Bytes"]),
    tests("YAML", ["StageKit", "Bytes"]),
    tests("PipelineKit", ["BuiltinStages", "TestSupport", "ArticleIO", "Disk", "StageKit", "Bytes"]),
    tests("Disk", ["TestSupport"]),
    tests("Spool", ["Dedupe", "Disk", "StageKit", "Bytes", "TestSupport"]),
    tests("Workers", ["WorkersChild", "PipelineKit", "ArticleIO", "StageKit", "BuiltinStages", "Threads"]),
    tests(
      "Daemon",
      [
        "TestSupport", "WorkersChild", "Workers", "Spool", "Disk", "PipelineKit", "ArticleIO", "StageKit", "Bytes",
        "Threads", log,
      ]),
    tests("ArticleFacts", ["StageKit", "Bytes"]),
    tests("Coreference", ["Segment", "StageKit", "Bytes"]),
    tests("Clean", ["PipelineKit", "StageKit", "Bytes"]),
    tests("Segment", ["PipelineKit", "StageKit", "Bytes"]),
    tests("Entities", ["Coreference", "Training", "PipelineKit", "Lexicon", "Segment", "StageKit", "Bytes"]),
    tests("Quotes", ["Coreference", "ArticleFacts", "PipelineKit", "Segment", "Entities", "StageKit", "Bytes"]),
    tests("Dedupe", ["Disk", "StageKit", "Bytes", "TestSupport"]),
    tests("Training", ["PipelineKit", "Clean", "Segment", "Quotes", "Coreference", "StageKit", "Bytes"]),
    .testTarget(
      name: "CommandTests",
      dependencies: ["linecaster", "linecaster-train", "ChaosCommand", "ArticleIO", "StageKit", "Bytes"],
      exclude: ["Fixtures"], swiftSettings: strict),
  ]
)
