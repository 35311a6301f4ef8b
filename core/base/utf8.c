/* SPDX-License-Identifier: MIT
 * utf8.c - decoding by RFC 3629 (no surrogates, no overlong forms) and look-ups in sorted ranges.
 */
#include "base/utf8.h"

#include "base/utf8_tables.h"

#include <string.h>

enum { REPLACEMENT = 0xFFFD };

/* Bytes of the valid sequence at the start of `s` and its code point; 0 when it is invalid. */
static size_t decode(const unsigned char *s, size_t len, uint32_t *codepoint) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (s[0] < 0x80) {
        *codepoint = s[0];
        return 1;
    }
    size_t count = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || count > len)
        return 0;
    uint32_t result = s[0] & (0xFFu >> (count + 1));
    for (size_t i = 1; i < count; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
        result = result << 6 | (s[i] & 0x3Fu);
    }
    if (result < least[count] || result > 0x10FFFF)
        return 0;
    if (result >= 0xD800 && result <= 0xDFFF)
        return 0;
    *codepoint = result;
    return count;
}

uint32_t utf8_next(Str s, size_t *at) {
    uint32_t codepoint;
    size_t count = decode((const unsigned char *)s.data + *at, s.len - *at, &codepoint);
    *at += count ? count : 1;
    return count ? codepoint : REPLACEMENT;
}

void utf8_add(Buf *buf, uint32_t codepoint) {
    if (codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint <= 0xDFFF)) {
        codepoint = REPLACEMENT;
    }
    if (codepoint < 0x80) {
        buf_add_char(buf, (char)codepoint);
        return;
    }
    size_t count = codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
    unsigned char bytes[4];
    for (size_t i = count - 1; i > 0; i--, codepoint >>= 6) {
        bytes[i] = (unsigned char)(0x80 | (codepoint & 0x3F));
    }
    bytes[0] = (unsigned char)((0xF00u >> count & 0xFF) | codepoint);
    buf_add(buf, (Str){(const char *)bytes, count});
}

/* Bytes of ASCII from `at`, eight at a time: nearly all text is. */
static size_t skip_ascii(Str s, size_t at) {
    uint64_t word;
    while (at + sizeof word <= s.len) {
        memcpy(&word, s.data + at, sizeof word);
        if (word & 0x8080808080808080u)
            break;
        at += sizeof word;
    }
    return at;
}

size_t utf8_find_invalid(Str s) {
    uint32_t ignored;
    for (size_t at = skip_ascii(s, 0); at < s.len; at = skip_ascii(s, at)) {
        size_t count = decode((const unsigned char *)s.data + at, s.len - at, &ignored);
        if (count == 0)
            return at;
        at += count;
    }
    return STR_NONE;
}

size_t utf8_length(Str s) {
    size_t count = 0;
    for (size_t at = 0; at < s.len; count++)
        utf8_next(s, &at);
    return count;
}

static void add_json_escape(Buf *buf, unsigned char c) {
    switch (c) {
    case '"':
        buf_add_literal(buf, "\\\"");
        break;
    case '\\':
        buf_add_literal(buf, "\\\\");
        break;
    case '\n':
        buf_add_literal(buf, "\\n");
        break;
    case '\r':
        buf_add_literal(buf, "\\r");
        break;
    case '\t':
        buf_add_literal(buf, "\\t");
        break;
    default:
        buf_add_format(buf, "\\u%04x", c);
        break;
    }
}

/* "</" is escaped so that the text may stand in a script element; U+2028 and U+2029 because old
 * scripts take them for line ends. */
void utf8_add_json(Buf *buf, Str text) {
    buf_add_char(buf, '"');
    for (size_t at = 0; at < text.len;) {
        size_t start = at;
        unsigned char c = (unsigned char)text.data[at];
        uint32_t codepoint = utf8_next(text, &at);
        if (c < 0x20 || c == 0x7F || c == '"' || c == '\\') {
            add_json_escape(buf, c);
        } else if (c == '/' && start > 0 && text.data[start - 1] == '<') {
            buf_add_literal(buf, "\\/");
        } else if (codepoint == 0x2028 || codepoint == 0x2029) {
            buf_add_format(buf, "\\u%04x", (unsigned)codepoint);
        } else {
            utf8_add(buf, codepoint);
        }
    }
    buf_add_char(buf, '"');
}

static bool is_in(const Utf8Range *ranges, size_t count, uint32_t codepoint) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (codepoint > ranges[middle].last) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count && codepoint >= ranges[low].first;
}

Str utf8_line(Arena *arena, Str text) {
    Buf line = {0};
    bool is_gap = false;
    for (size_t at = 0; at < text.len;) {
        uint32_t codepoint = utf8_next(text, &at);
        bool is_control = codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0);
        if (is_control || codepoint == ' ' || codepoint == 0x2028 || codepoint == 0x2029) {
            is_gap = line.len > 0;
            continue;
        }
        if (is_gap)
            buf_add_char(&line, ' ');
        is_gap = false;
        utf8_add(&line, codepoint);
    }
    Str copy = str_copy(arena, buf_str(&line));
    buf_release(&line);
    return copy;
}

#define IS_IN(ranges, codepoint) is_in((ranges), sizeof(ranges) / sizeof *(ranges), (codepoint))

bool utf8_is_word(uint32_t codepoint) {
    return IS_IN(utf8_word, codepoint);
}

bool utf8_is_space(uint32_t codepoint) {
    return IS_IN(utf8_space, codepoint);
}

bool utf8_is_punctuation(uint32_t codepoint) {
    return IS_IN(utf8_punctuation, codepoint);
}

uint32_t utf8_lower(uint32_t codepoint) {
    size_t low = 0, high = sizeof utf8_lower_ranges / sizeof *utf8_lower_ranges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const Utf8Lower *range = &utf8_lower_ranges[middle];
        if (codepoint > range->last) {
            low = middle + 1;
        } else if (codepoint < range->first) {
            high = middle;
        } else if ((codepoint - range->first) % range->step != 0) {
            return codepoint;
        } else {
            return (uint32_t)((int32_t)codepoint + range->delta);
        }
    }
    return codepoint;
}
