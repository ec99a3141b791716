// Why a child died, written by itself into a page that it shares with its parent.
#ifndef LINECASTER_CLINUX_FAULTS_H
#define LINECASTER_CLINUX_FAULTS_H

#include <stdint.h>

/// The page. The child may write anything into it: numbers, never pointers or lengths.
struct linux_fault_page {
  /// The signal; 0 as long as none came. Written last.
  volatile int32_t signal;
  /// 1: it came from inside (a fault, a trap, abort(3)). 0: a process sent it.
  volatile int32_t is_own;
  /// 1: the last call that failed had failed for want of memory.
  volatile int32_t lacked_memory;
  /// What the child is at, as it says: a number of its own making.
  volatile uint64_t work;
  /// How many pieces of work the child has finished, as it says.
  volatile uint64_t finished;
};

/// A page that children forked from now on share with this process; 0 with errno.
struct linux_fault_page *linux_make_fault_page(void);

void linux_free_fault_page(struct linux_fault_page *page);

/// From now on a fatal signal of this process is noted in the page, and then does what it does.
///
/// For processes with one thread: the alternate stack is this thread's. Returns 0, or -1 with errno.
int linux_note_faults(struct linux_fault_page *page);

/// Says what the child is at. Not inlined, so that it stays in its place before what may trap.
void linux_note_work(struct linux_fault_page *page, uint64_t work);

/// Says how many pieces of work the child has finished.
void linux_note_finished(struct linux_fault_page *page, uint64_t count);

#endif
