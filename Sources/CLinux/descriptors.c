#define _GNU_SOURCE
#include "descriptors.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/// Room for the descriptors of one message, aligned as its header wants to be.
union control {
  char bytes[CMSG_SPACE(LINUX_MOST_DESCRIPTORS * sizeof(int))];
  struct cmsghdr header;
};

ssize_t linux_send_descriptors(
    int socket, const void *bytes, size_t count, const int *descriptors, int descriptor_count) {
  if (descriptor_count < 0 || descriptor_count > LINUX_MOST_DESCRIPTORS) {
    errno = EINVAL;
    return -1;
  }
  struct iovec part = {(void *)bytes, count};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  union control control;
  if (descriptor_count > 0) {
    size_t size = (size_t)descriptor_count * sizeof(int);
    memset(&control, 0, sizeof control);
    message.msg_control = control.bytes;
    message.msg_controllen = CMSG_SPACE(size);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(header), descriptors, size);
  }
  return sendmsg(socket, &message, MSG_NOSIGNAL);
}

ssize_t linux_receive(int socket, void *bytes, size_t room, int *descriptors, int *descriptor_count) {
  struct iovec part = {bytes, room};
  union control control;
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  *descriptor_count = 0;
  ssize_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  if (received < 0) return -1;
  int count = 0;
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    // What came in fits: the room for it was given to the kernel.
    int came = (int)((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    memcpy(descriptors + count, CMSG_DATA(header), (size_t)came * sizeof(int));
    count += came;
  }
  if (message.msg_flags & MSG_CTRUNC) {
    for (int index = 0; index < count; index++) close(descriptors[index]);
    errno = EMFILE;
    return -1;
  }
  *descriptor_count = count;
  return received;
}

int linux_peer(int socket, uid_t *user) {
  struct ucred peer;
  socklen_t size = sizeof peer;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return -1;
  *user = peer.uid;
  return 0;
}
