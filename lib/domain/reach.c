#include "domain/reach.h"

#include <string.h>

#include "base/text.h"

#define DIGITS_LEAST 7
#define DIGITS_MOST 15 /* of a number with its country (ITU-T E.164) */
#define ENDS ",;/|\r\n"

static const char *const public_domains[] = {
    "aol.com",	  "apollo.lv",	 "bk.ru",	   "gmail.com",	  "gmx.at",	"gmx.com",
    "gmx.de",	  "gmx.net",	 "googlemail.com", "hotmail.com", "icloud.com", "inbox.lv",
    "inbox.ru",	  "internet.ru", "list.ru",	   "live.com",	  "mail.com",	"mail.ru",
    "me.com",	  "msn.com",	 "one.lv",	   "outlook.com", "proton.me",	"protonmail.com",
    "rambler.ru", "t-online.de", "tut.by",	   "ukr.net",	  "web.de",	"ya.ru",
    "yahoo.com",  "yandex.by",	 "yandex.com",	   "yandex.kz",	  "yandex.ru",
};

static bool
is_letter(unsigned char c)
{
	/* Cyrillic letters begin with the bytes 0xD0 to 0xD3 */
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xD0 && c <= 0xD3);
}

/* the digits of one number; *count may be more than fit */
static const char *
read_digits(const char *s, char digits[DIGITS_MOST], size_t *count)
{
	for (*count = 0; *s && !strchr(ENDS, *s) && !is_letter((unsigned char)*s); s++) {
		if (*s == '+' && *count)
			return s;
		if (*s < '0' || *s > '9')
			continue;
		if (*count < DIGITS_MOST)
			digits[*count] = *s;
		++*count;
	}
	return s;
}

static bool
phone_key(const char *digits, size_t n, char key[PHONE_DIGITS + 1])
{
	if (n < DIGITS_LEAST || n > DIGITS_MOST)
		return false;
	if (digits[0] == '0' && digits[1] == '0') {
		digits += 2;
		n -= 2;
	}
	if (n == 11 && memcmp(digits, "371", 3) == 0) {
		digits += 3;
		n -= 3;
	} else if (n > PHONE_DIGITS) {
		digits += n - PHONE_DIGITS;
		n = PHONE_DIGITS;
	}
	memcpy(key, digits, n);
	key[n] = '\0';
	return n >= DIGITS_LEAST && strspn(key, (char[]){key[0], '\0'}) < n;
}

bool
phone_next(const char **at, char key[PHONE_DIGITS + 1])
{
	char digits[DIGITS_MOST];
	const char *s = *at;
	size_t n;

	while (*s) {
		s = read_digits(s, digits, &n);
		if (n && is_letter((unsigned char)*s))
			s += strcspn(s, ENDS);
		else if (*s && *s != '+')
			s++;
		*at = s;
		if (phone_key(digits, n, key))
			return true;
	}
	return false;
}

static bool
is_public(const char *domain)
{
	size_t i;

	for (i = 0; i < sizeof public_domains / sizeof *public_domains; i++)
		if (strcmp(domain, public_domains[i]) == 0)
			return true;
	return false;
}

bool
email_next(const char **at, struct email *email, struct arena *arena)
{
	static const char between[] = " \t\r\n,;<>()[]\"'|";
	const char *address, *sign, *dot;
	size_t n;

	for (;;) {
		*at += strspn(*at, between);
		n = strcspn(*at, between);
		if (!n)
			return false;
		address = text_fold(arena, *at, n);
		*at += n;
		if (strncmp(address, "mailto:", 7) == 0)
			address += 7;
		n = strlen(address);
		while (n && address[n - 1] == '.')
			n--;
		address = arena_copy(arena, address, n);
		sign = strrchr(address, '@');
		dot = sign ? strchr(sign, '.') : NULL;
		if (!dot || sign == address || dot == sign + 1)
			continue;
		*email = (struct email){address, sign + 1, is_public(sign + 1)};
		return true;
	}
}
