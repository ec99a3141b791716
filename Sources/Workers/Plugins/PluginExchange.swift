import ArticleIO
import Bytes
import PipelineKit
import StageKit

/// What goes to a plugin and what may come from it, for one stage of a chain.
struct PluginExchange: Sendable {
  let manifest: PluginManifest
  let options: OptionValues

  /// In the order in which one may build on another.
  private var provided: [Layer] {
    Layer.builtin.filter(manifest.provides.contains) + manifest.provides.filter { $0.place == .layers }
  }

  /// The first frame: what the stage is to do.
  var greeting: PluginFrame {
    var json = JSONWriter()
    json.raw("{\"protocol\":")
    json.integer(PluginFrame.version)
    json.raw(",\"plugin\":")
    json.string(manifest.name)
    json.raw(",\"options\":")
    json.raw(optionsJSON)
    json.raw(",\"offsets\":")
    json.string(manifest.settings.offsets.rawValue)
    json.raw(",\"requires\":")
    json.write(.list(manifest.requires.map(\.key)))
    json.raw(",\"provides\":")
    json.write(
      .list(
        manifest.reads.isEmpty
          ? manifest.provides.map(\.key) + manifest.metadata.map(\.rawValue)
          : ["text", "html", "title", "byline", "published"]))
    json.raw(",\"batch\":")
    json.integer(manifest.settings.batch)
    json.raw("}")
    return PluginFrame(id: 0, payload: json.take())
  }

  /// All options, by name.
  var optionsJSON: [UInt8] {
    var json = JSONWriter()
    json.raw("{")
    var isFirst = true
    for spec in manifest.options {
      guard let value = options[spec.name] ?? spec.default else { continue }
      if !isFirst { json.raw(",") }
      isFirst = false
      json.string(spec.name)
      json.raw(":")
      json.write(value)
    }
    json.raw("}")
    return json.take()
  }

  /// A layer of an article as the plugin sees it.
  func json(of layer: Layer, in article: Article) -> [UInt8] {
    var article = article
    if layer == .tokens { article.segmentation?.tokensInRecord = true }
    var writer = ArticleWriter(article, offsets: manifest.settings.offsets)
    writer.write(layer)
    return writer.json.take()
  }

  /// What is wrong with the answer to the greeting; `nil` where the plugin is ready.
  func problem(withGreeting frame: PluginFrame) -> String? {
    guard frame.id == 0 else { return "its first frame has the id \(frame.id), not 0" }
    guard let answer = try? JSONValue(parsing: frame.payload), case .object = answer else {
      return "its first frame is no JSON object"
    }
    if let error = answer["error"]?.string { return error }
    return answer["protocol"]?.int == PluginFrame.version
      ? nil : "it does not speak protocol \(PluginFrame.version): ‘protocol’ is wrong in its first frame"
  }

  /// An article, with the layers that the plugin requires.
  func request(_ article: Article) -> [UInt8] {
    var article = article
    if manifest.requires.contains(.tokens) { article.segmentation?.tokensInRecord = true }
    var writer = ArticleWriter(article, offsets: manifest.settings.offsets)
    let metadata = article.metadata
    writer.json.raw("{\"id\":")
    writer.json.string(article.id)
    writer.key("text")
    writer.json.string(article.text)
    writer.key("title")
    writer.optional(metadata.title)
    writer.key("byline")
    writer.texts(metadata.byline)
    writer.key("published")
    writer.optional(metadata.published)
    writer.key("language")
    writer.optional(metadata.language)
    writer.key("url")
    writer.optional(metadata.url)
    writer.key("tags")
    writer.texts(metadata.tags + article.addedTags)
    writer.key("source")
    writer.json.raw("{\"name\":")
    writer.json.string(String(decoding: article.source.name, as: UTF8.self))
    writer.json.raw("}")
    writer.key("meta")
    if let extra = metadata.extra { writer.json.raw(extra) } else { writer.json.raw("null") }
    for layer in manifest.requires {
      writer.json.raw(",")
      writer.json.string(layer.key)
      writer.json.raw(":")
      writer.write(layer)
    }
    writer.json.raw("}")
    return writer.json.take()
  }

  /// A file for a plugin that reads documents.
  func request(_ file: [UInt8], name: [UInt8]) -> [UInt8] {
    var json = JSONWriter(reserving: file.count * 4 / 3 + 200)
    json.raw("{\"file\":{\"name\":")
    json.string(String(decoding: name, as: UTF8.self))
    json.raw(",\"base64\":\"")
    json.raw(Base64.encode(file))
    json.raw("\"}}")
    return json.take()
  }

