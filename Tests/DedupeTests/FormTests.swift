import StageKit
import Testing

@testable import Dedupe

@Suite("One form filled in twice")
struct FormTests {
  private func compare(_ a: String, _ b: String) throws -> Duplicates.Match {
    let line = try Line()
    try line.send("a", a)
    return try #require(try line.send("b", b).matches.first)
  }

  @Test("is a form, and no copy to be set aside")
  func forms() throws {
    func vacancy(_ firm: String, _ town: String, _ post: String, _ pay: String) -> String {
      """
      \(firm) is looking for a \(post) in \(town) from the first of the month. The post is permanent, with a trial time of six \
      weeks, and the pay is \(pay) crowns a month. We ask for a licence, some years at work and good humour; we offer a \
      pension, a canteen and five weeks of leave. Please write by post or come by on any day but the last of the week.
      """
    }
    func quake(_ town: String, _ strength: String, _ far: String, _ when: String) -> String {
      """
      An earthquake of magnitude \(strength) shook the ground \(far) kilometres from \(town) at \(when) on \
      \(strength == "3.1" ? "Tuesday" : "Sunday"), the Seismic Office of Norvania said. Nobody was hurt and no damage was \
      told of. Quakes of such a strength are felt by those who sit still and by few others. This text was put together by a \
      machine out of the readings of the office.
      """
    }
    for (a, b) in [
      (vacancy("Baker Lund", "Osmar", "night baker", "2,400"), vacancy("Garage Stahl", "Holmvik", "mechanic", "2,900")),
      (quake("Osmar", "3.1", "12", "4:10"), quake("Tarnsund", "2.8", "31", "11:52")),
    ] {
      let line = try Line { $0.action = .setAside }
      try line.send("a", a)
      let found = try line.send("b", b)
      #expect(found.matches.first?.status == .form && found.status == .partial && found.clusterName == "b")
      #expect(!line.decision.isSetAside)
    }
  }

  private static let report = """
    At least 12 miners died and 40 were hurt when a shaft near the town of Osmar filled with water on Friday, the governor said. \
    Divers from Tarnsund were flown in at night and brought up nine men who had found air behind a steel door. The mine belongs \
    to Norvan Copper, which had been told twice to mend its pumps. Families of the men stood at the gate in the rain, and a \
    priest read out the names of those who had been found.
    """

  @Test("is not a report whose figures, or the spelling of a name, are put right")
  func corrections() throws {
    let toll = try compare(
      Self.report, Self.report.replacing("12 miners", with: "15 miners").replacing("and 40", with: "and 47"))
    #expect(toll.status == .near)
    #expect(
      toll.differs?.names == [] && toll.differs?.numbers.map { String(decoding: $0, as: UTF8.self) } == ["15", "47"])
    #expect(try compare(Self.report, Self.report.replacing("Osmar", with: "Ossmar")).status == .near)
    let longer = try compare(
      Self.report, Self.report + " The King of Norvania will visit Osmar on Monday, his court said.")
    #expect(longer.status == .near && longer.differs?.names.isEmpty == false && longer.differs?.words ?? 0 >= 10)
    #expect(try compare(Self.report, "By Ada Quist, in Holmvik for the Lamp\n\n" + Self.report).status == .exact)
  }
}
