#pragma once

// Brings the cache line of an address near. Any address will do: one that is not mapped is left alone.
static inline void prefetch_line(const void *address) { __builtin_prefetch(address); }
