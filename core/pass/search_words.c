/* SPDX-License-Identifier: MIT
 * search_words.c - the words of all workers in one order, with the documents they stand in. */
#include "pass/search_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_BYTES   16000 /* of words, before compression */
#define MAX_SECTIONS 4096  /* a word in more of them is listed once a page */
#define MANY_WORDS   30000 /* from here on, rare words are not offered for misspelt ones */
#define MIN_TYPO     4     /* letters of a word that may be meant by a misspelt one */

typedef struct Word {
    Str text;
    int worker;
    uint32_t number; /* in that worker's dictionary */
} Word;

/* All postings, sorted by word, then by document. */
typedef struct WordList {
    VEC(Word) words;    /* one entry for each worker that has met it */
    VEC(Str) texts;     /* each once, sorted */
    uint32_t **numbers; /* for each worker: number in its dictionary -> index in texts */
    uint32_t *starts;   /* where the documents of a word begin; one more than texts */
    uint32_t *documents;
} WordList;

static void *allocate(size_t count, size_t size) {
    void *memory = calloc(count > 0 ? count : 1, size);
    if (memory == NULL) {
        fputs("quoin: out of memory\n", stderr);
        abort();
    }
    return memory;
}

/* By UTF-16 units, as browsers compare: characters beyond U+FFFF come before U+E000. */
static int compare_texts(Str a, Str b) {
    size_t len = a.len < b.len ? a.len : b.len, at = 0;
    while (at < len && a.data[at] == b.data[at]) {
        at++;
    }
    if (at == len) {
        return a.len < b.len ? -1 : a.len > b.len;
    }
    unsigned char left = (unsigned char)a.data[at], right = (unsigned char)b.data[at];
    bool is_swapped = (left >= 0xF0 && (right == 0xEE || right == 0xEF)) ||
                      (right >= 0xF0 && (left == 0xEE || left == 0xEF));
    return (left < right) != is_swapped ? -1 : 1;
}

static int compare_words(const void *a, const void *b) {
    return compare_texts(((const Word *)a)->text, ((const Word *)b)->text);
}

static void gather_words(const Search *search, WordList *list) {
    list->numbers = allocate((size_t)search->workers, sizeof *list->numbers);
    for (int i = 0; i < search->workers; i++) {
        const Dictionary *dictionary = &search->dictionaries[i];
        list->numbers[i] = allocate(dictionary->words.count, sizeof **list->numbers);
        for (uint32_t j = 0; j < dictionary->words.count; j++) {
            const WordEntry *entry = &dictionary->words.items[j];
            vec_push(&list->words, ((Word){{entry->text, entry->len}, i, j}));
        }
    }
    if (list->words.count > 1) {
        qsort(list->words.items, list->words.count, sizeof(Word), compare_words);
    }
    for (size_t i = 0; i < list->words.count; i++) {
        const Word *word = &list->words.items[i];
        if (i == 0 || !str_equal(word->text, word[-1].text)) {
            vec_push(&list->texts, word->text);
        }
        list->numbers[word->worker][word->number] = (uint32_t)list->texts.count - 1;
    }
}

/* A counting sort: the parts in their order bring the documents in theirs. */
static void sort_postings(const Search *search, WordList *list) {
    uint32_t *starts = allocate(list->texts.count + 2, sizeof *starts);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < search->parts.count; i++) {
            const SearchPart *part = &search->parts.items[i];
            const Posting *postings = search->dictionaries[part->worker].postings.items;
            const uint32_t *numbers = list->numbers[part->worker];
            for (size_t j = part->from; j < part->to; j++) {
                uint32_t word = numbers[postings[j].word];
                if (pass == 0) {
                    starts[word + 2]++;
                } else {
                    list->documents[starts[word + 1]++] = postings[j].document;
                }
            }
        }
        for (size_t i = 1; pass == 0 && i < list->texts.count + 2; i++) {
            starts[i] += starts[i - 1];
        }
        if (pass == 0) {
            list->documents = allocate(starts[list->texts.count + 1], sizeof *list->documents);
        }
    }
    list->starts = starts;
}

static void release_list(const Search *search, WordList *list) {
    for (int i = 0; i < search->workers; i++) {
        free(list->numbers[i]);
    }
    free(list->numbers);
    free(list->starts);
    free(list->documents);
    vec_release(&list->words);
    vec_release(&list->texts);
}

/* --- files ------------------------------------------------------------------------------------ */

/* One sequence of files; a new one begins when the last is full. */
typedef struct Sequence {
    const char *name;
    Buf script;
    Buf *starts; /* first word of each file */
    size_t count;
    Str last; /* the word before, in this file */
    FileSink file;
    void *context;
} Sequence;

