#define _GNU_SOURCE
#include "processes.h"

#include <malloc.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Numbers that are the same on all processors; headers of older systems lack them.
#ifndef SYS_pidfd_send_signal
#define SYS_pidfd_send_signal 424
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

pid_t linux_fork(void) { return fork(); }

int linux_thread_count(void) {
  DIR *tasks = opendir("/proc/self/task");
  if (!tasks) return -1;
  int count = 0;
  for (struct dirent *entry; (entry = readdir(tasks));)
    if (entry->d_name[0] != '.') count++;
  closedir(tasks);
  return count;
}

int linux_wait(pid_t pid, int options, struct linux_child_event *event) {
  siginfo_t info = {0};
  struct rusage used = {0};
  if (syscall(SYS_waitid, pid ? P_PID : P_ALL, pid, &info, options, &used) != 0) return -1;
  if (info.si_pid == 0) return 0;
  event->pid = info.si_pid;
  event->code = info.si_code;
  event->status = info.si_status;
  event->peak_memory = (uint64_t)used.ru_maxrss * 1024;
  return 1;
}

int linux_open_process(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int linux_signal_process(int process, int number) {
  return (int)syscall(SYS_pidfd_send_signal, process, number, (void *)0, 0);
}

int linux_end_with_parent(pid_t parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return -1;
  // It may have ended before the call, and then nothing is sent.
  if (getppid() == parent) return 0;
  errno = ESRCH;
  return -1;
}

int linux_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

int linux_memory_file(const char *name) { return (int)syscall(SYS_memfd_create, name, 1u /* MFD_CLOEXEC */); }

void linux_close_range(unsigned first, unsigned last) {
  if (first > last || syscall(SYS_close_range, first, last, 0) == 0) return;
  // Before Linux 5.9, or under a filter that does not know the call.
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur <= last) last = (unsigned)limit.rlim_cur - 1;
  for (unsigned descriptor = first; descriptor <= last && descriptor >= first; descriptor++) close((int)descriptor);
}

int linux_is_sanitized(void) {
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
  return 1;
#else
  return 0;
#endif
}

void linux_trim_memory(void) { malloc_trim(0); }

void linux_bound_heaps(void) {
#ifdef M_ARENA_MAX
  mallopt(M_ARENA_MAX, 4);
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  mallopt(M_TRIM_THRESHOLD, 2 << 20);
#endif
}
