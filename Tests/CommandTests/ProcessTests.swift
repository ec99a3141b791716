import ArticleIO
import Foundation
import Testing

@Suite struct ProcessTests {
  @Test func samplesBecomeGoodRecords() throws {
    let samples = BuiltCommand.checkout.appendingPathComponent("samples")
    let files = try FileManager.default.contentsOfDirectory(atPath: samples.path).sorted()
    let outcome = try BuiltCommand.run(["process", "pipelines/news.yaml"] + files.map { "samples/\($0)" })
    #expect(outcome.errors == "")
    #expect(outcome.code == 0)
    #expect(outcome.records.count == files.count + 1)
    for record in outcome.records {
      expectGood(record)
      #expect(record["entities"]?.array?.isEmpty == false, "\(record["title"] ?? .null)")
      #expect(record["quotes"]?.array?.isEmpty == false, "\(record["title"] ?? .null)")
    }
    let statuses = outcome.records.compactMap { $0["duplicates"]?["status"]?.string }
    #expect(statuses.count(where: { $0 == "near" }) == 1)
    #expect(statuses.count(where: { $0 == "unique" }) == statuses.count - 1)
  }

  @Test func filesThatAreNoArticlesAreNamed() throws {
    let folder = try Folder()
    let good = try folder.write("good.txt", "The bridge opened on Monday. People cheered.")
    let empty = try folder.write("empty.txt", " \n")
    let binary = try folder.write("binary.txt", [0x7F, 0x45, 0, 1, 2])
    let latin = try folder.write("latin.txt", Array("Caf".utf8) + [0xE9])
    let odd = try folder.write("odd.doc", "x")
    let missing = folder.url.appendingPathComponent("missing.txt").path
    let outcome = try BuiltCommand.run("process", "pipelines/news.yaml", empty, binary, latin, odd, missing, good)
    #expect(outcome.code == 65)
    #expect(outcome.records.count == 1)
    for (file, reason) in [
      (empty, "holds no text"), (binary, "zero bytes"), (latin, "byte 4 is not UTF-8"), (odd, ".txt, .html"),
      (missing, "No such file"),
    ] {
      #expect(outcome.errors.split(separator: "\n").contains { $0.contains(file) && $0.contains(reason) }, "\(file)")
    }
  }

  @Test func aFileOverTheLimitIsRefused() throws {
    let folder = try Folder()
    let pipeline = try folder.write("p.yaml", "name: small\ninbox: {max_input: 1KiB}\nstages: [segment]\n")
    let large = try folder.write("large.txt", String(repeating: "word ", count: 300))
    let outcome = try BuiltCommand.run("process", pipeline, large)
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains("larger than max_input"))
  }

  @Test func showMarksControlCharacters() throws {
    let folder = try Folder()
    let file = try folder.write("page.txt", "Headline\u{1B}[31m of the day\n\nThe \u{1B}[2Jbridge opened on Monday.")
    let outcome = try BuiltCommand.run("show", "--pipeline", "pipelines/annotate.yaml", file)
    #expect(outcome.code == 0)
    #expect(!outcome.output.contains("\u{1B}"))
    #expect(outcome.output.contains("bridge opened"))
  }

  @Test func showWantsAPipelineForWhatIsNoRecord() throws {
    let folder = try Folder()
    let outcome = try BuiltCommand.run("show", try folder.write("page.txt", "Text."))
    #expect(outcome.code == 65)
    #expect(outcome.errors.contains("--pipeline"))
  }
}
