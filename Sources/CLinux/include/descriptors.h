// Bytes and open descriptors over a Unix socket (SCM_RIGHTS): the macros of <sys/socket.h> do not reach Swift.
#ifndef LINECASTER_CLINUX_DESCRIPTORS_H
#define LINECASTER_CLINUX_DESCRIPTORS_H

#include <sys/types.h>

/// Descriptors that one message can carry here.
enum { LINUX_MOST_DESCRIPTORS = 16 };

/// Sends bytes and with the first of them descriptors, which stay open here. Never raises SIGPIPE.
///
/// `count`: at least 1. Returns the bytes sent, which may be fewer than `count` (all descriptors went along), or -1 with
/// errno; EINVAL for more than LINUX_MOST_DESCRIPTORS.
ssize_t linux_send_descriptors(
    int socket, const void *bytes, size_t count, const int *descriptors, int descriptor_count);

/// Receives bytes, and descriptors that came with them, closed on exec.
///
/// `descriptors`: room for LINUX_MOST_DESCRIPTORS. `descriptor_count`: those that came. Returns the bytes received, 0 at the
/// end, or -1 with errno; EMFILE, with none left open, where more came than could be taken.
ssize_t linux_receive(int socket, void *bytes, size_t room, int *descriptors, int *descriptor_count);

/// The user at the other end of a Unix socket, as it was when it connected. Returns -1 with errno where it is not known.
int linux_peer(int socket, uid_t *user);

#endif
