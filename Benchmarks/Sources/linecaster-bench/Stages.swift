import BuiltinStages
import PipelineKit

/// The stages that are measured, in the order of a chain, with their default options.
func makeMeasuredChain() throws -> Chain {
  Chain(try StageRegistry.builtin.stages.map { try ChainLink($0, context: .installed) })
}
