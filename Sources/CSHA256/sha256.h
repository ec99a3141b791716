// SHA-256 blocks with the SHA instructions of x86-64 processors, which Swift has no name for.
#pragma once
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)

typedef uint32_t sha256_words __attribute__((vector_size(16)));
typedef int sha256_signed __attribute__((vector_size(16)));
typedef uint8_t sha256_bytes __attribute__((vector_size(16)));

/// Whether the processor has the instructions (CPUID leaf 7, EBX bit 29).
static inline int sha256_has_instructions(void) {
  uint32_t a = 0, b, c = 0, d;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  if (a < 7) return 0;
  a = 7;
  c = 0;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  return b >> 29 & 1;
}

/// Takes `count` blocks of 64 bytes into `state`, eight words from a to h.
///
/// Intel, “Intel SHA Extensions” (2013): the state stands in two registers as ABEF and CDGH.
__attribute__((target("sha,sse4.1"))) static inline void sha256_blocks(
    uint32_t *_Nonnull state, const uint8_t *_Nonnull bytes, size_t count, const uint32_t *_Nonnull constants) {
  sha256_words abef = {state[5], state[4], state[1], state[0]};
  sha256_words cdgh = {state[7], state[6], state[3], state[2]};
  for (; count > 0; count--, bytes += 64) {
    sha256_words w[4], before_abef = abef, before_cdgh = cdgh;
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
      sha256_bytes read;
      __builtin_memcpy(&read, bytes + 16 * i, 16);
      w[i] = (sha256_words)__builtin_shufflevector(read, read, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) {
      sha256_words k, *now = &w[i & 3];
      __builtin_memcpy(&k, constants + 4 * i, 16);
      if (i >= 4) {
        // W[t] = s1(W[t-2]) + W[t-7] + s0(W[t-15]) + W[t-16], four at a time.
        sha256_words back12 = w[(i + 1) & 3], back8 = w[(i + 2) & 3], back4 = w[(i + 3) & 3];
        sha256_words sum = (sha256_words)__builtin_ia32_sha256msg1((sha256_signed)*now, (sha256_signed)back12);
        sum += __builtin_shufflevector(back8, back4, 1, 2, 3, 4);
        *now = (sha256_words)__builtin_ia32_sha256msg2((sha256_signed)sum, (sha256_signed)back4);
      }
      sha256_words sum = *now + k;
      cdgh = (sha256_words)__builtin_ia32_sha256rnds2((sha256_signed)cdgh, (sha256_signed)abef, (sha256_signed)sum);
      sum = __builtin_shufflevector(sum, sum, 2, 3, 2, 3);
      abef = (sha256_words)__builtin_ia32_sha256rnds2((sha256_signed)abef, (sha256_signed)cdgh, (sha256_signed)sum);
    }
    abef += before_abef;
    cdgh += before_cdgh;
  }
  state[0] = abef[3], state[1] = abef[2], state[4] = abef[1], state[5] = abef[0];
  state[2] = cdgh[3], state[3] = cdgh[2], state[6] = cdgh[1], state[7] = cdgh[0];
}

#else

static inline int sha256_has_instructions(void) { return 0; }
static inline void sha256_blocks(
    uint32_t *_Nonnull state, const uint8_t *_Nonnull bytes, size_t count, const uint32_t *_Nonnull constants) {}

#endif
