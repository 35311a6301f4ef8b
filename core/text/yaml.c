/* SPDX-License-Identifier: MIT
 * yaml.c - libyaml's events to values, within bounds; the only file that includes libyaml.
 *
 * Documents of libyaml are not used: they have no bound on depth and expand aliases. */
#include "text/yaml.h"

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "text/yaml_hint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { MAX_DEPTH = 64, MAX_NODES = 20000, MAX_ERRORS = 20 };

/* A place in the text; libyaml counts characters, we count bytes. */
typedef struct Cursor {
    size_t index;  /* characters before it */
    size_t offset; /* bytes before it */
    size_t line_start;
    uint32_t line; /* from 0 */
} Cursor;

typedef struct Reader {
    yaml_parser_t parser;
    Arena *arena;
    Diag *diag;
    Str file;
    Str text;            /* without a byte order mark */
    uint32_t bom;        /* bytes of the mark that was taken off */
    uint32_t first_line; /* of `text` in its file */
    Cursor cursor;
    size_t node_count;
    size_t error_count;
} Reader;

static void advance(Cursor *cursor, Str text) {
    bool is_line_end = text.data[cursor->offset] == '\n';
    utf8_next(text, &cursor->offset);
    cursor->index++;
    if (!is_line_end)
        return;
    cursor->line++;
    cursor->line_start = cursor->offset;
}

/* Events come in the order of the text, so this is linear over a whole parse. */
static void seek_index(Reader *reader, size_t index) {
    if (index < reader->cursor.index)
        reader->cursor = (Cursor){0};
    while (reader->cursor.index < index && reader->cursor.offset < reader->text.len) {
        advance(&reader->cursor, reader->text);
    }
}

static void seek_offset(Reader *reader, size_t offset) {
    reader->cursor = (Cursor){0};
    if (offset > reader->text.len)
        offset = reader->text.len;
    while (reader->cursor.offset < offset)
        advance(&reader->cursor, reader->text);
}

static Pos pos_here(const Reader *reader) {
    const Cursor *cursor = &reader->cursor;
    size_t column = cursor->offset - cursor->line_start + 1;
    if (cursor->line == 0)
        column += reader->bom;
    return (Pos){.file = reader->file,
                 .line = reader->first_line + cursor->line,
                 .column = (uint32_t)column};
}

static Pos pos_of(Reader *reader, yaml_mark_t mark) {
    seek_index(reader, mark.index);
    return pos_here(reader);
}

static Str line_here(const Reader *reader) {
    Str rest = str_from_offset(reader->text, reader->cursor.line_start), line = STR_EMPTY;
    str_next_line(&rest, &line);
    return line;
}

/* False when there were so many that reading on is of no use. */
static bool report(Reader *reader, const char *code, Pos pos, Str message, Str hint) {
    Finding finding = {.severity = SEVERITY_ERROR,
                       .code = str_from(code),
                       .pos = pos,
                       .message = message,
                       .hint = hint};
    diag_add(reader->diag, &finding);
    return ++reader->error_count < MAX_ERRORS;
}

/* Where the author should look: at what is not closed rather than at the end of the text. */
static yaml_mark_t mark_of_fault(const yaml_parser_t *parser) {
    bool is_unclosed = parser->context && (strstr(parser->context, "quoted scalar") ||
                                           strstr(parser->context, "a simple key"));
    bool is_at_end = strstr(parser->context ? parser->context : "", "flow") &&
                     parser->problem_mark.line > parser->context_mark.line;
    bool is_escape = parser->problem && strstr(parser->problem, "escape");
    return (is_unclosed && !is_escape) || is_at_end ? parser->context_mark : parser->problem_mark;
}

static void report_syntax(Reader *reader) {
    const yaml_parser_t *parser = &reader->parser;
    const char *problem = parser->problem ? parser->problem : "this is not valid YAML";
    if (parser->error == YAML_READER_ERROR) {
        seek_offset(reader, parser->problem_offset);
        report(reader, "yaml.syntax", pos_here(reader), STR("control characters are not allowed"),
               STR("remove the character, or write it as an escape in double quotation marks"));
        return;
    }
    if (parser->error == YAML_MEMORY_ERROR)
        abort();
    Pos pos = pos_of(reader, mark_of_fault(parser));
    YamlFault fault = {.problem = problem,
                       .context = parser->context,
                       .line = line_here(reader),
                       .offset = reader->cursor.offset - reader->cursor.line_start};
    Str message, hint;
    yaml_explain(reader->arena, &fault, &message, &hint);
    report(reader, "yaml.syntax", pos, message, hint);
}

