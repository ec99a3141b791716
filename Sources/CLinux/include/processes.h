// Starting, ending and waiting for child processes: what Swift refuses (fork) or its Glibc module does not show.
#ifndef LINECASTER_CLINUX_PROCESSES_H
#define LINECASTER_CLINUX_PROCESSES_H

#include <stdint.h>
#include <sys/types.h>
#include <sys/wait.h>

/// fork(2), which Swift's Glibc module marks unavailable. Safe for Swift code in the child only where this process has
/// one thread.
pid_t linux_fork(void);

/// Threads of this process, counted in /proc/self/task; -1 where that cannot be read.
int linux_thread_count(void);

/// What waitid(2) tells of a child.
struct linux_child_event {
  pid_t pid;
  /// CLD_EXITED, CLD_KILLED, CLD_DUMPED or CLD_STOPPED.
  int code;
  /// The exit code, or the number of the signal.
  int status;
  /// The most memory it had resident, in bytes.
  uint64_t peak_memory;
};

/// waitid(2) with the resources used, which glibc's leaves out.
///
/// `pid`: the child, or 0 for any. `options`: WEXITED, WSTOPPED, WNOHANG ... Returns 1 when `event` was filled, 0 when
/// WNOHANG found nothing, -1 with errno.
int linux_wait(pid_t pid, int options, struct linux_child_event *event);

/// A descriptor for the process, closed on exec; becomes readable when it ends. -1 with errno (Linux 5.3).
int linux_open_process(pid_t pid);

/// Sends a signal by such a descriptor: never to another process that got the number since.
int linux_signal_process(int process, int number);

/// Lets this process die with `parent`; 0, or -1 with ESRCH where the parent is gone already. What counts is the thread
/// that forked.
int linux_end_with_parent(pid_t parent);

/// Orphans below this process become its children.
int linux_adopt_orphans(void);

/// A file in memory that no other process can reach by name, closed on exec. -1 with errno.
int linux_memory_file(const char *name);

/// Closes the descriptors from `first` to `last`, both included.
void linux_close_range(unsigned first, unsigned last);

/// Whether this program was built with a sanitizer that reserves address space.
int linux_is_sanitized(void);

/// Gives the system back what the allocator holds and nobody uses.
void linux_trim_memory(void);

/// Has the allocator keep at most 2 MiB of each of few heaps that nobody uses. By itself it keeps ever more of each, one for each
/// thread: its limits grow with the largest pieces that were freed, and what lies at the end of a heap no trimming gives back. Call it
/// before there are threads.
void linux_bound_heaps(void);

#endif
