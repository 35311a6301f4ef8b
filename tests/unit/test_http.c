/* SPDX-License-Identifier: MIT
 * test_http.c - heads of requests, addresses, names of hosts: what is refused, and what is not. */
#include "text/http.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *target, *path; /* path NULL: refused */
} ADDRESSES[] = {
    {"root", "/", ""},
    {"page", "/billing/design.html", "billing/design.html"},
    {"folder", "/billing/", "billing/"},
    {"escapes", "/a%20b/%C3%A4.html", "a b/\xC3\xA4.html"},
    {"decoded_once", "/%252e%252e/x", "%2e%2e/x"},
    {"dots_in_names", "/a..b/..c/d..", "a..b/..c/d.."},
    {"up", "/../x", NULL},
    {"up_behind", "/a/../x", NULL},
    {"up_at_end", "/a/..", NULL},
    {"up_encoded", "/%2e%2e/x", NULL},
    {"up_half_encoded", "/.%2E/x", NULL},
    {"up_with_encoded_slash", "/a%2f..%2fx", NULL},
    {"here", "/./x", NULL},
    {"backslash", "/a\\..\\x", NULL},
    {"backslash_encoded", "/a%5c..%5cx", NULL},
    {"nul", "/index.html%00.png", NULL},
    {"line_end", "/a%0d%0aSet-Cookie: b", NULL},
    {"delete", "/%7f", NULL},
    {"two_slashes", "//etc/passwd", NULL},
    {"two_slashes_encoded", "/%2fetc/passwd", NULL},
    {"relative", "x", NULL},
    {"address", "http://example.org/", NULL},
    {"empty", "", NULL},
    {"broken_escape", "/%zz", NULL},
    {"cut_escape", "/%2", NULL},
    {"lone_percent", "/100%", NULL},
};

START_TEST(paths_are_decoded_once_and_stay_inside) {
    Arena arena = {0};
    Str path = STR_EMPTY;
    bool is_good = http_decode_path(&arena, str_from(ADDRESSES[_i].target), &path);
    ck_assert_msg(is_good == (ADDRESSES[_i].path != NULL), "%s", ADDRESSES[_i].name);
    if (is_good) {
        ck_assert_msg(str_equal(path, str_from(ADDRESSES[_i].path)), "%s: " STR_FMT,
                      ADDRESSES[_i].name, STR_ARG(path));
    }
    arena_release(&arena);
}
END_TEST

static const struct {
    const char *name, *host, *listens_on;
    bool is_good;
} HOSTS[] = {
    {"localhost", "localhost", "127.0.0.1", true},
    {"any_port", "localhost:1", "127.0.0.1", true},
    {"case", "LocalHost:4000", "127.0.0.1", true},
    {"four", "127.0.0.1:4000", "127.0.0.1", true},
    {"six", "[::1]:4000", "127.0.0.1", true},
    {"six_without_port", "[::1]", "127.0.0.1", true},
    {"given", "preview.example.org:80", "preview.example.org", true},
    {"given_six", "[fe80::1]:80", "fe80::1", true},
    {"foreign", "evil.example", "127.0.0.1", false},
    {"foreign_begins_like_ours", "localhost.evil.example", "127.0.0.1", false},
    {"foreign_begins_like_a_number", "127.0.0.1.evil.example", "127.0.0.1", false},
    {"foreign_ends_like_ours", "evil.localhost", "127.0.0.1", false},
    {"user", "localhost@evil.example", "127.0.0.1", false},
    {"other_number", "192.168.1.5", "127.0.0.1", false},
    {"other_number_when_all", "192.168.1.5:4000", "0.0.0.0", true},
    {"six_when_all", "[fe80::2]:4000", "::", true},
    {"name_when_all", "evil.example", "0.0.0.0", false},
    {"port_is_no_number", "localhost:x", "127.0.0.1", false},
    {"behind_bracket", "[::1]x", "127.0.0.1", false},
    {"open_bracket", "[::1", "127.0.0.1", false},
    {"empty", "", "127.0.0.1", false},
    {"only_port", ":4000", "127.0.0.1", false},
};

START_TEST(only_names_of_this_machine_are_good) {
    bool is_good = http_host_is_good(str_from(HOSTS[_i].host), str_from(HOSTS[_i].listens_on));
    ck_assert_msg(is_good == HOSTS[_i].is_good, "%s", HOSTS[_i].name);
}
END_TEST

#define HOST "Host: localhost\r\n"

