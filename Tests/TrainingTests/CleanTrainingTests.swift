import Bytes
import StageKit
import Testing

@testable import Clean
@testable import Training

@Suite("Training of clean")
struct CleanTrainingTests {
  // MARK: Labels

  func labels(_ blocks: [String], gold: String) -> String {
    let words = blocks.map { Words.hashes(Array($0.utf8), lowered: true) }
    let labels = GoldLabels(blocks: words, gold: Words.hashes(Array(gold.utf8), lowered: true))
    return labels.states.map { ["-", "B", "i", "+"][$0.rawValue] }.joined()
  }

  @Test("labels from the gold text of a page")
  func labelsFromGold() {
    let page = [
      "Orla Times", "News and sport from the coast, every day", story[0], "READ MORE: Ferry line to close in spring",
      story[1], "Tolls", "Share this page with all of your friends", story[2].uppercased(), "Related", story[0],
      "Ferry line to close in spring",
    ]
    #expect(labels(page, gold: story[0] + "\n\n" + story[1] + "\n\nTolls\n\n" + story[2]) == "--BiBBiB+++")
    #expect(labels(page, gold: "Nothing of it stands on this page at all.") == "-----------")
    #expect(labels(page, gold: "") == "-----------")
    #expect(labels([], gold: story[0]) == "")
    #expect(labels(["Tolls", story[0], story[1]], gold: story[0] + " " + story[1]) == "-BB")
    #expect(labels(["Tolls", story[0], story[1]], gold: "Tolls\n" + story[0] + " " + story[1]) == "BBB")
  }

  @Test("a fit goes on from what the program has, and says what that lacks")
  func goingOn() throws {
    var file = ModelFile(of: "clean", path: "a.model")
    let days = ModelFile.Section(
      name: "days", note: "", shapes: PublicationFeatures.shapes, numbers: try cleanModel().days.rows)
    file.put(days)
    let titles = ModelFile.Section(name: "titles", note: "", shapes: [.init("none", rows: 1)], numbers: [7])
    file.put(titles)
    let (model, lacking) = CleanModel.goingOn(from: file, fitting: ["lines", "markup"])
    #expect(model.days.rows == days.numbers && model.titles.rows.allSatisfy { $0 == 0 })
    #expect(model.lines.numbers.allSatisfy { $0 == 0 })
    #expect(lacking.count == 1 && lacking[0].message.contains("section ‘titles’"))
  }

  @Test("words are runs of letters, digits and underscores")
  func words() {
    func count(_ text: String) -> Int { Words.hashes(Array(text.utf8)).count }
    #expect(count("It’s 7.5 km — café_x, “naïve”…") == 7)
    #expect(count("") == 0 && count(" — ") == 0)
    let hashes = { (text: String) in Words.hashes(Array(text.utf8), lowered: true) }
    #expect(hashes("ÉTÉ Orla") == hashes("été orla"))
  }

  @Test("the score is F1 of four-word sequences, precision over pages with text only")
  func score() {
    func shingles(_ text: String) -> Shingles { Shingles(Words.hashes(Array(text.utf8))) }
    var score = ShingleScore()
    score.add(gold: shingles("a b c d e f"), found: shingles("a b c d e x"))  // 2 of 3, 2 of 3
    score.add(gold: shingles("a b c d"), found: shingles(""))
    #expect(abs(score.precision - 2.0 / 3) < 1e-12 && abs(score.recall - 1.0 / 3) < 1e-12)
    #expect(abs(score.f1 - 4.0 / 9) < 1e-12)
    #expect(shingles("a b").total == 1 && shingles("a a a a a a").common(with: shingles("a a a a a")) == 2)
  }

  // MARK: The fit

