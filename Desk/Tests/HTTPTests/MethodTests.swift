import HTTP
import Testing

@Test func `methods that change what lies there are not known`() {
  #expect(Method(rawValue: "POST") == .post)
  #expect(Method(rawValue: "DELETE") == nil)
}
