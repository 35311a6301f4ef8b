/* SPDX-License-Identifier: MIT
 * floor.c - the least that any builder on cmark-gfm must do: read each file, parse it, render it,
 * write it. Benchmarks are ratios against this. Usage: floor SOURCE OUTPUT */
#include "base/fs.h"
#include "base/path.h"

#include <cmark-gfm-core-extensions.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const EXTENSIONS[] = {"table", "strikethrough", "tasklist"};

static char *render(Str text) {
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < sizeof EXTENSIONS / sizeof *EXTENSIONS; i++) {
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(EXTENSIONS[i]));
    }
    cmark_parser_feed(parser, text.data, text.len);
    cmark_node *tree = cmark_parser_finish(parser);
    char *html =
        cmark_render_html(tree, CMARK_OPT_UNSAFE, cmark_parser_get_syntax_extensions(parser));
    cmark_parser_free(parser);
    cmark_node_free(tree);
    return html;
}

int main(int argc, char **argv) {
    Arena arena = {0}, scratch = {0};
    FsEntries entries = {0};
    size_t pages = 0;
    if (argc != 3 || !fs_make_dirs(argv[2]) || !fs_walk(&arena, argv[1], NULL, NULL, &entries)) {
        fprintf(stderr, "usage: floor SOURCE OUTPUT\n");
        return 2;
    }
    cmark_gfm_core_extensions_ensure_registered();
    for (size_t i = 0; i < entries.count; i++) {
        Str text, path = entries.items[i].path;
        if (entries.items[i].kind != FS_FILE || !str_ends_with(path, STR(".md")) ||
            !fs_read(&scratch,
                     str_terminated(&scratch, path_join(&scratch, str_from(argv[1]), path)),
                     (size_t)1 << 30, &text)) {
            continue;
        }
        char *html = render(text);
        Str out = str_format(&scratch, "%s/%zu.html", argv[2], pages++);
        fs_write(out.data, str_from(html));
        free(html);
        arena_reset(&scratch);
    }
    printf("%zu pages\n", pages);
    vec_release(&entries);
    arena_release(&scratch);
    arena_release(&arena);
    return 0;
}
