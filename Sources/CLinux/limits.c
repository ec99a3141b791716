#define _GNU_SOURCE
#include "confinement.h"

#include <sys/prctl.h>
#include <sys/resource.h>

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
