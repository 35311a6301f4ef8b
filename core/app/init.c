/* SPDX-License-Identifier: MIT
 * init.c - quoin init: a small portal to start from. */
#include "app/command.h"

#include "base/fs.h"
#include "base/path.h"

#include <errno.h>
#include <string.h>

static const struct {
    const char *path, *text;
} FILES[] = {
    {"quoin.yaml", "# `quoin help config` lists all keys; every one is optional.\n"
                   "title: Our specs\n"
                   "description: What we build and why.\n"
                   "projects:\n"
                   "  first-project:\n"
                   "    title: First project\n"
                   "    owner: Our team\n"
                   "    status: Active\n"},
    {"index.md",
     "# Our specs\n\n"
     "Every folder beside this file is a project; every Markdown file in it is a page.\n\n"
     "Start with the [first project](first-project/index.md).\n"},
    {"first-project/index.md",
     "# First project\n\n"
     "What it is for, in two sentences.\n\n"
     "## Next steps\n\n"
     "- [x] Make the portal\n"
     "- [ ] Write the first spec: `quoin new design first-project/feature.md`\n"
     "- [ ] Publish it\n"},
    {".gitignore", "_site/\n"},
    {".github/workflows/pages.yml", "name: pages\n"
                                    "on:\n"
                                    "  push:\n"
                                    "    branches: [main]\n"
                                    "permissions:\n"
                                    "  contents: read\n"
                                    "  pages: write\n"
                                    "  id-token: write\n"
                                    "jobs:\n"
                                    "  portal:\n"
                                    "    runs-on: ubuntu-24.04\n"
                                    "    environment: github-pages\n"
                                    "    steps:\n"
                                    "      - uses: actions/checkout@v4\n"
                                    "        with:\n"
                                    "          fetch-depth: 0 # the dates of pages\n"
                                    "      - uses: quoin-spec/quoin/.github/actions/build@main\n"
                                    "      - uses: actions/deploy-pages@v4\n"},
};

/* Workflows are found at the top of a repository only. */
static bool is_repository(Arena *arena, Str folder) {
    Str git = path_join(arena, folder, STR(".git"));
    return str_equal(folder, STR(".")) || fs_kind(str_terminated(arena, git)) != FS_NONE;
}

static bool add_file(Arena *arena, Str folder, size_t index) {
    Str path = path_normalise(arena, path_join(arena, folder, str_from(FILES[index].path)), NULL);
    char *disk = str_terminated(arena, path);
    Str parent = path_dir(path);
    if (str_starts_with(str_from(FILES[index].path), STR(".github/")) &&
        !is_repository(arena, folder)) {
        printf("%s only works at the top of a repository: left out\n", FILES[index].path);
        return true;
    }
    if (fs_kind(disk) != FS_NONE) {
        printf("%s is there already\n", disk);
        return true;
    }
    if ((parent.len > 0 && !fs_make_dirs(str_terminated(arena, parent))) ||
        !fs_write(disk, str_from(FILES[index].text))) {
        fprintf(stderr, "quoin init: %s: %s\n", disk, strerror(errno));
        return false;
    }
    printf("%s\n", disk);
    return true;
}

int command_init(const Options *options) {
    Arena arena = {0};
    const char *folder = options_folder(options);
    bool is_good = fs_kind(folder) == FS_DIR || fs_make_dirs(folder);
    if (!is_good) {
        fprintf(stderr, "quoin init: %s: %s\n", folder, strerror(errno));
    }
    for (size_t i = 0; is_good && i < sizeof FILES / sizeof *FILES; i++) {
        is_good = add_file(&arena, str_from(folder), i);
    }
    if (is_good) {
        printf("Build it: quoin build %s\n", folder);
    }
    arena_release(&arena);
    return is_good ? EXIT_CLEAN : EXIT_USAGE;
}
