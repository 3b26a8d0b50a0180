#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

#define QUOTE_WIDTH 60	/* columns between the quotes */
#define QUOTE_BYTES 512 /* of the text looked at: characters without width could go on for ever */

/* Text is folded by pieces: sorting combining marks takes the square of their number, and pieces bound it. */
#define FOLD_PIECE 256
#define FOLD_POINTS ((size_t)2048) /* no three bytes become more than 18 code points (U+FDFA) */

#define NEAREST_LENGTH 64 /* characters of a word that is compared */
#define NEAREST_DISTANCE 2
#define NEAREST_SHORT 5 /* of two edits a shorter word would become quite another */

__extension__ typedef unsigned __int128 uint128;

static bool
is_continuation(unsigned char c)
{
	return (c & 0xC0) == 0x80;
}

/* how many bytes at s are ASCII; eight at a time */
static size_t
ascii_run(const unsigned char *s, size_t n)
{
	size_t i = 0;
	uint64_t eight;

	for (; n - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, s + i, sizeof(eight));
		if ((eight & 0x8080808080808080U) != 0)
			break;
	}
	while (i < n && s[i] < 0x80)
		i++;
	return i;
}

/* how many bytes at s are characters of two bytes, as Cyrillic and Latin letters with marks are */
static size_t
two_byte_run(const unsigned char *s, size_t n)
{
	size_t i = 0;

	while (n - i >= 2 && s[i] >= 0xC2 && s[i] < 0xE0 && is_continuation(s[i + 1]))
		i += 2;
	return i;
}

/* 3 or 4 if there is a character of so many bytes, else 0; what may follow which lead: Unicode, table 3-7 */
static size_t
long_character(const unsigned char *s, size_t n)
{
	unsigned char lead = s[0], low = 0x80, high = 0xBF;

	if (lead < 0xE0 || lead > 0xF4 || n < 3)
		return 0;
	if (lead == 0xE0)
		low = 0xA0;
	else if (lead == 0xED)
		high = 0x9F;
	else if (lead == 0xF0)
		low = 0x90;
	else if (lead == 0xF4)
		high = 0x8F;
	if (s[1] < low || s[1] > high || !is_continuation(s[2]))
		return 0;
	if (lead < 0xF0)
		return 3;
	return n > 3 && is_continuation(s[3]) ? 4 : 0;
}

size_t
utf8_check(const char *text, size_t n)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t i = 0, length;

	while (i < n) {
		i += ascii_run(s + i, n - i);
		i += two_byte_run(s + i, n - i);
		if (i == n || s[i] < 0x80)
			continue;
		length = long_character(s + i, n - i);
		if (length == 0)
			return i;
		i += length;
	}
	return n;
}

size_t
utf8_count(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += !is_continuation((unsigned char)s[i]);
	return count;
}

/* the character at s and its bytes; a byte that begins none is -1 and one byte */
static size_t
text_next(const char *s, size_t n, int32_t *c)
{
	utf8proc_ssize_t length;

	if ((unsigned char)*s < 0x80) {
		*c = *s;
		return 1;
	}
	length = utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, c);
	if (length > 0)
		return (size_t)length;
	*c = -1;
	return 1;
}

static size_t
character_width(int32_t c)
{
	if (c < 0)
		return 1;
	if (c < 0x80)
		return c >= 0x20 && c != 0x7F;
	return (size_t)utf8proc_charwidth(c);
}

size_t
text_width(const char *s, size_t n)
{
	size_t width = 0;
	int32_t c;

	for (size_t i = 0; i < n;) {
		i += text_next(s + i, n - i, &c);
		width += character_width(c);
	}
	return width;
}

size_t
text_fit(const char *s, size_t n, size_t width)
{
	size_t i = 0;
	int32_t c;

	while (i < n) {
		size_t length = text_next(s + i, n - i, &c);
		size_t columns = character_width(c);

		if (columns > width)
			break;
		width -= columns;
		i += length;
	}
	return i;
}

