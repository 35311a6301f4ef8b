/* SPDX-License-Identifier: MIT
 * read.c - station 2: a source becomes its face. */
#include "pass/read.h"

#include "base/fs.h"
#include "pass/front_matter.h"
#include "pass/read_tree.h"
#include "text/yaml.h"

#include <errno.h>
#include <string.h>

void read_report_failure(Diag *diag, const Source *source) {
    diag_report(diag, SEVERITY_ERROR, "read.unreadable", (Pos){source->file, 0, 0, 0}, NULL,
                "cannot be read: %s", strerror(errno));
}

static Str read_text(const ReadContext *context, ReadWorker *worker, const Source *source) {
    Str text = STR_EMPTY;
    if (!fs_read(&worker->scratch, source->disk, READ_MAX_BYTES, &text)) {
        read_report_failure(context->diag, source);
        return STR_EMPTY;
    }
    return text;
}

static void read_front_matter(const ReadContext *context, FaceBuilder *builder, Str yaml) {
    Value *map = yaml_parse(builder->arena, builder->face.file, yaml, 2, YAML_MAX_FRONT_MATTER,
                            context->diag);
    front_matter_merge(builder->arena, (Value *)builder->face.meta, map);
}

static void collect(const ReadContext *context, ReadWorker *worker, PageReader *reader) {
    Str kind = value_as_text(value_get(reader->face->face.meta, STR("kind")));
    kind = kind.len > 0 ? kind : config_kind(context->config, reader->source->path);
    reader->kind = kinds_find(context->kinds, kind);
    if (context->hooks->collect != NULL) {
        context->hooks->collect(context->hooks->context, worker->index, reader);
    }
}

const Face *read_source(const ReadContext *context, ReadWorker *worker, const Source *source) {
    FaceBuilder builder;
    Str yaml, text = read_text(context, worker, source);
    uint32_t skip = front_matter_find(text, &yaml);
    facebuilder_init(&builder, worker->faces);
    builder.face.path = source->path;
    builder.face.file = source->file;
    Value *meta = (Value *)builder.face.meta;
    if (skip > 0) {
        read_front_matter(context, &builder, yaml);
    }
    front_matter_read_sidecar(builder.arena, meta, source, context->diag);
    Node *root = markdown_parse(worker->markdown, source->file, text, skip, context->diag);
    front_matter_read_head(builder.arena, meta, root);
    read_tree(&builder, root, text, &worker->scratch);
    config_parse_bool(value_get(meta, STR("draft")), &builder.face.is_draft);
    PageReader reader = {.config = context->config,
                         .source = source,
                         .text = text,
                         .markdown = worker->markdown,
                         .root = root,
                         .face = &builder,
                         .scratch = &worker->scratch,
                         .diag = context->diag};
    collect(context, worker, &reader);
    const Face *face = facebuilder_finish(&builder);
    arena_reset(&worker->scratch);
    return face;
}

const Face *read_generated(const ReadContext *context, ReadWorker *worker, const Page *page) {
    FaceBuilder builder;
    facebuilder_init(&builder, worker->faces);
    builder.face = *page->face;
    Str title = builder.face.title;
    Node *root = markdown_parse(worker->markdown, page->path, page->body, 0, context->diag);
    read_tree(&builder, root, page->body, &worker->scratch);
    builder.face.title = title;
    const Face *face = facebuilder_finish(&builder);
    arena_reset(&worker->scratch);
    return face;
}