static bool next_event(Reader *reader, yaml_event_t *event) {
    if (yaml_parser_parse(&reader->parser, event))
        return true;
    report_syntax(reader);
    return false;
}

static size_t skip_digits(Str s, size_t at) {
    while (at < s.len && s.data[at] >= '0' && s.data[at] <= '9')
        at++;
    return at;
}

/* [-+]? digits, no leading zero; then a fraction, then an exponent, at least one of the two. */
static bool is_float(Str s) {
    size_t at = s.len && (s.data[0] == '-' || s.data[0] == '+');
    size_t whole = at;
    at = skip_digits(s, at);
    size_t digits = at - whole;
    if (digits > 1 && s.data[whole] == '0')
        return false;
    bool is_real = at < s.len && s.data[at] == '.';
    if (is_real) {
        size_t fraction = ++at;
        at = skip_digits(s, at);
        digits += at - fraction;
    }
    if (digits == 0)
        return false;
    if (at < s.len && (s.data[at] == 'e' || s.data[at] == 'E')) {
        at++;
        if (at < s.len && (s.data[at] == '-' || s.data[at] == '+'))
            at++;
        size_t exponent = at;
        at = skip_digits(s, at);
        is_real = at > exponent;
    }
    return is_real && at == s.len;
}

static bool is_one_of(Str s, const char *const *words) {
    for (; *words; words++) {
        if (str_equal(s, str_from(*words)))
            return true;
    }
    return false;
}

static bool has_leading_zero(Str s) {
    size_t at = s.data[0] == '-' || s.data[0] == '+';
    return s.len > at + 1 && s.data[at] == '0';
}

/* A version 1.10 or 2.0 would come out as 1.1 or 2: what cannot be written back stays text. */
static bool is_shortest(Arena *arena, Str text, double number) {
    Str shortest = str_format(arena, "%.15g", number);
    return str_equal(text, shortest);
}

/* The core schema of YAML 1.2, as far as yaml.h says. */
static void resolve(Arena *arena, Value *value) {
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const trues[] = {"true", "True", "TRUE", NULL};
    static const char *const falses[] = {"false", "False", "FALSE", NULL};
    Str text = value->text;
    if (is_one_of(text, nulls)) {
        value->type = VALUE_NULL;
    } else if (is_one_of(text, trues) || is_one_of(text, falses)) {
        value->type = VALUE_BOOL;
        value->boolean = is_one_of(text, trues);
    } else if (!has_leading_zero(text) && str_to_int(text, &value->integer)) {
        value->type = VALUE_INT;
        value->number = (double)value->integer;
    } else if (is_float(text)) {
        value->number = strtod(str_terminated(arena, text), NULL);
        if (isfinite(value->number) && is_shortest(arena, text, value->number))
            value->type = VALUE_NUMBER;
    }
}

static Str text_of(const yaml_event_t *event) {
    return (Str){(const char *)event->data.scalar.value, event->data.scalar.length};
}

static Value *new_value(Reader *reader, const yaml_event_t *event, ValueType type) {
    Value *value = arena_new(reader->arena, Value);
    Pos pos = pos_of(reader, event->start_mark);
    value->type = type;
    value->line = pos.line;
    value->column = pos.column;
    return value;
}

static Value *read_scalar(Reader *reader, const yaml_event_t *event) {
    Value *value = new_value(reader, event, VALUE_TEXT);
    value->text = str_copy(reader->arena, text_of(event));
    value->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (!value->quoted)
        resolve(reader->arena, value);
    if (str_find_char(value->text, '\0') == STR_NONE)
        return value;
    bool goes_on = report(reader, "yaml.syntax", pos_of(reader, event->start_mark),
                          STR("a NUL character is not allowed"), STR_EMPTY);
    return goes_on ? value : NULL;
}

typedef struct Decoration {
    const yaml_char_t *anchor, *tag;
} Decoration;

static Decoration decoration_of(const yaml_event_t *event) {
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return (Decoration){event->data.alias.anchor, NULL};
    case YAML_SCALAR_EVENT:
        return (Decoration){event->data.scalar.anchor, event->data.scalar.tag};
    case YAML_SEQUENCE_START_EVENT:
        return (Decoration){event->data.sequence_start.anchor, event->data.sequence_start.tag};
    case YAML_MAPPING_START_EVENT:
        return (Decoration){event->data.mapping_start.anchor, event->data.mapping_start.tag};
    default:
        return (Decoration){NULL, NULL};
    }
}