static void sequence_end(Sequence *sequence) {
    if (sequence->count > 0) {
        buf_add_char(&sequence->script, '"');
        search_write_script(&sequence->script, sequence->name, sequence->count - 1, sequence->file,
                            sequence->context);
    }
}

/* Length as browsers count it: a character beyond U+FFFF is two. */
static uint32_t units_of(Str text) {
    uint32_t units = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        units += c >= 0xF0 ? 2 : (c & 0xC0) != 0x80;
    }
    return units;
}

/* The word without what it shares with the one before: a digit for how much, then the rest. */
static void sequence_add(Sequence *sequence, Str word) {
    uint32_t shared = 0;
    if (sequence->count == 0 || sequence->script.len > FILE_BYTES) {
        sequence_end(sequence);
        search_start_script(&sequence->script, sequence->name, sequence->count);
        buf_add_char(&sequence->script, '"');
        buf_add(sequence->starts, sequence->count > 0 ? STR(" ") : STR_EMPTY);
        buf_add(sequence->starts, word);
        sequence->count++;
        sequence->last = STR_EMPTY;
    } else {
        buf_add_char(&sequence->script, ' ');
    }
    while (shared < 63 && shared < word.len && shared < sequence->last.len &&
           word.data[shared] == sequence->last.data[shared]) {
        shared++;
    }
    while (shared > 0 && shared < word.len && ((unsigned char)word.data[shared] & 0xC0) == 0x80) {
        shared--; /* whole characters */
    }
    search_add_digit(&sequence->script, units_of(str_slice(word, 0, shared)));
    buf_add(&sequence->script, str_from_offset(word, shared));
    sequence->last = word;
}

/* --- documents of a word ------------------------------------------------------------------------
 */

/* The page that a document belongs to. */
static uint32_t page_of(const Search *search, uint32_t document) {
    return search->documents.items[document >> RANK_BITS].page;
}

/* Keeps the best document of each page, the first of equal ones. */
static size_t keep_one_a_page(const Search *search, uint32_t *documents, size_t count) {
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_same =
            kept > 0 && page_of(search, documents[kept - 1]) == page_of(search, documents[i]);
        if (!is_same) {
            documents[kept++] = documents[i];
        } else if ((documents[kept - 1] & RANK_MASK) < (documents[i] & RANK_MASK)) {
            documents[kept - 1] = documents[i];
        }
    }
    return kept;
}

static void add_documents(Buf *out, const uint32_t *documents, size_t count) {
    uint32_t next = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t document = documents[i] >> RANK_BITS;
        uint32_t rank = documents[i] & RANK_MASK;
        search_add_number(out, (document - next) << RANK_BITS | rank);
        next = document + 1;
    }
}

/* Letters only, and enough of them? */
static bool is_spelt(Str word) {
    size_t chars = 0;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.data[i];
        if (c < 'a') {
            return false;
        }
        chars += (c & 0xC0) != 0x80;
    }
    return chars >= MIN_TYPO;
}

/* Is it on several pages or in a heading? A word that is not may be the mistake. */
static bool is_known(const Search *search, const uint32_t *documents, size_t count) {
    bool is_found = page_of(search, documents[0]) != page_of(search, documents[count - 1]);
    for (size_t i = 0; i < count && !is_found; i++) {
        is_found = (documents[i] & RANK_MASK) >= RANK_HEADING;
    }
    return is_found;
}

static uint32_t magnitude(size_t count) {
    uint32_t result = 0;
    for (; count > 1; count /= 2) {
        result++;
    }
    return result;
}

void search_write_words(Search *search, FileSink file, void *context, Buf *word_starts,
                        Buf *typo_starts) {
    WordList list = {0};
    Sequence words = {.name = "words", .starts = word_starts, .file = file, .context = context};
    Sequence typos = {.name = "typos", .starts = typo_starts, .file = file, .context = context};
    gather_words(search, &list);
    sort_postings(search, &list);
    bool is_small = list.texts.count < MANY_WORDS;
    for (size_t i = 0; i < list.texts.count; i++) {
        uint32_t *documents = list.documents + list.starts[i];
        size_t count = list.starts[i + 1] - list.starts[i];
        if ((is_small || is_known(search, documents, count)) && is_spelt(list.texts.items[i])) {
            sequence_add(&typos, list.texts.items[i]);
            buf_add_char(&typos.script, ' ');
            search_add_digit(&typos.script, magnitude(count));
        }
        if (count > MAX_SECTIONS) {
            count = keep_one_a_page(search, documents, count);
        }
        sequence_add(&words, list.texts.items[i]);
        buf_add_char(&words.script, ' ');
        add_documents(&words.script, documents, count);
    }
    sequence_end(&words);
    sequence_end(&typos);
    buf_release(&words.script);
    buf_release(&typos.script);
    release_list(search, &list);
}
