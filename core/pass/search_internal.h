/* SPDX-License-Identifier: MIT
 * search_internal.h - what the search*.c files share; nobody else includes it. */
#ifndef QUOIN_PASS_SEARCH_INTERNAL_H
#define QUOIN_PASS_SEARCH_INTERNAL_H

#include "base/vec.h"
#include "pass/search.h"

/* How much a word says about a document: 3 bits of each posting. */
typedef enum Rank {
    RANK_TEXT,      /* once in a long text */
    RANK_OFTEN = 3, /* up to here by how often, measured by the length of the text */
    RANK_HEADING,
    RANK_SHORT_HEADING, /* of at most two words */
    RANK_TITLE,         /* of the page, its name in the address, aliases */
    RANK_DEFINITION     /* the id of a record that stands here */
} Rank;

#define RANK_BITS 3
#define RANK_MASK 7u

/* A word in a document; the word is a number of the dictionary. */
typedef struct Posting {
    uint32_t word;
    uint32_t document; /* << RANK_BITS | Rank */
} Posting;

typedef struct WordEntry {
    uint32_t hash, len;
    const char *text;
    uint32_t seen;    /* document + 1 it was last seen in */
    uint32_t touched; /* then: index of what is counted of it there */
} WordEntry;

/* What is counted of a word in the document at hand. */
typedef struct WordCount {
    uint32_t word;
    uint32_t count;
    Rank rank; /* the best field */
} WordCount;

/* The words that one worker has met, and where. */
typedef struct Dictionary {
    Arena arena; /* texts of the words */
    VEC(WordEntry) words;
    uint32_t *slots; /* word + 1, or 0 */
    size_t slot_count;
    VEC(Posting) postings; /* by document */

    uint32_t document; /* the one at hand */
    Rank rank;         /* of the field at hand */
    uint32_t length;   /* words of its text so far */
    Buf pair;          /* the word before in a heading, then this one */
    VEC(WordCount) counts;
} Dictionary;

void dictionary_start(Dictionary *dictionary, uint32_t document);
/* The words of a field of the document at hand; of a heading or title also each two neighbours as
 * one word: who looks for "frontmatter" finds "Front matter". */
void dictionary_add_text(Dictionary *dictionary, Str text, Rank rank);
/* One word as it is. */
void dictionary_add_word(Dictionary *dictionary, Str word, Rank rank);
void dictionary_end(Dictionary *dictionary);
void dictionary_release(Dictionary *dictionary);

typedef struct SearchDocument {
    uint32_t page;    /* index in the site */
    uint32_t section; /* the first with its heading; SECTION_NONE: what stands before the first */
} SearchDocument;

/* A run of documents whose texts make one file. */
typedef struct SearchPart {
    uint32_t first, end; /* documents */
    int worker;          /* who took it */
    size_t from, to;     /* its postings there */
} SearchPart;

struct Search {
    const Site *site;
    VEC(SearchDocument) documents;
    VEC(uint32_t) pages; /* those that are searched: indexes in the site */
    VEC(SearchPart) parts;
    Dictionary *dictionaries; /* one a worker */
    Buf *scripts;             /* one a worker */
    int workers;
};

/* True when the page's first section is its title and belongs to its first document. */
bool search_starts_with_title(const Page *page);

/* Digits of 6 bits; a number takes those of 5 bits each, the lowest first, 32 marks that more
 * follow. */
void search_add_digit(Buf *out, uint32_t value);
void search_add_number(Buf *out, uint32_t value);
void search_add_string(Buf *out, Str text); /* quoted */
/* "quoinSearch.add(name/number,"; close it with ");\n". */
void search_start_script(Buf *out, const char *name, size_t number);
void search_write_script(Buf *out, const char *name, size_t number, FileSink file, void *context);

/* search_words.c: words/ and typos/ ; appends the first word of each file, separated by spaces. */
void search_write_words(Search *search, FileSink file, void *context, Buf *word_starts,
                        Buf *typo_starts);

#endif
