// Copyright the Pointwise authors.
// SPDX-License-Identifier: Apache-2.0

// Work along lines of elements. Many lines are shared out among the work-items; of few each is the work
// of a whole work-group, which joins what its work-items found by a tree in local memory.
//
// GROUP: work-items that share a line: 1, or a power of two that is the size of a work-group.

// LINE(i, count): the number of the line; LANE: which of the line's work-items this is. Elements LANE,
// LANE + GROUP and so on are its own.
// JOIN_LANES(value, merge): puts into `value` of each what merge(a, b) makes of all of them; needs
// LANES_MEMORY at the start of the kernel.
#if GROUP == 1
#define LINE_KERNEL __kernel void
#define LINE(i, count) WORK_ITEM(i, count)
#define LANE 0
#define LANES_MEMORY
#define JOIN_LANES(value, merge)
#else
#define LINE_KERNEL __kernel __attribute__((reqd_work_group_size(GROUP, 1, 1))) void
#define LINE(i, count) const index_t i = (index_t)get_group_id(0)
#define LANE ((int)get_local_id(0))
#define LANES_MEMORY __local float lanes_memory[GROUP]
// The last barrier: nobody may write the next value while another still reads this one.
#define JOIN_LANES(value, merge)                                                                \
  do {                                                                                          \
    lanes_memory[LANE] = (value);                                                               \
    barrier(CLK_LOCAL_MEM_FENCE);                                                               \
    for (int width = GROUP / 2; width > 0; width /= 2) {                                        \
      if (LANE < width) {                                                                       \
        lanes_memory[LANE] = merge(lanes_memory[LANE], lanes_memory[LANE + width]);             \
      }                                                                                         \
      barrier(CLK_LOCAL_MEM_FENCE);                                                             \
    }                                                                                           \
    (value) = lanes_memory[0];                                                                  \
    barrier(CLK_LOCAL_MEM_FENCE);                                                               \
  } while (0)
#endif

#define SUM_OF(a, b) ((a) + (b))
// NaN wins.
#define GREATER_OF(a, b) ((b) > (a) || (b) != (b) ? (b) : (a))
#define LESSER_OF(a, b) ((b) < (a) || (b) != (b) ? (b) : (a))
