/* SPDX-License-Identifier: MIT
 * search.c - lists the documents of a site, writes their texts and the root of the index. What
 * the words are and which file they go to is in search_dictionary.c and search_words.c. */
#include "base/path.h"
#include "base/utf8.h"
#include "pass/search_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PART_BYTES     10000 /* of text in a file: what a reader loads for one result */
#define MAX_TEXT_BYTES 32000 /* of one document, for excerpts; every word of it is found */

/* --- writing ---------------------------------------------------------------------------------- */

void search_add_digit(Buf *out, uint32_t value) {
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    buf_add_char(out, DIGITS[value & 63]);
}

void search_add_number(Buf *out, uint32_t value) {
    for (; value >= 32; value >>= 5) {
        search_add_digit(out, (value & 31) | 32);
    }
    search_add_digit(out, value);
}

static bool is_special(char c) {
    return c == '"' || c == '\\' || (unsigned char)c < ' ';
}

void search_add_string(Buf *out, Str text) {
    buf_add_char(out, '"');
    for (size_t from = 0, at = 0; from < text.len; from = at) {
        while (at < text.len && !is_special(text.data[at])) {
            at++;
        }
        buf_add(out, str_slice(text, from, at));
        for (; at < text.len && is_special(text.data[at]); at++) {
            char c = text.data[at];
            if ((unsigned char)c >= ' ') {
                buf_add_char(out, '\\');
                buf_add_char(out, c);
            } else {
                buf_add(out, c == '\n' ? STR("\\n") : STR(" "));
            }
        }
    }
    buf_add_char(out, '"');
}

void search_start_script(Buf *out, const char *name, size_t number) {
    buf_reset(out);
    buf_add_format(out, "quoinSearch.add(\"%s/%zu\",", name, number);
}

void search_write_script(Buf *out, const char *name, size_t number, FileSink file, void *context) {
    char path[64];
    snprintf(path, sizeof path, "search/%s/%zu.js", name, number);
    buf_add_literal(out, ");\n");
    file(context, str_from(path), buf_str(out));
}

/* --- documents -------------------------------------------------------------------------------- */

static bool is_searched(const Page *page) {
    static const char *const LAYOUTS[] = {"404", "search", "sitemap", "print"};
    bool is_wanted = true;
    config_parse_bool(value_get(page->face->meta, STR("search")), &is_wanted);
    for (size_t i = 0; i < sizeof LAYOUTS / sizeof *LAYOUTS; i++) {
        is_wanted = is_wanted && !str_equal(page->layout, str_from(LAYOUTS[i]));
    }
    return is_wanted;
}

bool search_starts_with_title(const Page *page) {
    const Face *face = page->face;
    return face->has_title_heading && face->section_count > 0 && face->sections[0].level == 1 &&
           str_equal(face->sections[0].title, page->title);
}

/* Registers repeat what stands on other pages: they are found by their names. */
static Str text_of(const Search *search, const SearchDocument *document) {
    const Page *page = search->site->pages[document->page];
    const Face *face = page->face;
    if (page->html.len > 0 || (page->is_generated && str_equal(page->layout, STR("register")))) {
        return document->section == SECTION_NONE || document->section == 0 ? face->summary
                                                                           : STR_EMPTY;
    }
    return document->section == SECTION_NONE ? face->text : face->sections[document->section].text;
}

static void add_document(Search *search, uint32_t page, uint32_t section) {
    vec_push(&search->documents, ((SearchDocument){page, section}));
}

/* The title and what is below it are one document when nothing stands above. */
static void add_page(Search *search, const Page *page) {
    uint32_t first = search_starts_with_title(page) && page->face->text.len == 0 ? 0 : SECTION_NONE;
    vec_push(&search->pages, page->index);
    add_document(search, page->index, first);
    for (uint32_t i = first == 0 ? 1 : 0; i < page->face->section_count; i++) {
        add_document(search, page->index, i);
    }
}

static void divide_documents(Search *search) {
    size_t bytes = 0;
    for (uint32_t i = 0; i < search->documents.count; i++) {
        size_t more = text_of(search, &search->documents.items[i]).len;
        if (i == 0 || bytes + more / 2 > PART_BYTES) {
            vec_push(&search->parts, ((SearchPart){.first = i}));
            bytes = 0;
        }
        bytes += more;
        search->parts.items[search->parts.count - 1].end = i + 1;
    }
}

