// Linux calls that Swift's Glibc module does not show, because it is built without _GNU_SOURCE.
#ifndef LINECASTER_CLINUX_SHIM_H
#define LINECASTER_CLINUX_SHIM_H

#include <fcntl.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/// rename(2) that fails with EEXIST where `to` is taken.
static inline int linux_rename_noreplace(const char *from, const char *to) {
  return (int)syscall(SYS_renameat2, -100 /* AT_FDCWD */, from, -100, to, 1u /* RENAME_NOREPLACE */);
}

/// Asks for a read lease and gives it back at once. 0: nobody has the file open for writing. EAGAIN: somebody has.
/// Anything else cannot be known (another owner's file, or a file system without leases).
static inline int linux_probe_lease(int descriptor) {
  if (fcntl(descriptor, 1024 /* F_SETLEASE */, F_RDLCK) != 0) return -1;
  fcntl(descriptor, 1024, F_UNLCK);
  return 0;
}

/// The magic number of the file system that holds `path`; 0 where it cannot be told.
static inline uint64_t linux_file_system_type(const char *path) {
  struct statfs answer;
  return statfs(path, &answer) == 0 ? (uint64_t)(uint32_t)answer.f_type : 0;
}

#endif
