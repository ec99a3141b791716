#define _GNU_SOURCE
#include "confinement.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

// Numbers that are the same on all processors.
enum { create_ruleset = 444, restrict_self = 446 };

/// struct landlock_ruleset_attr. Earlier versions take its beginning.
struct ruleset {
  uint64_t files;
  /// From version 4.
  uint64_t network;
  /// From version 6.
  uint64_t scopes;
};

int linux_landlock_version(void) {
  return (int)syscall(create_ruleset, (void *)0, (size_t)0, 1u /* LANDLOCK_CREATE_RULESET_VERSION */);
}

int linux_landlock_take_all(int version) {
  // Version 1: execute, write, read, read a directory, remove and make. 2: link or rename across directories.
  // 3: truncate. 5: ioctl on devices.
  uint64_t files = version >= 5 ? 0xFFFF : version >= 3 ? 0x7FFF : version == 2 ? 0x3FFF : 0x1FFF;
  // TCP: bind and connect. Then: abstract Unix sockets, and signals.
  struct ruleset rules = {files, version >= 4 ? 3 : 0, version >= 6 ? 3 : 0};
  size_t size = version >= 6 ? sizeof rules
    : version >= 4           ? offsetof(struct ruleset, scopes)
                             : offsetof(struct ruleset, network);
  int ruleset = (int)syscall(create_ruleset, &rules, size, 0);
  if (ruleset < 0) return -1;
  int status = (int)syscall(restrict_self, ruleset, 0);
  close(ruleset);
  return status;
}