Search *search_new(const Site *site, int workers) {
    Search *search = calloc(1, sizeof *search);
    if (search == NULL) {
        abort();
    }
    search->site = site;
    search->workers = workers;
    search->dictionaries = calloc((size_t)workers, sizeof *search->dictionaries);
    search->scripts = calloc((size_t)workers, sizeof *search->scripts);
    if (search->dictionaries == NULL || search->scripts == NULL) {
        abort();
    }
    for (size_t i = 0; i < site->page_count; i++) {
        if (is_searched(site->pages[i])) {
            add_page(search, site->pages[i]);
        }
    }
    divide_documents(search);
    return search;
}

void search_free(Search *search) {
    for (int i = 0; search != NULL && i < search->workers; i++) {
        dictionary_release(&search->dictionaries[i]);
        buf_release(&search->scripts[i]);
    }
    if (search != NULL) {
        free(search->dictionaries);
        free(search->scripts);
        vec_release(&search->documents);
        vec_release(&search->pages);
        vec_release(&search->parts);
    }
    free(search);
}

/* --- words of a document ---------------------------------------------------------------------- */

static void add_values(Dictionary *dictionary, const Value *value, Rank rank) {
    for (size_t i = 0; value != NULL && value->type == VALUE_LIST && i < value->count; i++) {
        dictionary_add_text(dictionary, value_as_text(value->items[i]), rank);
    }
    dictionary_add_text(dictionary, value_as_text(value), rank);
}

/* What a page is called, and where it belongs. */
static void add_names(Dictionary *dictionary, const Page *page) {
    const Value *meta = page->face->meta;
    Str name = page->is_index ? path_base(path_dir(page->path)) : path_stem(path_base(page->path));
    dictionary_add_text(dictionary, page->title, RANK_TITLE);
    dictionary_add_text(dictionary, name, RANK_TITLE);
    add_values(dictionary, value_get(meta, STR("aliases")), RANK_TITLE);
    add_values(dictionary, value_get(meta, STR("tags")), RANK_HEADING);
    dictionary_add_text(dictionary, page->kind != NULL ? page->kind->title : page->kind_name,
                        RANK_TEXT);
    dictionary_add_text(dictionary, value_as_text(value_get(meta, STR("owner"))), RANK_TEXT);
    if (page->project != NULL) {
        dictionary_add_text(dictionary, page->project->title, RANK_TEXT);
    }
}

static void add_heading(Dictionary *dictionary, Str title) {
    size_t spaces = 0;
    for (size_t i = 0; i < title.len; i++) {
        spaces += title.data[i] == ' ';
    }
    dictionary_add_text(dictionary, title, spaces < 2 ? RANK_SHORT_HEADING : RANK_HEADING);
}

/* Records that say something at a place of their own are for readers; others are the bookkeeping of
 * plugins. */
static bool is_for_readers(const Record *record) {
    bool has_place = record->block_line > 0 || record->id.len > 0;
    return has_place && record->title.len > 0 && record->fields != NULL &&
           record->fields->count > 0;
}

/* Ids of the records that stand in the document, and their kinds as words like ":risk". */
static void add_records(Dictionary *dictionary, const Page *page, uint32_t section, bool is_first) {
    char kind[64];
    for (size_t i = 0; i < page->record_count; i++) {
        const Record *record = page->records[i];
        bool is_here = record->section == section || (is_first && record->section == SECTION_NONE);
        if (!is_here) {
            continue;
        }
        if (is_for_readers(record) && record->kind.len < sizeof kind) {
            kind[0] = ':';
            memcpy(kind + 1, record->kind.data, record->kind.len);
            dictionary_add_word(dictionary, (Str){kind, record->kind.len + 1}, RANK_HEADING);
        }
        dictionary_add_text(dictionary, record->id, RANK_DEFINITION);
    }
}

/* A name that is all of its line, such as a code in the cell of a table, is explained there. */
static bool is_name(Str line) {
    return line.len < 48 && str_find_char(line, ' ') == STR_NONE &&
           (str_find_char(line, '.') != STR_NONE || str_find_char(line, '_') != STR_NONE ||
            str_find_char(line, '-') != STR_NONE);
}

