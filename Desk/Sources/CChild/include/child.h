#include <sys/types.h>

// Starts a program that gets SIGTERM when the thread that started it ends, and has /dev/null as its standard input.
//
// arguments: a vector that ends in a null pointer, the program's path first.
// Returns its process number; -1 where there is none, with errno.
pid_t child_start(char *const *arguments);
