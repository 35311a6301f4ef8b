/* SPDX-License-Identifier: MIT
 * face.h - all that one page shows to the rest of the site: plain data, made from that page alone.
 *
 * A Face is filled by the read station through a FaceBuilder and never changes afterwards. It and
 * everything in it live in the arena that the builder was given. */
#ifndef QUOIN_MODEL_FACE_H
#define QUOIN_MODEL_FACE_H

#include "base/vec.h"
#include "model/record.h"

#define SECTION_NONE UINT32_MAX

typedef struct Section {
    Str anchor; /* "" only for a heading without any word character */
    Str title;
    uint8_t level;            /* 1-6 */
    uint32_t line, last_line; /* with the sections inside */
    uint32_t parent;          /* index of the enclosing section or SECTION_NONE */
    uint32_t fingerprint;     /* of its text, with the sections inside */
    Str text; /* plain, up to the next heading; a line for each block; control characters and
                 runs of white space are one space */
} Section;

typedef enum LinkForm {
    LINK_TEXT,    /* a Markdown or HTML link */
    LINK_IMAGE,   /* a picture */
    LINK_NAME,    /* by title, heading or id: [[Lead dashboard]] */
    LINK_MENTION, /* an id in running text; when nothing has that id it is just text */
    LINK_LABEL    /* a label in a diagram: a record or page of that name, else just text */
} LinkForm;

typedef struct Link {
    LinkForm form;
    Str target;   /* as written */
    Str text;     /* what the reader sees */
    Str sentence; /* the sentence it stands in, markup removed, at most ~300 bytes */
    Pos pos;
    uint32_t section;
} Link;

typedef struct Face {
    Str path;    /* site path of the source */
    Str file;    /* for diagnostics */
    Str title;   /* front matter, else first H1, else the first heading, else the file's name */
    Str summary; /* first paragraph, plain, at most ~200 bytes; may be empty */
    Str text;    /* before the first heading, in the form of a section's */
    const Value *meta; /* VALUE_MAP: front matter, then sidecar, then head fields; keys in lower
                          case with '-' for spaces and '_' */
    bool is_draft;
    bool has_title_heading; /* the page itself shows an H1 */
    uint32_t line_count;
    const Section *sections;
    size_t section_count;
    const Str *anchors;
    size_t anchor_count; /* from raw HTML: id and name */
    const Link *links;
    size_t link_count;
    const Record *records;
    size_t record_count;
} Face;

typedef struct FaceBuilder {
    Arena *arena; /* what the face keeps */
    Face face;    /* scalars are set directly */
    VEC(Section) sections;
    VEC(Str) anchors;
    VEC(Link) links;
    VEC(Record) records;
} FaceBuilder;

void facebuilder_init(FaceBuilder *builder, Arena *arena);
/* Copies text and fields; false when the page has too many (RECORD_MAX_PER_PAGE). */
bool facebuilder_add_record(FaceBuilder *builder, const Record *record);
bool facebuilder_add_link(FaceBuilder *builder, const Link *link);
/* The finished face in the builder's arena; records and links sorted by line and column. The
 * builder is empty afterwards. */
const Face *facebuilder_finish(FaceBuilder *builder);

/* Section that holds `line`: the last heading at or above it; SECTION_NONE before the first. */
uint32_t face_section_at(const Section *sections, size_t count, uint32_t line);

#endif
