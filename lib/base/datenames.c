#include <string.h>
#include <utf8proc.h>

#include "base/datenames.h"

#define NAME_BYTES 32 /* more than the longest name has */

/* Each row is one month, its forms as they are folded: small letters without marks, so "маи" is май. A dot says
 * that the form is an abbreviation. The forms of a row begin with the same letter. Forms as in CLDR and glibc. */
static const char *const months[] = {
    /* English */
    "january jan.",
    "february feb.",
    "march mar.",
    "april apr.",
    "may.",
    "june jun.",
    "july jul.",
    "august aug.",
    "september sept. sep.",
    "october oct.",
    "november nov.",
    "december dec.",
    /* Russian */
    "январь января янв.",
    "февраль февраля февр. фев.",
    "март марта мар.",
    "апрель апреля апр.",
    "маи. мая.",
    "июнь июня июн.",
    "июль июля июл.",
    "август августа авг.",
    "сентябрь сентября сент. сен.",
    "октябрь октября окт.",
    "ноябрь ноября нояб. ноя.",
    "декабрь декабря дек.",
    /* Latvian: nominative, genitive, locative */
    "janvaris janvara janvari janv. jan.",
    "februaris februara februari febr. feb.",
    "marts. marta mar.",
    "aprilis aprila aprili apr.",
    "maijs maija mai.",
    "junijs junija jun.",
    "julijs julija jul.",
    "augusts augusta aug.",
    "septembris septembra septembri sept. sep.",
    "oktobris oktobra oktobri okt.",
    "novembris novembra novembri nov.",
    "decembris decembra decembri dec.",
};

/* the same for weekdays, from Monday */
static const char *const weekdays[] = {
    /* English */
    "monday mon.",
    "tuesday tues. tue.",
    "wednesday wed.",
    "thursday thurs. thur. thu.",
    "friday fri.",
    "saturday sat.",
    "sunday sun.",
    /* Russian */
    "понедельник пнд. пн.",
    "вторник втр. вт.",
    "среда срд. ср.",
    "четверг чтв. чт.",
    "пятница птн. пт.",
    "суббота сбт. сб.",
    "воскресенье вск. вс.",
    /* Latvian */
    "pirmdiena pirmdien pirmd. p.",
    "otrdiena otrdien otrd. o.",
    "tresdiena tresdien tresd. t.",
    "ceturtdiena ceturtdien ceturtd. c.",
    "piektdiena piektdien piektd. pk.",
    "sestdiena sestdien sestd. s.",
    "svetdiena svetdien svetd. sv.",
};

/* the start of a text, folded */
struct folded {
	char text[NAME_BYTES + 4]; /* room for a last character in UTF-8 */
	size_t n;
	size_t first; /* bytes of the first letter */
	/* behind a letter: bytes of the text up to there, its marks included */
	size_t source[NAME_BYTES + 4];
};

/* a letter folded, 0 if it is a mark, which belongs to the letter before it; its bytes in the text, or 0: no letter */
static size_t
letter_fold(const char *s, size_t n, utf8proc_int32_t *folded)
{
	const int options = UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
	utf8proc_int32_t c, decomposed[4];
	utf8proc_ssize_t bytes, letters;
	int boundary = 0;

	if ((unsigned char)*s < 0x80) {
		*folded = *s | 0x20;
		return *folded >= 'a' && *folded <= 'z';
	}
	bytes = utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &c);
	if (bytes <= 0)
		return 0;
	letters = utf8proc_decompose_char(c, decomposed, 4, (utf8proc_option_t)options, &boundary);
	if (letters < 0 || letters > 1)
		return 0;
	*folded = letters == 1 ? decomposed[0] : 0;
	return (size_t)bytes;
}

static void
name_fold(struct folded *f, const char *s, size_t n)
{
	utf8proc_int32_t c;
	size_t at = 0, bytes;

	f->n = 0;
	for (; at < n && f->n < NAME_BYTES; at += bytes) {
		bytes = letter_fold(s + at, n - at, &c);
		if (bytes == 0 || (c == 0 && f->n == 0))
			return;
		if (c != 0)
			f->n += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)f->text + f->n);
		if (at == 0)
			f->first = f->n;
		f->source[f->n] = at + bytes;
	}
}

/* keeps in `best` the longest form of a row that the text begins with; its folded length, or `longest` */
static size_t
row_match(const char *forms, const struct folded *f, size_t longest, struct date_name *best)
{
	size_t n;

	for (const char *p = forms; *p != '\0'; p += n) {
		bool same = true;

		for (n = 0; p[n] != '\0' && p[n] != ' ' && p[n] != '.'; n++)
			same = same && n < f->n && p[n] == f->text[n];
		if (same && n > longest) {
			longest = n;
			best->n = f->source[n];
			best->abbreviated = p[n] == '.';
		}
		/* on to the next form */
		n += p[n] == '.';
		n += p[n] == ' ';
	}
	return longest;
}

static bool
name_find(const char *const *rows, int n_rows, int period, const char *s, size_t n, struct date_name *name)
{
	struct folded folded;
	size_t longest = 0;

	name_fold(&folded, s, n);
	if (folded.n == 0)
		return false;
	for (int i = 0; i < n_rows; i++) {
		size_t before = longest;

		/* the byte of the first letter that tells it from most others */
		if (rows[i][folded.first - 1] != folded.text[folded.first - 1])
			continue;
		longest = row_match(rows[i], &folded, longest, name);
		if (longest > before)
			name->number = i % period + 1;
	}
	return longest > 0;
}

bool
month_name_find(const char *s, size_t n, struct date_name *name)
{
	return name_find(months, sizeof(months) / sizeof(months[0]), 12, s, n, name);
}

bool
weekday_name_find(const char *s, size_t n, struct date_name *name)
{
	return name_find(weekdays, sizeof(weekdays) / sizeof(weekdays[0]), 7, s, n, name);
}
