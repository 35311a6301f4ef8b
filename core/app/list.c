/* SPDX-License-Identifier: MIT
 * list.c - quoin list: records or pages as a table, as JSON (one object a line) or as CSV. */
#include "app/pipeline.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define MAX_CELL 48 /* characters of a cell in a table */

typedef struct Row {
    const Record *record; /* NULL for a page */
    const Page *page;     /* NULL for a record of the whole portal */
} Row;

typedef struct Listing {
    const Site *site;
    const Options *options;
    Arena *arena;
    VEC(Row) rows;
    VEC(Str) columns;
} Listing;

/* --- values ------------------------------------------------------------------------------------
 */

static Str scalar_text(Arena *arena, const Value *value) {
    if (value == NULL || value->type == VALUE_NULL) {
        return STR_EMPTY;
    }
    if (value->type == VALUE_TEXT) {
        return value->text;
    }
    Buf text = {0};
    if (value->type == VALUE_LIST) {
        for (size_t i = 0; i < value->count; i++) {
            buf_add(&text, i > 0 ? STR(", ") : STR_EMPTY);
            buf_add(&text, scalar_text(arena, value->items[i]));
        }
    } else {
        value_add_json(&text, value);
    }
    Str copy = str_copy(arena, buf_str(&text));
    buf_release(&text);
    return copy;
}

static Str url_of(Arena *arena, const Page *page, Str anchor) {
    Buf url = {0};
    site_add_url(page, anchor, &url);
    Str copy = str_copy(arena, buf_str(&url));
    buf_release(&url);
    return copy;
}

static Str column_page(Arena *arena, const Row *row) {
    (void)arena;
    return row->page != NULL ? row->page->title : STR_EMPTY;
}

static Str column_path(Arena *arena, const Row *row) {
    (void)arena;
    return row->page != NULL ? row->page->path : STR_EMPTY;
}

static Str column_project(Arena *arena, const Row *row) {
    (void)arena;
    return row->page != NULL && row->page->project != NULL ? row->page->project->id : STR_EMPTY;
}

static Str column_url(Arena *arena, const Row *row) {
    Str anchor = row->record != NULL ? row->record->anchor : STR_EMPTY;
    return row->page != NULL ? url_of(arena, row->page, anchor) : STR_EMPTY;
}

static Str column_kind(Arena *arena, const Row *row) {
    (void)arena;
    return row->record != NULL ? row->record->kind : row->page->kind_name;
}

static Str column_id(Arena *arena, const Row *row) {
    (void)arena;
    return row->record != NULL ? row->record->id : STR_EMPTY;
}

static Str column_title(Arena *arena, const Row *row) {
    (void)arena;
    return row->record != NULL ? row->record->title : row->page->title;
}

static Str column_line(Arena *arena, const Row *row) {
    return row->record != NULL ? str_format(arena, "%u", row->record->pos.line) : STR_EMPTY;
}

static Str column_section(Arena *arena, const Row *row) {
    const Face *face = row->page != NULL ? row->page->face : NULL;
    (void)arena;
    bool has_section =
        row->record != NULL && face != NULL && row->record->section < face->section_count;
    return has_section ? face->sections[row->record->section].title : STR_EMPTY;
}

/* Columns that every row has; others are fields of the record or metadata of the page. */
static const struct {
    const char *name;
    Str (*value)(Arena *arena, const Row *row);
} COLUMNS[] = {
    {"kind", column_kind},       {"id", column_id},     {"title", column_title},
    {"page", column_page},       {"file", column_path}, {"path", column_path},
    {"project", column_project}, {"url", column_url},   {"line", column_line},
    {"section", column_section},
};

static Str value_of(const Listing *listing, const Row *row, Str column) {
    const Value *fields = row->record != NULL ? row->record->fields : row->page->face->meta;
    const Value *own = row->record != NULL ? value_get(fields, column) : NULL;
    if (own != NULL) {
        return scalar_text(listing->arena, own); /* an endpoint's path is not its page's */
    }
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++) {
        if (str_equal(column, str_from(COLUMNS[i].name))) {
            return COLUMNS[i].value(listing->arena, row);
        }
    }
    return scalar_text(listing->arena, value_get(fields, column));
}

