import Bytes
import StageKit

/// Words that open the credit of a picture: “Photo: Ada Corr”.
let creditWords = WordSet(["Credit", "Image", "Photo", "Photograph", "Photos", "Picture", "Source", "Video"])

/// Words that are two, and the length of the first.
let fusedWords: WordTable<Int> = {
  var table = WordTable<Int>()
  for (word, cut) in [("cannot", 3), ("gonna", 3), ("gotta", 3), ("wanna", 3), ("gimme", 3), ("lemme", 3)] {
    table.insert(WordHash(word.utf8), cut)
  }
  return table
}()

/// Units that stand apart from their number: “430km”, “$5m”.
let units = WordSet([
  "am", "bn", "bps", "cc", "cm", "db", "ft", "g", "gb", "ghz", "gw", "ha", "hp", "hr", "hrs", "hz", "in", "k", "kb",
  "kg", "khz", "km", "kmh", "kph", "kw", "kwh", "lb", "lbs", "m", "mb", "mbps", "mg", "mhz", "mi", "min", "mins", "ml",
  "mm", "mn", "mph", "ms", "mw", "nm", "oz", "p", "pc", "pct", "pm", "px", "sec", "secs", "sq", "tb", "tn", "trn", "v",
  "w", "yd", "yds", "yr", "yrs",
])

/// Last labels of host names, and endings of file names.
let topLabels = WordSet([
  "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "io", "co", "uk", "us", "ca", "au", "nz", "ie", "de",
  "fr", "it", "es", "pt", "nl", "be", "ch", "at", "se", "no", "dk", "fi", "pl", "cz", "ru", "ua", "by", "tr", "il",
  "in",
  "pk", "ir", "iq", "sy", "sa", "ae", "eg", "za", "ng", "ke", "cn", "hk", "tw", "jp", "kr", "kp", "sg", "my", "th",
  "vn",
  "id", "ph", "br", "ar", "mx", "cl", "eu", "tv", "me", "cc", "fm", "am", "ly", "gl", "app", "dev", "news", "blog",
  "online", "site", "xyz", "htm", "html", "pdf", "doc", "docx", "xls", "ppt", "txt", "jpg", "jpeg", "png", "gif", "mp3",
  "mp4", "zip", "exe", "php", "asp", "aspx", "js", "py",
])

let halvesOfDay = WordSet(["am", "pm", "a.m.", "p.m."])
