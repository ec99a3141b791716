#define _GNU_SOURCE
#include "confinement.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __x86_64__
#define PROCESSOR AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define PROCESSOR AUDIT_ARCH_AARCH64
#endif

#ifndef SECCOMP_FILTER_FLAG_SPEC_ALLOW
#define SECCOMP_FILTER_FLAG_SPEC_ALLOW 4
#endif

/// Calls that may have any arguments: they act on what the process holds already.
static const int free_calls[] = {
    // Descriptors.
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_lseek, SYS_fstat, SYS_close, SYS_ppoll,
#ifdef SYS_poll
    SYS_poll,
#endif
    // Memory.
    SYS_brk, SYS_munmap, SYS_mremap,
    // Clocks; the kernel answers most without a call.
    SYS_clock_gettime, SYS_clock_nanosleep, SYS_gettimeofday,
#ifdef SYS_time
    SYS_time,
#endif
    // Of the process itself: who it is, what it used, how it takes signals, and its end.
    SYS_getpid, SYS_gettid, SYS_getrusage, SYS_getrandom, SYS_sched_yield, SYS_rt_sigaction, SYS_rt_sigprocmask,
    SYS_rt_sigreturn, SYS_restart_syscall, SYS_exit, SYS_exit_group,
};

/// Instructions under way. Each block lets its own call through or ends behind itself, with the number of the call in
/// the accumulator.
struct program {
  struct sock_filter code[256];
  unsigned short length;
};

_Static_assert(2 * sizeof free_calls / sizeof *free_calls + 64 <= 256, "the program has no room for all calls");

static void add(struct program *program, uint16_t code, uint32_t operand, uint8_t if_true, uint8_t if_false) {
  program->code[program->length++] = (struct sock_filter){code, if_true, if_false, operand};
}

static void load(struct program *program, size_t offset) { add(program, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0); }

static void answer(struct program *program, uint32_t answer) { add(program, BPF_RET | BPF_K, answer, 0, 0); }

static void allow(struct program *program, int call) {
  add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
  answer(program, SECCOMP_RET_ALLOW);
}

/// Lets a call through when the low half of an argument, without the bits of `ignored`, is one of `values`. The kernel takes
/// each of these arguments for 32 bits.
static void allow_values(
    struct program *program, int call, unsigned argument, uint32_t ignored, const uint32_t *values, unsigned count) {
  add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, (uint8_t)(count + 4));
  load(program, offsetof(struct seccomp_data, args) + 8 * argument);
  add(program, BPF_ALU | BPF_AND | BPF_K, ~ignored, 0, 0);
  for (unsigned index = 0; index < count; index++)
    add(program, BPF_JMP | BPF_JEQ | BPF_K, values[index], (uint8_t)(count - index), 0);
  answer(program, SECCOMP_RET_ERRNO | EPERM);
  answer(program, SECCOMP_RET_ALLOW);
}

/// Lets a call through when none of `bits` is set in the low half of an argument.
static void allow_without(struct program *program, int call, unsigned argument, uint32_t bits) {
  const uint32_t none = 0;
  allow_values(program, call, argument, ~bits, &none, 1);
}

#ifdef PROCESSOR
/// Refuses the calls of another instruction set (32-bit ones on x86-64), which have other numbers; then the number of the call is in the
/// accumulator.
static struct program begin(void) {
  struct program program = {.length = 0};
  load(&program, offsetof(struct seccomp_data, arch));
  add(&program, BPF_JMP | BPF_JEQ | BPF_K, PROCESSOR, 1, 0);
  answer(&program, SECCOMP_RET_ERRNO | EPERM);
  load(&program, offsetof(struct seccomp_data, nr));
  return program;
}
#endif

static int install(struct program *program) {
  struct sock_fprog installed = {program->length, program->code};
  // Kernels before 5.16 slow a filtered process down, lest it read its own memory by speculation: without the flag.
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &installed) == 0) return 0;
  // Before 4.17, or where a filter above knows this way only.
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &installed, 0, 0);
}