/* --- choosing ----------------------------------------------------------------------------------
 */

/* "status=open", "status!=open", "title~crm"; case is ignored. */
static bool fits_condition(const Listing *listing, const Row *row, Str condition) {
    size_t at = 0;
    while (at < condition.len && strchr("=~!", condition.data[at]) == NULL) {
        at++;
    }
    bool is_not = at < condition.len && condition.data[at] == '!';
    size_t sign = at + is_not;
    Str field = str_trim(str_slice(condition, 0, at));
    Str wanted = str_lower(listing->arena, str_trim(str_from_offset(condition, sign + 1)));
    Str actual = str_lower(listing->arena, value_of(listing, row, field));
    bool is_part = sign < condition.len && condition.data[sign] == '~';
    bool fits = is_part ? str_contains(actual, wanted) : str_equal(actual, wanted);
    return fits != is_not;
}

static bool is_wanted(const Listing *listing, const Row *row) {
    const Options *options = listing->options;
    Str kind = column_kind(listing->arena, row), project = column_project(listing->arena, row);
    bool fits = (options->kind == NULL || str_equal(kind, str_from(options->kind))) &&
                (options->project == NULL || str_equal(project, str_from(options->project)));
    for (int i = 0; fits && i < options->where_count; i++) {
        fits = fits_condition(listing, row, str_from(options->where[i]));
    }
    return fits;
}

static void choose_rows(Listing *listing, bool lists_pages) {
    const Site *site = listing->site;
    size_t count = lists_pages ? site->page_count : site->record_count;
    for (size_t i = 0; i < count; i++) {
        Row row = {0};
        if (lists_pages) {
            row.page = site->pages[i];
        } else {
            row.record = site->records[i];
            row.page = row.record->page != RECORD_NO_PAGE ? site->pages[row.record->page] : NULL;
        }
        bool is_made = lists_pages && row.page->source == NULL;
        if (!is_made && is_wanted(listing, &row)) {
            vec_push(&listing->rows, row);
        }
    }
}

static void add_columns(Listing *listing, Str names) {
    Str name;
    for (bool more = true; more;) {
        more = str_cut(names, ',', &name, &names);
        if (str_trim(name).len > 0) {
            vec_push(&listing->columns, str_trim(name));
        }
    }
}

static bool has_column(const Listing *listing, Str name) {
    for (size_t i = 0; i < listing->columns.count; i++) {
        if (str_equal(listing->columns.items[i], name)) {
            return true;
        }
    }
    return false;
}

static void drop_empty_columns(Listing *listing) {
    size_t kept = 0;
    for (size_t i = 0; i < listing->columns.count; i++) {
        Str column = listing->columns.items[i];
        bool is_empty = true;
        for (size_t j = 0; j < listing->rows.count && is_empty; j++) {
            is_empty = value_of(listing, &listing->rows.items[j], column).len == 0;
        }
        if (!is_empty || listing->rows.count == 0) {
            listing->columns.items[kept++] = column;
        }
    }
    listing->columns.count = kept;
}

/* One kind shows its own fields, in the order in which they are first met. */
static void choose_columns(Listing *listing, bool lists_pages) {
    const Options *options = listing->options;
    if (options->columns != NULL) {
        add_columns(listing, str_from(options->columns));
        return;
    }
    if (lists_pages) {
        add_columns(listing, STR("title,kind,status,owner,file"));
        return;
    }
    add_columns(listing, options->kind != NULL ? STR("id,title") : STR("kind,id,title"));
    for (size_t i = 0; options->kind != NULL && i < listing->rows.count; i++) {
        const Value *fields = listing->rows.items[i].record->fields;
        for (size_t j = 0; fields != NULL && j < fields->count; j++) {
            if (!has_column(listing, fields->entries[j].key)) {
                vec_push(&listing->columns, fields->entries[j].key);
            }
        }
    }
    add_columns(listing, STR("file,line"));
    drop_empty_columns(listing);
}

typedef struct SortKey {
    Str value;
    size_t index;
} SortKey;

