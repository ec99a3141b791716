// The command, with one stage more, which does harm where a text asks for it.
import BuiltinStages
import Chaos
import Command
import PipelineKit

runCommand(StageRegistry(StageRegistry.builtin.stages + [StageKind(ChaosStage.self)]))
