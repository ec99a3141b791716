import ArticleIO
import StageKit
import Testing

@testable import PipelineKit
@testable import Workers

/// Where lines go crosses the border between processes, and is believed of no other.
@Suite struct DestinationTests {
  private func record(_ destination: Destination, handover: [UInt8]? = nil) throws -> FinishedRecord {
    let parts = try #require(RecordParts(checking: Array("{\"schema\":1,\"a\":}\n".utf8), revision: 15, decision: nil))
    return FinishedRecord(
      parts: parts, arrival: Arrival(id: [1], sequence: 2, time: 3, published: nil), handover: handover,
      destination: destination, contentHash: [4])
  }

  private func crossed(_ frame: [UInt8]) throws -> Answer {
    var buffer = FrameBuffer()
    buffer.append(frame)
    return try Answer(try #require(try buffer.next()))
  }

  @Test(arguments: [.record(.main), .record(RouteTable([0, 1, 2, 3, 4])), .discarded(reason: 7)] as [Destination])
  func aDestinationCrosses(destination: Destination) throws {
    guard case .outcome(.record(let record)) = try crossed(Answer.outcome(.record(try record(destination))).frame)
    else {
      Issue.record("no record")
      return
    }
    #expect(record.destination == destination && record.contentHash == [4])
  }

  @Test func aTableOfAnotherLengthIsNoFrame() throws {
    let frame = Answer.outcome(.record(try record(.record(RouteTable([0, 0, 0]))))).frame
    #expect(throws: FrameProblem.self) { try crossed(frame) }
  }

  @Test func whatThePipelineDoesNotKnowDoesNotFit() throws {
    let when = try Condition("words > 1")
    let routing = Routing(
      discards: [.init(when: when, reason: "x", place: 0)], routes: [.init(when: when, folder: "y")])
    #expect(WorkOutcome.record(try record(.record(RouteTable([1])))).fits(routing))
    #expect(WorkOutcome.record(try record(.discarded(reason: 0))).fits(routing))
    for destination in [.record(RouteTable([2])), .discarded(reason: 1), .discarded(reason: -1)] as [Destination] {
      #expect(!WorkOutcome.record(try record(destination)).fits(routing))
    }
    // What is discarded hands nothing over.
    #expect(!WorkOutcome.record(try record(.discarded(reason: 0), handover: [1])).fits(routing))
    #expect(!WorkOutcome.record(try record(.discarded(reason: 0))).fits(Routing()))
    #expect(WorkOutcome.failure(WorkFailure(stage: nil, class: .empty, message: "")).fits(Routing()))
  }
}
