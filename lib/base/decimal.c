#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/decimal.h"

/* Magnitudes are computed unsigned, with bounds looked at beforehand: nothing here can wrap. */
__extension__ typedef unsigned __int128 uint128;

#define CHUNK_DIGITS 18 /* decimal digits that surely fit 64 bits */
#define CHUNK 1000000000000000000ULL
#define UNITS_END ((uint128)CHUNK * CHUNK)
#define TEXT_DIGITS 40 /* more than any value has */

static const unsigned long long power_of_ten[] = {
    1ULL,
    10ULL,
    100ULL,
    1000ULL,
    10000ULL,
    100000ULL,
    1000000ULL,
    10000000ULL,
    100000000ULL,
    1000000000ULL,
    10000000000ULL,
    100000000000ULL,
    1000000000000ULL,
    10000000000000ULL,
    100000000000000ULL,
    1000000000000000ULL,
    10000000000000000ULL,
    100000000000000000ULL,
    CHUNK,
};

static uint128
magnitude(const struct decimal *d)
{
	return d->units < 0 ? (uint128)-d->units : (uint128)d->units;
}

static struct decimal
decimal_make(uint128 units, bool negative, int places)
{
	return (struct decimal){
	    .units = negative ? -(int128)units : (int128)units,
	    .places = places,
	    .known = true,
	};
}

static bool
is_narrow(uint128 u)
{
	return u >> 64 == 0;
}

/* u × 10^power into *product unless that is too large */
static bool
shift_left(uint128 u, int power, uint128 *product)
{
	if (!is_narrow(u) && u >= UNITS_END / power_of_ten[power])
		return false;
	*product = u * power_of_ten[power];
	return *product < UNITS_END;
}

struct decimal
decimal_int(long long n)
{
	return (struct decimal){.units = n, .known = true};
}

/* Digits go into 64 bits, and from there into 128 by chunks, which most numbers never need. */
static int
digits_parse(const char *s, size_t n, bool negative, struct decimal *d)
{
	unsigned long long low = 0;
	size_t point = n, places = 0;
	uint128 units = 0;
	int n_low = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned digit = (unsigned)(unsigned char)s[i] - '0';

		if (digit > 9) {
			if (s[i] != '.' || point < n)
				return -1;
			point = i;
			continue;
		}
		low = low * 10 + digit;
		if (++n_low < CHUNK_DIGITS)
			continue;
		if (units >= CHUNK)
			return -1;
		units = units * CHUNK + low;
		low = 0;
		n_low = 0;
	}
	if (point < n)
		places = n - 1 - point;
	if (n == 0 || point == n - 1 || places > DECIMAL_PLACES_MAX)
		return -1;
	if (units > 0 && !shift_left(units, n_low, &units))
		return -1;
	*d = decimal_make(units + low, negative, (int)places);
	return 0;
}

/* a number that 64 bits surely hold */
static int
short_parse(const char *s, size_t n, bool negative, struct decimal *d)
{
	unsigned long long units = 0;
	size_t i, point = n;

	for (i = 0; i < n; i++) {
		unsigned digit = (unsigned)(unsigned char)s[i] - '0';

		if (digit <= 9) {
			units = units * 10 + digit;
			continue;
		}
		if (s[i] != '.' || point < n)
			return -1;
		point = i;
	}
	if (n == 0 || point == n - 1)
		return -1;
	d->units = negative ? -(int128)units : (int128)units;
	d->places = point < n ? (int)(n - 1 - point) : 0;
	d->known = true;
	return 0;
}

int
decimal_parse(const char *s, size_t n, struct decimal *d)
{
	bool sign = n > 0 && (*s == '-' || *s == '+'), negative = sign && *s == '-';

	s += sign;
	n -= sign;
	return n <= CHUNK_DIGITS ? short_parse(s, n, negative, d) : digits_parse(s, n, negative, d);
}

