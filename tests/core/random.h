/* SPDX-License-Identifier: MIT
 *
 * The same numbers in every run and on every machine: splitmix64, S. Vigna.
 */
#ifndef SST_TEST_RANDOM_H
#define SST_TEST_RANDOM_H

#include <stdint.h>

static inline uint64_t
random_bits(uint64_t *state)
{
    *state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

#endif
