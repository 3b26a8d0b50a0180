/*
 * The score: section as it is written, and what must hold of the scores of
 * any portfolio: checked for random ones.
 */
#include "judging.h"

#define LAST "2026-10"
#define RUNS 100
#define ACCOUNTS_MAX 40
#define MONTHS 24 /* the window and the one before it */

/* the section, to be freed */
static char *
section_of(const struct judging *j, const char *id)
{
	struct judgement judgement;
	struct arena arena = {0};
	struct buf out = {0};
	struct error err;

	if (portfolio_judge(&j->p, judged(j, id), &arena, &judgement, &err) < 0)
		fail_msg("%s", err.text);
	node_write_section(&out, "score", score_section(&j->p, judged(j, id), &judgement, &arena), "\n");
	arena_free(&arena);
	return out.data;
}

/* all these lines stand in the section, in this order */
static void
section_has(const struct judging *j, const char *id, const char *lines)
{
	char *text = section_of(j, id), *at = text, line[256];

	for (size_t n; *lines; lines += n) {
		n = strcspn(lines, "\n") + 1;
		assert_true(n < sizeof line);
		memcpy(line, lines, n);
		line[n] = '\0';
		at = strstr(at, line);
		if (!at)
			fail_msg("no line %s, or not there, in:\n%s", line, text);
		at += n;
	}
	free(text);
}

/* these measures are missing, with a blank behind each */
static void
section_misses(const struct judging *j, const char *id, const char *names)
{
	char *text = section_of(j, id), *missing = strstr(text, "  missing: ["), name[64];

	assert_non_null(missing);
	for (size_t n; *names; names += n + 1) {
		n = strcspn(names, " ");
		snprintf(name, sizeof name, "%.*s", (int)n, names);
		assert_non_null(strstr(missing, name));
		snprintf(name, sizeof name, "\n  %.*s: ", (int)n, names);
		assert_null(strstr(text, name));
	}
	free(text);
}

static void
a_score_has_one_measure_to_a_line(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_sells(&j, "romashka", "2025-10:1000.00:200.00 2026-08:300:70 2026-09:300:80 2026-10:200:90",
		      "potential: [{year: 2026, amount: 2000.00}]\n"
		      "contacts:\n"
		      "  - {id: a, function: purchasing}\n"
		      "  - {id: b, function: finance}\n"
		      "  - {id: c, function: finance}\n"
		      "  - {id: d}\n");
	judging_sells(&j, "koks", "2026-10:200.00:10.00", "");
	judging_sells(&j, "since-2024-11", "2024-11:1:1", "");
	judging_finish(&j);
	section_has(&j, "romashka",
		    "score:\n"
		    "  as-of: 2026-10-31\n"
		    "  model: m.yaml\n"
		    "  basis: margin\n"
		    "  share: 96.0\n"
		    "  size: monopoly\n"
		    "  volume: 80.0\n"
		    "  abc: A\n"
		    "  growth: 20.0\n"
		    "  trend: 0.0\n" /* nine of the window's months are empty */
		    "  potential: 2000.00\n"
		    "  penetration: 40.0\n"
		    "  headroom: 1200.00\n"
		    "  contacts: 4\n"
		    "  functions: 2\n"
		    "  flags: [dependence, decider-unknown]\n");
	section_has(&j, "koks",
		    "score:\n"
		    "  as-of: 2026-10-31\n"
		    "  model: m.yaml\n"
		    "  basis: margin\n"
		    "  share: 4.0\n"
		    "  size: standard\n"
		    "  volume: 20.0\n"
		    "  abc: C\n"
		    "  contacts: 0\n"
		    "  functions: 0\n"
		    "  flags: [few-contacts, decider-unknown]\n");
	section_misses(&j, "koks", "growth trend potential penetration headroom ");
	judging_free(&j);
}

