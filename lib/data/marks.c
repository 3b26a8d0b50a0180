#include "data/marks.h"

#ifdef __SSE2__
#include <emmintrin.h>

/* bit i: byte i is one of the four; the bytes that are not plain have bit 7 set in *odd */
static unsigned
marks_of(const char *p, __m128i delimiter, __m128i *odd)
{
	const __m128i quote = _mm_set1_epi8('"'), lf = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
	__m128i ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, lf), _mm_cmpeq_epi8(bytes, cr));
	__m128i cuts = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, delimiter));

	*odd = _mm_or_si128(*odd, _mm_or_si128(bytes, _mm_cmpeq_epi8(bytes, _mm_setzero_si128())));
	return (unsigned)_mm_movemask_epi8(_mm_or_si128(ends, cuts));
}

/* the marks of whole runs of 64 bytes; *done is how many bytes these are */
static size_t
find_many(const char *p, size_t n, char delimiter, unsigned *mark, bool *plain, size_t *done)
{
	__m128i cut = _mm_set1_epi8(delimiter), odd = _mm_setzero_si128();
	size_t i, k, found = 0;

	for (i = 0; i + 64 <= n; i += 64) {
		unsigned long long bits = 0;

		for (k = 0; k < 64; k += 16)
			bits |= (unsigned long long)marks_of(p + i + k, cut, &odd) << k;
		for (; bits; bits &= bits - 1)
			mark[found++] = (unsigned)i + (unsigned)__builtin_ctzll(bits);
	}
	*plain = _mm_movemask_epi8(odd) == 0;
	*done = i;
	return found;
}
#else
static size_t
find_many(const char *p, size_t n, char delimiter, unsigned *mark, bool *plain, size_t *done)
{
	(void)p;
	(void)n;
	(void)delimiter;
	(void)mark;
	*plain = true;
	*done = 0;
	return 0;
}
#endif

size_t
marks_find(const char *p, size_t n, char delimiter, unsigned *mark, bool *plain)
{
	size_t i, found = find_many(p, n, delimiter, mark, plain, &i);

	for (; i < n; i++) {
		if (p[i] == '\0' || (unsigned char)p[i] >= 0x80)
			*plain = false;
		if (p[i] == delimiter || p[i] == '"' || p[i] == '\n' || p[i] == '\r')
			mark[found++] = (unsigned)i;
	}
	return found;
}
