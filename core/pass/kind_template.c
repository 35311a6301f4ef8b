/* SPDX-License-Identifier: MIT
 * kind_template.c - reads the templates of the kinds into their schemas. */
#include "pass/kind_template.h"

#include "base/fs.h"
#include "base/path.h"
#include "pass/front_matter.h"

#define MAX_TEMPLATE ((size_t)1024 * 1024)

typedef struct TemplateReader {
    Arena *arena;
    Value *sections, *blocks; /* `blocks` of the section at hand */
    Str titles[7];            /* the open headings of each level */
    Buf text;
} TemplateReader;

static Str path_of(TemplateReader *reader, int level) {
    Str path = STR_EMPTY;
    for (int i = 1; i <= level; i++) {
        if (reader->titles[i].len > 0) {
            path = path.len == 0 ? reader->titles[i]
                                 : str_format(reader->arena, STR_FMT " / " STR_FMT, STR_ARG(path),
                                              STR_ARG(reader->titles[i]));
        }
    }
    return path;
}

static void start_section(TemplateReader *reader, int level, Str title) {
    Arena *arena = reader->arena;
    Value *section = value_map(arena);
    for (int i = level; i <= 6; i++) {
        reader->titles[i] = STR_EMPTY;
    }
    reader->titles[level] = title;
    reader->blocks = value_list(arena);
    value_set(arena, section, STR("title"), value_text(arena, title));
    value_set(arena, section, STR("level"), value_int(arena, level));
    value_set(arena, section, STR("path"), value_text(arena, path_of(reader, level)));
    value_set(arena, section, STR("blocks"), reader->blocks);
    value_append(arena, reader->sections, section);
}

static void read_block(TemplateReader *reader, Node *node) {
    NodeType type = node_type(node);
    buf_reset(&reader->text);
    if (type == NODE_CODE_BLOCK) {
        buf_add(&reader->text, node_literal(node));
    } else {
        node_add_text(node, &reader->text);
    }
    Str text = str_collapse_spaces(reader->arena, buf_str(&reader->text));
    if (type == NODE_HEADING) {
        start_section(reader, node_level(node), text);
    } else if (text.len > 0) {
        value_append(reader->arena, reader->blocks, value_text(reader->arena, text));
    }
}

static Value *read_template(const Kind *kind, Arena *arena, Markdown *markdown) {
    TemplateReader reader = {.arena = arena, .sections = value_list(arena)};
    Str text = STR_EMPTY, yaml;
    fs_read(arena, str_terminated(arena, path_join(arena, str_from(kind->folder), STR("page.md"))),
            MAX_TEMPLATE, &text); /* a kind without page.md has an empty template */
    Node *root = markdown_parse(markdown, kind->name, text, front_matter_find(text, &yaml), NULL);
    start_section(&reader, 0, STR_EMPTY);
    for (Node *node = root; node != NULL;) {
        NodeType type = node_type(node);
        bool is_leaf = type == NODE_HEADING || type == NODE_PARAGRAPH || type == NODE_TABLE_CELL ||
                       type == NODE_CODE_BLOCK;
        if (is_leaf) {
            read_block(&reader, node);
        }
        node = is_leaf ? node_walk_over(root, node) : node_walk(root, node);
    }
    buf_release(&reader.text);
    return reader.sections;
}

void kind_read_templates(Kinds *kinds, Arena *arena, Markdown *markdown) {
    for (size_t i = 0; i < kinds->count; i++) {
        Kind *kind = &kinds->items[i];
        Value *schema = value_copy(arena, kind->schema);
        value_set(arena, schema, STR("name"), value_text(arena, kind->name));
        value_set(arena, schema, STR("template"), read_template(kind, arena, markdown));
        kind->schema = schema;
    }
}