  /// Pages of a toy world: feature 1 holds for body blocks, feature 2 for others, feature 0 for all, feature 3 by chance.
  func toy(_ count: Int, seed: UInt64) -> [LabelledPage] {
    var random = SeededGenerator(state: seed)
    return (0..<count).map { _ in
      var states: [Labeller.State] = []
      states += Array(repeating: .before, count: Int.random(in: 0...3, using: &random))
      states += [.body] + (Bool.random(using: &random) ? [.inside, .body] : [.body, .body])
      states += Array(repeating: .after, count: Int.random(in: 0...4, using: &random))
      let rows = states.map { [0, $0 == .body ? 1 : 2] + (Bool.random(using: &random) ? [3] : []) }
      return LabelledPage(rows: rows, words: states.map { $0 == .body ? 30 : 3 }, states: states)
    }
  }

  @Test("the gradient is that of the loss")
  func gradient() {
    var random = SeededGenerator(state: 7)
    var network = Network(featureCount: 4)
    network.numbers = network.numbers.map { _ in Float.random(in: -1...1, using: &random) }
    let steps = SoftmaxMargin.steps.map { _ in Double.random(in: -2...2, using: &random) }
    for page in toy(6, seed: 3) + [LabelledPage(rows: [[0], [2]], words: [1, 2], states: [.before, .before])] {
      func loss(_ network: Network, _ steps: [Double]) -> Double {
        var (pass, objective) = (NetworkGradient(), SoftmaxMargin())
        return objective.loss(page, pass.scores(page, network), steps: steps)
      }
      var (pass, objective, gradient) = (NetworkGradient(), SoftmaxMargin(), Network(featureCount: 4))
      #expect(objective.loss(page, pass.scores(page, network), steps: steps) > 0)
      pass.add(page, network, slopes: objective.slopes, to: &gradient)
      /// Where the loss bends within the distance (a sum passes zero), the slopes on both sides differ.
      func check(_ slope: Double, _ distance: Double, _ name: String, _ moved: (Double) -> Double) {
        let (here, above, below) = (moved(0), moved(distance), moved(-distance))
        let (right, left) = ((above - here) / distance, (here - below) / distance)
        if abs(right - left) > 0.05 * max(1, abs(slope)) { return }
        #expect(abs((right + left) / 2 - slope) < 0.01 * max(1, abs(slope)), "\(name)")
      }
      let (numbers, slopes) = (network.numbers, gradient.numbers)
      for at in numbers.indices {
        check(Double(slopes[at]), 4e-3, "number \(at)") { distance in
          var (network, numbers) = (network, numbers)
          numbers[at] += Float(distance)
          network.numbers = numbers
          return loss(network, steps)
        }
      }
      for at in steps.indices {
        check(objective.stepSlopes[at], 1e-3, "step \(at)") { distance in
          var steps = steps
          steps[at] += distance
          return loss(network, steps)
        }
      }
    }
  }

  @Test("a page is scored alike by the fit and by the stage")
  func scores() throws {
    var random = SeededGenerator(state: 9)
    var network = Network(featureCount: Features.count)
    network.numbers = network.numbers.map { _ in Float.random(in: -0.5...0.5, using: &random) }
    let text = """
      Log in
      11:05 GMT +214 March 2019

          Bridge Over the Orla Opens Again

      © NORTHWIRE / Ada Corr

      \(story.joined(separator: "\n\n"))

      READ MORE: Ferry Line to Close
      Related
      Tags: Orla, bridge
      """
    let page = try PlainPage.read(Array(text.utf8), deadline: .none)
    var pass = NetworkGradient()
    let trained = pass.scores(try LabelledPage(page, gold: []), network)
    let used = try network.scores(page, try PageFacts(page, deadline: .none), deadline: .none)
    #expect(used.count == page.blocks.count && trained.count == used.count)
    for (a, b) in zip(trained, used) {
      let distance = a - b
      #expect(distance.indices.allSatisfy { abs(distance[$0]) < 1e-3 })
    }
  }

