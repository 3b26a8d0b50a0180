/*
 * An account measured: first by itself, then, when all are known, as a part
 * of the whole. In between own measures wait packed, a few bytes to each, for
 * there may be very many accounts.
 */
#include <string.h>

#include "domain/steps.h"
#include "domain/verdict.h"

__extension__ typedef unsigned __int128 uint128;

/* zigzag, seven bits to a byte, the lowest first */
static void
pack_number(struct buf *out, int128 number)
{
	uint128 bits = number < 0 ? ~((uint128)number << 1) : (uint128)number << 1;

	for (; bits > 0x7F; bits >>= 7)
		buf_addc(out, (char)(0x80 | (unsigned char)(bits & 0x7F)));
	buf_addc(out, (char)(unsigned char)bits);
}

static int128
unpack_number(struct str *in)
{
	uint128 bits = 0;
	unsigned shift = 0;
	unsigned char c;

	do {
		c = (unsigned char)*in->p++;
		in->n--;
		bits |= (uint128)(c & 0x7F) << shift;
		shift += 7;
	} while (c & 0x80);
	return bits & 1 ? (int128) ~(bits >> 1) : (int128)(bits >> 1);
}

static void
pack_measure(struct buf *out, size_t i, const struct measured *v)
{
	size_t n;

	buf_addc(out, (char)(unsigned char)i);
	if (v->flow) {
		n = strlen(v->flow) + 1;
		pack_number(out, (int128)n);
		buf_add(out, v->flow, n);
		return;
	}
	buf_addc(out, (char)v->number.places);
	pack_number(out, v->number.units);
}

/* flows stay where they are packed */
static void
unpack(struct str in, struct measured have[MEASURES])
{
	while (in.n) {
		size_t i = (unsigned char)*in.p, n;
		struct measured *v = &have[i];

		in.p++;
		in.n--;
		*v = (struct measured){0};
		if (measures[i].type == MEASURE_FLOW) {
			n = (size_t)unpack_number(&in);
			v->flow = in.p;
			in.p += n;
			in.n -= n;
			continue;
		}
		v->number.places = *in.p;
		in.p++;
		in.n--;
		v->number.units = unpack_number(&in);
		v->number.known = true;
	}
}

static struct str
kept(struct arena *arena, struct buf *packed)
{
	struct str s = {arena_copy(arena, packed->data ? packed->data : "", packed->len), packed->len};

	buf_free(packed);
	return s;
}

/* which rows of a stage are computed; by_basis_only: those that a change of basis changes */
static void
run(struct measuring *m, enum measure_stage stage, bool by_basis_only)
{
	for (size_t i = 0; i < MEASURES; i++) {
		if (measures[i].stage != stage || (by_basis_only && !measures[i].by_basis))
			continue;
		if (m->steps)
			m->steps->now = &m->steps->of[i];
		m->have[i] = (struct measured){0};
		measures[i].measure(m, &m->have[i]);
		if (m->overflow && !m->overflow_in)
			m->overflow_in = measures[i].name;
	}
}

static struct str
pack(const struct measured have[MEASURES], bool by_basis_only, struct arena *arena)
{
	struct buf packed = {0};

	for (size_t i = 0; i < MEASURES; i++) {
		if (measures[i].stage == MEASURE_OWN && measured_known(&have[i]) &&
		    (!by_basis_only || measures[i].by_basis))
			pack_measure(&packed, i, &have[i]);
	}
	return kept(arena, &packed);
}

static int
refuse(const char *id, const char *what, struct error *err)
{
	return error_set(err, "account %s: %s: a sum is larger than 36 digits", id, what);
}

static struct measuring
measuring_of(const struct portfolio *p, const struct account *account, const struct sums *sums,
	     struct measured *have, struct arena *arena)
{
	return (struct measuring){.account = account,
				  .model = p->model,
				  .first = p->first,
				  .last = p->last,
				  .as_of = p->as_of,
				  .basis = p->basis == BASIS_REVENUE ? BASIS_REVENUE : BASIS_MARGIN,
				  .sums = sums,
				  .have = have,
				  .arena = arena};
}

static void
fill_figures(struct figures *f, const struct account *account, const struct sums *sums)
{
	*f = (struct figures){.id = account->id,
			      .title = account_title(account),
			      .manager = account->manager,
			      .tier = account->tier,
			      .currency = account->currency,
			      .revenue = sums->now.revenue,
			      .margin = sums->now.margin,
			      .revenue_before = sums->before.revenue,
			      .margin_before = sums->before.margin,
			      .margin_missing = sums->now.margin_missing,
			      .margin_before_missing = sums->before.margin_missing != 0};
}

static const char *
words_text(const struct texts *words, struct arena *arena)
{
	const char *text = NULL;
	struct buf joined = {0};

	for (size_t i = 0; i < words->n; i++) {
		buf_adds(&joined, i ? ", " : "");
		buf_adds(&joined, words->v[i]);
	}
	if (joined.len)
		text = arena_strdup(arena, joined.data);
	buf_free(&joined);
	return text;
}

/* what the whole needs of the account's orders and surveys, and of its place in a group */
static void
fill_places(struct measuring *m, struct figures *f)
{
	struct date last = sums_last_order(m->sums);

	f->parent = m->account->parent;
	f->division = m->account->division;
	f->key_for = words_text(&m->account->key_for, m->arena);
	f->surveys = surveys_count(m);
	f->divisions = potential_divisions(m, &f->could);
	f->orders = m->sums->now.orders;
	f->ordered = m->sums->orders_told;
	f->last_order = f->ordered ? (int)date_days(last) : 0;
}

