/* SPDX-License-Identifier: MIT
 * source.h - the files that a site is made of, in the order of their paths' bytes. */
#ifndef QUOIN_MODEL_SOURCE_H
#define QUOIN_MODEL_SOURCE_H

#include "base/map.h"
#include "base/vec.h"

typedef struct Source {
    Str path;            /* site path: "billing/design.md" */
    Str file;            /* as diagnostics name it: relative to the folder the user gave */
    const char *disk;    /* absolute path */
    bool is_page;        /* .md or .markdown; everything else is an asset, copied when referenced */
    const char *sidecar; /* absolute path of its metadata file, or NULL */
    Str sidecar_file;
} Source;

typedef struct Sources {
    Source *items;
    size_t count;
    Map by_path; /* site path -> Source */
    Map folded;  /* lower-case path -> Source: for "did you mean" and wrong case */
    Map folders; /* every folder that has a file below it -> the folder's Str */
} Sources;

#endif
