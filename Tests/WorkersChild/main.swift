// What the tests of Workers start: a process with one thread, which forks and confines children. Prints one line for each
// thing that it saw, fields apart by tabs.
import Glibc

exit(run(Array(CommandLine.arguments.dropFirst())))