static void
a_score_without_sales_says_all_that_is_missing(void **state)
{
	struct judging j;

	(void)state;
	judging_begin(&j, "contacts: {least: 0}\n", LAST, BASIS_AUTO);
	judging_add(&j, "id: a\n");
	judging_finish(&j);
	section_has(&j, "a",
		    "score:\n"
		    "  as-of: 2026-10-31\n"
		    "  model: m.yaml\n"
		    "  basis: margin\n"
		    "  health-known: 0\n");
	section_misses(&j, "a",
		       "contacts functions levels open-complaints share size volume abc growth trend "
		       "potential penetration headroom health field ");
	judging_free(&j);
}

static void
a_models_name_may_be_any_bytes(void **state)
{
	struct judging j;
	char *text;

	(void)state;
	judging_begin(&j, "", LAST, BASIS_AUTO);
	judging_add(&j, "id: a\n");
	judging_finish(&j);
	j.model.name = "m\377\033.yaml";
	text = section_of(&j, "a");
	assert_non_null(strstr(text, "\n  model: \"m\\\\xFF\\\\x1B.yaml\"\n"));
	free(text);
	judging_free(&j);
}

/* amounts in cents of some accounts; a month without sales has neither */
struct sample {
	size_t n;
	struct {
		long long revenue[MONTHS], margin[MONTHS];
		bool sold[MONTHS];
		int contacts;
	} account[ACCOUNTS_MAX];
};

static void
sample_draw(struct sample *s, unsigned long long *random)
{
	size_t i;
	int m;

	memset(s, 0, sizeof *s);
	s->n = 1 + random_below(random, ACCOUNTS_MAX);
	for (i = 0; i < s->n; i++) {
		unsigned most = 1 + random_below(random, 3) * random_below(random, 5000);

		s->account[i].contacts = (int)random_below(random, 6);
		for (m = 0; m < MONTHS; m++) {
			s->account[i].sold[m] = random_below(random, 3) > 0;
			s->account[i].revenue[m] = (long long)most * random_below(random, 100) - most;
			s->account[i].margin[m] = (long long)most * random_below(random, 20) - most;
		}
	}
}

static void
sample_id(char *id, size_t size, size_t i)
{
	/* not in the order of i */
	snprintf(id, size, "%zu-n", i * 7 % 10 * 100 + i);
}

/* one account as text, its money multiplied */
static void
sample_text(const struct sample *s, size_t i, int times, struct buf *text)
{
	char id[32];
	int m;

	sample_id(id, sizeof id, i);
	buf_clear(text);
	buf_printf(text, "id: %s\n", id);
	for (m = 0; m < s->account[i].contacts; m++)
		buf_printf(text, "%s  - {id: c%d}\n", m ? "" : "contacts:\n", m);
	buf_adds(text, "sales:\n");
	for (m = 0; m < MONTHS; m++) {
		struct decimal revenue = decimal_int(s->account[i].revenue[m] * times);
		struct decimal margin = decimal_int(s->account[i].margin[m] * times);

		if (!s->account[i].sold[m])
			continue;
		revenue.places = margin.places = 2;
		buf_printf(text, "  - {month: %d-%02d, source: s, revenue: ", 2024 + (m + 10) / 12,
			   (m + 10) % 12 + 1);
		decimal_format_exact(text, revenue);
		buf_adds(text, ", margin: ");
		decimal_format_exact(text, margin);
		buf_adds(text, "}\n");
	}
}

/* the accounts in order[0 … n − 1], judged */
static void
sample_judge(const struct sample *s, const size_t *order, int times, struct judging *j)
{
	struct buf text = {0};
	size_t i;

	judging_begin(j, "", LAST, BASIS_MARGIN);
	for (i = 0; i < s->n; i++) {
		sample_text(s, order ? order[i] : i, times, &text);
		judging_add(j, text.data);
	}
	buf_free(&text);
}

