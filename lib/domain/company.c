#include "domain/company.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"

/* Legal forms as they stand in a normalised name. Among the Russian ones are those in Latin letters that are no word of
 * another language: IP, TOO and UP are. */
static const char *const forms[] = {
    /* Russian */
    "ооо", "ао", "зао", "пао", "оао", "нао", "ип", "гуп", "муп", "фгуп", "фгбу", "тоо", "чп", "уп", "чуп",
    "одо", "осоо", "общество с ограниченной ответственностью", "общество с дополнительной ответственностью",
    "товарищество с ограниченной ответственностью", "акционерное общество", "закрытое акционерное общество",
    "открытое акционерное общество", "публичное акционерное общество", "непубличное акционерное общество",
    "индивидуальный предприниматель", "частное предприятие", "унитарное предприятие",
    "частное унитарное предприятие", "государственное унитарное предприятие",
    "муниципальное унитарное предприятие", "федеральное государственное унитарное предприятие",
    "федеральное государственное бюджетное учреждение", "ooo", "zao", "ao", "pao", "oao",
    /* Latvian */
    "sia", "as", "ik", "ps", "ks", "zs", "vas", "vsia", "sabiedrība ar ierobežotu atbildību",
    "sabiedriba ar ierobezotu atbildibu", "akciju sabiedrība", "akciju sabiedriba",
    "valsts akciju sabiedrība", "valsts sabiedrība ar ierobežotu atbildību", "individuālais komersants",
    "pilnsabiedrība", "komandītsabiedrība", "zemnieku saimniecība",
    /* English */
    "ltd", "limited", "llc", "inc", "incorporated", "corp", "corporation", "co", "company", "plc", "llp",
    "lp", "limited liability company", "public limited company", "limited liability partnership",
    "limited partnership",
    /* German */
    "gmbh", "ggmbh", "ag", "kg", "kgaa", "ohg", "ug", "haftungsbeschränkt", "mbh", "gesellschaft mbh",
    "ges mbh", "gesmbh", "se", "ek", "e k", "gesellschaft mit beschränkter haftung", "aktiengesellschaft",
    "kommanditgesellschaft", "offene handelsgesellschaft", "unternehmergesellschaft",
    "eingetragener kaufmann", "eingetragene kauffrau"};

/* a word of a folded name */
struct word {
	size_t start, end;
	size_t letters; /* characters */
	bool dot;	/* nothing but one dot stands before it */
	bool slash;	/* nothing but one slash does */
};

struct words {
	struct word *word;
	size_t n, cap;
};

static bool
is_of_word(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN:
		return true;
	default:
		return c == '+';
	}
}

/* a word begins at byte i, `gap` bytes after the one before */
static void
words_add(struct words *words, const char *s, size_t i, size_t gap)
{
	bool near = words->n && gap == 1;

	words->word = vec_grow(words->word, &words->cap, words->n + 1, sizeof *words->word);
	words->word[words->n++] = (struct word){i, i, 0, near && s[i - 1] == '.', near && s[i - 1] == '/'};
}

static void
words_find(struct words *words, const char *s)
{
	size_t n = strlen(s), i, end = 0;
	utf8proc_ssize_t length;
	struct word *last;
	int32_t c;

	for (i = 0; i < n; i += (size_t)length) {
		length = utf8proc_iterate((const utf8proc_uint8_t *)s + i, (utf8proc_ssize_t)(n - i), &c);
		if (length <= 0)
			length = 1;
		else if (is_of_word(c)) {
			if (!words->n || end != i)
				words_add(words, s, i, i - end);
			end = i + (size_t)length;
			last = &words->word[words->n - 1];
			last->end = end;
			last->letters++;
		}
	}
}

/* how many words from this one on are the letters of an abbreviation: three or more with dots, or two with a slash */
static size_t
abbreviation(const struct words *words, size_t from)
{
	const struct word *w = words->word;
	size_t n = 0;
	bool slash = false;

	while (from + n < words->n && w[from + n].letters == 1 &&
	       (n == 0 || w[from + n].dot || w[from + n].slash)) {
		slash = slash || (n && w[from + n].slash);
		n++;
	}
	return n > 2 || slash ? n : 1;
}

static void
words_join(const struct words *words, const char *s, struct buf *out)
{
	size_t i = 0, end;

	while (i < words->n) {
		if (out->len)
			buf_addc(out, ' ');
		for (end = i + abbreviation(words, i); i < end; i++)
			buf_add(out, s + words->word[i].start, words->word[i].end - words->word[i].start);
	}
}

/* bytes of the longest form that the name begins or ends with, the blank beside it included */
static size_t
form_length(struct str name, bool at_end)
{
	size_t best = 0, i, n;
	const char *at;

	for (i = 0; i < sizeof forms / sizeof *forms; i++) {
		n = strlen(forms[i]);
		if (n <= best || n > name.n)
			continue;
		at = at_end ? name.p + name.n - n : name.p;
		if (memcmp(at, forms[i], n) == 0 && (n == name.n || (at_end ? at[-1] : at[n]) == ' '))
			best = n;
	}
	return best && best < name.n ? best + 1 : best;
}

static struct str
without_forms(struct str whole)
{
	struct str name = whole;
	size_t front, end;

	do {
		front = form_length(name, false);
		name.p += front;
		name.n -= front;
		end = form_length(name, true);
		name.n -= end;
	} while (front || end);
	return name.n ? name : whole;
}

/* № would be folded to "no" */
static const char *
without_number_signs(struct arena *arena, const char *name)
{
	static const char sign[] = "№";
	char *copy, *at;

	if (!strstr(name, sign))
		return name;
	copy = arena_strdup(arena, name);
	for (at = copy; (at = strstr(at, sign));)
		memset(at, ' ', sizeof sign - 1);
	return copy;
}

const char *
company_name_key(struct arena *arena, const char *name)
{
	struct words words = {0};
	struct buf joined = {0};
	const char *folded;
	struct str key;

	name = without_number_signs(arena, name);
	folded = text_fold(arena, name, strlen(name));
	words_find(&words, folded);
	words_join(&words, folded, &joined);
	if (joined.len) {
		key = without_forms((struct str){joined.data, joined.len});
		folded = arena_copy(arena, key.p, key.n);
	}
	buf_free(&joined);
	free(words.word);
	return folded;
}
