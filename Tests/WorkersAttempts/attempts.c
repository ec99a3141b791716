#define _GNU_SOURCE
#include "attempts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/perf_event.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char file[128], made[128], socket_path[128], folder_path[128];
static int directory, open_file, named, unnamed, datagram, pair[2];
static pid_t victim;
static struct sockaddr_un by_name, by_abstract_name;
static socklen_t abstract_length;
static struct sockaddr_in port;
static char page[4096] __attribute__((aligned(4096)));
static char buffer[4096];

int attempts_prepare(const char *folder) {
  snprintf(folder_path, sizeof folder_path, "%s", folder);
  snprintf(file, sizeof file, "%s/file", folder);
  snprintf(made, sizeof made, "%s/made", folder);
  snprintf(socket_path, sizeof socket_path, "%s/socket", folder);
  open_file = open(file, O_CREAT | O_RDWR, 0600);
  directory = open(folder, O_RDONLY | O_DIRECTORY);
  if (mknodat(directory, "spare", S_IFREG | 0600, 0) != 0) return -1;
  if (open_file < 0 || directory < 0 || write(open_file, "text", 4) != 4) return -1;

  by_name.sun_family = by_abstract_name.sun_family = AF_UNIX;
  snprintf(by_name.sun_path, sizeof by_name.sun_path, "%s", socket_path);
  int length = snprintf(by_abstract_name.sun_path + 1, 64, "linecaster-attempt-%d", (int)getpid());
  abstract_length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
  int listener = socket(AF_UNIX, SOCK_STREAM, 0), abstract_listener = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&by_name, sizeof by_name) != 0 || listen(listener, 8) != 0) return -1;
  if (bind(abstract_listener, (struct sockaddr *)&by_abstract_name, abstract_length) != 0) return -1;
  if (listen(abstract_listener, 8) != 0) return -1;
  named = socket(AF_UNIX, SOCK_STREAM, 0);
  unnamed = socket(AF_UNIX, SOCK_STREAM, 0);
  datagram = socket(AF_INET, SOCK_DGRAM, 0);
  port.sin_family = AF_INET;
  port.sin_port = htons(9);
  port.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (named < 0 || unnamed < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return -1;

  victim = fork();
  if (victim == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) pause();
  }
  return victim < 0 ? -1 : 0;
}

int attempts_descriptors(int *into, int room) {
  const int all[] = {directory, open_file, named, unnamed, datagram, pair[0]};
  int count = 0;
  for (unsigned index = 0; index < sizeof all / sizeof *all && count < room; index++)
    if (all[index] >= 0) into[count++] = all[index];
  return count;
}

void attempts_finish(void) {
  kill(victim, SIGKILL);
  waitpid(victim, 0, 0);
}

/// A call whose result is a process number of this or another process.
static long forked(long result) {
  if (result == 0) _exit(0);
  if (result > 0) waitpid((pid_t)result, 0, 0);
  return result;
}

