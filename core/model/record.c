/* SPDX-License-Identifier: MIT
 * record.c - fingerprints of what records were made from. */
#include "model/record.h"

#include "base/buf.h"
#include "base/hash.h"

static bool carries_fingerprint(Str comment) {
    Str inside = str_trim_left(str_from_offset(comment, 4));
    return str_starts_with(inside, STR("reviewed:")) || str_starts_with(inside, STR("approved:"));
}

uint32_t record_fingerprint(Str text) {
    Buf kept = {0};
    size_t start;
    text = str_trim(text);
    while ((start = str_find(text, STR("<!--"))) != STR_NONE) {
        Str comment = str_from_offset(text, start);
        size_t end = str_find(comment, STR("-->"));
        if (end == STR_NONE) {
            break;
        }
        bool is_left_out = carries_fingerprint(comment);
        Str before = str_slice(text, 0, start);
        buf_add(&kept, is_left_out ? str_trim_right(before) : before);
        buf_add(&kept, is_left_out ? STR_EMPTY : str_slice(comment, 0, end + 3));
        text = str_from_offset(comment, end + 3);
    }
    uint32_t fingerprint = (uint32_t)hash_str(text); /* most texts have no comments */
    if (kept.len > 0) {
        buf_add(&kept, text);
        fingerprint = (uint32_t)hash_str(buf_str(&kept));
    }
    buf_release(&kept);
    return fingerprint;
}
