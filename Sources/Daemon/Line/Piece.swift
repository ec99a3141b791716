import ArticleIO
import PipelineKit
import Spool

/// What identifies an article on its way to the commit.
struct Ticket: Sendable {
  var input: InputIdentity
  var part: Settlement.Part
  var sequence: UInt64 = 0
}

/// What an intake hands to the workers.
enum Piece: Sendable {
  /// A whole file that is one article, as it was read.
  case file(Ticket, [UInt8], InputKind)
  /// One line of a file.
  case line(Ticket, RawArticle)
  /// What needs no work and only keeps its place in the line: a refused input, the end of a file.
  case settled(Ticket, Failure?)
}

/// What workers hand to the lane's commit.
struct Product: Sendable {
  enum Outcome: Sendable {
    case cast(Cast)
    case failed(Failure)
    case nothing
  }

  var ticket: Ticket
  var outcome: Outcome
  /// In the worker.
  var elapsed = Duration.zero
}

/// The work itself: pure, on any worker.
struct PieceWork: Sendable {
  let caster: Caster
  let digest: String
  let maxInput: Int
  var subfolders = Subfolders.ignored

  func callAsFunction(_ piece: consuming Piece) -> Product {
    let start = ContinuousClock.now
    var product = work(piece)
    product.elapsed = .now - start
    return product
  }

  private func work(_ piece: consuming Piece) -> Product {
    let arrival = now()
    switch piece {
    case .file(var ticket, let bytes, let kind):
      let raw: RawArticle
      do throws(InputError) {
        var feed = ArticleFeed(BytesInMemory(bytes), kind: kind, limit: maxInput)
        guard case .article(let article) = try feed.next() else { throw InputError("empty", "the file is empty") }
        raw = article
      } catch {
        ticket.input.contentHash = SHA256.digest(bytes)
        return failed(ticket, CastingError(stage: nil, class: error.class, message: error.message))
      }
      var product = cast(raw, ticket, arrival, raw: [])
      // The record has the digest of the same bytes, unless they were compressed.
      if case .cast(let cast) = product.outcome, !kind.gzipped {
        product.ticket.input.contentHash = cast.article.source.sha256
      } else {
        product.ticket.input.contentHash = SHA256.digest(bytes)
      }
      return product
    case .line(let ticket, let raw): return cast(raw, ticket, arrival, raw: raw.bytes)
    case .settled(let ticket, let failure):
      guard var failure else { return Product(ticket: ticket, outcome: .nothing) }
      failure.digest = digest
      return Product(ticket: ticket, outcome: .failed(failure))
    }
  }

  private func cast(_ article: RawArticle, _ ticket: Ticket, _ arrival: Int64, raw: [UInt8]) -> Product {
    let path = ticket.input.name
    let parts = path.split(separator: UInt8(ascii: "/")).map(Array.init)
    // An earlier run may have read folders.
    let hasPath = subfolders != .ignored || parts.count > 1
    let cast = caster.cast(
      article, name: parts.last ?? path, path: hasPath ? path : nil,
      tags: subfolders == .tags ? parts.dropLast().map { Array(String(decoding: $0, as: UTF8.self).utf8) } : [],
      sequence: ticket.sequence, received: Array(UTC.extended(arrival).utf8), arrival: arrival)
    return switch cast {
    case .success(let cast): Product(ticket: ticket, outcome: .cast(cast))
    case .failure(let error): failed(ticket, error, raw: raw)
    }
  }

  private func failed(_ ticket: Ticket, _ error: CastingError, raw: [UInt8] = []) -> Product {
    Product(
      ticket: ticket,
      outcome: .failed(
        Failure(stage: error.stage, class: error.class, message: error.message, digest: digest, raw: raw)))
  }
}