/* Anchors, aliases and tags are most often plain text whose author did not know. */
static bool refuse_decoration(Reader *reader, const yaml_event_t *event) {
    Decoration decoration = decoration_of(event);
    if (!decoration.anchor && !decoration.tag)
        return true;
    Pos pos = pos_of(reader, event->start_mark);
    Str line = line_here(reader);
    const char *code = decoration.tag ? "yaml.tag" : "yaml.alias";
    Str message = decoration.tag ? STR("a value that starts with '!' is a YAML tag; "
                                       "tags are not supported")
                  : event->type == YAML_ALIAS_EVENT
                      ? STR("a value that starts with '*' is a YAML alias; "
                            "aliases are not supported")
                      : STR("a value that starts with '&' is a YAML anchor; "
                            "anchors are not supported");
    return report(reader, code, pos, message, yaml_quote_hint(reader->arena, line));
}

static Value *read_node(Reader *reader, const yaml_event_t *event, int depth);

static Value *read_list(Reader *reader, const yaml_event_t *start, int depth) {
    Value *list = new_value(reader, start, VALUE_LIST);
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event))
            return NULL;
        bool is_end = event.type == YAML_SEQUENCE_END_EVENT;
        Value *item = is_end ? NULL : read_node(reader, &event, depth);
        yaml_event_delete(&event);
        if (is_end)
            return list;
        if (!item)
            return NULL;
        value_append(reader->arena, list, item);
    }
}

typedef struct MapBuild {
    VEC(ValueEntry) entries;
    Map numbers; /* key -> its number in `entries`, from 1 */
} MapBuild;

static bool add_entry(Reader *reader, MapBuild *build, const ValueEntry *entry) {
    const void *known = map_get(&build->numbers, entry->key);
    if (!known) {
        vec_push(&build->entries, *entry);
        map_set(&build->numbers, entry->key, (void *)(uintptr_t)build->entries.count);
        return true;
    }
    const ValueEntry *first = &build->entries.items[(uintptr_t)known - 1];
    Finding finding = {
        .severity = SEVERITY_ERROR,
        .code = STR("yaml.duplicate-key"),
        .pos = {reader->file, entry->line, entry->column, (uint32_t)entry->key.len},
        .message =
            str_format(reader->arena, "the key '" STR_FMT "' is there twice", STR_ARG(entry->key)),
        .hint = STR("remove one of the two"),
        .second = {reader->file, first->line, first->column, (uint32_t)first->key.len},
        .second_note = STR("it is first written here"),
    };
    diag_add(reader->diag, &finding);
    return ++reader->error_count < MAX_ERRORS;
}

/* Keys are plain or quoted text, not empty, and no merge. False: reported, and no use to go on. */
static bool read_key(Reader *reader, const yaml_event_t *event, ValueEntry *entry) {
    Pos pos = pos_of(reader, event->start_mark);
    entry->line = pos.line;
    entry->column = pos.column;
    if (event->type == YAML_ALIAS_EVENT) {
        entry->key = STR("*");
        return refuse_decoration(reader, event);
    }
    if (event->type != YAML_SCALAR_EVENT) {
        Str hint = yaml_quote_hint(reader->arena, line_here(reader));
        report(reader, "yaml.key", pos, STR("a list or map cannot be a key"), hint);
        return false;
    }
    entry->key = str_copy(reader->arena, text_of(event));
    if (!refuse_decoration(reader, event))
        return false;
    if (entry->key.len == 0 || str_find_char(entry->key, '\0') != STR_NONE) {
        return report(reader, "yaml.key", pos, STR("this key is empty"),
                      STR("write a name in front of the ':'"));
    }
    bool is_plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (!is_plain || !str_equal(entry->key, STR("<<")))
        return true;
    return report(reader, "yaml.merge", pos, STR("merge keys ('<<') are not supported"),
                  STR("write the keys out"));
}

static bool read_entries(Reader *reader, MapBuild *build, int depth) {
    for (;;) {
        ValueEntry entry = {0};
        yaml_event_t event;
        if (!next_event(reader, &event))
            return false;
        bool is_end = event.type == YAML_MAPPING_END_EVENT;
        bool is_read = is_end || read_key(reader, &event, &entry);
        yaml_event_delete(&event);
        if (is_end || !is_read)
            return is_read;
        if (!next_event(reader, &event))
            return false;
        entry.value = read_node(reader, &event, depth);
        yaml_event_delete(&event);
        if (!entry.value || !add_entry(reader, build, &entry))
            return false;
    }
}

