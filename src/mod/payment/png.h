// SPDX-License-Identifier: Apache-2.0
// The smallest writer of PNG files (ISO/IEC 15948) that a QR code needs: black and white, one bit a
// pixel. libpng behind cairo took a millisecond for each order's mail; this takes a fraction of it.
#pragma once
#include "base/arena.h"

struct png_bits {
    const unsigned char
        *rows; // each of (width + 7) / 8 bytes, the first pixel in the highest bit; 1: white
    uint32_t width, height; // at most PNG_SIDE_MAX
};
#define PNG_SIDE_MAX 4096
struct str png_of_bits(struct arena *a, const struct png_bits *b);
