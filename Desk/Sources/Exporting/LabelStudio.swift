import Bytes
import StageKit

/// Tasks of Label Studio with what linecaster found as predictions. It runs in JavaScript: offsets count UTF-16.
public enum LabelStudio {
  /// One task.
  ///
  /// - Parameters:
  ///   - id: the record's.
  ///   - version: what made the record.
  public static func task(_ annotations: Annotations, id: [UInt8], title: [UInt8]?, version: String) -> [UInt8] {
    var units: [Int] = []
    units.reserveCapacity(annotations.offsets.count)
    var count = 0
    for at in annotations.offsets {
      units.append(count)
      if at < annotations.text.count { count += annotations.text[at] >= 0xF0 ? 2 : 1 }
    }
    var json = JSONWriter(reserving: annotations.text.count * 2 + annotations.labels.count * 160)
    json.raw("{\"data\":{\"id\":")
    json.string(id)
    json.raw(",\"title\":")
    if let title { json.string(title) } else { json.raw("null") }
    json.raw(",\"text\":")
    json.string(annotations.text)
    json.raw("},\"predictions\":[{\"model_version\":")
    json.string(version)
    json.raw(",\"result\":[")
    var isFirst = true
    func next() {
      if !isFirst { json.byte(UInt8(ascii: ",")) }
      isFirst = false
    }
    for (place, label) in annotations.labels.enumerated() {
      for (piece, span) in label.spans.enumerated() {
        next()
        json.raw("{\"id\":")
        json.string(name(place, piece))
        json.raw(",\"from_name\":\"label\",\"to_name\":\"text\",\"type\":\"labels\",\"value\":{\"start\":")
        json.integer(units[min(span.start, units.count - 1)])
        json.raw(",\"end\":")
        json.integer(units[min(span.end, units.count - 1)])
        json.raw(",\"text\":")
        json.string(Array(annotations.words(span)))
        json.raw(",\"labels\":[")
        json.string(label.type)
        json.raw("]}}")
      }
    }
    func relate(_ from: String, _ to: String, _ type: String) {
      next()
      json.raw("{\"type\":\"relation\",\"from_id\":")
      json.string(from)
      json.raw(",\"to_id\":")
      json.string(to)
      json.raw(",\"direction\":\"right\",\"labels\":[")
      json.string(type)
      json.raw("]}")
    }
    // A region is one stretch: the further ones of a quotation go on from the first.
    for (place, label) in annotations.labels.enumerated() where label.spans.count > 1 {
      for piece in 1..<label.spans.count { relate(name(place, piece), name(place, 0), "Continues") }
    }
    for relation in annotations.relations { relate(name(relation.from, 0), name(relation.to, 0), relation.type) }
    json.raw("]}]}")
    return json.take()
  }

  private static func name(_ label: Int, _ piece: Int) -> String { piece == 0 ? "l\(label)" : "l\(label)-\(piece)" }

  /// The labelling interface that knows the labels.
  public static let configuration = """
    <View>
      <Labels name="label" toName="text">
        <Label value="PERSON"/><Label value="ORG"/><Label value="LOC"/><Label value="MISC"/>
        <Label value="DATE"/><Label value="TIME"/><Label value="MONEY"/><Label value="PERCENT"/><Label value="QUANTITY"/>
        <Label value="Reference"/><Label value="Direct"/><Label value="Mixed"/><Label value="Indirect"/>
        <Label value="Speaker"/><Label value="Cue"/>
      </Labels>
      <Relations>
        <Relation value="SaidBy"/><Relation value="CuedBy"/><Relation value="Is"/><Relation value="Same"/>
        <Relation value="Continues"/>
      </Relations>
      <Text name="text" value="$text"/>
    </View>

    """
}
