/* SPDX-License-Identifier: MIT
 * http.c - reads heads of GET requests; see http.h. */
#include "text/http.h"

#include "base/path.h"

#include <string.h>

/* --- addresses ---------------------------------------------------------------------------------
 */

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool has_broken_escape(Str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '%' &&
            (text.len - i < 3 || !is_hex(text.data[i + 1]) || !is_hex(text.data[i + 2]))) {
            return true;
        }
    }
    return false;
}

static bool has_control(Str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if ((c < ' ' && c != '\t') || c == 0x7F) {
            return true;
        }
    }
    return false;
}

static bool has_dot_part(Str path) {
    Str part;
    for (bool more = true; more;) {
        more = str_cut(path, '/', &part, &path);
        if (str_equal(part, STR("..")) || str_equal(part, STR("."))) {
            return true;
        }
    }
    return false;
}

bool http_decode_path(Arena *arena, Str target, Str *path) {
    if (!str_starts_with(target, STR("/")) || has_broken_escape(target)) {
        return false;
    }
    *path = path_decode(arena, str_from_offset(target, 1));
    return !has_control(*path) && str_find_char(*path, '\\') == STR_NONE && !has_dot_part(*path) &&
           !str_starts_with(*path, STR("/"));
}

Str http_query(Arena *arena, Str query, Str name) {
    Str pair, key, value;
    for (bool more = true; more;) {
        more = str_cut(query, '&', &pair, &query);
        str_cut(pair, '=', &key, &value);
        if (str_equal(key, name)) {
            return path_decode(arena, value);
        }
    }
    return STR_EMPTY;
}

static bool is_digits(Str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') {
            return false;
        }
    }
    return true;
}

/* "[::1]:4000" -> "[::1]"; false when what stands behind the name is no port. */
static bool cut_port(Str host, Str *name) {
    size_t bracket = str_find_char(host, ']');
    size_t from = str_starts_with(host, STR("[")) && bracket != STR_NONE ? bracket + 1 : 0;
    size_t colon = str_find_char(str_from_offset(host, from), ':');
    *name = colon == STR_NONE ? host : str_slice(host, 0, from + colon);
    if (from > 0 && name->len != from) {
        return false;
    }
    return colon == STR_NONE || is_digits(str_from_offset(host, from + colon + 1));
}

/* 192.168.0.7 or [fe80::1]: no name, so nobody else can have pointed it here. */
static bool is_numeric(Str name) {
    const char *allowed =
        str_starts_with(name, STR("[")) ? "0123456789abcdefABCDEF:.[]" : "0123456789.";
    for (size_t i = 0; i < name.len; i++) {
        if (strchr(allowed, name.data[i]) == NULL || name.data[i] == '\0') {
            return false;
        }
    }
    return name.len > 0;
}

bool http_host_is_good(Str host, Str listens_on) {
    static const char *const OWN[] = {"localhost", "127.0.0.1", "[::1]"};
    Str name;
    if (!cut_port(host, &name) || name.len == 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++) {
        if (str_equal_ignoring_case(name, str_from(OWN[i]))) {
            return true;
        }
    }
    bool is_bracketed = str_starts_with(name, STR("["));
    Str bare = is_bracketed ? str_slice(name, 1, name.len - 1) : name;
    bool is_any = str_equal(listens_on, STR("0.0.0.0")) || str_equal(listens_on, STR("::"));
    return str_equal_ignoring_case(bare, listens_on) || (is_any && is_numeric(name));
}

void http_add_safe(Buf *out, Str url) {
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.data[i];
        if (c <= ' ' || c >= 0x7F || c == '"' || c == '<' || c == '>') {
            buf_add_format(out, "%%%02X", c);
        } else {
            buf_add_char(out, (char)c);
        }
    }
}

/* --- heads -------------------------------------------------------------------------------------
 */

typedef struct Head {
    HttpRequest *request;
    size_t host_count;
    bool has_body, is_old; /* HTTP/1.0 */
} Head;

static bool is_token(Str text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c <= ' ' || c >= 0x7F || strchr("()<>@,;:\\\"/[]?={}", c) != NULL) {
            return false;
        }
    }
    return text.len > 0;
}

static bool has_word(Str list, Str wanted) {
    Str word;
    for (bool more = true; more;) {
        more = str_cut(list, ',', &word, &list);
        if (str_equal_ignoring_case(str_trim(word), wanted)) {
            return true;
        }
    }
    return false;
}

