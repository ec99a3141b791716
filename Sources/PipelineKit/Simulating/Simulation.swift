import ArticleIO
import Bytes
import StageKit

/// What a chain does with one article, stage by stage, to be looked at: as JSON.
final class Simulation {
  private let caster: Caster
  private var steps: [JSONValue] = []
  /// The record as it was behind the stages so far.
  private var last = JSONValue.null

  private typealias Member = JSONValue.Member

  init(_ caster: Caster) { self.caster = caster }

  /// - Returns: an object with `stages`, `discard`, `route`, `outcome` and `record`.
  func run(_ raw: RawArticle, name: [UInt8]) -> JSONValue {
    var article: Article
    do throws(CastingError) {
      article = try caster.decode(CastInput(raw, name: name), caster.deadline.map(Deadline.init(after:)) ?? .none)
    } catch {
      return result("failed", [Member(key: "error", value: .string(error.message))], nil)
    }
    last = record(article)
    var began = ContinuousClock.now
    let reason: Int?
    do throws(StageError) {
      reason = try caster.chain.process(
        &article, deadline: caster.deadline.map(Deadline.init(after:)) ?? .none, routing: caster.routing,
        entering: { _ in began = .now },
        leaving: { place, article, ran in
          let time = ran ? ContinuousClock.now - began : .zero
          self.note(place, article, ran, time)
          began = .now
        })
    } catch {
      let members = [
        Member(key: "stage", value: error.stage.map { .string($0) } ?? .null),
        Member(key: "error", value: .string(error.message)),
      ]
      return result("failed", members, article)
    }
    if let reason {
      return result(
        "discarded", [Member(key: "reason", value: .string(caster.routing.discards[reason].reason))], article)
    }
    return decided(article)
  }

  /// What is decided in the order of arrival, as of the first article of all.
  private func decided(_ article: Article) -> JSONValue {
    var decision = Decision()
    if let decider = caster.chain.makeDecider(), let handover = article.handover {
      decision =
        (try? decider.decide(Arrival(id: article.id, sequence: nil, time: 0, published: nil), handover)) ?? decision
    }
    let whole = record(article, decision)
    if !steps.isEmpty, case .object(var members) = steps[steps.count - 1], let added = added(whole) {
      if let place = members.firstIndex(where: { $0.key == "added" }), case .object(let earlier) = members[place].value
      {
        members[place].value = .object(earlier + added)
      }
      steps[steps.count - 1] = .object(members)
    }
    last = whole
    let folder = caster.routing.folder(caster.routing.table(of: article), decision.status)
    let outlet = folder.map { caster.routing.folders[$0] }
    return result("record", [Member(key: "outlet", value: outlet.map { .string($0) } ?? .null)], article)
  }

  private func record(_ article: Article, _ decision: Decision = Decision()) -> JSONValue {
    let stamp = RecordStamp(
      sequence: nil, received: nil, pipelineName: caster.pipelineName, pipelineDigest: caster.pipelineDigest)
    return (try? JSONValue(parsing: caster.writer.parts(of: article, stamp: stamp).line(decision))) ?? .null
  }

  /// What is another in a record than before; `nil` for nothing.
  private func added(_ record: JSONValue) -> [JSONValue.Member]? {
    guard case .object(let members) = record else { return nil }
    let changed = members.filter { $0.key != "errors" && last[$0.key] != $0.value }
    return changed.isEmpty ? nil : changed
  }

  private func note(_ place: Int, _ article: Article, _ ran: Bool, _ time: Duration) {
    let (record, link) = (record(article), caster.chain.links[place])
    let (seconds, attoseconds) = time.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    steps.append(
      .object([
        Member(key: "stage", value: .string(link.kind.name)),
        Member(key: "when", value: link.rules.when.map { .string($0.text) } ?? .null),
        Member(key: "ran", value: .bool(ran)), Member(key: "microseconds", value: .number("\(microseconds)")),
        Member(key: "added", value: .object(added(record) ?? [])),
        Member(
          key: "errors",
          value: .array(article.errors.filter { $0.stage == link.kind.name }.map { .string($0.message) })),
      ]))
    last = record
  }

  private func result(_ outcome: String, _ members: [JSONValue.Member], _ article: Article?) -> JSONValue {
    func held(_ condition: Condition) -> JSONValue {
      guard let article, !condition.readsDecision else { return .null }
      return .bool(condition.holds(of: article))
    }
    let discards = caster.routing.discards.map { rule in
      JSONValue.object([
        Member(key: "when", value: .string(rule.when.text)), Member(key: "reason", value: .string(rule.reason)),
        Member(key: "held", value: held(rule.when)),
      ])
    }
    let routes = caster.routing.routes.map { rule in
      JSONValue.object([
        Member(key: "when", value: .string(rule.when.text)), Member(key: "to", value: .string(rule.folder)),
        Member(key: "held", value: held(rule.when)),
      ])
    }
    return .object(
      [
        Member(key: "stages", value: .array(steps)), Member(key: "discard", value: .array(discards)),
        Member(key: "route", value: .array(routes)), Member(key: "outcome", value: .string(outcome)),
      ] + members + [Member(key: "record", value: outcome == "record" ? last : .null)])
  }
}

extension Caster {
  /// Runs an article and tells of each stage what it did.
  public func simulate(_ raw: RawArticle, name: [UInt8]) -> JSONValue {
    Simulation(self).run(raw, name: name)
  }
}
