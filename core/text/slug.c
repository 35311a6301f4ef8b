/* SPDX-License-Identifier: MIT
 * slug.c - heading text to anchor, and the numbers that make anchors unique on a page. */
#include "text/slug.h"

#include "base/utf8.h"

Str slug_make(Arena *arena, Str heading_text) {
    Buf buf = {0};
    for (size_t at = 0; at < heading_text.len;) {
        uint32_t codepoint = utf8_next(heading_text, &at);
        if (codepoint == ' ' || codepoint == '-') {
            buf_add_char(&buf, '-');
        } else if (utf8_is_word(codepoint)) {
            utf8_add(&buf, utf8_lower(codepoint));
        }
    }
    Str slug = str_copy(arena, buf_str(&buf));
    buf_release(&buf);
    return slug;
}

/* `used` counts per anchor: the next number to try is the value stored, as a pointer. */
Str slug_unique(SlugSet *set, Arena *arena, Str heading_text) {
    Str base = slug_make(arena, heading_text);
    if (map_add(&set->used, base, NULL)) {
        return base;
    }
    uintptr_t number = (uintptr_t)map_get(&set->used, base);
    Str slug;
    do {
        number++;
        slug = str_format(arena, STR_FMT "-%llu", STR_ARG(base), (unsigned long long)number);
    } while (!map_add(&set->used, slug, NULL));
    map_set(&set->used, base, (void *)number);
    return slug;
}

void slugset_release(SlugSet *set) {
    map_release(&set->used);
}