static const struct {
    const char *name, *bytes;
    int status;
} HEADS[] = {
    {"get", "GET / HTTP/1.1\r\n" HOST "\r\n", 200},
    {"head", "HEAD /a HTTP/1.1\r\n" HOST "\r\n", 200},
    {"line_feeds_only", "GET / HTTP/1.1\nHost: localhost\n\n", 200},
    {"old", "GET / HTTP/1.0\r\n\r\n", 200},
    {"no_length", "GET / HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", 200},
    {"not_whole", "GET / HTTP/1.1\r\n" HOST, 0},
    {"nothing", "", 0},
    {"no_host", "GET / HTTP/1.1\r\n\r\n", 400},
    {"two_hosts", "GET / HTTP/1.1\r\n" HOST "Host: evil.example\r\n\r\n", 400},
    {"no_version", "GET /\r\n\r\n", 400},
    {"new_version", "GET / HTTP/2.0\r\n" HOST "\r\n", 505},
    {"other_protocol", "GET / FTP/1.0\r\n" HOST "\r\n", 400},
    {"post", "POST / HTTP/1.1\r\n" HOST "\r\n", 405},
    {"body", "GET / HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc", 413},
    {"chunked", "GET / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", 413},
    {"no_colon", "GET / HTTP/1.1\r\n" HOST "broken\r\n\r\n", 400},
    {"space_in_name", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400},
    {"folded", "GET / HTTP/1.1\r\n" HOST "X: a\r\n b\r\n\r\n", 400},
    {"control", "GET / HTTP/1.1\r\n" HOST "X: a\x01\r\n\r\n", 400},
    {"tls", "\x16\x03\x01", 400},
    {"empty_line_first", "\r\n", 400},
    {"two_spaces", "GET  / HTTP/1.1\r\n" HOST "\r\n", 400},
};

START_TEST(heads_are_read_or_refused) {
    Arena arena = {0};
    HttpRequest request;
    size_t length = 0;
    int status = http_parse(&arena, str_from(HEADS[_i].bytes), &request, &length);
    ck_assert_msg(status == HEADS[_i].status, "%s: %d", HEADS[_i].name, status);
    arena_release(&arena);
}
END_TEST

START_TEST(a_request_has_its_parts) {
    Arena arena = {0};
    HttpRequest request;
    size_t length;
    Str bytes = STR("GET /a%20b?path=%2Fx&version=1 HTTP/1.1\r\nHost: localhost:4000\r\n"
                    "If-None-Match: \"abc\"\r\nConnection: Close\r\n\r\nGET /next");
    ck_assert_int_eq(http_parse(&arena, bytes, &request, &length), 200);
    ck_assert(str_equal(request.path, STR("a b")));
    ck_assert(str_equal(http_query(&arena, request.query, STR("path")), STR("/x")));
    ck_assert(str_equal(http_query(&arena, request.query, STR("version")), STR("1")));
    ck_assert_uint_eq(http_query(&arena, request.query, STR("none")).len, 0);
    ck_assert(str_equal(request.host, STR("localhost:4000")));
    ck_assert(str_equal(request.if_none_match, STR("\"abc\"")));
    ck_assert(!request.keeps_alive && !request.is_head);
    ck_assert(str_equal(str_from_offset(bytes, length), STR("GET /next")));
    arena_release(&arena);
}
END_TEST

/* Every cut of a good request wants more; a head that never ends does not get it. */
START_TEST(long_heads_end) {
    Arena arena = {0};
    HttpRequest request;
    size_t length;
    Str whole = STR("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    for (size_t i = 0; i < whole.len; i++) {
        ck_assert_int_eq(http_parse(&arena, str_slice(whole, 0, i), &request, &length), 0);
    }
    char *bytes = malloc(HTTP_MAX_HEAD + 1);
    ck_assert_ptr_nonnull(bytes);
    memset(bytes, 'A', HTTP_MAX_HEAD + 1);
    Str endless = {bytes, HTTP_MAX_HEAD + 1};
    ck_assert_int_eq(http_parse(&arena, endless, &request, &length), 431);
    free(bytes);
    arena_release(&arena);
}
END_TEST

START_TEST(types_go_by_the_ending) {
    ck_assert_str_eq(http_type(STR("a/b.HTML")), "text/html; charset=utf-8");
    ck_assert_str_eq(http_type(STR("a.js")), "text/javascript; charset=utf-8");
    ck_assert_str_eq(http_type(STR("a.svg")), "image/svg+xml");
    ck_assert_str_eq(http_type(STR("LICENSE")), "application/octet-stream");
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("http");
    add_rows(tcase, paths_are_decoded_once_and_stay_inside, ROW_COUNT(ADDRESSES));
    add_rows(tcase, only_names_of_this_machine_are_good, ROW_COUNT(HOSTS));
    add_rows(tcase, heads_are_read_or_refused, ROW_COUNT(HEADS));
    tcase_add_test(tcase, a_request_has_its_parts);
    tcase_add_test(tcase, long_heads_end);
    tcase_add_test(tcase, types_go_by_the_ending);
    return run_suite("http", tcase);
}
