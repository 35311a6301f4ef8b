/* SPDX-License-Identifier: MIT
 * face.c - collects what one page shows to the site and orders it. */
#include "model/face.h"

#include "base/map.h"
#include "base/utf8.h"
#include "text/slug.h"

#include <stdlib.h>

#define MAX_ANCHOR_TITLE 48 /* bytes of a title in an anchor */

void facebuilder_init(FaceBuilder *builder, Arena *arena) {
    *builder = (FaceBuilder){.arena = arena};
    builder->face.meta = value_map(arena);
}

static Pos copy_pos(Arena *arena, Pos pos) {
    pos.file = str_copy(arena, pos.file);
    return pos;
}

bool facebuilder_add_record(FaceBuilder *builder, const Record *record) {
    if (builder->records.count >= RECORD_MAX_PER_PAGE) {
        return false;
    }
    Arena *arena = builder->arena;
    Record copy = {
        .kind = str_copy(arena, record->kind),
        .id = str_copy(arena, record->id),
        .title = utf8_line(arena, record->title), /* plugins may cut bytes */
        .pos = record->pos,
        .page = RECORD_NO_PAGE,
        .anchor = str_copy(arena, record->anchor),
        .block_line = record->block_line,
        .fingerprint = record->fingerprint,
        .fields = record->fields != NULL ? value_copy(arena, record->fields) : NULL,
    };
    copy.pos.file = builder->face.file;
    vec_push(&builder->records, copy);
    return true;
}

bool facebuilder_add_link(FaceBuilder *builder, const Link *link) {
    if (builder->links.count >= RECORD_MAX_PER_PAGE) {
        return false;
    }
    Arena *arena = builder->arena;
    Link copy = *link;
    copy.target = str_copy(arena, link->target);
    copy.text = str_copy(arena, link->text);
    copy.sentence = str_copy(arena, link->sentence);
    copy.pos = copy_pos(arena, link->pos);
    vec_push(&builder->links, copy);
    return true;
}

uint32_t face_section_at(const Section *sections, size_t count, uint32_t line) {
    size_t low = 0, high = count; /* the first section behind `line` */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sections[middle].line <= line) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low == 0 ? SECTION_NONE : (uint32_t)(low - 1);
}

static int compare_places(Pos a, Pos b) {
    if (a.line != b.line) {
        return a.line < b.line ? -1 : 1;
    }
    return a.column < b.column ? -1 : a.column > b.column;
}

static int compare_records(const void *a, const void *b) {
    const Record *left = a, *right = b;
    int order = compare_places(left->pos, right->pos);
    order = order != 0 ? order : str_compare(left->kind, right->kind);
    return order != 0 ? order : str_compare(left->title, right->title);
}

static int compare_links(const void *a, const void *b) {
    const Link *left = a, *right = b;
    int order = compare_places(left->pos, right->pos);
    return order != 0 ? order : str_compare(left->target, right->target);
}

typedef struct Anchors {
    Map taken;   /* those of the page so far */
    Map numbers; /* a wish that was taken -> the last number tried, so that many equals are linear
                  */
} Anchors;

/* "req-12" for what has an id, else "risk-the-crm-is-slow": the same as long as the title is. */
static Str anchor_of(Arena *arena, const Record *record, Anchors *anchors) {
    Str slug = slug_make(arena, record->id.len > 0 ? record->id : record->title);
    size_t end = slug.len < MAX_ANCHOR_TITLE ? slug.len : MAX_ANCHOR_TITLE;
    while (end < slug.len && end > 0 && ((unsigned char)slug.data[end] & 0xC0) == 0x80) {
        end--; /* not in the middle of a character */
    }
    slug = str_slice(slug, 0, end);
    Str wish = record->id.len > 0 && slug.len > 0
                   ? slug
                   : str_format(arena, STR_FMT "-" STR_FMT, STR_ARG(record->kind), STR_ARG(slug));
    if (!map_has(&anchors->taken, wish)) {
        return wish;
    }
    int *number = map_get(&anchors->numbers, wish);
    if (number == NULL) {
        number = arena_new(arena, int);
        *number = 1;
        map_set(&anchors->numbers, wish, number);
    }
    Str anchor = wish;
    while (map_has(&anchors->taken, anchor)) {
        anchor = str_format(arena, STR_FMT "-%d", STR_ARG(wish), ++*number);
    }
    return anchor;
}

