import Coreference
import StageKit
import Testing

@testable import Quotes

@Suite("The model of quotes")
struct QuotesModelTests {
  @Test func eachConstructionHasItsRow() throws {
    let table = try quotesModel().confidence
    #expect(table.hundredths.count == Construction.allCases.count * SpeakerForm.allCases.count)
    #expect(table.hundredths.allSatisfy { (0...100).contains($0) })
    #expect(table[.quotation, .name] > table[.untagged, .name])
    for form in SpeakerForm.allCases { #expect(table[.label, form] == 0.9 && table[.inner, form] == 0.75) }
  }

  @Test func aStageWithoutItsModelSaysWhatItWants() {
    #expect(throws: StageError.self) { try QuotesStage(options: .init(), context: StageContext()) }
  }

  @Test func aModelOfAnotherStageIsRefused() {
    let other = ModelFile(of: "clean", path: "a.model")
    let context = StageContext { Resource(path: $0, copying: other.bytes) }
    let error = #expect(throws: StageError.self) { try QuotesStage(options: .init(), context: context) }
    #expect(error?.message.hasPrefix("quotes.model is a model of ‘clean’, not of ‘quotes’; ") == true)
  }
}
