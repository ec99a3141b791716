/// What a text tells of a person's gender.
public enum Gender: Sendable {
  case masculine, feminine, unknown
}
