#define _GNU_SOURCE
#include "faults.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

static struct linux_fault_page *noted_page;

/// A handler for a stack that ran over needs another one. A page and AVX-512's and AMX's registers fit many times.
static char alternate_stack[64 << 10] __attribute__((aligned(16)));

/// Only what may be called in a signal handler, and what the worker's filter lets pass.
static void note_fault(int number, siginfo_t *info, void *context) {
  (void)context;
  int error = errno;
  // Only the kernel gives positive codes. abort(3) sends its signal with a negative one, from here.
  int is_own = info->si_code > 0 || info->si_pid == getpid();
  noted_page->is_own = is_own;
  noted_page->lacked_memory = error == ENOMEM;
  noted_page->signal = number;
  signal(number, SIG_DFL);
  // A fault comes again by itself, and ends the process with its own code; a breakpoint's instruction is behind it.
  if (info->si_code <= 0 || number == SIGTRAP || number == SIGSYS) raise(number);
  errno = error;
}

struct linux_fault_page *linux_make_fault_page(void) {
  void *page = mmap(0, sizeof(struct linux_fault_page), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? 0 : page;
}

void linux_free_fault_page(struct linux_fault_page *page) { munmap(page, sizeof *page); }

int linux_note_faults(struct linux_fault_page *page) {
  static const int numbers[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS};
  noted_page = page;
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  if (sigaltstack(&stack, 0) != 0) return -1;
  struct sigaction action = {.sa_sigaction = note_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigset_t all;
  sigemptyset(&all);
  for (unsigned index = 0; index < sizeof numbers / sizeof *numbers; index++) {
    if (sigaction(numbers[index], &action, 0) != 0) return -1;
    sigaddset(&all, numbers[index]);
  }
  // A fault whose signal is blocked kills without a word.
  return sigprocmask(SIG_UNBLOCK, &all, 0);
}

void linux_note_work(struct linux_fault_page *page, uint64_t work) {
  page->work = work;
  // Memory that lacked before is none of this work's business.
  errno = 0;
}

void linux_note_finished(struct linux_fault_page *page, uint64_t count) { page->finished = count; }