  /// What a document became.
  ///
  /// - Throws: what is wrong with the answer, or that the plugin says that it could not.
  func document(_ payload: [UInt8]) throws(StageError) -> ConvertedDocument {
    let answer = try self.answer(payload)
    do throws(RecordProblem) {
      let node = RecordNode(answer, path: "")
      let html = try node["html"].optional { node throws(RecordProblem) in try node.text() }
      let text = try node["text"].optional { node throws(RecordProblem) in try node.text() }
      guard let content = html ?? text else { throw RecordProblem("answer", "it has neither ‘text’ nor ‘html’") }
      let published = try node["published"].optional { node throws(RecordProblem) in try node.text() }
      if let published, Day(iso: published) == nil {
        throw RecordProblem("published", "expected a day, as in 2017-05-08")
      }
      return ConvertedDocument(
        content, isHTML: html != nil,
        title: try node["title"].optional { node throws(RecordProblem) in try node.text() },
        byline: try node["byline"].optional { node throws(RecordProblem) in
          try node.list { node throws(RecordProblem) in try node.text() }
        } ?? [], published: published)
    } catch {
      throw wrong(Self.printable(error.description))
    }
  }

  /// The object that a plugin answered with.
  private func answer(_ payload: [UInt8]) throws(StageError) -> JSONValue {
    let answer: JSONValue
    do throws(JSONError) {
      answer = try JSONValue(parsing: payload)
    } catch {
      throw wrong("it answered what is no JSON, at byte \(error.offset): \(error.message)")
    }
    guard case .object = answer else { throw wrong("its answer is no JSON object") }
    if let error = answer["error"], error != .null {
      throw StageError(
        .failsArticle, class: .pluginError, Self.printable(error.string ?? "it says ‘error’, and not what"))
    }
    return answer
  }

  /// Takes what the plugin found.
  ///
  /// - Throws: what is wrong with it, or that the plugin says that it could not. The article is as it was then.
  func take(_ payload: [UInt8], into article: inout Article) throws(StageError) {
    let answer = try self.answer(payload)
    guard case .object(let members) = answer else { return }
    for member in members where member.key != "error" && !isProvided(member.key) {
      throw wrong("it answered with ‘\(Self.printable(member.key))’, which its manifest does not name under ‘provides’")
    }
    var filled = article
    let reader = LayerReader(text: article.text, offsets: manifest.settings.offsets)
    do throws(RecordProblem) {
      for layer in provided {
        let node = RecordNode(answer, path: "")[layer.key]
        if node.isNull { continue }
        try filled.read(layer, from: node, reader)
        if let problem = filled.problems(in: layer).first { throw RecordProblem(manifest.name, problem) }
      }
      try takeMetadata(RecordNode(answer, path: ""), into: &filled)
    } catch {
      throw wrong(Self.printable(error.description))
    }
    article = filled
  }

  /// Takes one layer.
  ///
  /// - Throws: what is wrong with it.
  func take(_ value: JSONValue, as layer: Layer, into article: inout Article) throws(StageError) {
    do throws(RecordProblem) {
      let reader = LayerReader(text: article.text, offsets: manifest.settings.offsets)
      try article.read(layer, from: RecordNode(value, path: layer.key), reader)
    } catch {
      throw wrong(Self.printable(error.description))
    }
    // What a layer of its own may hold is its shape alone.
    if layer.place == .record, let problem = article.problems(in: layer).first { throw wrong(Self.printable(problem)) }
  }

  private func isProvided(_ key: String) -> Bool {
    manifest.provides.contains { $0.key == key } || manifest.metadata.contains { $0.rawValue == key }
  }

  private func takeMetadata(_ answer: RecordNode, into article: inout Article) throws(RecordProblem) {
    for key in manifest.metadata {
      let node = answer[key.rawValue]
      if node.isNull { continue }
      switch key {
      case .title: article.metadata.title = try node.text()
      case .language:
        let code = try node.text()
        guard LanguageTag.isCode(String(decoding: code, as: UTF8.self)) else {
          throw RecordProblem(node.path, "expected a code of ISO 639-1, as en")
        }
        article.metadata.language = code
      case .published:
        let day = try node.text()
        guard Day(iso: day) != nil else { throw RecordProblem(node.path, "expected a day, as in 2017-05-08") }
        article.metadata.published = day
      case .tags:
        let tags = try node.list { node throws(RecordProblem) in try node.text() }
        for tag in tags where !article.metadata.tags.contains(tag) { article.metadata.tags.append(tag) }
      }
    }
  }

  private func wrong(_ message: String) -> StageError { StageError(.failsArticle, class: .pluginAnswer, message) }

  /// What another program says, for a log: without control characters, and not too long.
  static func printable(_ text: String) -> String {
    let most = 500
    let words = String(decoding: text.utf8.prefix(most).map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)
    return text.utf8.count > most ? words + "…" : words
  }
}

extension JSONWriter {
  mutating func write(_ value: OptionValue) {
    switch value {
    case .bool(let value): raw(value ? "true" : "false")
    case .integer(let value): integer(value)
    case .number(let value): number(value)
    case .text(let text): string(text)
    case .list(let texts):
      raw("[")
      for (at, text) in texts.enumerated() {
        if at > 0 { raw(",") }
        string(text)
      }
      raw("]")
    }
  }
}
