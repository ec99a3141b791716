// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "linecaster-benchmarks",
  dependencies: [
    // Named, because a clone may lie in a folder of any name.
    .package(name: "linecaster", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .executableTarget(
      name: "linecaster-bench",
      dependencies: [
        .product(name: "Linecasting", package: "linecaster"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]),
    .executableTarget(
      name: "plugin-bench",
      dependencies: [
        .product(name: "Linecasting", package: "linecaster"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]),
    .executableTarget(
      name: "dedupe-bench",
      dependencies: [
        .product(name: "Linecasting", package: "linecaster"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]),
  ]
)
