import ArticleIO
import Bytes
import StageKit

/// An article on its way through a chain.
struct ArticleRun {
  enum End {
    /// By the rule at this place among those to discard.
    case discarded(Int)
    case failed(StageError)
  }

  var article: Article
  /// Whether the stage that is next does not run on it, and whether one before did not.
  var (isLeftOut, isAnyLeftOut) = (false, false)
  /// `nil` while it is under way.
  var end: End?

  init(_ article: Article) { self.article = article }
}

extension Chain {
  /// Runs the pure half of every stage on many articles, all of them through one stage before the next one: for chains with a stage that
  /// takes many at once.
  ///
  /// - Parameters:
  ///   - earlier: a record of each, as for one alone; empty for none of any.
  ///   - entering: is told the number of the article and the place of each stage before it runs.
  /// - Returns: each article, with the reason to discard it, or what it failed of; as of one alone.
  public func process(
    _ articles: [Article], deadline: Deadline, routing: Routing = Routing(), earlier: [EarlierRecord?] = [],
    entering: (Int, Int) -> Void = { _, _ in }
  ) -> [Result<(article: Article, reason: Int?), StageError>] {
    var runs = articles.map(ArticleRun.init)
    for place in links.indices {
      let under = runs.indices.filter { number in
        guard begin(&runs[number], at: place, routing), !runs[number].isLeftOut else { return false }
        guard earlier.indices.contains(number), let record = earlier[number] else { return true }
        return !restore(place, of: &runs[number].article, from: record)
      }
      if let stage = links[place].processor as? any BatchProcessor, under.count > 1 {
        runMany(stage, place, under, &runs, deadline: deadline, entering)
        continue
      }
      for number in under {
        entering(number, place)
        do throws(StageError) {
          try run(place, on: &runs[number].article, deadline: deadline)
          finish(&runs[number], at: place, nil)
        } catch {
          finish(&runs[number], at: place, error)
        }
      }
    }
    return runs.indices.map { number in
      end(&runs[number], routing)
      switch runs[number].end {
      case .failed(let error): return .failure(error)
      case .discarded(let reason): return .success((runs[number].article, reason))
      case nil: return .success((runs[number].article, nil))
      }
    }
  }

  private func runMany(
    _ stage: any BatchProcessor, _ place: Int, _ numbers: [Int], _ runs: inout [ArticleRun], deadline: Deadline,
    _ entering: (Int, Int) -> Void
  ) {
    var ready: [Int] = []
    for number in numbers {
      do throws(StageError) {
        try checkMayRun(place, on: runs[number].article, deadline: deadline)
        ready.append(number)
      } catch {
        finish(&runs[number], at: place, error)
      }
    }
    for start in stride(from: 0, to: ready.count, by: max(1, stage.batch)) {
      let part = ready[start..<min(start + max(1, stage.batch), ready.count)]
      if let first = part.first { entering(first, place) }
      var articles = part.map { runs[$0].article }
      let errors = stage.process(&articles, deadline: deadline)
      for (index, number) in part.enumerated() {
        runs[number].article = articles[index]
        finish(&runs[number], at: place, errors[index])
      }
    }
  }

  /// Endings, without their dot, of documents that a plugin of the chain reads.
  public var documents: [String] { links.flatMap { $0.kind.plugin?.reads ?? [] } }

  /// Turns a document into text or HTML.
  ///
  /// - Returns: `nil` where no stage reads such documents.
  func convert(_ file: [UInt8], name: [UInt8], deadline: Deadline) throws(StageError) -> ConvertedDocument? {
    let lowered = name.map(\.lowered)
    let place = links.firstIndex { link in
      link.kind.plugin?.reads.contains { lowered.suffix($0.utf8.count + 1).elementsEqual(".\($0)".utf8) } == true
    }
    guard let place, let converter = links[place].processor as? any DocumentConverter else { return nil }
    do throws(StageError) {
      return try converter.convert(file, name: name, deadline: deadline)
    } catch {
      var named = error
      named.stage = links[place].kind.name
      throw named
    }
  }

  /// Whether a stage takes many articles at once, and how many.
  public var batch: Int { links.lazy.compactMap { ($0.processor as? any BatchProcessor)?.batch }.max() ?? 1 }
}
