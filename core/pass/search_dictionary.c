/* SPDX-License-Identifier: MIT
 * search_dictionary.c - counts the words of documents. Each word has a number; what is known of it
 * in the document at hand is one look-up away. */
#include "base/hash.h"
#include "pass/search_internal.h"
#include "text/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void grow_slots(Dictionary *dictionary) {
    size_t count = dictionary->slot_count > 0 ? dictionary->slot_count * 2 : 4096;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL) {
        fputs("quoin: out of memory\n", stderr);
        abort();
    }
    for (size_t i = 0; i < dictionary->words.count; i++) {
        size_t at = dictionary->words.items[i].hash & (count - 1);
        while (slots[at] != 0) {
            at = (at + 1) & (count - 1);
        }
        slots[at] = (uint32_t)i + 1;
    }
    free(dictionary->slots);
    dictionary->slots = slots;
    dictionary->slot_count = count;
}

static uint32_t add_entry(Dictionary *dictionary, Str word, uint32_t hash, size_t slot) {
    Str copy = str_copy(&dictionary->arena, word);
    WordEntry entry = {.hash = hash, .len = (uint32_t)copy.len, .text = copy.data};
    vec_push(&dictionary->words, entry);
    dictionary->slots[slot] = (uint32_t)dictionary->words.count;
    return (uint32_t)dictionary->words.count - 1;
}

/* The number of the word, a new one when it was never seen. */
static uint32_t number_of(Dictionary *dictionary, Str word) {
    uint32_t hash = (uint32_t)hash_str(word);
    if (dictionary->words.count * 2 >= dictionary->slot_count) {
        grow_slots(dictionary);
    }
    size_t mask = dictionary->slot_count - 1, at = hash & mask;
    for (; dictionary->slots[at] != 0; at = (at + 1) & mask) {
        uint32_t number = dictionary->slots[at] - 1;
        const WordEntry *entry = &dictionary->words.items[number];
        if (entry->hash == hash && entry->len == word.len &&
            memcmp(entry->text, word.data, word.len) == 0) {
            return number;
        }
    }
    return add_entry(dictionary, word, hash, at);
}

static void count_word(void *context, Str word) {
    Dictionary *dictionary = context;
    uint32_t number = number_of(dictionary, word);
    WordEntry *entry = &dictionary->words.items[number];
    if (entry->seen != dictionary->document + 1) {
        entry->seen = dictionary->document + 1;
        entry->touched = (uint32_t)dictionary->counts.count;
        WordCount fresh = {.word = number, .rank = dictionary->rank};
        vec_push(&dictionary->counts, fresh);
    }
    WordCount *count = &dictionary->counts.items[entry->touched];
    if (dictionary->rank == RANK_TEXT) {
        count->count++;
        dictionary->length++;
    } else if (count->rank < dictionary->rank) {
        count->rank = dictionary->rank;
    }
}

void dictionary_start(Dictionary *dictionary, uint32_t document) {
    dictionary->document = document;
    dictionary->length = 0;
    dictionary->counts.count = 0;
}

static void count_with_neighbour(void *context, Str word) {
    Dictionary *dictionary = context;
    Rank rank = dictionary->rank;
    count_word(dictionary, word);
    buf_add(&dictionary->pair, word);
    if (dictionary->pair.len > word.len) {
        dictionary->rank = RANK_OFTEN;
        count_word(dictionary, buf_str(&dictionary->pair));
        dictionary->rank = rank;
    }
    buf_reset(&dictionary->pair);
    buf_add(&dictionary->pair, word);
}

void dictionary_add_text(Dictionary *dictionary, Str text, Rank rank) {
    bool is_name = rank == RANK_HEADING || rank == RANK_SHORT_HEADING || rank == RANK_TITLE;
    dictionary->rank = rank;
    buf_reset(&dictionary->pair);
    words_split(text, is_name ? count_with_neighbour : count_word, dictionary);
}

void dictionary_add_word(Dictionary *dictionary, Str word, Rank rank) {
    dictionary->rank = rank;
    count_word(dictionary, word);
}

/* Twice in a short section says more than twice in a long one. Whole numbers, so that every
 * machine agrees: `count` in a text of 120 words is what it is, in a longer one less. */
static Rank rank_of(const Dictionary *dictionary, const WordCount *count) {
    uint32_t weight = count->count * 300 / (120 + dictionary->length * 3 / 2);
    if (count->rank != RANK_TEXT) {
        return count->rank;
    }
    return weight >= 4 ? RANK_OFTEN : weight >= 2 ? RANK_OFTEN - 1 : weight >= 1 ? 1 : RANK_TEXT;
}

void dictionary_end(Dictionary *dictionary) {
    for (size_t i = 0; i < dictionary->counts.count; i++) {
        const WordCount *count = &dictionary->counts.items[i];
        uint32_t place = dictionary->document << RANK_BITS | rank_of(dictionary, count);
        vec_push(&dictionary->postings, ((Posting){count->word, place}));
    }
}

void dictionary_release(Dictionary *dictionary) {
    arena_release(&dictionary->arena);
    vec_release(&dictionary->words);
    vec_release(&dictionary->postings);
    vec_release(&dictionary->counts);
    buf_release(&dictionary->pair);
    free(dictionary->slots);
}