/* what moves the cursor, ends the line or turns the direction on a terminal; -1 for bytes that are no text */
static bool
is_unsafe(int32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || c == 0x200E || c == 0x200F ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void
text_safe(struct buf *out, const char *s, size_t n)
{
	size_t done = 0, i = 0;
	int32_t c;

	while (i < n) {
		size_t length = text_next(s + i, n - i, &c);

		if (is_unsafe(c)) {
			buf_add(out, s + done, i - done);
			if (length == 1)
				buf_printf(out, "\\x%02X", (unsigned)(unsigned char)s[i]);
			else
				buf_printf(out, "\\u%04X", (unsigned)c);
			done = i + length;
		}
		i += length;
	}
	buf_add(out, done < n ? s + done : "", n - done);
}

/* n, or less where it would cut a character */
static size_t
character_start(const char *s, size_t n)
{
	size_t start = n;

	while (start > 0 && n - start < 4 && is_continuation((unsigned char)s[start]))
		start--;
	return is_continuation((unsigned char)s[start]) ? n : start;
}

void
text_quote(struct buf *out, const char *s, size_t n)
{
	size_t part = n > QUOTE_BYTES ? character_start(s, QUOTE_BYTES) : n;
	struct buf safe = {0};
	bool cut;

	text_safe(&safe, s, part);
	cut = part < n || text_width(safe.data, safe.len) > QUOTE_WIDTH;
	buf_addc(out, '"');
	buf_add(out, safe.data, cut ? text_fit(safe.data, safe.len, QUOTE_WIDTH - 1) : safe.len);
	if (cut)
		buf_adds(out, "…");
	buf_addc(out, '"');
	buf_free(&safe);
}

const char *
text_quoted(struct arena *a, const char *s)
{
	struct buf b = {0};
	const char *quoted;

	text_quote(&b, s, strlen(s));
	quoted = arena_copy(a, b.data, b.len);
	buf_free(&b);
	return quoted;
}

const char *
text_count(struct arena *a, size_t n, const char *noun)
{
	return arena_printf(a, "%zu %s%s", n, noun, n == 1 ? "" : "s");
}

/* a folded text as it grows */
struct folding {
	struct buf out;
	bool blank; /* one is due before the next character */
};

static void
fold_add(struct folding *f, int32_t c)
{
	utf8proc_uint8_t bytes[4];

	if (c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || c == 0x2028 || c == 0x2029) {
		f->blank = f->out.len > 0;
		return;
	}
	if (f->blank)
		buf_addc(&f->out, ' ');
	f->blank = false;
	if (c == 0x0451) /* ё */
		c = 0x0435;
	buf_add(&f->out, (const char *)bytes, (size_t)utf8proc_encode_char(c, bytes));
}

static void
fold_piece(struct folding *f, const char *s, size_t n)
{
	const utf8proc_option_t how =
	    UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
	utf8proc_int32_t points[FOLD_POINTS];
	utf8proc_ssize_t count;

	count =
	    utf8proc_decompose((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, points, FOLD_POINTS, how);
	if (count < 0 || (size_t)count > FOLD_POINTS)
		return;
	count = utf8proc_normalize_utf32(points, count, how);
	for (utf8proc_ssize_t i = 0; i < count; i++)
		fold_add(f, points[i]);
}

/* length of the next piece: nothing before an ASCII character is changed by it, so that is where to cut */
static size_t
fold_piece_length(const char *s, size_t n)
{
	size_t length = FOLD_PIECE;

	if (n <= FOLD_PIECE)
		return n;
	while (length > 0 && (unsigned char)s[length] >= 0x80)
		length--;
	return length > 0 ? length : character_start(s, FOLD_PIECE);
}

static void
fold_all(struct folding *f, const char *s, size_t n)
{
	for (size_t i = 0, length; i < n; i += length) {
		length = fold_piece_length(s + i, n - i);
		fold_piece(f, s + i, length);
	}
}

/* what folding comes to in ASCII; a piece at a time is not needed */
static void
fold_ascii(struct folding *f, const char *s, size_t n)
{
	char *to = buf_room(&f->out, n + 1);

	for (size_t i = 0; i < n; i++) {
		char c = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') : s[i];

		if (c <= ' ' || c == 0x7F) {
			f->blank = f->out.len > 0;
			continue;
		}
		if (f->blank)
			to[f->out.len++] = ' ';
		f->blank = false;
		to[f->out.len++] = c;
	}
	to[f->out.len] = '\0';
}

/* text that is not UTF-8 is folded as it would be shown, so that different bytes stay different */
char *
text_fold(struct arena *a, const char *s, size_t n)
{
	struct folding f = {0};
	char *folded;

	if (ascii_run((const unsigned char *)s, n) == n) {
		fold_ascii(&f, s, n);
	} else if (utf8_check(s, n) == n) {
		fold_all(&f, s, n);
	} else {
		struct buf safe = {0};

		text_safe(&safe, s, n);
		fold_all(&f, safe.data, safe.len);
		buf_free(&safe);
	}
	folded = arena_copy(a, f.out.data, f.out.len);
	buf_free(&f.out);
	return folded;
}

/* characters of a word, or more than NEAREST_LENGTH if it is too long */
static size_t
nearest_characters(const char *s, int32_t *points)
{
	size_t n = strlen(s), count = 0;

	for (size_t i = 0; i < n; count++) {
		if (count == NEAREST_LENGTH)
			return NEAREST_LENGTH + 1;
		i += text_next(s + i, n - i, &points[count]);
	}
	return count;
}

static size_t
least_of(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

/* Insertions, deletions, replacements and swaps of neighbours that make one word of the other, row by row of the usual
 * table. */
static size_t
edit_distance(const int32_t *a, size_t n, const int32_t *b, size_t m)
{
	size_t rows[3][NEAREST_LENGTH + 1];

	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			row[j] =
			    least_of(above[j - 1] + (a[i - 1] != b[j - 1]), above[j] + 1, row[j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
	}
	return rows[n % 3][m];
}

const char *
text_nearest(const char *s, const char *const *words, size_t n)
{
	int32_t a[NEAREST_LENGTH], b[NEAREST_LENGTH];
	size_t length = nearest_characters(s, a);
	size_t best = (length < NEAREST_SHORT ? 1 : NEAREST_DISTANCE) + 1;
	const char *nearest = NULL;

	if (length > NEAREST_LENGTH)
		return NULL;
	if (best > length)
		best = length;
	for (size_t i = 0; i < n; i++) {
		size_t other = nearest_characters(words[i], b), distance;

		if (other > length + NEAREST_DISTANCE || other + NEAREST_DISTANCE < length ||
		    other > NEAREST_LENGTH)
			continue;
		distance = edit_distance(a, length, b, other);
		if (distance >= best)
			continue;
		best = distance;
		nearest = words[i];
	}
	return nearest;
}

/* little-endian whatever the machine; compilers make one load of it */
static uint64_t
load_four(const unsigned char *s)
{
	return s[0] | (uint64_t)s[1] << 8 | (uint64_t)s[2] << 16 | (uint64_t)s[3] << 24;
}

static uint64_t
load_eight(const unsigned char *s)
{
	return s[0] | (uint64_t)s[1] << 8 | (uint64_t)s[2] << 16 | (uint64_t)s[3] << 24 |
	       (uint64_t)s[4] << 32 | (uint64_t)s[5] << 40 | (uint64_t)s[6] << 48 | (uint64_t)s[7] << 56;
}

/* both halves of the product; the factors go in once more, or a zero factor would swallow the other */
static uint64_t
mix(uint64_t a, uint64_t b)
{
	uint128 product = (uint128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64) ^ a ^ b;
}

unsigned long long
text_hash(const char *text, size_t n)
{
	/* fractions of the square roots of 2, 3, 5 */
	const uint64_t k1 = 0x6A09E667F3BCC909U, k2 = 0xBB67AE8584CAA73BU, k3 = 0x3C6EF372FE94F82BU;
	const unsigned char *s = (const unsigned char *)text;
	uint64_t h = k3, a = 0, b = 0;
	size_t left = n;

	for (; left > 16; left -= 16, s += 16)
		h = mix(load_eight(s) ^ k1, load_eight(s + 8) ^ h);
	if (left >= 8) {
		a = load_eight(s);
		b = load_eight(s + left - 8);
	} else if (left >= 4) {
		a = load_four(s);
		b = load_four(s + left - 4);
	} else if (left > 0) {
		a = s[0] | (uint64_t)s[left / 2] << 8 | (uint64_t)s[left - 1] << 16;
	}
	h = mix(a ^ k1, b ^ h);
	return mix(h ^ k2, n ^ k3);
}
