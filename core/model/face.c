/* SPDX-License-Identifier: MIT
 * face.c - collects what one page shows to the site and orders it. */
#include "model/face.h"

#include <stdlib.h>

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
        .title = str_copy(arena, record->title),
        .pos = record->pos,
        .page = RECORD_NO_PAGE,
        .anchor = str_copy(arena, record->anchor),
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

/* Sections are in document order, which is the order of their lines. */
static void place_records(const Face *face, Record *records) {
    for (size_t i = 0; i < face->record_count; i++) {
        Record *record = &records[i];
        record->section = face_section_at(face->sections, face->section_count, record->pos.line);
        if (record->anchor.len == 0 && record->section != SECTION_NONE) {
            record->anchor = face->sections[record->section].anchor;
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
    place_records(face, records);
    face->links = links;
    face->records = records;
    return face;
}