static long fork_once(void) {
#ifdef SYS_fork
  return forked(syscall(SYS_fork));
#else
  return forked(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
#endif
}

static long clone_once(void) {
  unsigned long arguments[11] = {[4] = SIGCHLD};
  return forked(syscall(435 /* clone3 */, arguments, sizeof arguments));
}

static long map_executable(void) {
  void *code = mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return code == MAP_FAILED ? -1 : 0;
}

static long send_a_descriptor(void) {
  char byte = 1;
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  return sendmsg(pair[0], &message, 0);
}

static long read_memory(long call) {
  struct iovec here = {buffer, 8}, there = {page, 8};
  return syscall(call, victim, &here, 1, &there, 1, 0);
}

static long open_how(void) {
  unsigned long how[3] = {O_RDONLY};
  return syscall(437 /* openat2 */, AT_FDCWD, file, how, sizeof how);
}

static long file_handle(void) {
  struct { struct file_handle header; char bytes[128]; } handle = {.header.handle_bytes = 128};
  int mount;
  return syscall(SYS_name_to_handle_at, AT_FDCWD, file, &handle, &mount, 0);
}

static long measure(void) {
  struct perf_event_attr event = {.type = PERF_TYPE_SOFTWARE, .size = sizeof event, .exclude_kernel = 1};
  return syscall(SYS_perf_event_open, &event, 0, -1, -1, 0);
}

static long raise_limit(void) {
  struct rlimit limit;
  if (syscall(SYS_getrlimit, RLIMIT_NOFILE, &limit) != 0) return -1;
  return syscall(SYS_setrlimit, RLIMIT_NOFILE, &limit);
}

/// The same processor's 32-bit calls have other numbers: what is getpid there is writev here, which may pass.
static long through_32_bits(void) {
#ifdef __x86_64__
  long result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory", "r8", "r9", "r10", "r11");
  if (result < 0) {
    errno = (int)-result;
    return -1;
  }
  return 0;
#else
  errno = EPERM;
  return -1;
#endif
}

#define ATTEMPTS(ATTEMPT) \
  /* Files. */                                                                                                       \
  ATTEMPT("openat", syscall(SYS_openat, AT_FDCWD, file, O_RDONLY))                                                   \
  ATTEMPT("openat to write", syscall(SYS_openat, AT_FDCWD, file, O_WRONLY))                                          \
  ATTEMPT("openat below a folder held", syscall(SYS_openat, directory, "file", O_RDONLY))                            \
  ATTEMPT("openat of a path", syscall(SYS_openat, AT_FDCWD, file, O_PATH))                                           \
  ATTEMPT("openat2", open_how())                                                                                     \
  ATTEMPT("create", syscall(SYS_openat, AT_FDCWD, made, O_CREAT | O_WRONLY, 0600))                                   \
  ATTEMPT("create without a name", syscall(SYS_openat, AT_FDCWD, folder_path, O_TMPFILE | O_WRONLY, 0600))           \
  ATTEMPT("truncate", syscall(SYS_truncate, file, 4L))                                                               \
  ATTEMPT("ftruncate", syscall(SYS_ftruncate, open_file, 4L))                                                        \
  ATTEMPT("fallocate", syscall(SYS_fallocate, open_file, 0, 0L, 4L))                                                 \
  ATTEMPT("chmod", syscall(SYS_fchmodat, AT_FDCWD, file, 0600))                                                      \
  ATTEMPT("fchmod", syscall(SYS_fchmod, open_file, 0600))                                                            \
  ATTEMPT("chown", syscall(SYS_fchownat, AT_FDCWD, file, getuid(), getgid(), 0))                                     \
  ATTEMPT("utimensat", syscall(SYS_utimensat, AT_FDCWD, file, 0L, 0))                                                \
  ATTEMPT("setxattr", syscall(SYS_setxattr, file, "user.a", "b", 1L, 0))                                             \
  ATTEMPT("stat", syscall(SYS_newfstatat, AT_FDCWD, file, buffer, 0))                                                \
  ATTEMPT("statx", syscall(SYS_statx, AT_FDCWD, file, 0, 0x7FF, buffer))                                             \
  ATTEMPT("access", syscall(SYS_faccessat, AT_FDCWD, file, R_OK))                                                    \
  ATTEMPT("readlink", syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", buffer, 100L))                             \
  ATTEMPT("getdents64", syscall(SYS_getdents64, directory, buffer, sizeof buffer))                                   \
  ATTEMPT("chdir", syscall(SYS_chdir, folder_path))                                                                  \
  ATTEMPT("fchdir", syscall(SYS_fchdir, directory))                                                                  \
  ATTEMPT("getcwd", syscall(SYS_getcwd, buffer, sizeof buffer))                                                      \
  ATTEMPT("mkdirat", syscall(SYS_mkdirat, directory, "new", 0700))                                                   \
  ATTEMPT("symlinkat", syscall(SYS_symlinkat, "/etc/passwd", directory, "link"))                                     \
  ATTEMPT("linkat", syscall(SYS_linkat, directory, "file", directory, "second", 0))                                  \
  ATTEMPT("mknodat", syscall(SYS_mknodat, directory, "pipe", S_IFIFO | 0600, 0))                                     \
  ATTEMPT("renameat", syscall(SYS_renameat2, directory, "file", directory, "file", 0))                               \
  ATTEMPT("unlinkat", syscall(SYS_unlinkat, directory, "spare", 0))                                                 \
  ATTEMPT("name_to_handle_at", file_handle())                                                                        \
  ATTEMPT("inotify_init1", syscall(SYS_inotify_init1, 0))                                                            \
  ATTEMPT("statfs", syscall(SYS_statfs, "/", buffer))                                                                \
  ATTEMPT("sync", syscall(SYS_syncfs, directory))                                                                    \
  ATTEMPT("pwrite64", syscall(SYS_pwrite64, open_file, "text", 4L, 0L))                                              \
  /* Descriptors. */                                                                                                 \
  ATTEMPT("fcntl", syscall(SYS_fcntl, open_file, F_GETFL))                                                           \
  ATTEMPT("dup", syscall(SYS_dup, open_file))                                                                        \
  ATTEMPT("ioctl", syscall(SYS_ioctl, pair[0], FIONREAD, buffer))                                                    \
  ATTEMPT("pipe2", syscall(SYS_pipe2, buffer, 0))                                                                    \
  ATTEMPT("eventfd2", syscall(SYS_eventfd2, 0, 0))                                                                   \
  ATTEMPT("epoll_create1", syscall(SYS_epoll_create1, 0))                                                            \
  ATTEMPT("timerfd_create", syscall(SYS_timerfd_create, 0, 0))                                                       \
  ATTEMPT("memfd_create", syscall(SYS_memfd_create, "a", 0))                                                         \
  ATTEMPT("sendfile", syscall(SYS_sendfile, pair[0], open_file, 0, 1L))                                              \
  ATTEMPT("splice", syscall(SYS_splice, open_file, 0, pair[0], 0, 1L, 0))                                            \
  ATTEMPT("copy_file_range", syscall(SYS_copy_file_range, open_file, 0, open_file, 0, 0L, 0))                        \
  /* Network. */                                                                                                     \
  ATTEMPT("socket, Unix", syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0))                                              \
  ATTEMPT("socket, TCP", syscall(SYS_socket, AF_INET, SOCK_STREAM, 0))                                               \
  ATTEMPT("socket, UDP", syscall(SYS_socket, AF_INET, SOCK_DGRAM, 0))                                                \
  ATTEMPT("socket, netlink", syscall(SYS_socket, AF_NETLINK, SOCK_RAW, 0))                                           \
  ATTEMPT("socketpair", syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, buffer))                                    \
  ATTEMPT("connect by name", syscall(SYS_connect, named, &by_name, sizeof by_name))                                  \
  ATTEMPT("connect by abstract name", syscall(SYS_connect, unnamed, &by_abstract_name, abstract_length))             \
  ATTEMPT("connect, UDP", syscall(SYS_connect, datagram, &port, sizeof port))                                        \
  ATTEMPT("sendto, UDP", syscall(SYS_sendto, datagram, "a", 1L, 0, &port, sizeof port))                              \
  ATTEMPT("sendto", syscall(SYS_sendto, pair[0], "a", 1L, 0, 0, 0))                                                  \
  ATTEMPT("sendmsg", send_a_descriptor())                                                                            \
  ATTEMPT("shutdown", syscall(SYS_shutdown, pair[0], SHUT_RD))                                                       \
  ATTEMPT("getsockopt", syscall(SYS_getsockopt, pair[0], SOL_SOCKET, SO_TYPE, buffer, &(socklen_t){4}))              \
  /* Other processes. */                                                                                             \
  ATTEMPT("kill", syscall(SYS_kill, victim, 0))                                                                      \
  ATTEMPT("kill of the parent", syscall(SYS_kill, getppid(), 0))                                                     \
  ATTEMPT("kill of all", syscall(SYS_kill, 0, 0))                                                                    \
  ATTEMPT("tkill", syscall(SYS_tkill, victim, SIGCONT))                                                              \
  ATTEMPT("tgkill", syscall(SYS_tgkill, victim, victim, SIGCONT))                                                    \
  ATTEMPT("pidfd_open", syscall(434, victim, 0))                                                                     \
  ATTEMPT("process_vm_readv", read_memory(SYS_process_vm_readv))                                                     \
  ATTEMPT("process_vm_writev", read_memory(SYS_process_vm_writev))                                                   \
  ATTEMPT("ptrace", syscall(SYS_ptrace, PTRACE_SEIZE, victim, 0, 0))                                                 \
  ATTEMPT("prlimit64", syscall(SYS_prlimit64, victim, RLIMIT_NOFILE, 0, buffer))                                     \
  ATTEMPT("setpriority", syscall(SYS_setpriority, PRIO_PROCESS, 0, 0))                                               \
  ATTEMPT("sched_setaffinity", syscall(SYS_sched_setaffinity, 0, 0L, buffer))                                        \
  ATTEMPT("fork", fork_once())                                                                                       \
  ATTEMPT("clone3", clone_once())                                                                                    \
  ATTEMPT("execve", syscall(SYS_execve, "/nowhere", 0, 0))                                                           \
  ATTEMPT("wait4", syscall(SYS_wait4, -1, 0, WNOHANG, 0))                                                            \
  ATTEMPT("shmget", syscall(SYS_shmget, 0, 4096L, 0600))                                                             \
  ATTEMPT("msgget", syscall(SYS_msgget, 0, 0600))                                                                    \
  /* Itself. */                                                                                                      \
  ATTEMPT("mmap to execute", map_executable())                                                                       \
  ATTEMPT("mprotect to execute", syscall(SYS_mprotect, page, 4096L, PROT_READ | PROT_EXEC))                          \
  ATTEMPT("pkey_mprotect", syscall(SYS_pkey_mprotect, page, 4096L, PROT_READ | PROT_EXEC, -1))                       \
  ATTEMPT("madvise to merge", syscall(SYS_madvise, page, 4096L, MADV_DONTFORK))                                      \
  ATTEMPT("futex with priorities", syscall(SYS_futex, page, FUTEX_LOCK_PI, 0, 0))                                    \
  ATTEMPT("setrlimit", raise_limit())                                                                                \
  ATTEMPT("prctl: may be inspected", syscall(SYS_prctl, PR_SET_DUMPABLE, 1, 0, 0, 0))                                \
  ATTEMPT("prctl: outlive the parent", syscall(SYS_prctl, PR_SET_PDEATHSIG, 0, 0, 0, 0))                             \
  ATTEMPT("personality", syscall(SYS_personality, 0xFFFFFFFFL))                                                      \
  ATTEMPT("setuid", syscall(SYS_setuid, getuid()))                                                                   \
  ATTEMPT("setpgid", syscall(SYS_setpgid, 0, 0))                                                                     \
  ATTEMPT("umask", syscall(SYS_umask, 022))                                                                          \
  ATTEMPT("sysinfo", syscall(SYS_sysinfo, buffer))                                                                   \
  ATTEMPT("uname", syscall(SYS_uname, buffer))                                                                       \
  /* The kernel's larger doors. */                                                                                   \
  ATTEMPT("unshare", syscall(SYS_unshare, 0))                                                                        \
  ATTEMPT("setns", syscall(SYS_setns, -1, 0))                                                                        \
  ATTEMPT("mount", syscall(SYS_mount, 0, 0, 0, 0, 0))                                                                \
  ATTEMPT("chroot", syscall(SYS_chroot, "/"))                                                                        \
  ATTEMPT("io_uring_setup", syscall(425, 0, buffer))                                                                 \
  ATTEMPT("io_setup", syscall(SYS_io_setup, 0, buffer))                                                              \
  ATTEMPT("bpf", syscall(SYS_bpf, 0, 0, 0L))                                                                         \
  ATTEMPT("perf_event_open", measure())                                                                              \
  ATTEMPT("keyctl", syscall(SYS_keyctl, 0 /* KEYCTL_GET_KEYRING_ID */, -3L, 0))                                      \
  ATTEMPT("add_key", syscall(SYS_add_key, "user", "linecaster", "a", 1L, -1L))                                       \
  ATTEMPT("userfaultfd", syscall(SYS_userfaultfd, 0))                                                                \
  ATTEMPT("seccomp", syscall(SYS_seccomp, 2 /* SECCOMP_GET_ACTION_AVAIL */, 0, &(unsigned){0x7fff0000}))             \
  ATTEMPT("landlock_create_ruleset", syscall(444, 0, 0L, 1))                                                         \
  ATTEMPT("init_module", syscall(SYS_init_module, 0, 0L, 0))                                                         \
  ATTEMPT("reboot", syscall(SYS_reboot, 0, 0, 0, 0))                                                                 \
  ATTEMPT("sethostname", syscall(SYS_sethostname, "", -1L))                                                          \
  ATTEMPT("clock_settime", syscall(SYS_clock_settime, 99, 0))                                                        \
  ATTEMPT("timer_create", syscall(SYS_timer_create, 1, 0, buffer))                                                   \
  ATTEMPT("setitimer", syscall(SYS_setitimer, 0, 0, 0))                                                              \
  /* Last: a filter of systemd (SystemCallArchitectures=native) kills for it. */                                     \
  ATTEMPT("32-bit calls", through_32_bits())

#define NAME(name, call) name,
static const char *const names[] = {ATTEMPTS(NAME)};

int attempts_count(void) { return (int)(sizeof names / sizeof *names); }

const char *attempts_name(int index) { return names[index]; }

int attempts_run(int index) {
  int at = 0;
  errno = 0;
#define RUN(name, call) \
  if (at++ == index) return (call) < 0 ? errno : 0;
  ATTEMPTS(RUN)
  return EINVAL;
}
