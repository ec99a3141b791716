// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]

/// A module of the house: sources in Sources/NAME.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A built-in stage: everything about it lies in Plugins/NAME.
func stage(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: ["StageKit"] + dependencies, path: "Plugins/\(name)", swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: strict)
}

let stages: [Target.Dependency] = ["Clean", "Segment", "Entities", "Quotes", "Dedupe"]
let log: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
  name: "linecaster",
  products: [
    .executable(name: "linecaster", targets: ["linecaster"]),
    .library(
      name: "Linecasting",
      targets: [
        "StageKit", "ArticleIO", "PipelineKit", "Disk", "BuiltinStages", "Clean", "Segment", "Entities", "Quotes",
        "Dedupe",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CSHA256"),
    .target(name: "CLinux"),

    module("StageKit"),
    module("ArticleIO", ["StageKit", "CZlib", "CSHA256"]),
    module("YAML", ["StageKit", "CLibYAML"]),
    module("Disk", ["CLinux"]),
    module("PipelineKit", ["StageKit", "ArticleIO", "YAML", "Disk"]),
    module("Workers", ["StageKit", "ArticleIO", "PipelineKit", "CLinux"]),
    module("Spool", ["Disk"]),
    module("Daemon", ["Spool", "PipelineKit", "Workers", "Disk", "CLinux", log]),

    stage("Clean"),
    stage("Segment"),
    stage("Entities"),
    stage("Quotes"),
    stage("Dedupe", ["Disk"]),
    module("BuiltinStages", ["PipelineKit"] + stages),

    module(
      "Command",
      ["Daemon", "PipelineKit", "Workers", .product(name: "ArgumentParser", package: "swift-argument-parser")] + stages),
    .executableTarget(name: "linecaster", dependencies: ["Command", "BuiltinStages"], swiftSettings: strict),

    .target(name: "TestSupport", dependencies: ["Disk"], path: "Tests/Support", swiftSettings: strict),
    // Generated articles, and what must hold of the record of any article.
    .target(
      name: "ArticleTesting", dependencies: ["ArticleIO", "StageKit"], path: "Tests/ArticleTesting",
      swiftSettings: strict),
    .executableTarget(
      name: "mutations", dependencies: ["ArticleTesting", "PipelineKit"], path: "Tests/Mutations", swiftSettings: strict
    ),
    tests("ArticleTesting", ["PipelineKit", "BuiltinStages"]),
    // What the tests of Workers start and confine, and what it tries from inside.
    .target(name: "WorkersAttempts", path: "Tests/WorkersAttempts"),
    .executableTarget(
      name: "WorkersChild",
      dependencies: ["Workers", "WorkersAttempts", "PipelineKit", "BuiltinStages", "Chaos"] + stages,
      path: "Tests/WorkersChild", swiftSettings: strict),
    // A stage that does harm, and the command with it.
    .target(name: "Chaos", dependencies: ["StageKit"], path: "Tests/Chaos", swiftSettings: strict),
    .executableTarget(
      name: "ChaosCommand", dependencies: ["Command", "BuiltinStages", "Chaos"], path: "Tests/ChaosCommand",
      swiftSettings: strict),
    tests("StageKit"),
    tests("ArticleIO"),
    tests("YAML"),
    tests("PipelineKit", ["BuiltinStages", "TestSupport"] + stages),
    tests("Disk", ["TestSupport"]),
    tests("Spool", ["Dedupe", "TestSupport"]),
    tests("Workers", ["WorkersChild", "ArticleIO", "BuiltinStages"]),
    tests("Daemon", ["TestSupport", "WorkersChild"]),
    tests("Clean", ["PipelineKit"]),
    tests("Segment", ["PipelineKit"]),
    tests("Entities", ["PipelineKit", "Segment"]),
    tests("Quotes", ["PipelineKit", "Segment", "Entities"]),
    tests("Dedupe", ["PipelineKit", "Disk"]),
    .testTarget(
      name: "CommandTests", dependencies: ["linecaster", "ChaosCommand", "PipelineKit", "ArticleIO"],
      exclude: ["Fixtures"], swiftSettings: strict),
  ]
)
