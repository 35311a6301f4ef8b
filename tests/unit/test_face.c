/* SPDX-License-Identifier: MIT
 * test_face.c - records of a page get anchors of their own, however many and alike they are. */
#include "unit.h"

#include "model/face.h"

static Arena memory;

static void start(void) {
    memory = (Arena){0};
}

static void stop(void) {
    arena_release(&memory);
}

static const Face *face_of(size_t count, const char *title) {
    FaceBuilder builder;
    facebuilder_init(&builder, &memory);
    for (uint32_t i = 0; i < count; i++) {
        Record record = {.kind = STR("task"),
                         .title = str_from(title),
                         .pos = {STR("a.md"), i + 1, 1, 0},
                         .block_line = i + 1};
        ck_assert(facebuilder_add_record(&builder, &record));
    }
    return facebuilder_finish(&builder);
}

/* Within the time that a test may take only when it is linear. */
START_TEST(equal_records_are_numbered) {
    const Face *face = face_of(RECORD_MAX_PER_PAGE, "same");
    ck_assert_uint_eq(face->record_count, RECORD_MAX_PER_PAGE);
    ASSERT_TEXT("first", face->records[0].anchor, "task-same");
    ASSERT_TEXT("second", face->records[1].anchor, "task-same-2");
    ASSERT_TEXT("last", face->records[RECORD_MAX_PER_PAGE - 1].anchor, "task-same-20000");
}
END_TEST

START_TEST(there_is_a_most_of_records) {
    FaceBuilder builder;
    facebuilder_init(&builder, &memory);
    Record record = {.kind = STR("task"), .title = STR("x")};
    for (size_t i = 0; i < RECORD_MAX_PER_PAGE; i++) {
        ck_assert(facebuilder_add_record(&builder, &record));
    }
    ck_assert(!facebuilder_add_record(&builder, &record));
    facebuilder_finish(&builder);
}
END_TEST

START_TEST(titles_are_one_line_of_valid_text) {
    const Face *face = face_of(1, "a\n\xC3 b\x1b");
    ASSERT_TEXT("title", face->records[0].title, "a \xEF\xBF\xBD b");
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("face");
    tcase_add_checked_fixture(tcase, start, stop);
    tcase_add_test(tcase, equal_records_are_numbered);
    tcase_add_test(tcase, there_is_a_most_of_records);
    tcase_add_test(tcase, titles_are_one_line_of_valid_text);
    return run_suite("face", tcase);
}