static void refuse(struct program *program, int call, uint32_t error) {
  add(program, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
  answer(program, SECCOMP_RET_ERRNO | error);
}

int linux_filter_plugin_calls(int network) {
#ifndef PROCESSOR
  (void)network;
  errno = ENOTSUP;
  return -1;
#else
  struct program program = begin();
#if defined __x86_64__
  // Those of x32 have a bit set.
  add(&program, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
  answer(&program, SECCOMP_RET_ERRNO | ENOSYS);
#endif
  // socketpair(2) reaches nobody else, and stays.
  if (!network) refuse(&program, SYS_socket, EACCES);
  // What could make sockets without a call for each, look into others, or change what all see.
  static const int refused[] = {
      425 /* io_uring_setup */, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_mount, SYS_umount2,
      SYS_pivot_root, SYS_chroot, SYS_unshare, SYS_setns, SYS_bpf, SYS_keyctl, SYS_add_key, SYS_request_key,
      SYS_perf_event_open, SYS_userfaultfd, SYS_kexec_load, SYS_init_module, SYS_finit_module, SYS_delete_module,
      SYS_setpriority, SYS_ioprio_set, SYS_shmget, SYS_shmat, SYS_semget, SYS_msgget, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr,
      SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr, SYS_sethostname, SYS_setdomainname, SYS_adjtimex, SYS_clock_adjtime,
      SYS_clock_settime, SYS_settimeofday, SYS_swapon, SYS_swapoff, SYS_syslog, SYS_acct, SYS_reboot, SYS_quotactl,
      SYS_open_by_handle_at, 463 /* setxattrat */, 466 /* removexattrat */,
  };
  for (unsigned index = 0; index < sizeof refused / sizeof *refused; index++) refuse(&program, refused[index], EPERM);
  // Landlock knows nothing of modes, owners and times. Programs set those of files that they made just now, and end where they
  // cannot: they are told that it is done.
  static const int ignored[] = {
#ifdef SYS_chmod
      SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
      SYS_fchmod, SYS_fchmodat, 452 /* fchmodat2 */, SYS_fchown, SYS_fchownat, SYS_utimensat,
  };
  for (unsigned index = 0; index < sizeof ignored / sizeof *ignored; index++) refuse(&program, ignored[index], 0);
  // Limits and cores of this process alone, by 0.
  static const uint32_t own = 0;
  allow_values(&program, SYS_prlimit64, 0, 0, &own, 1);
  allow_values(&program, SYS_sched_setaffinity, 0, 0, &own, 1);
  // A terminal that reads what is put into it types commands elsewhere.
  add(&program, BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 4);
  load(&program, offsetof(struct seccomp_data, args) + 8);
  add(&program, BPF_JMP | BPF_JEQ | BPF_K, 0x5412 /* TIOCSTI */, 0, 1);
  answer(&program, SECCOMP_RET_ERRNO | EPERM);
  answer(&program, SECCOMP_RET_ALLOW);
  answer(&program, SECCOMP_RET_ALLOW);
  return install(&program);
#endif
}

int linux_filter_worker_calls(int receiver) {
#ifndef PROCESSOR
  (void)receiver;
  errno = ENOTSUP;
  return -1;
#else
  // Calls of x32 have a bit set, and equal none here.
  struct program program = begin();
  for (unsigned index = 0; index < sizeof free_calls / sizeof *free_calls; index++)
    allow(&program, free_calls[index]);

  allow_without(&program, SYS_mmap, 2, PROT_EXEC);
  allow_without(&program, SYS_mprotect, 2, PROT_EXEC);
  // What malloc(3) gives back to the kernel.
  static const uint32_t advice[] = {MADV_DONTNEED, MADV_FREE, MADV_HUGEPAGE};
  allow_values(&program, SYS_madvise, 2, 0, advice, sizeof advice / sizeof *advice);
  // Locks and pthread_once(3); nothing of priority inheritance or requeueing, whose code had its faults.
  static const uint32_t waits[] = {FUTEX_WAIT, FUTEX_WAKE, FUTEX_WAIT_BITSET, FUTEX_WAKE_BITSET};
  allow_values(
      &program, SYS_futex, 1, FUTEX_PRIVATE_FLAG | FUTEX_CLOCK_REALTIME, waits, sizeof waits / sizeof *waits);
  // abort(3) and raise(3).
  const uint32_t own = (uint32_t)getpid();
  allow_values(&program, SYS_tgkill, 0, 0, &own, 1);
  if (receiver >= 0) {
    const uint32_t socket = (uint32_t)receiver;
    allow_values(&program, SYS_recvmsg, 0, 0, &socket, 1);
  }
  answer(&program, SECCOMP_RET_ERRNO | EPERM);

  return install(&program);
#endif
}
