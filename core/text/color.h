/* SPDX-License-Identifier: MIT
 * color.h - colours as CSS writes them. */
#ifndef QUOIN_TEXT_COLOR_H
#define QUOIN_TEXT_COLOR_H

#include "base/str.h"

/* Is it one colour and nothing else, so that it can stand in a style sheet as it is? "#07a",
 * "#0077aacc", one of the basic names ("navy"), or a function: rgb() hsl() hwb() lab() lch()
 * oklab() oklch() and the old rgba() hsla(), with numbers, units and separators in it. Values in
 * such a function are not looked at. */
bool color_is_css(Str text);

#endif
