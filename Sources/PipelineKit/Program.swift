/// The program's version: `linecaster version` prints it, and every pipeline digest covers it.
public enum Program {
  public static let version = "0.1.0"
}
