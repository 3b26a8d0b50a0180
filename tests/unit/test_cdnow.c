/*
 * The fit of the paper: the sample of CDNOW's clients, 39 of its 78 weeks.
 * The file is not ours to ship: KAM_CDNOW names it. Its lines are the number
 * in the master set, the number in the sample, date, units, money.
 */
#include <math.h>

#include "ordering.h"

#define CLIENT_DAYS 400

struct sample {
	struct judging j;
	char client[16];
	long day[CLIENT_DAYS];
	size_t days;
};

static void
end_client(struct sample *s)
{
	if (s->days)
		ordering_add(&s->j, s->client, s->day, s->days);
	s->days = 0;
}

static void
read_order(struct sample *s, const char *client, const char *date)
{
	struct date d = {0};
	char iso[16];
	long day;

	snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", date, date + 4, date + 6);
	assert_int_equal(date_parse(iso, 10, &d), 0);
	day = date_days(d);
	if (strcmp(client, s->client) != 0)
		end_client(s);
	snprintf(s->client, sizeof s->client, "%.15s", client);
	if (s->days && s->day[s->days - 1] == day)
		return;
	assert_true(s->days < CLIENT_DAYS && (!s->days || s->day[s->days - 1] < day));
	s->day[s->days++] = day;
}

static void
near(double value, double expected, double tolerance)
{
	if (!(fabs(value - expected) <= tolerance))
		fail_msg("%.8g is not %.8g", value, expected);
}

static double
likelihood(const struct portfolio *p)
{
	struct order_group *group = xcalloc(p->n, sizeof *group);
	double value;

	for (size_t i = 0; i < p->n; i++)
		group[i] = (struct order_group){order_days_history(&p->account[i].order_days, p->as_of), 1};
	value = bgnbd_log_likelihood(&p->orders.model, group, order_groups_join(group, p->n));
	free(group);
	return value;
}

/* the file's orders after the 39 weeks are there too: nothing may follow from them */
static void
the_sample_gives_the_papers_parameters(void **state)
{
	const char *name = getenv("KAM_CDNOW");
	struct order_history h = {.repeats = 2, .recency = 213, .age = 272};
	struct sample s = {.days = 0};
	const struct bgnbd *f = &s.j.p.orders.model;
	char client[16], date[16];
	FILE *file;

	(void)state;
	if (!name || !*name)
		skip();
	file = fopen(name, "r");
	assert_non_null(file);
	judging_begin(&s.j, "", "1997-09", BASIS_AUTO);
	while (fscanf(file, "%*s %15s %15s %*s %*s", client, date) == 2)
		read_order(&s, client, date);
	end_client(&s);
	fclose(file);
	judging_finish(&s.j);
	assert_int_equal(s.j.p.orders.clients, 2357);
	near(f->r, 0.243, 0.0005);
	near(f->alpha, 4.414, 0.0005);
	near(f->a, 0.793, 0.0005);
	near(f->b, 2.426, 0.0005);
	near(likelihood(&s.j.p), -9582.4, 0.05);
	near(bgnbd_alive(f, &h), 0.727, 0.0005);
	near(bgnbd_alive(f, &h) * bgnbd_orders_if_alive(f, &h, 39), 1.226, 0.0005);
	judging_free(&s.j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_sample_gives_the_papers_parameters),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
