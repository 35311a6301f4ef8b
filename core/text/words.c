/* SPDX-License-Identifier: MIT
 * words.c - splits text into folded words. Nearly all bytes are ASCII and cost a table look-up. */
#include "text/words.h"

#include "base/utf8.h"
#include "text/words_fold.h"

#include <string.h>

#define CHAR_BYTES 4

enum { OTHER, LOWER, UPPER, JOINER, LINE, WIDE }; /* digits are LOWER, '_' is LINE */

typedef struct Splitter {
    Str text;
    size_t at;
    WordSink sink;
    void *context;
    char part[WORD_MAX_CHARS * CHAR_BYTES], whole[WORD_MAX_CHARS * CHAR_BYTES];
    size_t part_len, part_chars;
    size_t whole_len, whole_chars; /* more than WORD_MAX_CHARS: there is no whole */
    int parts;
    bool is_after_apostrophe;
} Splitter;

static inline int class_of(Str text, size_t at) {
    static const unsigned char CLASSES[128] = {
        ['0'] = LOWER, ['1'] = LOWER, ['2'] = LOWER,  ['3'] = LOWER,  ['4'] = LOWER,
        ['5'] = LOWER, ['6'] = LOWER, ['7'] = LOWER,  ['8'] = LOWER,  ['9'] = LOWER,
        ['a'] = LOWER, ['b'] = LOWER, ['c'] = LOWER,  ['d'] = LOWER,  ['e'] = LOWER,
        ['f'] = LOWER, ['g'] = LOWER, ['h'] = LOWER,  ['i'] = LOWER,  ['j'] = LOWER,
        ['k'] = LOWER, ['l'] = LOWER, ['m'] = LOWER,  ['n'] = LOWER,  ['o'] = LOWER,
        ['p'] = LOWER, ['q'] = LOWER, ['r'] = LOWER,  ['s'] = LOWER,  ['t'] = LOWER,
        ['u'] = LOWER, ['v'] = LOWER, ['w'] = LOWER,  ['x'] = LOWER,  ['y'] = LOWER,
        ['z'] = LOWER, ['A'] = UPPER, ['B'] = UPPER,  ['C'] = UPPER,  ['D'] = UPPER,
        ['E'] = UPPER, ['F'] = UPPER, ['G'] = UPPER,  ['H'] = UPPER,  ['I'] = UPPER,
        ['J'] = UPPER, ['K'] = UPPER, ['L'] = UPPER,  ['M'] = UPPER,  ['N'] = UPPER,
        ['O'] = UPPER, ['P'] = UPPER, ['Q'] = UPPER,  ['R'] = UPPER,  ['S'] = UPPER,
        ['T'] = UPPER, ['U'] = UPPER, ['V'] = UPPER,  ['W'] = UPPER,  ['X'] = UPPER,
        ['Y'] = UPPER, ['Z'] = UPPER, ['-'] = JOINER, ['.'] = JOINER, ['\''] = JOINER,
        ['_'] = LINE,
    };
    unsigned char c = at < text.len ? (unsigned char)text.data[at] : 0;
    return c < 128 ? CLASSES[c] : WIDE;
}

static bool is_small_letter(Str text, size_t at) {
    return at < text.len && text.data[at] >= 'a' && text.data[at] <= 'z';
}

/* Is it of a script that writes words without spaces between them? */
static bool is_unspaced(uint32_t c) {
    static const uint32_t RANGES[][2] = {
        {0x0E00, 0x0EFF}, {0x1000, 0x109F}, {0x1100, 0x11FF}, {0x1780, 0x17FF},   {0x3005, 0x3007},
        {0x3040, 0x30FF}, {0x3130, 0x318F}, {0x31F0, 0x31FF}, {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
        {0xAC00, 0xD7AF}, {0xF900, 0xFAFF}, {0xFF66, 0xFF9F}, {0x20000, 0x3FFFF},
    };
    for (size_t i = 0; i < sizeof RANGES / sizeof *RANGES && c >= RANGES[i][0]; i++) {
        if (c <= RANGES[i][1]) {
            return true;
        }
    }
    return false;
}

/* Accents that stand alone behind their letter, and the points of Hebrew and Arabic. */
static bool is_dropped(uint32_t c) {
    return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0591 && c <= 0x05C7) ||
           (c >= 0x064B && c <= 0x065F) || c == 0x0670;
}

