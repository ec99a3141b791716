import Bytes
import StageKit
import Testing

@testable import Coreference

@Suite("Bounds")
struct BoundTests {
  @Test func ofTooManyPeopleInASentenceNobodyIsMeant() {
    var people = SentencePeople()
    for person in 0..<SentencePeople.mostPersons { people.add(person, isSubject: person == 0, isKnown: false) }
    #expect(people.persons.count == 32 && people.subject == 0 && !people.isCrowded)
    people.add(3, isSubject: false, isKnown: true)
    #expect(people.persons.count == 32 && !people.isCrowded)
    people.add(32, isSubject: false, isKnown: false)
    #expect(people.persons.count == 32 && people.isCrowded)
  }

  @Test func ofTooManyMinistersNobodyIsMeant() throws {
    let minister = WordHash("minister".utf8)
    let entities = (0..<65).map { at in
      var entity = Entity(kind: .person, name: Array("Ada Corr".utf8), mentions: [ByteSpan(at, at + 1)])
      entity.roles = [Array("Foreign Minister".utf8)]
      return entity
    }
    var watch = DeadlineWatch(.none)
    let people = try PersonIndex(entities, &watch)
    let ministers = people.holders(of: minister, or: 0, former: true)
    #expect(ministers.all(before: 0) == [] && ministers.all(before: 3) == [0, 1, 2])
    #expect(ministers.all(before: 64)?.count == 64 && ministers.all(before: 65) == nil)
    #expect(ministers.contains(64) && !ministers.contains(65) && ministers.latest(2, before: 65) == [64, 63])
    #expect(people.holders(of: WordHash("mayor".utf8), or: 0, former: true).all(before: 65) == [])
  }
}