static bool
both_known(const struct decimal *a, const struct decimal *b, struct decimal *result)
{
	if (a->known && b->known)
		return true;
	*result = (struct decimal){0};
	return false;
}

/* d with more places */
static int
decimal_widen(struct decimal *d, int places)
{
	uint128 units;

	if (!shift_left(magnitude(d), places - d->places, &units))
		return -1;
	*d = decimal_make(units, d->units < 0, places);
	return 0;
}

int
decimal_add(struct decimal *sum, const struct decimal *a, const struct decimal *b)
{
	struct decimal x = *a, y = *b;

	if (!both_known(a, b, sum))
		return 0;
	if (x.places < y.places && decimal_widen(&x, y.places) < 0)
		return -1;
	if (y.places < x.places && decimal_widen(&y, x.places) < 0)
		return -1;
	x.units += y.units;
	if (magnitude(&x) >= UNITS_END)
		return -1;
	*sum = x;
	return 0;
}

int
decimal_gather(struct decimal *sum, const struct decimal *amount)
{
	if (!amount->known)
		return 0;
	if (sum->known)
		return decimal_add(sum, sum, amount);
	*sum = *amount;
	return 0;
}

struct decimal
decimal_neg(struct decimal d)
{
	d.units = -d.units;
	return d;
}

int
decimal_sub(struct decimal *difference, const struct decimal *a, const struct decimal *b)
{
	struct decimal minus = decimal_neg(*b);

	return decimal_add(difference, a, &minus);
}

/* the same value without trailing zeros among its places, as far as `most` is exceeded */
static void
strip_zeros(uint128 *units, int *places, int most)
{
	while (*places > most && *units % 10 == 0) {
		*units /= 10;
		(*places)--;
	}
}

int
decimal_mul(struct decimal *product, const struct decimal *a, const struct decimal *b)
{
	uint128 x = magnitude(a), y = magnitude(b), units;
	int x_places = a->places, y_places = b->places, places;

	if (!both_known(a, b, product))
		return 0;
	if (!is_narrow(x) || !is_narrow(y)) {
		strip_zeros(&x, &x_places, 0);
		strip_zeros(&y, &y_places, 0);
		if (x > 0 && y > (UNITS_END - 1) / x)
			return -1;
	}
	units = x * y;
	places = x_places + y_places;
	strip_zeros(&units, &places, DECIMAL_PLACES_MAX);
	if (units >= UNITS_END || places > DECIMAL_PLACES_MAX)
		return -1;
	*product = decimal_make(units, (a->units < 0) != (b->units < 0), places);
	return 0;
}

/* u / 10^power, half up */
static uint128
shift_right(uint128 u, int power)
{
	unsigned long long by = power_of_ten[power];
	uint128 quotient = is_narrow(u) ? (uint64_t)u / by : u / by;

	return quotient + (u - quotient * by >= by - by / 2);
}

struct decimal
decimal_round(struct decimal d, int places)
{
	if (places < 0)
		places = 0;
	if (!d.known || d.places <= places)
		return d;
	return decimal_make(shift_right(magnitude(&d), d.places - places), d.units < 0, places);
}

/* x × 10^power / y, half up, as in long division; false if it is too large */
static bool
quotient_to(uint128 x, uint128 y, int power, uint128 *quotient)
{
	uint128 q = x / y, rest = x % y;

	while (power > 0) {
		int step = y > CHUNK ? 1 : power < CHUNK_DIGITS ? power : CHUNK_DIGITS;

		if (!shift_left(q, step, &q))
			return false;
		rest *= power_of_ten[step];
		q += rest / y;
		rest %= y;
		power -= step;
	}
	*quotient = q + (rest >= y - rest);
	return *quotient < UNITS_END;
}