  @Test("a page that is thinned out has the share of features that it should")
  func thinned() {
    var random = SeededGenerator(state: 1)
    let rows = Array(repeating: Array(0..<20), count: 200)
    let page = LabelledPage(
      rows: rows, words: Array(repeating: 1, count: 200), states: Array(repeating: .before, count: 200))
    func total(_ page: LabelledPage) -> Int { (0..<page.count).reduce(0) { $0 + page.rows(of: $1).count } }
    #expect(total(page) == 4000 && total(page.thinned(by: 0, &random)) == 4000)
    let thin = page.thinned(by: 0.25, &random)
    #expect(thin.count == 200 && thin.states.count == 200 && (2800...3200).contains(total(thin)))
  }

  @Test("a toy world is learned, and from one seed always alike")
  func learns() {
    func fitted(seed: UInt64) -> [Double] {
      var fit = LabellerFit(toy(60, seed: 5), featureCount: 4, epochs: 30, seed: seed)
      var first: Double?
      for _ in 0..<30 {
        fit.runEpoch()
        first = first ?? fit.loss
      }
      #expect(fit.loss < (first ?? 0) / 3)
      return fit.averaged
    }
    let found = fitted(seed: 1)
    #expect(found == fitted(seed: 1))
    #expect(found != fitted(seed: 2))
    let (start, body) = (SoftmaxMargin.steps.count, Labeller.State.body.rawValue)
    #expect(found[start + 4 + body] > 0, "feature 1 speaks for the body")
    #expect(found[start + 8 + body] < 0, "feature 2 speaks against it")
  }

  @Test("what the file holds is read back as it was")
  func roundTrip() throws {
    var random = SeededGenerator(state: 11)
    let count = SoftmaxMargin.steps.count + Network(featureCount: Features.count).numbers.count
    let parameters = (0..<count).map { _ in Double.random(in: -3...3, using: &random) }
    let weights = Weights(parameters: parameters)
    #expect(weights.numbers.count == count && weights.network.numbers == Array(weights.numbers.dropFirst(8)))
    #expect(abs(Double(weights.steps.begin) - parameters[1]) <= 0.005)
    var file = ModelFile(of: "clean", path: "a.model")
    file.put(.init(name: "lines", note: "", shapes: Weights.shapes, numbers: weights.hundredths))
    let read = try ModelFile(Resource(path: "a.model", copying: file.bytes), of: "clean")
    #expect(try Weights(read, section: "lines").numbers == weights.numbers)
  }

  @Test("a fit to pages: holds out domains, leaves other sources alone, writes the weights")
  func training() throws {
    func page(_ number: Int, source: String) -> TrainingPage {
      let body = story.map { "\($0) This was said in report \(number)." }.joined(separator: "\n\n")
      let text = "Home\nNews\nSport\nLog in\n\nStory \(number)\n\n\(body)\n\nRelated:\n\nFerry line to close\nTags\n"
      return TrainingPage(
        text: Array(text.utf8), isMarkup: false, gold: Array(body.utf8), source: source,
        domain: "site\(number).example",
        group: "dumps")
    }
    var options = CleanTraining.Options(sources: ["ours"])
    options.epochs = 4
    options.folds = 2
    let pages = (0..<20).map { page($0, source: $0 < 16 ? "ours" : "other") }
    let training = try #require(try CleanTraining(.lines, pages, model: cleanModel(), options: options))
    var epochs: [Int?: Int] = [:]
    let result = try training.run { epochs[$0.fold, default: 0] += 1 }
    #expect(epochs == [1: 4, 2: 4, nil: 4])
    #expect(result.pagesLearnedFrom == 16 && result.inSample.byGroup.map(\.score.pages) == [16])
    let heldOut = try #require(result.heldOut)
    #expect(heldOut.byGroup.map(\.score.pages) == [20], "every page is held out once")
    #expect(heldOut.bySource.map(\.source) == ["other", "ours"] && heldOut.bySource.map(\.score.pages) == [4, 16])
    #expect(heldOut.byGroup[0].score.f1 > 0.9 && heldOut.byGroup[0].score.emptyPages == 0)
    #expect(heldOut.byGroup[0].score.nearlyRight <= 20)
    options.folds = 0
    #expect(
      try #require(try CleanTraining(.lines, pages, model: cleanModel(), options: options)).run { _ in }.heldOut == nil)
    #expect(result.section.note == "fitted to ours; 16 pages, 4 epochs, seed 1")
    #expect(result.section.name == "lines" && result.section.shapes == Weights.shapes)
    #expect(try CleanTraining(.markup, pages, model: cleanModel(), options: options) == nil)
    options.sources = ["nobody"]
    #expect(try CleanTraining(.lines, pages, model: cleanModel(), options: options) == nil)
  }

