#define _GNU_SOURCE
#include "confinement.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Numbers that are the same on all processors.
enum { create_ruleset = 444, add_rule = 445, restrict_self = 446 };

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

/// What a version knows of files. Version 1: execute, write, read, read a directory, remove and make. 2: link or rename across
/// directories. 3: truncate. 5: ioctl on devices.
static uint64_t file_rights(int version) {
  return version >= 5 ? 0xFFFF : version >= 3 ? 0x7FFF : version == 2 ? 0x3FFF : 0x1FFF;
}

/// `network`: whether TCP stays free. Abstract Unix sockets and signals outward are taken where the version knows them.
static int ruleset_of(int version, int network) {
  struct ruleset rules = {file_rights(version), version >= 4 && !network ? 3 : 0, version >= 6 ? 3 : 0};
  size_t size = version >= 6 ? sizeof rules
    : version >= 4           ? offsetof(struct ruleset, scopes)
                             : offsetof(struct ruleset, network);
  return (int)syscall(create_ruleset, &rules, size, 0);
}

int linux_landlock_take_all(int version) {
  int ruleset = ruleset_of(version, 0);
  return ruleset < 0 ? -1 : linux_landlock_enter(ruleset);
}

int linux_landlock_begin(int version, int network) { return ruleset_of(version, network); }

/// struct landlock_path_beneath_attr.
struct beneath {
  uint64_t rights;
  int32_t parent;
} __attribute__((packed));

int linux_landlock_allow(int ruleset, int version, const char *path, int writing) {
  // Of files: execute, write, read, truncate, ioctl. Of directories all.
  const uint64_t reading = 1 << 0 | 1 << 2 | 1 << 3, of_files = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15;
  int place = open(path, O_PATH | O_CLOEXEC);
  if (place < 0) return -1;
  struct stat status;
  uint64_t rights = writing ? file_rights(version) : reading;
  if (fstat(place, &status) == 0 && !S_ISDIR(status.st_mode)) rights &= of_files;
  struct beneath rule = {rights & file_rights(version), place};
  int failed = (int)syscall(add_rule, ruleset, 1 /* LANDLOCK_RULE_PATH_BENEATH */, &rule, 0);
  close(place);
  return failed;
}

int linux_landlock_enter(int ruleset) {
  int status = (int)syscall(restrict_self, ruleset, 0);
  close(ruleset);
  return status;
}
