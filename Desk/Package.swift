// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]

// What reads the outbox and serves it to people and to other programs. A package of its own, so that the daemon never links
// SQL or HTTP.

/// A module of the desk: sources in Sources/NAME.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A program that `linecaster NAME` runs.
func program(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .executableTarget(name: name, dependencies: dependencies + [arguments], swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, swiftSettings: strict)
}

let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let records: Target.Dependency = .product(name: "Records", package: "linecaster")
let terminal: Target.Dependency = .product(name: "Terminal", package: "linecaster")

let package = Package(
  name: "linecaster-desk",
  products: [
    .executable(name: "linecaster-send", targets: ["linecaster-send"]),
    .executable(name: "linecaster-export", targets: ["linecaster-export"]),
    .executable(name: "linecaster-desk", targets: ["linecaster-desk"]),
    .executable(name: "linecaster-metrics", targets: ["linecaster-metrics"]),
  ],
  dependencies: [
    // By a link, for the name of a package is that of its folder, and a clone may lie in a folder of any name.
    .package(path: "linecaster"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    // The lines of outboxes, each once.
    module("OutboxReading", [records]),
    // What a line says.
    module("RecordReading", [records]),
    // The SQLite file: its tables, and what is written into it.
    module("Store", ["CSQLite", "OutboxReading", "RecordReading", records]),
    // From outboxes to a SQLite file, to a command.
    module("Sending", ["Store", "OutboxReading", "RecordReading", records]),
    // Records as annotations and as news items.
    module("Exporting", ["RecordReading", records]),
    // HTTP/1.1 for a few readers: sockets, requests, answers, and who may ask.
    module("HTTP"),
    // Asks a running daemon.
    module("ControlSocket"),
    // The page's three files, compiled in.
    .target(name: "CPage", exclude: ["desk.html", "desk.js", "desk.css"]),
    // Starts a program that ends with this one.
    .target(name: "CChild"),
    module("DeskServer", ["HTTP", "ControlSocket", "CSQLite", "CPage", "CChild"]),
    program("linecaster-send", ["Sending", "Store", "OutboxReading", records, terminal]),
    program("linecaster-export", ["Exporting", "OutboxReading", "RecordReading", records, terminal]),
    program("linecaster-desk", ["DeskServer", "HTTP"]),
    program("linecaster-metrics", ["ControlSocket", "HTTP"]),
    // Measures; no part of what is installed.
    program("desk-bench", ["Sending", "Store", "OutboxReading", "RecordReading", records]),
    tests("RecordReading", [records]),
    tests("Store"),
    tests("Exporting", ["RecordReading", records]),
    tests("Sending", ["Store", "OutboxReading", records]),
    tests("HTTP"),
    tests("DeskServer", ["HTTP", "Store"]),
  ]
)
