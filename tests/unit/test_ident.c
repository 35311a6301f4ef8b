/* SPDX-License-Identifier: MIT
 * Ids in running text, and sentences around a place. */
#include "base/buf.h"
#include "text/ident.h"
#include "text/sentence.h"
#include "unit.h"

typedef struct Row {
    const char *text, *expected; /* the ids, each followed by a space */
} Row;

static const Row rows[] = {
    {"REQ-12", "REQ-12 "},
    {"see REQ-12, ADR-0007.", "REQ-12 ADR-0007 "},
    {"(US-1-2)", "US-1-2 "},
    {"NFR-SEC-3 and R2D2-9", "NFR-SEC-3 R2D2-9 "},
    {"A-1", ""},
    {"1A-1", ""},
    {"REQ-A", ""},
    {"REQ-", ""},
    {"xREQ-1 REQ-1x _REQ-1 REQ-1_", ""},
    {"foo-REQ-1", ""},
    {"REQ-12-based", "REQ-12 "},
    {"REQ-12-", "REQ-12 "},
    {"REQ-12's", "REQ-12 "},
    {"\xc3\xa9REQ-1 REQ-1\xc3\xa9", ""},
    {"/REQ-1 C:\\REQ-1", ""},
    {"REQ-1-A", ""},
    {"--- - -1 A--1 AB--1", ""},
    {"AB-1--CD-2", "AB-1 "},
    {"", ""},
};

START_TEST(ids_are_found) {
    const Row *row = &rows[_i];
    Str text = str_from(row->text), id;
    Buf found = {0};
    for (size_t at = 0; ident_next(text, &at, &id);) {
        buf_add(&found, id);
        buf_add_char(&found, ' ');
    }
    ASSERT_TEXT(row->text, buf_str(&found), row->expected);
    buf_release(&found);
}
END_TEST

typedef struct SentenceRow {
    const char *text, *at, *expected;
} SentenceRow;

static const SentenceRow sentences[] = {
    {"One. Two here. Three.", "here", "Two here."},
    {"One. Two here. Three.", "One", "One."},
    {"One. Two here. Three.", "Three", "Three."},
    {"no end at all", "end", "no end at all"},
    {"Use e.g. This one. Next.", "This", "Use e.g. This one."},
    {"Version 1.2 is out. Good.", "is", "Version 1.2 is out."},
    {"Really? Yes! Sure.", "Yes", "Yes!"},
    {"a  b\n cc. D.", "b", "a b cc."},
    {"", "", ""},
};

START_TEST(sentence_is_cut) {
    const SentenceRow *row = &sentences[_i];
    Arena arena = {0};
    Str text = str_from(row->text);
    Str found = sentence_around(&arena, text, str_find(text, str_from(row->at)), 300);
    ASSERT_TEXT(row->text, found, row->expected);
    arena_release(&arena);
}
END_TEST

START_TEST(long_sentence_is_bounded) {
    Arena arena = {0};
    Buf text = {0};
    for (int i = 0; i < 100000; i++) {
        buf_add_literal(&text, "w\xc3\xb6rd ");
    }
    Str found = sentence_around(&arena, buf_str(&text), 300000, 100);
    ck_assert_uint_le(found.len, 110);
    ck_assert(str_starts_with(found, STR("\xe2\x80\xa6")));
    ck_assert(str_ends_with(found, STR("\xe2\x80\xa6")));
    buf_release(&text);
    arena_release(&arena);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("ident");
    add_rows(tcase, ids_are_found, ROW_COUNT(rows));
    add_rows(tcase, sentence_is_cut, ROW_COUNT(sentences));
    tcase_add_test(tcase, long_sentence_is_bounded);
    return run_suite("ids and sentences", tcase);
}