/* does `holds` hold of random portfolios? */
static void
for_random_samples(void (*holds)(const struct sample *, unsigned long long *random))
{
	struct sample *s = xcalloc(1, sizeof *s);
	unsigned long long random = 20261122;
	int run;

	for (run = 0; run < RUNS; run++) {
		sample_draw(s, &random);
		holds(s, &random);
	}
	free(s);
}

static void
add_up(const struct sample *s, unsigned long long *random)
{
	struct judging j;
	double share = 0, volume = 0, most = 0.05 * (double)s->n + 1e-6;
	struct decimal amount = decimal_int(0), revenue = decimal_int(0);
	size_t i;

	(void)random;
	sample_judge(s, NULL, 1, &j);
	judging_finish(&j);
	for (i = 0; i < j.p.n; i++) {
		share += decimal_double(measured_of(&j, j.p.account[i].id, "share").number);
		volume += decimal_double(measured_of(&j, j.p.account[i].id, "volume").number);
		if (j.p.account[i].amount.known)
			assert_int_equal(decimal_add(&amount, &amount, &j.p.account[i].amount), 0);
		if (j.p.account[i].revenue.known)
			assert_int_equal(decimal_add(&revenue, &revenue, &j.p.account[i].revenue), 0);
	}
	/* before they are rounded, exactly */
	assert_int_equal(decimal_cmp(&amount, &j.p.amount), 0);
	assert_int_equal(decimal_cmp(&revenue, &j.p.revenue), 0);
	if (decimal_sign(&j.p.amount) > 0)
		assert_true(share >= 100 - most && share <= 100 + most);
	if (decimal_sign(&j.p.revenue) > 0)
		assert_true(volume >= 100 - most && volume <= 100 + most);
	judging_free(&j);
}

static void
shares_add_up_to_a_hundred_but_for_rounding(void **state)
{
	(void)state;
	for_random_samples(add_up);
}

/* in the window, in cents */
static long long
margin_of(const struct sample *s, size_t i)
{
	long long sum = 0;
	int m;

	for (m = MONTHS / 2; m < MONTHS; m++)
		sum += s->account[i].sold[m] ? s->account[i].margin[m] : 0;
	return sum;
}

/* ABC and size reckoned once more, in whole cents and without sorting */
static void
agree(const struct sample *s, unsigned long long *random)
{
	struct judging j;
	long long total = 0;
	size_t i, k;

	(void)random;
	sample_judge(s, NULL, 1, &j);
	judging_finish(&j);
	for (i = 0; i < s->n; i++)
		total += margin_of(s, i);
	for (i = 0; i < s->n; i++) {
		long long own = margin_of(s, i), larger = 0;
		size_t rank = 1;

		for (k = 0; k < s->n; k++) {
			if (margin_of(s, k) <= own)
				continue;
			larger += margin_of(s, k);
			rank++;
		}
		assert_int_equal(j.p.account[i].rank, rank);
		if (total <= 0) {
			assert_int_equal(j.p.account[i].abc, 0);
			assert_int_equal(j.p.account[i].size, SIZE_UNKNOWN);
			continue;
		}
		assert_int_equal(j.p.account[i].abc, own <= 0 || larger * 100 >= total * 95 ? 'C'
						     : larger * 100 >= total * 80	    ? 'B'
											    : 'A');
		assert_int_equal(j.p.account[i].size, own * 100 > total * 20	? SIZE_MONOPOLY
						      : own * 100 >= total * 10 ? SIZE_LARGE
										: SIZE_STANDARD);
	}
	judging_free(&j);
}

static void
classes_sizes_and_ranks_are_exact(void **state)
{
	(void)state;
	for_random_samples(agree);
}

/* every account has the same section in both */
static void
same_sections(const struct sample *s, const struct judging *a, const struct judging *b)
{
	char id[32], *x, *y;
	size_t i;

	for (i = 0; i < s->n; i++) {
		sample_id(id, sizeof id, i);
		x = section_of(a, id);
		y = section_of(b, id);
		assert_string_equal(x, y);
		assert_int_equal(judged(a, id)->rank, judged(b, id)->rank);
		free(x);
		free(y);
	}
}

