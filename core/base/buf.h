/* SPDX-License-Identifier: MIT
 * buf.h - text that grows: every output goes through a Buf.
 *
 * All zero is a valid, empty Buf. The owner calls buf_release. The bytes may move whenever
 * something is added, so a Str from buf_str is valid until the next addition. */
#ifndef QUOIN_BASE_BUF_H
#define QUOIN_BASE_BUF_H

#include "base/str.h"

typedef struct Buf {
    char *data; /* not NUL-terminated; NULL when nothing was ever added */
    size_t len;
    size_t cap;
} Buf;

void buf_add(Buf *buf, Str s);
void buf_add_char(Buf *buf, char c);
void buf_add_format(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
#define buf_add_literal(buf, literal) buf_add((buf), STR(literal))
void buf_reserve(Buf *buf, size_t more); /* room for `more` further bytes */
void buf_truncate(Buf *buf, size_t len); /* keeps the first `len` bytes */
Str buf_str(const Buf *buf);
void buf_reset(Buf *buf);   /* empty, keeps the memory */
void buf_release(Buf *buf); /* gives the memory back */

#endif
