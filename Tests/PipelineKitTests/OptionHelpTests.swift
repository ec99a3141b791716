import BuiltinStages
import PipelineKit
import StageKit
import Testing

/// One style for all: what the option is, as a sentence or a phrase that begins with a capital and ends with a full stop.
@Suite struct OptionHelpTests {
  private func isInStyle(_ help: String) -> Bool {
    guard let first = help.first, first.isUppercase, help.last == "." else { return false }
    let orders = ["Add ", "Call ", "Give ", "List ", "Report ", "Seal ", "Set ", "Use "]
    return !help.contains("  ") && !help.contains("\n") && !orders.contains(where: help.hasPrefix)
  }

  @Test func everyOptionOfAStageIsTold() {
    for stage in StageRegistry.builtin.stages {
      #expect(isInStyle(stage.summary), "\(stage.name): \(stage.summary)")
      var names: Set<String> = []
      for option in stage.options {
        #expect(isInStyle(option.help), "\(stage.name).\(option.name): \(option.help)")
        #expect(option.example?.isEmpty != true && names.insert(option.name).inserted, "\(stage.name).\(option.name)")
        #expect(option.name.utf8.allSatisfy { 0x61...0x7A ~= $0 || $0 == UInt8(ascii: "_") }, "\(option.name)")
      }
    }
  }

  /// The settings of a pipeline, as its schema tells them.
  @Test func everySettingIsTold() throws {
    var count = 0
    func look(_ node: JSONValue, _ path: String) {
      guard case .object(let members) = node else { return }
      for member in members where member.key != "stages" {
        if member.key == "description", let text = member.value.string {
          count += 1
          #expect(text.first?.isUppercase == true && text.contains("."), "\(path): \(text)")
        }
        look(member.value, "\(path).\(member.key)")
      }
    }
    look(PipelineSchema.schema(of: .builtin), "")
    #expect(count > 10)
  }
}
