// Linux calls that Swift's Glibc module does not show, because it is built without _GNU_SOURCE.
#ifndef LINECASTER_CLINUX_SHIM_H
#define LINECASTER_CLINUX_SHIM_H

#include <fcntl.h>
#include <linux/stat.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
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

/// Starts writing a range of a file to the disk; sync_file_range(2) needs _GNU_SOURCE.
static inline int linux_begin_writing(int descriptor, off_t offset, off_t count) {
  return (int)syscall(SYS_sync_file_range, descriptor, offset, count, 2 /* SYNC_FILE_RANGE_WRITE */);
}

/// The magic number of the file system that holds `path`; 0 where it cannot be told.
static inline uint64_t linux_file_system_type(const char *path) {
  struct statfs answer;
  return statfs(path, &answer) == 0 ? (uint64_t)(uint32_t)answer.f_type : 0;
}

/// What statx(2) knows beyond stat(2): STATX_ATTR_* of the name itself, and the number of the mount that it lies in.
/// Both 0 where the kernel does not tell.
static inline void linux_attributes(const char *path, uint64_t *attributes, uint64_t *mount) {
  struct statx answer = {0};
  long failed = syscall(SYS_statx, -100 /* AT_FDCWD */, path, 0x100 /* AT_SYMLINK_NOFOLLOW */, STATX_MNT_ID, &answer);
  *attributes = failed ? 0 : answer.stx_attributes;
  *mount = failed || !(answer.stx_mask & STATX_MNT_ID) ? 0 : answer.stx_mnt_id;
}

/// Which directory a path leads to, links followed: device, inode and the number of the mount that it lies in (0 where the
/// kernel does not tell). Fails with -1 and errno.
static inline int linux_directory(const char *path, uint64_t *device, uint64_t *inode, uint64_t *mount) {
  struct statx answer = {0};
  if (syscall(SYS_statx, -100 /* AT_FDCWD */, path, 0, STATX_INO | STATX_MNT_ID, &answer) != 0) return -1;
  *device = (uint64_t)answer.stx_dev_major << 32 | answer.stx_dev_minor;
  *inode = answer.stx_ino;
  *mount = answer.stx_mask & STATX_MNT_ID ? answer.stx_mnt_id : 0;
  return 0;
}

#endif
