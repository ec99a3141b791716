@testable import Entities

/// “DATE May 4 = XXXX-05-04” for each entity that is no name.
func values(_ text: String, published: String? = nil) throws -> [String] {
  try annotated(text, published: published).entities?.filter { !$0.kind.isName }.map { entity in
    "\(entity.kind.rawValue) \(string(entity.name)) = \(entity.value.map(string) ?? "?")"
      + (entity.unit.map { " \(string($0))" } ?? "")
  } ?? []
}
