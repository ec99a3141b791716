import ArticleIO
import PipelineKit
import StageKit
import Threads

/// How fast something went over a set of articles: the median of its runs.
struct Throughput: Encodable {
  var name: String
  var articles: Int
  /// Of the input to what was measured.
  var bytes: Int
  var seconds: Double
  /// How many times as long as adding up the same bytes.
  var timesFloor: Double

  var articlesPerSecond: Double { Double(articles) / seconds }
  var megabytesPerSecond: Double { Double(bytes) / seconds / 1e6 }

  enum CodingKeys: String, CodingKey {
    case name, articles, bytes, seconds, timesFloor, articlesPerSecond, megabytesPerSecond
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(articles, forKey: .articles)
    try container.encode(bytes, forKey: .bytes)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(timesFloor, forKey: .timesFloor)
    try container.encode(articlesPerSecond, forKey: .articlesPerSecond)
    try container.encode(megabytesPerSecond, forKey: .megabytesPerSecond)
  }
}

/// Measures stages and chains on one set of inputs.
struct ThroughputBench {
  let inputs: [RawArticle]
  let runs: Int

  private var inputBytes: Int { inputs.reduce(0) { $0 + $1.bytes.count } }

  /// Each stage alone, on articles that went through those before it.
  func stages(_ stages: [ChainLink], label: String) throws -> [Throughput] {
    var articles = try inputs.map { try $0.decode(name: Array("bench".utf8)) }
    var results: [Throughput] = []
    for link in stages {
      let stage = Chain([link])
      let bytes = articles.map(\.text)
      var times: [Double] = []
      for _ in 0..<runs {
        var copies = articles
        let decider = stage.makeDecider()
        times.append(
          try seconds {
            for at in copies.indices {
              try stage.process(&copies[at], deadline: .none)
              guard let decider, let handover = copies[at].handover else { continue }
              let arrival = Arrival(id: copies[at].id, sequence: UInt64(at), time: Int64(at), published: nil)
              _ = try decider.decide(arrival, handover)
            }
          })
        keep(copies)
      }
      results.append(throughput("\(link.kind.name) (\(label))", bytes: bytes, times: times))
      for at in articles.indices { try stage.process(&articles[at], deadline: .none) }
    }
    return results
  }

  /// From raw bytes to the finished record line, on this thread.
  func oneCore(_ chain: Chain, label: String) throws -> Throughput {
    let caster = caster(chain)
    var times: [Double] = []
    for _ in 0..<runs {
      let decider = chain.makeDecider()
      times.append(
        try seconds {
          for raw in inputs {
            keep(try caster.cast(raw, name: Array("bench".utf8)).get().line(decider))
          }
        })
    }
    return throughput("chain, one core (\(label))", bytes: inputs.map(\.bytes), times: times)
  }

  /// The same through the worker pool, decisions and lines on this thread as the commit thread would.
  func allCores(_ chain: Chain, label: String) throws -> Throughput {
    let caster = caster(chain)
    var times: [Double] = []
    for _ in 0..<runs {
      let decider = chain.makeDecider()
      let pool = try WorkerPool()
      let inputs = self.inputs
      times.append(
        try seconds {
          let lane = pool.queue { (raw: RawArticle) in caster.cast(raw, name: Array("bench".utf8)) }
          let feeder = try Thread {
            for raw in inputs { lane.submit(raw, cost: raw.bytes.count) }
            lane.finish()
          }
          while true {
            let batch = lane.take(atMost: 256)
            if batch.isEmpty { break }
            for result in batch {
              keep(try result.get().line(decider))
            }
          }
          feeder.join()
        })
      pool.stop()
    }
    return throughput("chain, \(availableCores) cores (\(label))", bytes: inputs.map(\.bytes), times: times)
  }

  private func caster(_ chain: Chain) -> Caster {
    Caster(chain: chain, writer: RecordWriter(), pipelineName: "bench", pipelineDigest: "0", deadline: .seconds(10))
  }

  private func throughput(_ name: String, bytes: [[UInt8]], times: [Double]) -> Throughput {
    let count = bytes.reduce(0) { $0 + $1.count }
    let floor = (0..<max(3, runs)).map { _ in byteSum(bytes) }.median
    return Throughput(
      name: name, articles: inputs.count, bytes: count, seconds: times.median, timesFloor: times.median / floor)
  }

  /// Seconds to add up all bytes: as fast as anything that looks at each of them.
  private func byteSum(_ texts: [[UInt8]]) -> Double {
    seconds {
      var sum: UInt64 = 0
      for text in texts {
        for byte in text { sum &+= UInt64(byte) }
      }
      keep(sum)
    }
  }
}
