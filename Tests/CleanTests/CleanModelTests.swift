import StageKit
import Testing

@testable import Clean

@Suite("The model of clean")
struct CleanModelTests {
  @Test("a stage without its model says what it wants")
  func missing() {
    #expect(throws: StageError.self) { try CleanStage(options: .init(), context: StageContext()) }
  }

  @Test("the option names another model")
  func another() throws {
    var options = CleanStage.Options()
    options.model = "mine.model"
    let context = StageContext { Resource(path: $0, copying: ModelFile(of: "clean", path: $0).bytes) }
    let error = #expect(throws: StageError.self) { try CleanStage(options: options, context: context) }
    #expect(error?.message.hasPrefix("mine.model has no section ‘lines’; ") == true)
  }

  @Test("each section has a number for each feature")
  func sizes() throws {
    let model = try cleanModel()
    for weights in [model.lines, model.markup] {
      #expect(weights.numbers.count == 8 + Features.count * 20 + 3 * 256 + 16 + 64)
      #expect(weights.steps != model.lines.steps || weights.numbers == model.lines.numbers)
    }
    #expect(model.titles.rows.count == TitleFeatures.count && model.days.rows.count == PublicationFeatures.count)
  }
}