int
decimal_div(struct decimal *result, const struct decimal *a, const struct decimal *b, int places)
{
	bool negative = (a->units < 0) != (b->units < 0);
	int power = places + b->places - a->places;
	uint128 units;

	if (places < 0 || places > DECIMAL_PLACES_MAX)
		return -1;
	if (!both_known(a, b, result))
		return 0;
	if (b->units == 0) {
		*result = (struct decimal){0};
		return 0;
	}
	/* what the first division leaves cannot lift the dropped digits to a half: its rest can be forgotten */
	if (power < 0)
		units = shift_right(magnitude(a) / magnitude(b), -power);
	else if (!quotient_to(magnitude(a), magnitude(b), power, &units))
		return -1;
	*result = decimal_make(units, negative, places);
	return 0;
}

static int
compare(uint128 a, uint128 b)
{
	return (a > b) - (a < b);
}

/* whole parts first, then what is behind the point, so that nothing need be widened beyond its bounds */
static int
compare_magnitudes(const struct decimal *a, const struct decimal *b)
{
	uint128 x = magnitude(a), y = magnitude(b);
	unsigned long long x_one = power_of_ten[a->places], y_one = power_of_ten[b->places];
	int whole = compare(x / x_one, y / y_one);

	if (a->places == b->places)
		return compare(x, y);
	if (whole != 0)
		return whole;
	return compare(x % x_one * power_of_ten[DECIMAL_PLACES_MAX - a->places],
		       y % y_one * power_of_ten[DECIMAL_PLACES_MAX - b->places]);
}

int
decimal_sign(const struct decimal *d)
{
	return (d->units > 0) - (d->units < 0);
}

int
decimal_cmp(const struct decimal *a, const struct decimal *b)
{
	int sign = decimal_sign(a), difference = sign - decimal_sign(b);

	if (difference != 0)
		return difference;
	return sign * compare_magnitudes(a, b);
}

/* the quotient to 68 bits or more, its last bit standing for whatever is left, so that it is rounded once */
static double
quotient_double(uint128 u, unsigned long long by)
{
	uint128 quotient;
	int shift = 0;

	for (; u >> 127 == 0; shift++)
		u <<= 1;
	quotient = u / by;
	quotient |= u % by != 0;
	return ldexp((double)quotient, -shift);
}

double
decimal_double(struct decimal d)
{
	uint128 u = magnitude(&d);
	unsigned long long one = power_of_ten[d.places];
	double value;

	if (!d.known)
		return NAN;
	/* both exact as doubles, and then so is the nearest quotient */
	value = u >> 53 == 0 ? (double)(uint64_t)u / (double)one : quotient_double(u, one);
	return d.units < 0 ? -value : value;
}

/* digits of u up to the end of text, at least `least` of them; returns how many */
static size_t
digits_write(uint128 u, size_t least, char text[TEXT_DIGITS])
{
	size_t n = 0;

	while (u > 0 || n < least) {
		unsigned long long low = is_narrow(u) ? (uint64_t)u : (uint64_t)(u % CHUNK);
		size_t chunk = is_narrow(u) ? TEXT_DIGITS : n + CHUNK_DIGITS;

		u = is_narrow(u) ? 0 : u / CHUNK;
		for (; n < chunk && (low > 0 || u > 0 || n < least); low /= 10)
			text[TEXT_DIGITS - ++n] = (char)('0' + low % 10);
	}
	return n;
}

void
decimal_format(struct buf *out, struct decimal d, int places)
{
	struct decimal r = decimal_round(d, places);
	char text[TEXT_DIGITS];
	size_t behind = (size_t)r.places, n;

	if (!d.known)
		return;
	n = digits_write(magnitude(&r), behind + 1, text);
	if (r.units < 0)
		buf_addc(out, '-');
	buf_add(out, text + TEXT_DIGITS - n, n - behind);
	if (places > 0)
		buf_addc(out, '.');
	buf_add(out, text + TEXT_DIGITS - behind, behind);
	for (int i = r.places; i < places; i++)
		buf_addc(out, '0');
}

void
decimal_format_exact(struct buf *out, struct decimal d)
{
	decimal_format(out, d, d.places);
}
