#include "domain/nearname.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

/* letters of the shorter name from which 1, 2, 3 differences are allowed */
static const size_t allowed[] = {7, 14, 20};

#define DIFFERENCES_MOST (sizeof allowed / sizeof *allowed)

/* Names of up to WHOLE letters allow one difference, and are found by what stays of them when any one letter is left
 * out. Longer ones allow three at the most, of which the first PART letters or the last ones have one at the most: so they
 * are found by these. */
#define WHOLE 14
#define PART 7

static size_t
differences_allowed(size_t n)
{
	size_t d = 0;

	while (d < DIFFERENCES_MOST && n >= allowed[d])
		d++;
	return d;
}

/* are all its letters Latin or Cyrillic? Others have no Latin form. */
static bool
has_latin_form(const char *word)
{
	size_t n = strlen(word), i;
	utf8proc_ssize_t length;
	int32_t c;

	for (i = 0; i < n; i += (size_t)length) {
		length = utf8proc_iterate((const utf8proc_uint8_t *)word + i, (utf8proc_ssize_t)(n - i), &c);
		if (length <= 0 || (c >= 0x0370 && c < 0x0400) || (c >= 0x0530 && c < 0x1E00) || c > 0x1EFF)
			return false;
	}
	return true;
}

static const char *
latin_word(struct arena *arena, const char *word)
{
	char *latin, *from, *to;

	if (!has_latin_form(word))
		return word;
	latin = text_translit(arena, word, strlen(word));
	for (from = to = latin; *from; from++)
		if (*from != '-')
			*to++ = *from;
	*to = '\0';
	return *latin ? latin : word;
}

static void
put_letters(struct near_name *name, const char *text, struct arena *arena)
{
	size_t n = strlen(text), i;
	utf8proc_ssize_t length;
	int32_t *letter;

	name->n = utf8_count(text, n);
	if (name->n > NEAR_LENGTH) {
		name->n = 0;
		return;
	}
	name->letter = letter = arena_alloc(arena, name->n * sizeof *letter);
	for (i = 0; i < n; i += (size_t)length) {
		length =
		    utf8proc_iterate((const utf8proc_uint8_t *)text + i, (utf8proc_ssize_t)(n - i), letter);
		if (length <= 0) {
			name->n = 0;
			return;
		}
		letter++;
	}
}

static const char *
numbers_of(struct arena *arena, const char *text)
{
	struct buf numbers = {0};
	const char *copy;
	size_t digits;

	for (;;) {
		text += strcspn(text, "0123456789");
		if (!*text)
			break;
		while (*text == '0' && text[1] >= '0' && text[1] <= '9')
			text++;
		digits = strspn(text, "0123456789");
		buf_add(&numbers, text, digits);
		buf_addc(&numbers, ' ');
		text += digits;
	}
	copy = arena_copy(arena, numbers.len ? numbers.data : "", numbers.len);
	buf_free(&numbers);
	return copy;
}

static int
compare_words(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *
joined(struct arena *arena, const char *const *word, size_t n)
{
	struct buf text = {0};
	const char *copy;
	size_t i;

	for (i = 0; i < n; i++)
		buf_adds(&text, word[i]);
	copy = arena_copy(arena, n ? text.data : "", text.len);
	buf_free(&text);
	return copy;
}

void
near_name_make(struct near_name *name, const char *key, struct arena *arena)
{
	struct arena scratch = {0};
	const char *word[NEAR_LENGTH];
	size_t n = 0;
	char *at;

	*name = (struct near_name){NULL, 0, "", ""};
	if (utf8_count(key, strlen(key)) > 2 * (size_t)NEAR_LENGTH)
		return;
	at = arena_strdup(&scratch, key);
	while (at && n < NEAR_LENGTH) {
		char *end = strchr(at, ' ');

		if (end)
			*end++ = '\0';
		if (*at)
			word[n++] = latin_word(&scratch, at);
		at = end;
	}
	put_letters(name, joined(&scratch, word, n), arena);
	name->numbers = numbers_of(arena, key);
	if (n)
		qsort(word, n, sizeof *word, compare_words);
	name->sorted = joined(arena, word, n);
	arena_free(&scratch);
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* differences between the two, or more than `most`: lengths differ by no more than that */
static size_t
differences(const struct near_name *a, const struct near_name *b, size_t most)
{
	size_t rows[3][NEAR_LENGTH + 2], *row = rows[0], *before = rows[1], *two_before = rows[2], *next;
	size_t i, j, from, to;

	for (j = 0; j <= b->n; j++)
		row[j] = j;
	for (i = 1; i <= a->n; i++) {
		next = two_before;
		two_before = before;
		before = row;
		row = next;
		from = i > most ? i - most : 1;
		to = least(b->n, i + most);
		row[from - 1] = from == 1 ? i : most + 1;
		for (j = from; j <= to; j++) {
			row[j] =
			    least(before[j - 1] + (a->letter[i - 1] != b->letter[j - 1]), row[j - 1] + 1);
			if (j < i + most)
				row[j] = least(row[j], before[j] + 1);
			if (i > 1 && j > 1 && a->letter[i - 1] == b->letter[j - 2] &&
			    a->letter[i - 2] == b->letter[j - 1] && a->letter[i - 1] != b->letter[j - 1])
				row[j] = least(row[j], two_before[j - 2] + 1);
		}
	}
	return row[b->n];
}

int
near_name_similarity(const struct near_name *a, const struct near_name *b)
{
	size_t shorter = least(a->n, b->n), longer = a->n > b->n ? a->n : b->n, most, d;

	if (!shorter || strcmp(a->numbers, b->numbers) != 0)
		return 0;
	if (strcmp(a->sorted, b->sorted) == 0)
		return 100;
	most = differences_allowed(shorter);
	if (longer - shorter > most)
		return 0;
	d = differences(a, b, most);
	return d > most ? 0 : (int)((longer - d) * 100 / longer);
}

/* what a block is made of: its kind, the numbers, some letters */
struct block_text {
	struct buf text;
	size_t head; /* bytes before the letters */
};

static unsigned long long
block_hash(struct block_text *b, char kind, const int32_t *letter, size_t n, size_t without)
{
	b->text.data[0] = kind;
	b->text.len = b->head;
	for (size_t i = 0; i < n; i++)
		if (i != without)
			buf_add(&b->text, (const char *)&letter[i], sizeof *letter);
	return text_hash(b->text.data, b->text.len);
}

size_t
near_name_blocks(const struct near_name *name, unsigned long long block[NEAR_BLOCKS])
{
	struct block_text b = {{0}, 0};
	size_t n = 0, i;

	if (!name->n)
		return 0;
	buf_addc(&b.text, 's');
	buf_add(&b.text, name->numbers, strlen(name->numbers) + 1);
	b.head = b.text.len;
	buf_adds(&b.text, name->sorted);
	block[n++] = text_hash(b.text.data, b.text.len);
	if (name->n <= WHOLE)
		block[n++] = block_hash(&b, 'w', name->letter, name->n, name->n);
	for (i = 0; i < name->n && name->n <= WHOLE && differences_allowed(name->n); i++)
		block[n++] = block_hash(&b, 'w', name->letter, name->n, i);
	for (i = 0; i < PART && name->n >= WHOLE; i++) {
		block[n++] = block_hash(&b, 'f', name->letter, PART, i);
		block[n++] = block_hash(&b, 'l', name->letter + name->n - PART, PART, i);
	}
	buf_free(&b.text);
	return n;
}