/* By block; in a block first the one with an id, which names the anchor. */
static int compare_blocks(const void *a, const void *b) {
    const Record *left = *(Record *const *)a, *right = *(Record *const *)b;
    if (left->block_line != right->block_line) {
        return left->block_line < right->block_line ? -1 : 1;
    }
    if ((left->id.len > 0) != (right->id.len > 0)) {
        return left->id.len > 0 ? -1 : 1;
    }
    return left < right ? -1 : left > right; /* as they are sorted already */
}

static void take_anchors(const Face *face, Map *taken) {
    for (size_t i = 0; i < face->section_count; i++) {
        map_add(taken, face->sections[i].anchor, taken);
    }
    for (size_t i = 0; i < face->anchor_count; i++) {
        map_add(taken, face->anchors[i], taken);
    }
}

/* Records of one block share its anchor, which is that of the first of them. */
static void give_anchors(const Face *face, Record *records, Arena *arena) {
    VEC(Record *) list = {0};
    Anchors anchors = {0};
    for (size_t i = 0; i < face->record_count; i++) {
        if (records[i].block_line > 0) {
            vec_push(&list, &records[i]);
        }
    }
    if (list.count > 0) {
        qsort(list.items, list.count, sizeof *list.items, compare_blocks);
        take_anchors(face, &anchors.taken);
    }
    for (size_t i = 0; i < list.count; i++) {
        Record *record = list.items[i], *before = i > 0 ? list.items[i - 1] : NULL;
        bool is_shared = before != NULL && before->block_line == record->block_line;
        record->anchor = is_shared ? before->anchor : anchor_of(arena, record, &anchors);
        map_add(&anchors.taken, record->anchor, record);
    }
    vec_release(&list);
    map_release(&anchors.taken);
    map_release(&anchors.numbers);
}

/* Sections are in document order, which is the order of their lines. */
static void place_records(const Face *face, Record *records) {
    for (size_t i = 0; i < face->record_count; i++) {
        Record *record = &records[i];
        record->section = face_section_at(face->sections, face->section_count, record->pos.line);
        if (record->section == SECTION_NONE) {
            continue;
        }
        const Section *section = &face->sections[record->section];
        if (record->anchor.len == 0) {
            record->anchor = section->anchor;
        }
        if (record->fingerprint == 0 && section->line == record->pos.line) {
            record->fingerprint = section->fingerprint;
        }
    }
}

const Face *facebuilder_finish(FaceBuilder *builder) {
    Arena *arena = builder->arena;
    Face *face = arena_new(arena, Face);
    *face = builder->face;
    if (builder->records.count > 1) {
        qsort(builder->records.items, builder->records.count, sizeof(Record), compare_records);
    }
    if (builder->links.count > 1) {
        qsort(builder->links.items, builder->links.count, sizeof(Link), compare_links);
    }
    face->section_count = builder->sections.count;
    face->anchor_count = builder->anchors.count;
    face->link_count = builder->links.count;
    face->record_count = builder->records.count;
    face->sections = vec_to_arena(arena, &builder->sections);
    face->anchors = vec_to_arena(arena, &builder->anchors);
    Link *links = vec_to_arena(arena, &builder->links);
    Record *records = vec_to_arena(arena, &builder->records);
    for (size_t i = 0; i < face->link_count; i++) {
        links[i].section = face_section_at(face->sections, face->section_count, links[i].pos.line);
    }
    give_anchors(face, records, arena);
    place_records(face, records);
    face->links = links;
    face->records = records;
    return face;
}