  @Test("a fit to headlines: the line that says them, however the pages are laid out")
  func titles() throws {
    func page(_ number: Int, source: String, title: String?) -> TrainingPage {
      let body = story.joined(separator: "\n\n")
      // Half of the pages have the line under the headline that the others have above it.
      let head = ["Bridge over the Orla opens again in year \(number)", "Buses cross it with the mayor on board"]
      let text = "Home\nNews\nLog in\n\n\(head.joined(separator: "\n\n"))\n\nBy Ada Corr\n\n\(body)"
      var page = TrainingPage(
        text: Array(text.utf8), isMarkup: false, gold: Array(body.utf8), source: source,
        domain: "site\(number).example", group: "dumps")
      page.goldTitle = title.map { Array($0.utf8) } ?? Array(head[0].utf8)
      return page
    }
    let pages = (0..<20).map {
      page($0, source: $0 < 16 ? "ours" : "other", title: $0 == 3 ? "Nowhere to be found" : nil)
    }
    let fit = try #require(try TitleFit(pages, sources: ["ours"], model: cleanModel(), seed: 1))
    let result = fit.run(epochs: 4)
    #expect(result.pagesLearnedFrom == 15, "a page whose headline is no line teaches nothing")
    #expect(result.inSample.first?.right == 15)
    #expect(result.heldOut.map { $0.right * 10 >= $0.pages * 8 } == [true])
    #expect(result.section == fit.run(epochs: 4).section)
    #expect(result.section.name == "titles" && result.section.numbers.count == TitleFeatures.count)
    #expect(try TitleFit(pages, sources: ["nobody"], model: cleanModel(), seed: 1) == nil)
  }

  @Test("a fit to days: the one that pages of a kind give as that of publication")
  func dates() throws {
    func page(_ number: Int, source: String) -> TrainingPage {
      let text = """
        Home
        14 June 2019

        Bridge over the Orla opens again in year \(number)

        By Ada Corr
        Open until \(number + 1) August 2019
        Published \(number + 1) May 2019

        \(story.joined(separator: "\n\n"))
        """
      var page = TrainingPage(
        text: Array(text.utf8), isMarkup: false, gold: Array(story.joined(separator: "\n\n").utf8), source: source,
        domain: "site\(number).example", group: "dumps")
      page.goldDay = Array(
        (number == 3 ? "2018-01-01" : number < 9 ? "2019-05-0\(number + 1)" : "2019-05-\(number + 1)").utf8)
      return page
    }
    let pages = (0..<20).map { page($0, source: $0 < 16 ? "ours" : "other") }
    let fit = try #require(try DateFit(pages, sources: ["ours"], model: cleanModel(), seed: 1))
    let result = fit.run(epochs: 8)
    #expect(result.pagesLearnedFrom == 16)
    #expect(result.heldOut.map(\.pages) == [20] && result.heldOut.map(\.right) == [19], "one page does not say")
    #expect(result.section.name == "days" && result.section.numbers.count == PublicationFeatures.count)
    #expect(try DateFit(pages, sources: ["nobody"], model: cleanModel(), seed: 1) == nil)
  }
}
