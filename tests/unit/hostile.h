/*
 * Delimited text that is hard to read, made at random: quotes wherever they
 * hurt, line ends of all kinds, NULs, bytes that are not of the encoding.
 */
#ifndef KAM_TESTS_HOSTILE_H
#define KAM_TESTS_HOSTILE_H

#include "base/mem.h"

struct hostile_encoding {
	const char *name; /* NULL: utf-8 */
	bool wide;	  /* ASCII takes two bytes, the low one first */
	struct str good[3], bad[3];
};

static const struct hostile_encoding hostile_encodings[] = {
    {NULL,
     false,
     {{"\xD0\x96", 2}, {"\xE6\xA0\xAA", 3}, {"\xF0\x90\x8D\x88", 4}},
     {{"\x80", 1}, {"\xC3", 1}, {"\xED\xA0\x80", 3}}},
    {"windows-1251",
     false,
     {{"\xC6", 1}, {"\xD0\xEE\xEC", 3}, {"\xA0", 1}},
     {{"\x98", 1}, {"\x98\x98", 2}, {"\x98", 1}}},
    {"utf-16le",
     true,
     {{"\x16\x04", 2}, {"\0\xD8\x48\xDF", 4}, {"\x22\x22", 2}},
     {{"\0\xD8", 2}, {"\x01\xDC", 2}, {"\0\xD8\0\xD8", 4}}},
    {"shift_jis",
     false,
     {{"\x83\x7C", 2}, {"\x83\x5C", 2}, {"\xB1", 1}},
     {{"\x83", 1}, {"\xFF", 1}, {"\xA0", 1}}},
    {"cp932",
     false,
     {{"\x83\x7C", 2}, {"\x83\x5C", 2}, {"\xB1", 1}},
     {{"\x83", 1}, {"\x81\xAD", 2}, {"\x82\x20", 2}}},
};
#define HOSTILE_ENCODINGS (sizeof hostile_encodings / sizeof *hostile_encodings)

struct hostile {
	const struct hostile_encoding *encoding;
	unsigned long long seed;
	char delimiter;
	const char *eol; /* of most lines */
	size_t faults;	 /* one row of so many has one */
	struct buf out;
};

static inline unsigned long long
hostile_chance(struct hostile *h, unsigned long long n)
{
	h->seed ^= h->seed << 13;
	h->seed ^= h->seed >> 7;
	h->seed ^= h->seed << 17;
	return h->seed % n;
}

static inline void
hostile_char(struct hostile *h, char c)
{
	buf_addc(&h->out, c);
	if (h->encoding->wide)
		buf_addc(&h->out, '\0');
}

static inline void
hostile_ascii(struct hostile *h, const char *s)
{
	for (; *s; s++)
		hostile_char(h, *s);
}

static inline void
hostile_bytes(struct hostile *h, const struct str *of)
{
	const struct str *s = &of[hostile_chance(h, 3)];

	buf_add(&h->out, s->p, s->n);
}

static inline void
hostile_fault(struct hostile *h)
{
	static const char *const faults[] = {"\"", "5\" x", "\"\"\"", "\"a\"b", "\r", " \"a\"", "\n\r"};

	switch (hostile_chance(h, 6)) {
	case 0:
		hostile_bytes(h, h->encoding->bad);
		break;
	case 1:
		hostile_char(h, '\0');
		break;
	default:
		hostile_ascii(h, faults[hostile_chance(h, sizeof faults / sizeof *faults)]);
	}
}

/* pieces without any order */
static inline void
hostile_wild(struct hostile *h, size_t pieces)
{
	static const char *const ascii[] = {"\"", "\"", "\"", "\"\"", "\n", "\n", "\r\n",   "\r", "a",
					    "b ", ",",	";",  "\t",   "|",  "\"", "\r\r\n", "0"};

	while (pieces-- > 0) {
		size_t which = hostile_chance(h, 26);

		if (which < 17)
			hostile_ascii(h, ascii[which]);
		else if (which < 22)
			hostile_char(h, h->delimiter);
		else if (which < 24)
			hostile_bytes(h, h->encoding->good);
		else
			hostile_fault(h);
	}
}

static inline void
hostile_quoted(struct hostile *h)
{
	static const char *const inside[] = {"a", "\"\"", "\n", "\r\n", "\r", "b c", "\n\n", "x"};
	size_t n = hostile_chance(h, 8);

	hostile_char(h, '"');
	while (n-- > 0) {
		size_t which = hostile_chance(h, 10);

		if (which < 8)
			hostile_ascii(h, inside[which]);
		else if (which == 8)
			hostile_char(h, h->delimiter);
		else
			hostile_bytes(h, h->encoding->good);
	}
	hostile_char(h, '"');
}

/* a row that can be read, but for a fault now and then */
static inline void
hostile_row(struct hostile *h)
{
	static const char *const plain[] = {"", "a", "12.50", "2026-11-22", "INV-1", "Client 7"};
	size_t n = 1 + hostile_chance(h, 6), i,
	       fault = hostile_chance(h, h->faults) ? n : hostile_chance(h, n);

	for (i = 0; i < n; i++) {
		size_t which = hostile_chance(h, 10);

		if (i > 0)
			hostile_char(h, h->delimiter);
		if (which < 6)
			hostile_ascii(h, plain[which]);
		else if (which < 8)
			hostile_quoted(h);
		else
			hostile_bytes(h, h->encoding->good);
		if (i == fault)
			hostile_fault(h);
	}
	hostile_ascii(h, hostile_chance(h, 50) ? h->eol : hostile_chance(h, 2) ? "\n" : "\r\n");
}

/* begins a text anew, of another encoding and dialect each time */
static inline void
hostile_begin(struct hostile *h, size_t encoding, size_t faults)
{
	static const char *const eol[] = {"\n", "\r\n", "\n", "\r"};

	h->encoding = &hostile_encodings[encoding];
	h->delimiter = ",;\t|"[hostile_chance(h, 4)];
	h->eol = eol[hostile_chance(h, 4)];
	h->faults = faults;
	buf_clear(&h->out);
	buf_adds(&h->out, "");
}

#endif
