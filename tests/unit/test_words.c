/* SPDX-License-Identifier: MIT
 * test_words.c - text into the words that a search finds. tests/search compares them with those of
 * the browser. */
#include "unit.h"

#include "base/buf.h"
#include "text/words.h"

#include <string.h>

static const struct {
    const char *text, *words;
} word_rows[] = {
    {"", ""},
    {"The till prints.", "the till print"},
    {"REQ-12, ADR-0007", "req 12 req12 adr 0007 adr0007"},
    {"readOnly HTTPServer URLs iOS", "read only readonly http server httpserver url i os ios"},
    {"max_retry_count __init__", "max retry count maxretrycount init"},
    {"std::mem::swap a/b", "std mem swap a b"},
    {"quoin.yaml v1.2", "quoin yaml quoinyaml v1 2 v12"},
    {"end. Next -x- a--b .5", "end next x a b 5"},
    {"don't Ann's l'homme l’été", "don ann l homme lhomme l ete lete"},
    {"policies classes boxes traits", "policy class box trait"},
    {"status this class bus", "status this class bus"},
    {"Größe Straße Łódź Ænima", "grosse strasse lodz aenima"},
    {"ΛΟΓΟΣ Ёлка İstanbul ＡＢＣ", "λογοσ елка istanbul abc"},
    {"e\xCC\x81t\xC3\xA9", "ete"},
    {"数据库 東 アクセス", "数据 据库 東 アク クセ セス"},
    {"REST接口v2", "rest 接口 v2"},
    {"ไทย", "ไท ทย"},
    {"\xFF\xC3 a\xFF"
     "b",
     "a b"},
};

static void collect(void *context, Str word) {
    Buf *out = context;
    if (out->len > 0) {
        buf_add_char(out, ' ');
    }
    buf_add(out, word);
}

START_TEST(texts_are_split_and_folded) {
    Buf words = {0};
    words_split(str_from(word_rows[_i].text), collect, &words);
    ASSERT_TEXT(word_rows[_i].text, buf_str(&words), word_rows[_i].words);
    buf_release(&words);
}
END_TEST

typedef struct Sum {
    size_t count, longest;
} Sum;

static void measure(void *context, Str word) {
    Sum *sum = context;
    sum->count++;
    sum->longest = word.len > sum->longest ? word.len : sum->longest;
}

/* `piece` again and again, 512 KiB of it. */
static Sum split_many(const char *piece) {
    Buf text = {0};
    Sum sum = {0};
    while (text.len < 512 * 1024) {
        buf_add(&text, str_from(piece));
    }
    words_split(buf_str(&text), measure, &sum);
    buf_release(&text);
    return sum;
}

START_TEST(words_are_bounded) {
    static const char *const pieces[] = {"a",    "aB",       "a-",   "A", "_",         "-",
                                         ".",    "'",        "a'bc", "é", "ß",         "数",
                                         "\xFF", "\xF0\x9F", "𠀀",   "’", "e\xCC\x81", "aé-数"};
    Sum sum = split_many(pieces[_i]);
    ck_assert_msg(sum.longest <= WORD_MAX_CHARS * 4, "%s: %zu bytes", pieces[_i], sum.longest);
    ck_assert_msg(sum.count <= 512 * 1024, "%s: %zu words", pieces[_i], sum.count);
}
END_TEST

START_TEST(long_words_are_cut_and_have_no_whole) {
    Buf words = {0};
    words_split(STR("abcdefghijklmnopqrstuvwxyz-b"), collect, &words);
    ASSERT_TEXT("long", buf_str(&words), "abcdefghijklmnopqrstuvwx b");
    buf_release(&words);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("words");
    add_rows(tcase, texts_are_split_and_folded, ROW_COUNT(word_rows));
    add_rows(tcase, words_are_bounded, 18);
    tcase_add_test(tcase, long_words_are_cut_and_have_no_whole);
    return run_suite("words", tcase);
}