static Value *read_map(Reader *reader, const yaml_event_t *start, int depth) {
    Value *map = new_value(reader, start, VALUE_MAP);
    MapBuild build = {0};
    bool is_read = read_entries(reader, &build, depth);
    map->count = build.entries.count;
    map->entries = vec_to_arena(reader->arena, &build.entries);
    map_release(&build.numbers);
    return is_read ? map : NULL;
}

/* NULL: an error was reported after which reading on is of no use. */
static Value *read_node(Reader *reader, const yaml_event_t *event, int depth) {
    if (depth >= MAX_DEPTH || ++reader->node_count > MAX_NODES) {
        bool is_deep = depth >= MAX_DEPTH;
        report(reader, is_deep ? "yaml.depth" : "yaml.size", pos_of(reader, event->start_mark),
               is_deep ? STR("this is nested more than 64 levels deep")
                       : STR("there are more than 20000 values"),
               STR_EMPTY);
        return NULL;
    }
    if (!refuse_decoration(reader, event))
        return NULL;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(reader, event);
    case YAML_SEQUENCE_START_EVENT:
        return read_list(reader, event, depth + 1);
    case YAML_MAPPING_START_EVENT:
        return read_map(reader, event, depth + 1);
    default:
        return new_value(reader, event, VALUE_NULL); /* an alias, reported above */
    }
}

static void refuse_directives(Reader *reader, const yaml_event_t *event) {
    if (event->data.document_start.tag_directives.start ==
        event->data.document_start.tag_directives.end) {
        return;
    }
    report(reader, "yaml.tag", pos_of(reader, event->start_mark),
           STR("tag directives are not supported"), STR("remove the line that starts with %TAG"));
}

/* The whole stream: nothing, or one document. */
static Value *read_stream(Reader *reader) {
    Value *root = NULL;
    for (bool is_end = false; !is_end;) {
        yaml_event_t event;
        bool is_read = next_event(reader, &event);
        if (!is_read)
            return NULL;
        is_end = event.type == YAML_STREAM_END_EVENT;
        switch (event.type) {
        case YAML_DOCUMENT_START_EVENT:
            if (root) {
                report(reader, "yaml.document", pos_of(reader, event.start_mark),
                       STR("a second document starts here; only one is read"),
                       STR("remove the line '---' and what follows it, or merge the two"));
                is_end = true;
            } else {
                refuse_directives(reader, &event);
            }
            break;
        case YAML_SCALAR_EVENT:
        case YAML_SEQUENCE_START_EVENT:
        case YAML_MAPPING_START_EVENT:
        case YAML_ALIAS_EVENT:
            root = read_node(reader, &event, 0);
            is_read = root != NULL;
            break;
        default:
            break;
        }
        yaml_event_delete(&event);
        if (!is_read)
            return NULL;
    }
    return root ? root : value_null(reader->arena);
}

/* Looks at the text as a whole: its size and its encoding. */
static bool check_text(Reader *reader, size_t max_bytes) {
    Pos start = {reader->file, reader->first_line, 1, 0};
    if (reader->text.len > max_bytes) {
        report(reader, "yaml.size", start,
               str_format(reader->arena, "this is %zu bytes of YAML; the limit is %zu",
                          reader->text.len, max_bytes),
               STR_EMPTY);
        return false;
    }
    size_t invalid = utf8_find_invalid(reader->text);
    if (invalid == STR_NONE)
        return true;
    seek_offset(reader, invalid);
    report(reader, "yaml.encoding", pos_here(reader), STR("this is not valid UTF-8"),
           STR("save the file in the encoding UTF-8"));
    return false;
}

Value *yaml_parse(Arena *arena, Str file, Str text, uint32_t first_line, size_t max_bytes,
                  Diag *diag) {
    static const Str bom = {"\xEF\xBB\xBF", 3};
    Reader reader = {
        .arena = arena, .diag = diag, .file = file, .text = text, .first_line = first_line};
    if (str_starts_with(text, bom)) {
        reader.text = str_from_offset(text, bom.len);
        reader.bom = (uint32_t)bom.len;
    }
    if (!check_text(&reader, max_bytes))
        return NULL;
    reader.cursor = (Cursor){0};
    if (!yaml_parser_initialize(&reader.parser))
        abort();
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    const unsigned char *bytes = (const unsigned char *)(reader.text.len ? reader.text.data : "");
    yaml_parser_set_input_string(&reader.parser, bytes, reader.text.len);
    Value *root = read_stream(&reader);
    yaml_parser_delete(&reader.parser);
    return reader.error_count ? NULL : root;
}
