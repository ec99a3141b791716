import CPage
import HTTP

/// A file of the page, which lies in the program.
enum PageFile {
  case page, script, style

  /// Views, each of which is the same page.
  private static let views: Set<String> = ["", "feed", "article", "quotes", "people", "stories", "failed", "line"]

  static func at(_ path: String) -> PageFile? {
    switch path {
    case "/desk.js": .script
    case "/desk.css": .style
    default:
      views.contains(String(path.dropFirst().prefix { $0 != "/" })) ? .page : nil
    }
  }

  func answer(to request: Request) -> Answer {
    let answer = Answer(200, type: type, .bytes(bytes))
    return answer
  }

  private var type: String {
    switch self {
    case .page: "text/html; charset=utf-8"
    case .script: "text/javascript; charset=utf-8"
    case .style: "text/css; charset=utf-8"
    }
  }

  private var bytes: [UInt8] {
    // Constants of the program, each as long as its size says.
    switch self {
    case .page: Array(UnsafeBufferPointer(start: page_html(), count: page_html_size()))
    case .script: Array(UnsafeBufferPointer(start: page_script(), count: page_script_size()))
    case .style: Array(UnsafeBufferPointer(start: page_style(), count: page_style_size()))
    }
  }
}
