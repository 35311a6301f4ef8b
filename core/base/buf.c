/* SPDX-License-Identifier: MIT
 * buf.c - a growing byte array. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_reserve(Buf *buf, size_t more) {
    if (buf->cap - buf->len >= more)
        return;
    size_t cap = buf->cap ? buf->cap : 256;
    while (cap - buf->len < more && cap <= SIZE_MAX / 4)
        cap *= 2;
    char *data = cap - buf->len >= more ? realloc(buf->data, cap) : NULL;
    if (!data) {
        fputs("quoin: out of memory\n", stderr);
        abort();
    }
    buf->data = data;
    buf->cap = cap;
}

/* `s` may lie in the buffer itself: its place is remembered across the move. */
void buf_add(Buf *buf, Str s) {
    if (s.len == 0)
        return;
    uintptr_t start = (uintptr_t)buf->data;
    uintptr_t at = (uintptr_t)s.data;
    bool is_inside = buf->data && at >= start && at < start + buf->len;
    buf_reserve(buf, s.len);
    const char *from = is_inside ? buf->data + (at - start) : s.data;
    memmove(buf->data + buf->len, from, s.len);
    buf->len += s.len;
}

void buf_add_char(Buf *buf, char c) {
    if (buf->len == buf->cap)
        buf_reserve(buf, 1);
    buf->data[buf->len++] = c;
}

void buf_add_format(Buf *buf, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len <= 0)
        return;
    buf_reserve(buf, (size_t)len + 1);
    va_start(args, format);
    vsnprintf(buf->data + buf->len, (size_t)len + 1, format, args);
    va_end(args);
    buf->len += (size_t)len;
}

void buf_truncate(Buf *buf, size_t len) {
    if (len < buf->len)
        buf->len = len;
}

Str buf_str(const Buf *buf) {
    return buf->data ? (Str){buf->data, buf->len} : STR_EMPTY;
}

void buf_reset(Buf *buf) {
    buf->len = 0;
}

void buf_release(Buf *buf) {
    free(buf->data);
    *buf = (Buf){0};
}