static signed char
band_word(const struct node *band, const char *name)
{
	const char *word = node_get_text(band, name);
	const char *const *words = measures[MEASURE_BAND].words;

	for (signed char i = 0; word && words[i]; i++) {
		if (strcmp(words[i], word) == 0)
			return i;
	}
	return -1;
}

static void
read_date(struct date *date, const struct node *map, const char *name)
{
	const char *text = node_get_text(map, name);

	if (text && date_parse(text, strlen(text), date) < 0)
		*date = (struct date){0};
}

/* The score that the account came with is a program's, or was meddled with: what it does not say well it does not say. */
static void
note_band(struct band_noted *noted, const struct node *score)
{
	const struct node *band = node_get(score, "band");

	*noted = (struct band_noted){.now = band_word(band, "now"), .was = band_word(band, "was")};
	read_date(&noted->as_of, score, "as-of");
	read_date(&noted->since, band, "since");
}

static void
note_share(struct decimal *share, const struct node *score)
{
	const char *text = node_get_text(score, measures[MEASURE_SHARE].name);

	*share = (struct decimal){0};
	if (text && decimal_parse(text, strlen(text), share) < 0)
		*share = (struct decimal){0};
}

static void
find_months(struct own *own, const struct account *account)
{
	const struct sale *sale = account->sales.v;

	for (size_t i = 0; i < account->sales.n; i++) {
		if (!sale_has_figures(&sale[i]))
			continue;
		if (!own->oldest || sale[i].month < own->oldest)
			own->oldest = sale[i].month;
		if (sale[i].month > own->newest)
			own->newest = sale[i].month;
	}
}

/* bits of enum record, by what was known at the window's end */
static unsigned
records_kept(const struct account *account, struct date as_of, const struct measured have[MEASURES])
{
	const struct complaint *complaint = account->complaints.v;
	unsigned records = account->contacts.n ? RECORD_PEOPLE : 0;

	for (size_t i = 0; i < account->complaints.n; i++) {
		if (date_cmp(complaint[i].opened, as_of) <= 0)
			records |= RECORD_COMPLAINTS;
	}
	return have[MEASURE_LAST_CONTACT].number.known ? records | RECORD_LOG : records;
}

int
portfolio_measure(const struct portfolio *p, const struct account *account, struct arena *arena,
		  struct own *own, struct error *err)
{
	struct measured have[MEASURES];
	struct measuring m;
	struct sums sums;

	*own = (struct own){0};
	if (sums_make(&sums, account, p->first, p->last, arena) < 0)
		return refuse(account->id, "sales", err);
	fill_figures(&own->figures, account, &sums);
	order_days_find(&own->figures.order_days, account, p->as_of, UNTOLD_LEFT_OUT, arena);
	note_band(&own->figures.band, account->score);
	note_share(&own->share, account->score);
	own->figures.categories = category_bits(&account->categories);
	find_months(own, account);
	m = measuring_of(p, account, &sums, have, arena);
	fill_places(&m, &own->figures);
	run(&m, MEASURE_OWN, false);
	own->records = records_kept(account, p->as_of, have);
	own->figures.own[0] = pack(have, false, arena);
	own->figures.flags = flags_raised(&m, MEASURE_OWN);
	if (p->basis == BASIS_AUTO) {
		m.basis = BASIS_REVENUE;
		run(&m, MEASURE_OWN, true);
		own->figures.own[1] = pack(have, true, arena);
	}
	return m.overflow ? refuse(account->id, m.overflow_in, err) : 0;
}

/* own measures as they were packed, by the basis that was settled on since */
void
figures_own(const struct portfolio *p, const struct figures *f, struct measured have[MEASURES])
{
	memset(have, 0, MEASURES * sizeof *have);
	unpack(f->own[0], have);
	if (!p->both_bases || p->basis != BASIS_REVENUE)
		return;
	for (size_t i = 0; i < MEASURES; i++) {
		if (measures[i].by_basis)
			have[i] = (struct measured){0};
	}
	unpack(f->own[1], have);
}

/* A record that no account keeps says nothing of any. */
static void
forget_unkept(const struct portfolio *p, struct measured have[MEASURES])
{
	for (size_t i = 0; i < MEASURES; i++) {
		unsigned lacking = measures[i].records & ~p->records;

		if (lacking)
			measured_missing(&have[i], record_lacking(lacking));
	}
}

static int
judge(struct measuring *m, const struct portfolio *p, const struct figures *f, struct judgement *j,
      struct error *err)
{
	m->portfolio = p;
	m->figures = f;
	forget_unkept(p, j->have);
	run(m, MEASURE_WHOLE, false);
	j->flags = flags_of_records(j->flags | flags_raised(m, MEASURE_WHOLE), p->records);
	return m->overflow ? refuse(f->id, m->overflow_in, err) : 0;
}

int
portfolio_judge(const struct portfolio *p, const struct figures *f, struct arena *arena, struct judgement *j,
		struct error *err)
{
	struct measuring m = measuring_of(p, NULL, NULL, j->have, arena);

	figures_own(p, f, j->have);
	j->flags = f->flags;
	return judge(&m, p, f, j, err);
}

int
portfolio_explain(const struct portfolio *p, const struct figures *f, const struct account *account,
		  struct arena *arena, struct judgement *j, struct steps *steps, struct error *err)
{
	struct measuring m;
	struct sums sums;

	if (sums_make(&sums, account, p->first, p->last, arena) < 0)
		return refuse(f->id, "sales", err);
	m = measuring_of(p, account, &sums, j->have, arena);
	m.steps = steps;
	*j = (struct judgement){.flags = f->flags};
	run(&m, MEASURE_OWN, false);
	if (judge(&m, p, f, j, err) < 0)
		return -1;
	flags_explain(&m, j->flags);
	steps->now = &steps->proposals;
	proposals_explain(&m);
	return 0;
}