static void add_lines(Dictionary *dictionary, Str text) {
    Str line;
    while (str_next_line(&text, &line)) {
        dictionary_add_text(dictionary, line, RANK_TEXT);
        if (is_name(line)) {
            dictionary_add_text(dictionary, line, RANK_OFTEN);
        }
    }
}

static void add_words(Search *search, Dictionary *dictionary, uint32_t number) {
    const SearchDocument *document = &search->documents.items[number];
    const Page *page = search->site->pages[document->page];
    bool is_first = number == 0 || document[-1].page != document->page;
    dictionary_start(dictionary, number);
    if (is_first) {
        add_names(dictionary, page);
    }
    if (document->section != SECTION_NONE) {
        add_heading(dictionary, page->face->sections[document->section].title);
    }
    add_records(dictionary, page, document->section, is_first);
    add_lines(dictionary, text_of(search, document));
    dictionary_end(dictionary);
}

/* --- texts ------------------------------------------------------------------------------------ */

static Str excerpt_text(const Search *search, const SearchDocument *document) {
    Str text = text_of(search, document);
    size_t end = text.len < MAX_TEXT_BYTES ? text.len : MAX_TEXT_BYTES;
    while (end < text.len && ((unsigned char)text.data[end] & 0xC0) == 0x80) {
        end--;
    }
    return str_trim_right(str_slice(text, 0, end));
}

/* ["out.html","Title",["anchor","Heading","text"],...] for each page. */
static void add_texts(Search *search, const SearchPart *part, Buf *out) {
    for (uint32_t i = part->first; i < part->end; i++) {
        const SearchDocument *document = &search->documents.items[i];
        const Page *page = search->site->pages[document->page];
        const Section *section =
            document->section == SECTION_NONE ? NULL : &page->face->sections[document->section];
        if (i == part->first || document[-1].page != document->page) {
            Buf url = {0};
            site_add_url(page, STR_EMPTY, &url);
            buf_add(out, i == part->first ? STR("[[") : STR("],["));
            search_add_string(out, buf_str(&url));
            buf_add_char(out, ',');
            search_add_string(out, page->title);
            buf_release(&url);
        }
        bool is_title = document->section == 0 && search_starts_with_title(page);
        buf_add_literal(out, ",[");
        search_add_string(out, section != NULL && !is_title ? section->anchor : STR_EMPTY);
        buf_add_char(out, ',');
        search_add_string(out, section != NULL && !is_title ? section->title : STR_EMPTY);
        buf_add_char(out, ',');
        search_add_string(out, excerpt_text(search, document));
        buf_add_char(out, ']');
    }
    buf_add_literal(out, "]]");
}

size_t search_part_count(const Search *search) {
    return search->parts.count;
}

void search_add_part(Search *search, int worker, size_t number, FileSink file, void *context) {
    SearchPart *part = &search->parts.items[number];
    Dictionary *dictionary = &search->dictionaries[worker];
    Buf *script = &search->scripts[worker];
    part->worker = worker;
    part->from = dictionary->postings.count;
    for (uint32_t i = part->first; i < part->end; i++) {
        add_words(search, dictionary, i);
    }
    part->to = dictionary->postings.count;
    search_start_script(script, "texts", number);
    add_texts(search, part, script);
    search_write_script(script, "texts", number, file, context);
}

/* --- the root --------------------------------------------------------------------------------- */

/* Names of a facet in the order in which they are first met; 0 is none. */
typedef struct Facet {
    Map numbers; /* name -> its number */
    Buf names;   /* a list of strings or of pairs */
    Buf column;  /* the number of each page */
} Facet;

static void facet_add(Facet *facet, Arena *arena, Str name, Str title) {
    Str key = str_lower(arena, name);
    uint32_t *number = name.len > 0 ? map_get(&facet->numbers, key) : NULL;
    if (number == NULL && name.len > 0) {
        number = arena_new(arena, uint32_t);
        *number = (uint32_t)facet->numbers.count + 1;
        map_set(&facet->numbers, key, number);
        buf_add(&facet->names, *number > 1 ? STR(",[") : STR("["));
        search_add_string(&facet->names, name);
        buf_add_char(&facet->names, ',');
        search_add_string(&facet->names, title.len > 0 ? title : name);
        buf_add_char(&facet->names, ']');
    }
    search_add_number(&facet->column, number != NULL ? *number : 0);
}

