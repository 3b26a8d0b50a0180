#include "domain/action.h"

#include <string.h>

#include "base/text.h"

#define NAMES_SHOWN 8  /* of the people met */
#define FIELDS_MAX 32  /* of the table, compared with one that it does not know */
#define MONEY_PLACES 2 /* at the least */

static const char *
contact_name(const struct contact *c)
{
	return c->name ? c->name : c->id;
}

static void
add_client(struct buf *out, const struct filling *f)
{
	buf_adds(out, account_title(f->account));
}

/* nobody known there: the client itself is called */
static void
add_primary(struct buf *out, const struct filling *f)
{
	buf_adds(out, f->main ? contact_name(f->main) : account_title(f->account));
}

static void
add_contact(struct buf *out, const struct filling *f)
{
	if (f->event->contact)
		buf_adds(out, contact_name(f->event->contact));
	else
		add_primary(out, f);
}

static void
add_date(struct buf *out, const struct filling *f)
{
	if (date_is_set(f->event->date))
		date_format(out, f->event->date);
	else
		buf_adds(out, "never");
}

static void
add_days(struct buf *out, const struct filling *f)
{
	long days = date_diff(f->today, f->event->date);

	if (date_is_set(f->event->date))
		buf_printf(out, "%ld", days > 0 ? days : 0);
	else
		buf_addc(out, '?');
}

static void
add_deal(struct buf *out, const struct filling *f)
{
	buf_adds(out, f->event->deal);
}

static void
add_invoice(struct buf *out, const struct filling *f)
{
	buf_adds(out, f->event->invoice);
}

static void
add_contract(struct buf *out, const struct filling *f)
{
	buf_adds(out, f->event->contract);
}

static void
add_amount(struct buf *out, const struct filling *f)
{
	struct decimal amount = f->event->amount;

	if (!amount.known) {
		buf_adds(out, "an unknown amount");
		return;
	}
	decimal_format(out, amount, amount.places > MONEY_PLACES ? amount.places : MONEY_PLACES);
	if (f->account->currency)
		buf_printf(out, " %s", f->account->currency);
}

static void
add_with(struct buf *out, const struct filling *f)
{
	const struct texts *with = &f->event->entry->with;

	if (with->n == 0)
		buf_adds(out, account_title(f->account));
	for (size_t i = 0; i < with->n && i < NAMES_SHOWN; i++) {
		const struct contact *c = hash_get(f->contacts, with->v[i], strlen(with->v[i]));

		buf_printf(out, "%s%s", i > 0 ? ", " : "", c ? contact_name(c) : with->v[i]);
	}
	if (with->n > NAMES_SHOWN)
		buf_adds(out, ", …");
}

static void
add_by(struct buf *out, const struct filling *f)
{
	buf_adds(out, f->event->entry->by ? f->event->entry->by : "us");
}

static void
add_about(struct buf *out, const struct filling *f)
{
	const struct log_entry *entry = f->event->entry;

	buf_adds(out, entry->about ? entry->about : entry->kind ? entry->kind : "contact");
}

static void
add_n(struct buf *out, const struct filling *f)
{
	buf_printf(out, "%zu", f->event->contacts);
}

static void
add_missing(struct buf *out, const struct filling *f)
{
	buf_adds(out, f->event->missing);
}

const struct action_field action_fields[] = {
    {"client", true, add_client, "the account's name"},
    {"contact", true, add_contact, "the person it is about, else the main contact, else the client"},
    {"primary", true, add_primary, "the main contact, else the client"},
    {"date", false, add_date, "the trigger's date; \"never\" where there is none"},
    {"days", false, add_days, "days from that date to today, 0 if it is still to come"},
    {"deal", false, add_deal, "the deal's title, else its number"},
    {"invoice", false, add_invoice, "the invoice's number"},
    {"contract", false, add_contract, "the contract's number"},
    {"amount", false, add_amount, "what is still to be paid of the invoice, or the deal's amount"},
    {"with", false, add_with, "names of those whom the log entry names"},
    {"by", false, add_by, "who of us made the contact"},
    {"about", false, add_about, "what the log entry is about"},
    {"n", false, add_n, "how many contacts the account has"},
    {"missing", false, add_missing, "functions that no contact has"},
};
const size_t n_action_fields = sizeof action_fields / sizeof *action_fields;

static const struct action_field *
field_named(struct str name)
{
	for (size_t i = 0; i < n_action_fields; i++) {
		if (strlen(action_fields[i].name) == name.n &&
		    memcmp(action_fields[i].name, name.p, name.n) == 0)
			return &action_fields[i];
	}
	return NULL;
}

/* The next {field} from `at` on: where it begins, and its name. NULL: there is none; a name of NULL: a brace
 * without its pair. */
static const char *
field_next(const char *at, struct str *name)
{
	const char *open = at + strcspn(at, "{}"), *close;

	if (*open == '\0')
		return NULL;
	close = open + 1 + strcspn(open + 1, "{}");
	*name = (struct str){open + 1, (size_t)(close - open - 1)};
	if (*open == '}' || *close != '}')
		name->p = NULL;
	return open;
}

static bool
is_filled_by(const struct action_field *field, const struct trigger *trigger)
{
	if (field->common)
		return true;
	for (const char *const *says = trigger->says; *says; says++) {
		if (strcmp(*says, field->name) == 0)
			return true;
	}
	return false;
}

static int
field_refuse(struct str name, const struct trigger *trigger, struct error *err)
{
	const char *known[FIELDS_MAX], *near;
	struct buf text = {0}, wrong = {0};
	size_t n = 0;

	buf_add(&wrong, name.p, name.n);
	text_quote(&text, name.p, name.n);
	buf_printf(&text, " is no field of %s, which fills ", trigger->name);
	for (size_t i = 0; i < n_action_fields && n < FIELDS_MAX; i++) {
		if (!is_filled_by(&action_fields[i], trigger))
			continue;
		buf_printf(&text, "%s{%s}", n > 0 ? ", " : "", action_fields[i].name);
		known[n++] = action_fields[i].name;
	}
	near = text_nearest(wrong.data, known, n);
	if (near)
		buf_printf(&text, "; did you mean {%s}?", near);
	error_set(err, "%s", text.data);
	buf_free(&text);
	buf_free(&wrong);
	return -1;
}

int
action_check(const char *action, const struct trigger *trigger, struct error *err)
{
	struct str name;

	while ((action = field_next(action, &name))) {
		const struct action_field *field;

		if (!name.p)
			return error_set(err, "a brace without its pair; a field is written {contact}");
		field = field_named(name);
		if (!field || !is_filled_by(field, trigger))
			return field_refuse(name, trigger, err);
		action = name.p + name.n + 1;
	}
	return 0;
}

void
action_fill(struct buf *out, const char *action, const struct filling *f)
{
	const char *open;
	struct str name;

	while ((open = field_next(action, &name)) && name.p) {
		const struct action_field *field = field_named(name);

		buf_add(out, action, (size_t)(open - action));
		if (field)
			field->add(out, f);
		action = name.p + name.n + 1;
	}
	buf_adds(out, action);
}