static bool read_field(Head *head, Str line) {
    Str name, value;
    if (!str_cut(line, ':', &name, &value) || !is_token(name)) {
        return false;
    }
    value = str_trim(value);
    if (has_control(value)) {
        return false;
    }
    if (str_equal_ignoring_case(name, STR("host"))) {
        head->request->host = value;
        head->host_count++;
    } else if (str_equal_ignoring_case(name, STR("if-none-match"))) {
        head->request->if_none_match = value;
    } else if (str_equal_ignoring_case(name, STR("connection"))) {
        bool closes = has_word(value, STR("close"));
        head->request->keeps_alive = !closes && !head->is_old;
    } else if (str_equal_ignoring_case(name, STR("transfer-encoding"))) {
        head->has_body = true;
    } else if (str_equal_ignoring_case(name, STR("content-length"))) {
        head->has_body = head->has_body || !str_equal(value, STR("0"));
    }
    return true;
}

/* "GET /a.html?b HTTP/1.1" */
static int read_request_line(Arena *arena, Head *head, Str line) {
    Str method, rest, target, version, address;
    HttpRequest *request = head->request;
    if (!str_cut(line, ' ', &method, &rest) || !str_cut(rest, ' ', &target, &version) ||
        !is_token(method)) {
        return 400;
    }
    head->is_old = str_equal(version, STR("HTTP/1.0"));
    if (!head->is_old && !str_equal(version, STR("HTTP/1.1"))) {
        return str_starts_with(version, STR("HTTP/")) ? 505 : 400;
    }
    request->is_head = str_equal(method, STR("HEAD"));
    if (!request->is_head && !str_equal(method, STR("GET"))) {
        return 405;
    }
    request->keeps_alive = !head->is_old;
    str_cut(target, '?', &address, &request->query);
    return http_decode_path(arena, address, &request->path) ? 200 : 400;
}

/* Where the empty line ends; 0 when it has not come yet. */
static size_t head_length(Str bytes) {
    size_t crlf = str_find(bytes, STR("\r\n\r\n")), lf = str_find(bytes, STR("\n\n"));
    if (crlf == STR_NONE && lf == STR_NONE) {
        return 0;
    }
    return crlf < lf ? crlf + 4 : lf + 2;
}

int http_parse(Arena *arena, Str bytes, HttpRequest *out, size_t *length) {
    Head head = {.request = out};
    *out = (HttpRequest){0};
    *length = head_length(bytes);
    if (*length == 0) {
        /* Not even a method begins like this: no need to wait for the rest. */
        bool is_junk = bytes.len > 0 && (bytes.data[0] < 'A' || bytes.data[0] > 'Z');
        return is_junk ? 400 : bytes.len > HTTP_MAX_HEAD ? 431 : 0;
    }
    if (*length > HTTP_MAX_HEAD) {
        return 431;
    }
    Str rest = str_slice(bytes, 0, *length), line;
    str_next_line(&rest, &line);
    int status = read_request_line(arena, &head, line);
    while (status == 200 && str_next_line(&rest, &line) && line.len > 0) {
        status = read_field(&head, line) ? 200 : 400;
    }
    if (status != 200) {
        return status;
    }
    if (head.has_body) {
        return 413;
    }
    bool needs_host = !head.is_old;
    return head.host_count > 1 || (needs_host && head.host_count == 0) ? 400 : 200;
}

/* --- tables ------------------------------------------------------------------------------------
 */

const char *http_type(Str path) {
    static const struct {
        const char *ending, *type;
    } TYPES[] = {
        {".html", "text/html; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".json", "application/json; charset=utf-8"},
        {".xml", "application/xml; charset=utf-8"},
        {".atom", "application/atom+xml; charset=utf-8"},
        {".txt", "text/plain; charset=utf-8"},
        {".md", "text/markdown; charset=utf-8"},
        {".csv", "text/csv; charset=utf-8"},
        {".yaml", "text/yaml; charset=utf-8"},
        {".yml", "text/yaml; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".gif", "image/gif"},
        {".webp", "image/webp"},
        {".avif", "image/avif"},
        {".ico", "image/x-icon"},
        {".pdf", "application/pdf"},
        {".mp4", "video/mp4"},
        {".webm", "video/webm"},
        {".mp3", "audio/mpeg"},
        {".wasm", "application/wasm"},
        {".woff2", "font/woff2"},
        {".webmanifest", "application/manifest+json"},
        {".zip", "application/zip"},
    };
    Str ending = path_ext(path);
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
        if (str_equal_ignoring_case(ending, str_from(TYPES[i].ending))) {
            return TYPES[i].type;
        }
    }
    return "application/octet-stream";
}

const char *http_reason(int status) {
    static const struct {
        int status;
        const char *reason;
    } REASONS[] = {
        {200, "OK"},
        {204, "No Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {413, "Content Too Large"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    };
    for (size_t i = 0; i < sizeof REASONS / sizeof *REASONS; i++) {
        if (REASONS[i].status == status) {
            return REASONS[i].reason;
        }
    }
    return "Unknown";
}