static int compare_keys(const void *a, const void *b) {
    const SortKey *left = a, *right = b;
    int order = str_compare_natural(left->value, right->value);
    return order != 0 ? order : left->index < right->index ? -1 : 1;
}

static void sort_rows(Listing *listing) {
    Str column = str_from(listing->options->sort);
    bool is_down = str_starts_with(column, STR("-"));
    size_t count = listing->rows.count;
    column = str_from_offset(column, is_down);
    SortKey *keys = arena_array(listing->arena, SortKey, count);
    Row *sorted = arena_array(listing->arena, Row, count);
    for (size_t i = 0; i < count; i++) {
        keys[i] = (SortKey){value_of(listing, &listing->rows.items[i], column), i};
    }
    if (count > 0) {
        qsort(keys, count, sizeof *keys, compare_keys);
    }
    for (size_t i = 0; i < count; i++) {
        sorted[i] = listing->rows.items[keys[is_down ? count - 1 - i : i].index];
    }
    if (count > 0) {
        memcpy(listing->rows.items, sorted, count * sizeof *sorted);
    }
}

/* --- printing ----------------------------------------------------------------------------------
 */

static Str cut_cell(Arena *arena, Str text) {
    text = str_collapse_spaces(arena, text);
    if (utf8_length(text) <= MAX_CELL) {
        return text;
    }
    size_t at = 0;
    for (int i = 0; i < MAX_CELL - 1; i++) {
        utf8_next(text, &at);
    }
    return str_format(arena, STR_FMT "…", STR_ARG(str_slice(text, 0, at)));
}

static void print_line(Str *cells, const size_t *widths, size_t count) {
    for (size_t i = 0; i < count; i++) {
        size_t pad = i + 1 < count ? widths[i] - utf8_length(cells[i]) + 2 : 0;
        printf(STR_FMT "%*s", STR_ARG(cells[i]), (int)pad, "");
    }
    printf("\n");
}

static void print_table(const Listing *listing) {
    size_t columns = listing->columns.count, rows = listing->rows.count;
    Str *cells = arena_array(listing->arena, Str, columns * (rows + 1));
    size_t *widths = arena_array(listing->arena, size_t, columns);
    for (size_t i = 0; i < columns; i++) {
        cells[i] = listing->columns.items[i];
        widths[i] = utf8_length(cells[i]);
        for (size_t j = 0; j < rows; j++) {
            Str cell = cut_cell(listing->arena, value_of(listing, &listing->rows.items[j],
                                                         listing->columns.items[i]));
            cells[(j + 1) * columns + i] = cell;
            widths[i] = utf8_length(cell) > widths[i] ? utf8_length(cell) : widths[i];
        }
    }
    for (size_t j = 0; j <= rows; j++) {
        print_line(&cells[j * columns], widths, columns);
    }
}

static void print_csv_cell(Str cell) {
    bool is_quoted = str_find_char(cell, '"') != STR_NONE || str_find_char(cell, ',') != STR_NONE ||
                     str_find_char(cell, '\n') != STR_NONE || str_find_char(cell, '\r') != STR_NONE;
    if (!is_quoted) {
        printf(STR_FMT, STR_ARG(cell));
        return;
    }
    putchar('"');
    for (size_t i = 0; i < cell.len; i++) {
        printf("%s%c", cell.data[i] == '"' ? "\"" : "", cell.data[i]);
    }
    putchar('"');
}

/* Quoted as RFC 4180 says; lines end as everywhere here. */
static void print_csv(const Listing *listing) {
    for (size_t j = 0; j <= listing->rows.count; j++) {
        for (size_t i = 0; i < listing->columns.count; i++) {
            Str column = listing->columns.items[i];
            if (i > 0) {
                putchar(',');
            }
            print_csv_cell(j == 0 ? column
                                  : value_of(listing, &listing->rows.items[j - 1], column));
        }
        putchar('\n');
    }
}

static void add_member(Buf *out, const char *name, Str value) {
    buf_add_format(out, "%s\"%s\":", out->len > 1 ? "," : "", name);
    json_add_text(out, value);
}

