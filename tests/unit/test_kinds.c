#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/account.h"
#include "domain/cell.h"
#include "domain/map.h"
#include "findings.h"

static const struct map_kind *
kind(const char *name)
{
	const struct map_kind *found = map_kind_find(name);

	if (!found)
		fail_msg("no kind %s", name);
	return found;
}

static void
each_word_of_kind_is_a_kind_in_the_same_order(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < n_map_kinds; i++) {
		assert_string_equal(map_kind_words[i], map_kinds[i].name);
		assert_ptr_equal(map_kind_find(map_kind_words[i]), &map_kinds[i]);
	}
	assert_null(map_kind_words[n_map_kinds]);
	assert_int_equal(n_map_kinds, 15);
	assert_null(map_kind_find("sale"));
	assert_null(map_kind_find(""));
}

static void
a_kind_has_the_table_of_its_section(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < n_map_kinds; i++) {
		const struct map_kind *k = &map_kinds[i];
		const struct field *section = k->section ? field_find(&account_fields, k->section) : NULL;

		if (!k->section) {
			assert_ptr_equal(k->fields, &account_fields);
			continue;
		}
		assert_non_null(section);
		assert_int_equal(section->type, FIELD_LIST);
		if (!k->summed)
			assert_ptr_equal(section->sub, k->fields);
		else
			assert_string_equal(k->section, "sales");
	}
	assert_ptr_equal(kind("sales")->fields, &sales_columns);
	assert_ptr_equal(kind("products")->fields, &product_columns);
}

static void
what_a_kind_needs_or_is_dated_by_a_column_can_fill(void **state)
{
	size_t i, r;

	(void)state;
	for (i = 0; i < n_map_kinds; i++) {
		const struct map_kind *k = &map_kinds[i];

		for (r = 0; k->required[r]; r++) {
			assert_non_null(map_field(k, k->required[r]));
			assert_true(cell_fits(map_field(k, k->required[r])->type));
		}
		if (k->dated)
			assert_int_equal(map_field(k, k->dated)->type, FIELD_DATE);
	}
	assert_string_equal(kind("deliveries")->dated, "ordered");
	assert_string_equal(kind("complaints")->dated, "opened");
	assert_string_equal(kind("contracts")->dated, "start");
	assert_null(kind("potential")->dated);
}

/* an item of an import must pass account_read and have a key */
static void
a_kind_needs_what_its_items_cannot_do_without(void **state)
{
	size_t i, f, r;

	(void)state;
	for (i = 0; i < n_map_kinds; i++) {
		const struct map_kind *k = &map_kinds[i];

		for (f = 0; k->section && f < k->fields->n; f++) {
			const struct field *field = &k->fields->field[f];
			bool made = strcmp(k->name, "contacts") == 0 && strcmp(field->name, "id") == 0;

			if (!(field->flags & FIELD_REQUIRED) || made)
				continue;
			for (r = 0; k->required[r] && strcmp(k->required[r], field->name) != 0; r++)
				;
			if (!k->required[r])
				fail_msg("%s does not need %s", k->name, field->name);
		}
	}
}

static void
a_dot_leads_into_maps_and_into_lists_of_items(void **state)
{
	(void)state;
	assert_string_equal(map_field(kind("accounts"), "profile.region")->name, "region");
	assert_int_equal(map_field(kind("deals"), "proposal.sent")->type, FIELD_DATE);
	assert_string_equal(map_field(kind("competitors"), "criteria.us")->name, "us");
	assert_int_equal(map_field(kind("competitors"), "criteria")->type, FIELD_LIST);
	assert_null(map_field(kind("competitors"), "criteria.ours"));
	assert_null(map_field(kind("competitors"), "criteria."));
	assert_null(map_field(kind("competitors"), ".us"));
	assert_null(map_field(kind("competitors"), "name.us"));
	assert_null(map_field(kind("competitors"), "criteria.us.us"));
}

static void
lists_of_an_account_are_kinds_of_their_own(void **state)
{
	(void)state;
	assert_null(map_field(kind("accounts"), "contacts.name"));
	assert_null(map_field(kind("accounts"), "sales.revenue"));
	assert_null(map_field(kind("accounts"), "plan.actions.id"));
}

static void
the_nearest_name_is_one_that_a_column_can_fill(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_string_equal(map_field_nearest(kind("competitors"), "criteria.weigth", &arena),
			    "criteria.weight");
	assert_string_equal(map_field_nearest(kind("deals"), "proposal.snt", &arena), "proposal.sent");
	assert_string_equal(map_field_nearest(kind("sales"), "lines", &arena), "line");
	assert_null(map_field_nearest(kind("competitors"), "criterias", &arena));
	assert_null(map_field_nearest(kind("competitors"), "krit.us", &arena));
	assert_null(map_field_nearest(kind("accounts"), "contacts.nam", &arena));
	arena_free(&arena);
}

/* the least map of each kind is enough, and less is not */
static void
the_least_map_of_each_kind_is_good(void **state)
{
	size_t i, r;

	(void)state;
	for (i = 0; i < n_map_kinds; i++) {
		const struct map_kind *k = &map_kinds[i];
		struct findings found;
		struct buf text = {0};
		struct map map;

		buf_printf(&text, "kind: %s\naccount: {name: Client}\n", k->name);
		if (k->summed)
			buf_adds(&text, "source: erp\n");
		buf_adds(&text, "columns:\n");
		for (r = 0; k->required[r]; r++)
			buf_printf(&text, "  %s: Column %zu\n", k->required[r], r);
		if (k->summed)
			buf_adds(&text, "  revenue: Net\n");
		findings_init(&found);
		assert_int_equal(map_read(&map, (struct str){text.data, text.len}, "m.yaml", &found.sink), 0);
		assert_string_equal(findings_text(&found), "");
		assert_ptr_equal(map.type, k);
		map_free(&map);
		buf_free(&text);
		buf_free(&found.text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_word_of_kind_is_a_kind_in_the_same_order),
	    cmocka_unit_test(a_kind_has_the_table_of_its_section),
	    cmocka_unit_test(what_a_kind_needs_or_is_dated_by_a_column_can_fill),
	    cmocka_unit_test(a_kind_needs_what_its_items_cannot_do_without),
	    cmocka_unit_test(a_dot_leads_into_maps_and_into_lists_of_items),
	    cmocka_unit_test(lists_of_an_account_are_kinds_of_their_own),
	    cmocka_unit_test(the_nearest_name_is_one_that_a_column_can_fill),
	    cmocka_unit_test(the_least_map_of_each_kind_is_good),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
