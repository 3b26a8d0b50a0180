#include "domain/taxnumber.h"

#include <string.h>

#include "base/text.h"

#define DIGITS_LEAST 4

/* of Russia, Belarus, Ukraine, Latvia, Lithuania, Germany, and of any country; Cyrillic ones in both cases */
static const char *const systems[] = {"inn",	"инн",	   "ИНН", "unp",   "унп",	"УНП",	 "edrpou",
				      "едрпоу", "ЕДРПОУ",  "pvn", "pvm",   "vat",	"vatid", "vatnumber",
				      "ustid",	"ustidnr", "tax", "taxid", "taxnumber", "reg"};

static bool
is_system(const char *given, const char *system)
{
	for (; *given; given++) {
		if (*given == '-' || *given == '_')
			continue;
		if ((*given >= 'A' && *given <= 'Z' ? *given - 'A' + 'a' : *given) != *system)
			return false;
		system++;
	}
	return *system == '\0';
}

bool
tax_system(const char *system)
{
	size_t i;

	for (i = 0; i < sizeof systems / sizeof *systems; i++)
		if (is_system(system, systems[i]))
			return true;
	return false;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* letters and digits alone; what is not ASCII stays */
static size_t
squeeze(char *to, const char *from, size_t n)
{
	size_t i, len = 0;

	for (i = 0; i < n; i++)
		if (is_digit(from[i]) || is_letter(from[i]) || (unsigned char)from[i] >= 0x80)
			to[len++] = from[i];
	to[len] = '\0';
	return len;
}

static bool
all_digits(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!is_digit(s[i]))
			return false;
	return true;
}

/* A Russian cell may give the code of the tax office's register too, nine characters behind a slash, by which branches
 * differ. Bytes up to the slash, else all; a German number has slashes of its own. */
static size_t
inn_length(const char *folded, struct arena *arena)
{
	size_t n = strlen(folded), inn, kpp;
	const char *slash = strchr(folded, '/');
	char *part;

	if (!slash || strchr(slash + 1, '/'))
		return n;
	part = arena_alloc(arena, n + 1);
	inn = squeeze(part, folded, (size_t)(slash - folded));
	if ((inn != 10 && inn != 12) || !all_digits(part, inn))
		return n;
	kpp = squeeze(part, slash + 1, strlen(slash + 1));
	return kpp == 9 && all_digits(part, 4) && all_digits(part + 6, 3) ? (size_t)(slash - folded) : n;
}

static bool
is_number(const char *s)
{
	size_t digits = 0;
	bool differ = false;
	char first = '\0';

	for (; *s; s++) {
		if (!is_digit(*s))
			continue;
		if (digits++ == 0)
			first = *s;
		differ = differ || *s != first;
	}
	return digits >= DIGITS_LEAST && differ;
}

bool
tax_number_read(struct tax_number *tax, const char *cell, struct arena *arena)
{
	const char *folded = text_fold(arena, cell, strlen(cell));
	size_t n = inn_length(folded, arena);
	char *number = arena_alloc(arena, n + 1);

	n = squeeze(number, folded, n);
	*tax = (struct tax_number){number, ""};
	if (n > 2 && is_letter(number[0]) && is_letter(number[1])) {
		memcpy(tax->country, number, 2);
		tax->number = number + 2;
	}
	return is_number(tax->number);
}

bool
tax_number_equal(const struct tax_number *a, const struct tax_number *b)
{
	return strcmp(a->number, b->number) == 0 &&
	       (!*a->country || !*b->country || strcmp(a->country, b->country) == 0);
}
