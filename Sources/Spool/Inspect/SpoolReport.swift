import Disk

/// Something in a spool that is not as it should be.
public struct SpoolProblem: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case journalDamaged = "journal_damaged"
    case journalTorn = "journal_torn"
    case journalLeftOver = "journal_left_over"
    case sealUnfinished = "seal_unfinished"
    case linesMissing = "lines_missing"
    case linesUnknown = "lines_unknown"
    case liveCut = "live_cut"
    case halfLine = "half_line"
    case sealedHalfLine = "sealed_half_line"
    case notARecord = "not_a_record"
    case sequenceTwice = "sequence_twice"
    case inputNotMoved = "input_not_moved"
    case notAClaim = "not_a_claim"
    case claimsOfNobody = "claims_of_nobody"
    case inboxOfNobody = "inbox_of_nobody"
    case failuresOfNobody = "failures_of_nobody"
    case inputHeld = "input_held"
    case reasonMissing = "reason_missing"
    case reasonDamaged = "reason_damaged"
    case failedInputMissing = "failed_input_missing"
  }

  public let kind: Kind
  public let path: Path
  /// A sentence without a full stop, without the path.
  public let message: String
  /// The command that puts it right, without `--root`; `nil` for `linecaster spool repair` and for what no command mends.
  public let fix: String?
  /// Whether a pipeline is known to take over what another left.
  private let hasSuccessor: Bool

  init(kind: Kind, path: Path, message: String, fix: String? = nil, hasSuccessor: Bool = false) {
    self.kind = kind
    self.path = path
    self.message = message
    self.fix = fix
    self.hasSuccessor = hasSuccessor
  }

  /// Whether `SpoolRepair`, or the next start, mends it.
  public var isRepairable: Bool {
    switch kind {
    // Sealed files never change, and neither does a line that was once visible.
    case .sealedHalfLine, .notARecord, .sequenceTwice: false
    case .claimsOfNobody, .inboxOfNobody, .failuresOfNobody: hasSuccessor
    // It lies with the file.
    case .inputHeld: false
    default: true
    }
  }
}

/// What state a spool is in.
public struct SpoolReport: Sendable {
  public var problems: [SpoolProblem] = []
  /// What is no problem and still worth knowing.
  public var notes: [String] = []
  /// Lines in the outboxes that are records, also those of copies set aside.
  public var records = 0
  /// Lines about articles that were discarded.
  public var discarded = 0
  /// Files in `claimed/` that are not settled.
  public var inFlight = 0
  /// Inputs in `failed/`.
  public var failed = 0
  /// The highest article number in the outboxes; 0 without any.
  public var highestSequence: UInt64 = 0
}

/// What a line of the outbox is.
public enum OutboxLine: Sendable, Equatable {
  case record(sequence: UInt64?)
  /// About an article that was discarded.
  case discarded(sequence: UInt64?)
  case other
}
