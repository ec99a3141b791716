import Spool
import StageKit
import Testing

/// The spool knows no stages: of the classes it has one by name.
@Test func theSpoolsOwnFailureIsOneOfAll() { #expect(Failure.reasonLost == FailureClass.reasonLost.rawValue) }
