/* SPDX-License-Identifier: MIT
 * read_tree.h - what the core itself takes from a page's tree: sections, links, anchors, title. */
#ifndef QUOIN_PASS_READ_TREE_H
#define QUOIN_PASS_READ_TREE_H

#include "model/face.h"
#include "text/markdown.h"

/* Fills the builder's sections, links, anchors, title, summary and has_title_heading; `text` is
 * the whole file, for exact places. */
void read_tree(FaceBuilder *builder, Node *root, Str text, Arena *scratch);

#endif
