#include "domain/account.h"

#include <string.h>

#include "base/text.h"

int
account_read(const struct doc *doc, struct account *a, struct arena *arena, struct sink *sink)
{
	memset(a, 0, sizeof *a);
	return fields_read(doc, doc->root, &account_fields, a, arena, sink);
}

bool
account_id_is_valid(const char *id)
{
	return field_id_is_valid(id);
}

const char *
account_title(const struct account *a)
{
	return a->name ? a->name : a->id;
}

/* one of several parts of a key, so written that "a/b" and "c" are not "a" and "b/c" */
static void
key_add_part(struct buf *key, const char *part)
{
	for (; *part; part++) {
		if (*part == '/' || *part == '\\')
			buf_addc(key, '\\');
		buf_addc(key, *part);
	}
}

static size_t
key_count(const struct fields *fields)
{
	size_t count = 0;

	for (size_t i = 0; i < fields->n; i++)
		count += (fields->field[i].flags & FIELD_KEY) != 0;
	return count;
}

bool
fields_have_keys(const struct fields *fields)
{
	return fields && key_count(fields) > 0;
}

const char *
account_item_key(const struct fields *fields, const struct node *item, struct arena *arena)
{
	const char *part = field_find(fields, "id") ? node_get_text(item, "id") : NULL;
	size_t parts = key_count(fields), slashes = 0;
	struct buf key = {0};

	if (part)
		return part;
	for (size_t i = 0; i < fields->n; i++) {
		if (!(fields->field[i].flags & FIELD_KEY))
			continue;
		part = node_get_text(item, fields->field[i].name);
		if (part && parts == 1)
			return part;
		/* trailing parts without a value leave no slashes */
		for (; part && slashes > 0; slashes--)
			buf_addc(&key, '/');
		if (part)
			key_add_part(&key, part);
		slashes++;
	}
	part = arena_copy(arena, key.len > 0 ? key.data : "", key.len);
	buf_free(&key);
	return part;
}

bool
survey_kind_is_nps(const char *kind)
{
	return kind && (strcmp(kind, "nps") == 0 || strcmp(kind, "NPS") == 0);
}

bool
tier_is_key(const char *tier)
{
	return tier && strcmp(tier, "key") == 0;
}

bool
sale_has_figures(const struct sale *sale)
{
	return sale->revenue.known || sale->margin.known;
}

bool
sale_has_orders(const struct sale *sale)
{
	struct decimal sold = sale->revenue;

	if (sale->orders > 0)
		return true;
	/* revenue is net of returns; a sum beyond all bounds is more than nothing */
	return sold.known &&
	       ((sale->returns.known && decimal_add(&sold, &sale->revenue, &sale->returns) < 0) ||
		decimal_sign(&sold) > 0);
}

unsigned
sale_order_days(const struct sale *sale)
{
	unsigned days = sale->on & ((2U << month_last(sale->month).day) - 2);

	return days ? days : sale_has_orders(sale);
}

unsigned
order_days_settled(unsigned joined, month m)
{
	return joined == 1 ? 1U << month_last(m).day : joined & ~1U;
}

long
invoice_days_late(const struct invoice *inv, struct date today)
{
	struct date end = date_is_set(inv->settled) ? inv->settled : today;
	long late;

	if (!date_is_set(inv->due))
		return 0;
	late = date_diff(end, inv->due);
	return late > 0 ? late : 0;
}

struct decimal
invoice_open_amount(const struct invoice *inv)
{
	struct decimal open = {0};

	if (!inv->paid.known)
		return inv->amount;
	/* too large to subtract is as good as not known */
	if (decimal_sub(&open, &inv->amount, &inv->paid) < 0)
		open.known = false;
	return open;
}

bool
deal_is_open(const struct deal *d)
{
	return !date_is_set(d->closed) &&
	       (!d->stage || (strcmp(d->stage, "won") != 0 && strcmp(d->stage, "lost") != 0));
}

struct date
account_last_contact(const struct account *a, struct date today)
{
	const struct log_entry *entry = a->log.v;
	struct date last = {0};

	for (size_t i = 0; i < a->log.n; i++) {
		if (date_cmp(entry[i].date, today) <= 0 && date_cmp(entry[i].date, last) > 0)
			last = entry[i].date;
	}
	return last;
}

bool
contact_has_left(const struct contact *c, struct date today)
{
	return date_is_set(c->left) && date_cmp(c->left, today) <= 0;
}

const struct contact *
account_main_contact(const struct account *a, struct date today)
{
	const struct contact *c = a->contacts.v, *decider = NULL, *first = NULL;

	for (size_t i = 0; i < a->contacts.n; i++) {
		if (contact_has_left(&c[i], today))
			continue;
		if (c[i].primary == YESNO_YES)
			return &c[i];
		if (!decider && c[i].role && strcmp(c[i].role, "decider") == 0)
			decider = &c[i];
		if (!first)
			first = &c[i];
	}
	return decider ? decider : first;
}

static bool
was_with(const struct log_entry *entry, const struct contact *contact)
{
	for (size_t i = 0; contact && contact->id && i < entry->with.n; i++) {
		if (strcmp(entry->with.v[i], contact->id) == 0)
			return true;
	}
	return false;
}

bool
log_entry_is_known(const struct log_entry *entry, const struct contact *main)
{
	if (entry->told == YESNO_YES || was_with(entry, main))
		return true;
	return entry->told == YESNO_UNSET && (!main || main->primary != YESNO_YES);
}

size_t
account_contact_count(const struct account *a, struct date today)
{
	const struct contact *c = a->contacts.v;
	size_t count = 0;

	for (size_t i = 0; i < a->contacts.n; i++)
		count += !contact_has_left(&c[i], today);
	return count;
}