static void print_json_record(const Listing *listing, const Row *row, Buf *out) {
    static const struct {
        const char *name;
        Str (*value)(Arena *arena, const Row *row);
    } MEMBERS[] = {{"kind", column_kind},      {"id", column_id},   {"title", column_title},
                   {"path", column_path},      {"url", column_url}, {"project", column_project},
                   {"section", column_section}};
    buf_reset(out);
    buf_add_char(out, '{');
    for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++) {
        add_member(out, MEMBERS[i].name, MEMBERS[i].value(listing->arena, row));
    }
    if (row->record != NULL) {
        buf_add_format(out, ",\"line\":%u,\"column\":%u,\"fields\":", row->record->pos.line,
                       row->record->pos.column);
    } else {
        buf_add_literal(out, ",\"meta\":");
    }
    const Value *fields = row->record != NULL ? row->record->fields : row->page->face->meta;
    if (fields != NULL) {
        value_add_json(out, fields);
    } else {
        buf_add_literal(out, "{}");
    }
    printf(STR_FMT "}\n", STR_ARG(buf_str(out)));
}

static void print_rows(Listing *listing) {
    const char *format = listing->options->list_format;
    Buf line = {0};
    if (strcmp(format, "csv") == 0) {
        print_csv(listing);
    } else if (strcmp(format, "table") == 0) {
        print_table(listing);
    } else {
        for (size_t i = 0; i < listing->rows.count; i++) {
            print_json_record(listing, &listing->rows.items[i], &line);
        }
    }
    buf_release(&line);
}

/* A kind that no record has may be a slip. */
static void hint_at_kind(const Listing *listing) {
    const Site *site = listing->site;
    Str wanted = str_from(listing->options->kind);
    Map kinds = {0};
    for (size_t i = 0; i < site->record_count; i++) {
        map_add(&kinds, site->records[i]->kind, (void *)site);
    }
    Str *names = arena_array(listing->arena, Str, kinds.count);
    for (size_t i = 0; i < kinds.count; i++) {
        names[i] = kinds.entries[i].key;
    }
    Str near = map_has(&kinds, wanted) ? STR_EMPTY : str_nearest(wanted, names, kinds.count);
    if (near.len > 0) {
        fprintf(stderr,
                "quoin list: no record is a `" STR_FMT "`\n  hint: did you mean `" STR_FMT "`?\n",
                STR_ARG(wanted), STR_ARG(near));
    }
    map_release(&kinds);
}

static void list(Pipeline *pipeline, const Options *options, bool lists_pages) {
    Listing listing = {.site = pipeline->site, .options = options, .arena = &pipeline->arena};
    choose_rows(&listing, lists_pages);
    choose_columns(&listing, lists_pages);
    if (options->sort != NULL) {
        sort_rows(&listing);
    }
    print_rows(&listing);
    if (!lists_pages && options->kind != NULL && listing.rows.count == 0) {
        hint_at_kind(&listing);
    }
    if (strcmp(options->list_format, "table") == 0) {
        fprintf(stderr, "%zu %s\n", listing.rows.count,
                lists_pages ? plural(listing.rows.count, "page", "pages")
                            : plural(listing.rows.count, "record", "records"));
    }
    vec_release(&listing.rows);
    vec_release(&listing.columns);
}

int command_list(const Options *options) {
    bool lists_pages = strcmp(options->arguments[0], "pages") == 0;
    if (!lists_pages && strcmp(options->arguments[0], "records") != 0) {
        fprintf(stderr, "quoin list: there are records and pages, not `%s`\n",
                options->arguments[0]);
        return EXIT_USAGE;
    }
    const char *folder = options->argument_count > 1 ? options->arguments[1] : ".";
    Options inner = *options;
    inner.arguments = &folder;
    inner.argument_count = 1;
    Pipeline pipeline;
    bool is_good = pipeline_open(&pipeline, &inner, false) && pipeline_scan(&pipeline);
    if (is_good) {
        pipeline_read(&pipeline);
        pipeline_link(&pipeline);
        list(&pipeline, options, lists_pages);
    } else {
        report_findings(pipeline.diag, &inner);
    }
    pipeline_close(&pipeline);
    return is_good ? EXIT_CLEAN : EXIT_USAGE;
}