static void facet_write(Facet *facet, const char *name, Buf *out) {
    buf_add_format(out, ",\n%s:[[" STR_FMT "],\"" STR_FMT "\"]", name,
                   STR_ARG(buf_str(&facet->names)), STR_ARG(buf_str(&facet->column)));
    map_release(&facet->numbers);
    buf_release(&facet->names);
    buf_release(&facet->column);
}

static void write_facets(const Search *search, Arena *arena, Buf *out) {
    Facet projects = {0}, kinds = {0}, statuses = {0};
    for (size_t i = 0; i < search->pages.count; i++) {
        const Page *page = search->site->pages[search->pages.items[i]];
        const Project *project = page->project;
        Str status = value_as_text(value_get(page->face->meta, STR("status")));
        facet_add(&projects, arena, project != NULL ? project->id : STR_EMPTY,
                  project != NULL ? project->title : STR_EMPTY);
        facet_add(&kinds, arena, page->kind_name,
                  page->kind != NULL ? page->kind->title : STR_EMPTY);
        facet_add(&statuses, arena, utf8_line(arena, status), STR_EMPTY);
    }
    facet_write(&projects, "project", out);
    facet_write(&kinds, "kind", out);
    facet_write(&statuses, "status", out);
}

static int compare_strs(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static void write_record_kinds(const Search *search, Buf *out) {
    VEC(Str) kinds = {0};
    Map seen = {0};
    for (size_t i = 0; i < search->pages.count; i++) {
        const Page *page = search->site->pages[search->pages.items[i]];
        for (size_t j = 0; j < page->record_count; j++) {
            if (is_for_readers(page->records[j]) && map_add(&seen, page->records[j]->kind, out)) {
                vec_push(&kinds, page->records[j]->kind);
            }
        }
    }
    if (kinds.count > 1) {
        qsort(kinds.items, kinds.count, sizeof(Str), compare_strs);
    }
    buf_add_literal(out, ",\nrecord:[");
    for (size_t i = 0; i < kinds.count; i++) {
        buf_add(out, i > 0 ? STR(",") : STR_EMPTY);
        search_add_string(out, kinds.items[i]);
    }
    buf_add_char(out, ']');
    map_release(&seen);
    vec_release(&kinds);
}

/* How many documents each page has, and how many words its title. */
static void write_pages(const Search *search, Buf *out) {
    Buf titles = {0};
    buf_add_literal(out, "sections:\"");
    for (size_t i = 0, at = 0; i < search->pages.count; i++) {
        const Page *page = search->site->pages[search->pages.items[i]];
        size_t first = at;
        uint32_t words = 1;
        while (at < search->documents.count && search->documents.items[at].page == page->index) {
            at++;
        }
        for (size_t j = 0; j < page->title.len; j++) {
            words += page->title.data[j] == ' ';
        }
        search_add_number(out, (uint32_t)(at - first));
        search_add_digit(&titles, words < 63 ? words : 63);
    }
    buf_add_format(out, "\",\ntitles:\"" STR_FMT "\"", STR_ARG(buf_str(&titles)));
    buf_release(&titles);
}

static void write_parts(const Search *search, Buf *out) {
    buf_add_literal(out, ",\ntexts:\"");
    for (size_t i = 0; i < search->parts.count; i++) {
        search_add_number(out, search->parts.items[i].end - search->parts.items[i].first);
    }
    buf_add_char(out, '"');
}

void search_finish(Search *search, FileSink file, void *context) {
    Buf root = {0}, words = {0}, typos = {0};
    Arena arena = {0};
    search_write_words(search, file, context, &words, &typos);
    buf_add_literal(&root, "quoinSearch.add(\"root\",{");
    write_pages(search, &root);
    write_facets(search, &arena, &root);
    write_record_kinds(search, &root);
    write_parts(search, &root);
    buf_add_format(&root, ",\nwords:\"" STR_FMT "\",\ntypos:\"" STR_FMT "\"});\n",
                   STR_ARG(buf_str(&words)), STR_ARG(buf_str(&typos)));
    file(context, STR("search/root.js"), buf_str(&root));
    buf_release(&root);
    buf_release(&words);
    buf_release(&typos);
    arena_release(&arena);
}
