import BuiltinStages
import Command

runCommand(.builtin)