static uint32_t fold(uint32_t c) {
    c = utf8_lower(c);
    if (c >= 0xFF10 && c <= 0xFF5A) {
        return c - 0xFEE0; /* the wide forms of ASCII */
    }
    size_t low = 0, high = sizeof word_folds / sizeof *word_folds;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (word_folds[middle].letter < c) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool is_found = low < sizeof word_folds / sizeof *word_folds && word_folds[low].letter == c;
    return is_found ? word_folds[low].plain : c;
}

/* --- words ---------------------------------------------------------------------------------- */

static inline void add_byte(Splitter *splitter, char c) {
    if (splitter->part_chars < WORD_MAX_CHARS) {
        splitter->part[splitter->part_len++] = c;
        splitter->part_chars++;
    }
}

static void add_char(Splitter *splitter, uint32_t c) {
    Str ligature = c == 0xDF || c == 0x1E9E   ? STR("ss")
                   : c == 0xE6 || c == 0xC6   ? STR("ae")
                   : c == 0x153 || c == 0x152 ? STR("oe")
                                              : STR_EMPTY;
    for (size_t i = 0; i < ligature.len; i++) {
        add_byte(splitter, ligature.data[i]);
    }
    if (ligature.len > 0 || is_dropped(c) || splitter->part_chars >= WORD_MAX_CHARS) {
        return;
    }
    char bytes[CHAR_BYTES];
    Buf buf = {bytes, 0, sizeof bytes}; /* never grows: no character is longer */
    utf8_add(&buf, fold(c));
    memcpy(splitter->part + splitter->part_len, bytes, buf.len);
    splitter->part_len += buf.len;
    splitter->part_chars++;
}

static bool ends_with(const char *word, size_t len, const char *end, size_t end_len) {
    return len > end_len && memcmp(word + len - end_len, end, end_len) == 0;
}

/* "policies" -> "policy", "classes" -> "class", "traits" -> "trait", but not "status", "this". */
static size_t cut_plural(char *word, size_t len, size_t chars) {
    if (chars < 4 || word[len - 1] != 's') {
        return len;
    }
    if (chars > 4 && ends_with(word, len, "ies", 3)) {
        word[len - 3] = 'y';
        return len - 2;
    }
    if (ends_with(word, len, "sses", 4) || ends_with(word, len, "xes", 3)) {
        return len - 2;
    }
    return word[len - 2] == 's' || word[len - 2] == 'u' || word[len - 2] == 'i' ? len : len - 1;
}

/* Changes `word`. */
static void emit(Splitter *splitter, char *word, size_t len, size_t chars) {
    splitter->sink(splitter->context, (Str){word, cut_plural(word, len, chars)});
}

static void end_part(Splitter *splitter) {
    bool is_counted =
        splitter->part_chars > 0 && (!splitter->is_after_apostrophe || splitter->part_chars > 2);
    if (is_counted) {
        size_t chars = splitter->whole_chars + splitter->part_chars;
        if (chars <= WORD_MAX_CHARS) {
            memcpy(splitter->whole + splitter->whole_len, splitter->part, splitter->part_len);
            splitter->whole_len += splitter->part_len;
        }
        splitter->whole_chars = chars;
        splitter->parts++;
        emit(splitter, splitter->part, splitter->part_len, splitter->part_chars);
    }
    splitter->part_len = splitter->part_chars = 0;
    splitter->is_after_apostrophe = false;
}

static void end_word(Splitter *splitter) {
    end_part(splitter);
    if (splitter->parts > 1 && splitter->whole_chars <= WORD_MAX_CHARS) {
        emit(splitter, splitter->whole, splitter->whole_len, splitter->whole_chars);
    }
    splitter->whole_len = splitter->whole_chars = 0;
    splitter->parts = 0;
}

/* Does a new part begin at the capital letter here? "readOnly", "HTTPServer"; not "URLs". */
static bool is_hump(const Splitter *splitter) {
    Str text = splitter->text;
    size_t at = splitter->at;
    if (splitter->part_len == 0 || class_of(text, at - 1) != UPPER) {
        return splitter->part_len > 0 && class_of(text, at - 1) == LOWER;
    }
    return is_small_letter(text, at + 1) &&
           (text.data[at + 1] != 's' || is_small_letter(text, at + 2));
}