static void
same_decimal(struct decimal a, struct decimal b)
{
	assert_int_equal(a.known, b.known);
	if (a.known)
		assert_int_equal(decimal_cmp(&a, &b), 0);
}

static void
same_measure(const struct judging *a, const struct judging *b, const char *id, const char *name)
{
	same_decimal(measured_of(a, id, name).number, measured_of(b, id, name).number);
}

static void
scale(const struct sample *s, unsigned long long *random)
{
	static const char *const scaled[] = {"share", "volume",	   "growth",
					     "trend", "variation", "penetration"};
	const struct figures *x, *y;
	struct judging a, b;
	size_t i;

	(void)random;
	sample_judge(s, NULL, 1, &a);
	sample_judge(s, NULL, 10, &b);
	judging_finish(&a);
	judging_finish(&b);
	for (i = 0; i < s->n; i++) {
		x = &a.p.account[i];
		y = &b.p.account[i];
		same_decimal(x->cumulative, y->cumulative);
		for (size_t k = 0; k < sizeof scaled / sizeof *scaled; k++)
			same_measure(&a, &b, x->id, scaled[k]);
		assert_int_equal(x->rank, y->rank);
		assert_int_equal(x->abc, y->abc);
		assert_int_equal(x->size, y->size);
		assert_int_equal(x->dependence, y->dependence);
	}
	judging_free(&a);
	judging_free(&b);
}

static void
ten_times_the_money_changes_no_share_class_or_size(void **state)
{
	(void)state;
	for_random_samples(scale);
}

static void
shuffle(const struct sample *s, unsigned long long *random)
{
	struct judging a, b;
	size_t order[ACCOUNTS_MAX], i, k, moved;

	for (i = 0; i < s->n; i++)
		order[i] = i;
	for (i = s->n; i > 1; i--) {
		k = random_below(random, (unsigned)i);
		moved = order[k];
		order[k] = order[i - 1];
		order[i - 1] = moved;
	}
	sample_judge(s, NULL, 1, &a);
	sample_judge(s, order, 1, &b);
	judging_finish(&a);
	judging_finish(&b);
	same_sections(s, &a, &b);
	judging_free(&a);
	judging_free(&b);
}

static void
the_order_of_the_accounts_changes_no_score(void **state)
{
	(void)state;
	for_random_samples(shuffle);
}

static void
add_idle(const struct sample *s, unsigned long long *random)
{
	struct judging a, b;
	size_t i;

	(void)random;
	sample_judge(s, NULL, 1, &a);
	sample_judge(s, NULL, 1, &b);
	judging_add(&b, "id: idle\n");
	judging_finish(&a);
	judging_finish(&b);
	for (i = 0; i < s->n; i++) {
		assert_int_equal(a.p.account[i].abc, b.p.account[i].abc);
		assert_int_equal(a.p.account[i].size, b.p.account[i].size);
		same_measure(&a, &b, a.p.account[i].id, "share");
	}
	judging_free(&a);
	judging_free(&b);
}

static void
an_account_without_sales_changes_nobodys_class(void **state)
{
	(void)state;
	for_random_samples(add_idle);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_score_has_one_measure_to_a_line),
	    cmocka_unit_test(a_score_without_sales_says_all_that_is_missing),
	    cmocka_unit_test(a_models_name_may_be_any_bytes),
	    cmocka_unit_test(shares_add_up_to_a_hundred_but_for_rounding),
	    cmocka_unit_test(classes_sizes_and_ranks_are_exact),
	    cmocka_unit_test(ten_times_the_money_changes_no_share_class_or_size),
	    cmocka_unit_test(the_order_of_the_accounts_changes_no_score),
	    cmocka_unit_test(an_account_without_sales_changes_nobodys_class),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
