// What a hostile article would try from inside a worker: one system call each.
#ifndef LINECASTER_ATTEMPTS_H
#define LINECASTER_ATTEMPTS_H

#include <sys/types.h>

/// Makes what the attempts need in a folder: a file, a folder, listening sockets, a victim process. 0, or -1 with errno.
int attempts_prepare(const char *folder);

/// Descriptors that were made for the attempts to be held by the worker.
int attempts_descriptors(int *into, int room);

/// Ends the victim.
void attempts_finish(void);

int attempts_count(void);
const char *attempts_name(int index);

/// Makes one attempt: 0 where the kernel did it, else errno.
int attempts_run(int index);

#endif
