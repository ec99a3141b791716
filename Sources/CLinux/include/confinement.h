// What takes rights away from a process for good: Landlock (landlock(7)) and a filter of system calls (seccomp(2)).
// Neither glibc nor Debian 12's kernel headers know all of it.
#ifndef LINECASTER_CLINUX_CONFINEMENT_H
#define LINECASTER_CLINUX_CONFINEMENT_H

#include <stdint.h>
#include <sys/types.h>

/// The latest version of Landlock whose rights are known here.
enum { LINUX_LANDLOCK_LATEST = 7 };

/// The version of Landlock that the kernel offers; -1 with errno. ENOSYS: a kernel without it; EOPNOTSUPP: switched off;
/// EPERM: a filter above this process.
int linux_landlock_version(void);

/// Takes every right that a version of Landlock knows, for this thread and what it starts: no file by its name, no TCP, no
/// abstract socket and no signal outward. Wants no_new_privs. Returns 0, or -1 with errno.
int linux_landlock_take_all(int version);

/// A set of rules that takes all rights that a version knows but those that are allowed next; TCP stays free where `network` is
/// not 0. Returns a descriptor, or -1 with errno.
int linux_landlock_begin(int version, int network);

/// Allows reading and executing at a path and below it, or everything where `writing` is not 0. Returns -1 with errno; ENOENT
/// where nothing is there.
int linux_landlock_allow(int ruleset, int version, const char *path, int writing);

/// Puts a set of rules in force for this thread and what it starts, and closes it. Wants no_new_privs. Returns 0, or -1 with
/// errno.
int linux_landlock_enter(int ruleset);

/// Refuses what a plugin has no business with: to look into other processes, mounts, namespaces, and sockets where `network` is 0.
/// For a process with one thread and what it starts, for good. Wants no_new_privs. Returns 0, or -1 with errno.
int linux_filter_plugin_calls(int network);

/// Lets through only the system calls that a worker needs when all is loaded; others fail with EPERM. For a process with
/// one thread, and for good. Wants no_new_privs.
///
/// `receiver`: the one socket that descriptors may come in by, or -1. Returns 0, or -1 with errno; ENOTSUP where the
/// processor's calls are not known here.
int linux_filter_worker_calls(int receiver);

/// Lowers limits for good: bytes of private memory and of a file that is written (UINT64_MAX for none), and the number that
/// a new descriptor must be below. No core is written and no process started. Returns 0, or -1 with errno.
int linux_set_limits(uint64_t memory, uint64_t file_size, uint64_t descriptors);

/// The same for a plugin's process, which may start others; and the seconds of CPU that it may use in all.
int linux_set_plugin_limits(uint64_t memory, uint64_t file_size, uint64_t descriptors, uint64_t seconds);

int linux_forbid_new_privileges(void);

/// Gives up all capabilities, for this process and what it becomes. Returns 0, or -1 with errno.
int linux_drop_capabilities(void);

/// No other process of this user may look into this one.
int linux_forbid_inspection(void);

#endif