static bool is_word_at(Str text, size_t at) {
    int class = class_of(text, at);
    if (class != WIDE) {
        return class == LOWER || class == UPPER || class == LINE;
    }
    uint32_t c = utf8_next(text, &at);
    return utf8_is_word(c) && !is_unspaced(c);
}

/* Ends the part at a joiner of `len` bytes when the word goes on behind it. */
static bool join(Splitter *splitter, size_t len, bool is_apostrophe) {
    if (!is_word_at(splitter->text, splitter->at + len)) {
        return false;
    }
    end_part(splitter);
    splitter->is_after_apostrophe = is_apostrophe;
    splitter->at += len;
    return true;
}

/* One character beyond ASCII; false when the word ends before it. */
static bool read_wide(Splitter *splitter) {
    size_t next = splitter->at;
    uint32_t c = utf8_next(splitter->text, &next);
    if (c == 0x2019) {
        return join(splitter, next - splitter->at, true);
    }
    if (!utf8_is_word(c) || is_unspaced(c)) {
        return false;
    }
    add_char(splitter, c);
    splitter->at = next;
    return true;
}

static void read_word(Splitter *splitter) {
    Str text = splitter->text;
    for (bool goes_on = true; goes_on;) {
        char c = splitter->at < text.len ? text.data[splitter->at] : ' ';
        switch (class_of(text, splitter->at)) {
        case UPPER:
            if (is_hump(splitter)) {
                end_part(splitter);
            }
            c = (char)(c | 0x20);
            /* fall through */
        case LOWER:
            add_byte(splitter, c);
            splitter->at++;
            break;
        case LINE:
            end_part(splitter);
            splitter->at++;
            break;
        case JOINER:
            goes_on = join(splitter, 1, c == '\'');
            break;
        case WIDE:
            goes_on = read_wide(splitter);
            break;
        default:
            goes_on = false;
        }
    }
    end_word(splitter);
}

/* The usual word, letters between spaces or before a comma or full stop, at one sweep; false when
 * it is another, and nothing has happened. */
static bool read_plain_word(Splitter *splitter) {
    Str text = splitter->text;
    size_t from = splitter->at, at = from + 1;
    while (class_of(text, at) == LOWER) {
        at++;
    }
    int end = class_of(text, at);
    bool is_plain = end == OTHER || (end == JOINER && class_of(text, at + 1) == OTHER);
    if (!is_plain || at - from > WORD_MAX_CHARS) {
        return false;
    }
    size_t len = at - from;
    memcpy(splitter->part, text.data + from, len);
    if (class_of(text, from) == UPPER) {
        splitter->part[0] = (char)(splitter->part[0] | 0x20);
    }
    emit(splitter, splitter->part, len, len);
    splitter->at = at;
    return true;
}

/* --- characters in pairs -------------------------------------------------------------------- */

static void read_pairs(Splitter *splitter) {
    Str text = splitter->text;
    size_t first = splitter->at, second = first, end = first, count = 0;
    while (end < text.len) {
        size_t next = end;
        if (!is_unspaced(utf8_next(text, &next))) {
            break;
        }
        if (count++ > 0) {
            splitter->sink(splitter->context, str_slice(text, first, next));
            first = second;
        }
        second = end = next;
    }
    if (count == 1) {
        splitter->sink(splitter->context, str_slice(text, first, end));
    }
    splitter->at = end;
}

void words_split(Str text, WordSink sink, void *context) {
    Splitter splitter = {.text = text, .sink = sink, .context = context};
    while (splitter.at < text.len) {
        size_t next = splitter.at;
        int class = class_of(text, splitter.at);
        if (class == OTHER || class == JOINER) {
            splitter.at++;
        } else if ((class == LOWER || class == UPPER) && read_plain_word(&splitter)) {
            continue;
        } else if (class != WIDE || is_word_at(text, splitter.at)) {
            read_word(&splitter);
        } else if (is_unspaced(utf8_next(text, &next))) {
            read_pairs(&splitter);
        } else {
            splitter.at = next;
        }
    }
}
