#define _GNU_SOURCE
#include "confinement.h"

#include <errno.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

struct limit {
  int resource;
  uint64_t value;
};

/// RLIM_INFINITY is the largest number there is.
static int lower(const struct limit *limits, unsigned count) {
  for (unsigned index = 0; index < count; index++) {
    struct rlimit limit;
    if (getrlimit(limits[index].resource, &limit) != 0) return -1;
    if (limits[index].value < limit.rlim_max) limit.rlim_max = limits[index].value;
    if (limit.rlim_cur > limit.rlim_max) limit.rlim_cur = limit.rlim_max;
    if (setrlimit(limits[index].resource, &limit) != 0) return -1;
  }
  return 0;
}

int linux_set_limits(uint64_t memory, uint64_t file_size, uint64_t descriptors) {
  const struct limit limits[] = {
      {RLIMIT_DATA, memory}, {RLIMIT_FSIZE, file_size}, {RLIMIT_NOFILE, descriptors}, {RLIMIT_CORE, 0}, {RLIMIT_NPROC, 0},
  };
  return lower(limits, sizeof limits / sizeof *limits);
}

int linux_set_plugin_limits(uint64_t memory, uint64_t file_size, uint64_t descriptors, uint64_t seconds) {
  const struct limit limits[] = {
      {RLIMIT_DATA, memory}, {RLIMIT_FSIZE, file_size}, {RLIMIT_NOFILE, descriptors}, {RLIMIT_CORE, 0}, {RLIMIT_CPU, seconds},
  };
  return lower(limits, sizeof limits / sizeof *limits);
}

int linux_forbid_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

int linux_forbid_inspection(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

int linux_drop_capabilities(void) {
  // Neither the superuser's programs nor files give any back.
  (void)prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP | SECBIT_NO_SETUID_FIXUP_LOCKED, 0, 0, 0);
  for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
    (void)prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  (void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
  if (syscall(SYS_capset, &header, none) == 0) return 0;
  // A filter above forbids the call, as that of the unit: fine where there is nothing to give up.
  struct __user_cap_data_struct now[2] = {{0, 0, 0}, {0, 0, 0}};
  if (syscall(SYS_capget, &header, now) == 0 && (now[0].permitted | now[1].permitted) == 0) return 0;
  errno = EPERM;
  return -1;
}
