#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "domain/importer.h"
#include "findings.h"

#define SALES                                                                          \
	"kind: sales\nsource: shop\naccount: {external: {shop: code}, name: client}\n" \
	"columns: {date: date, document: document, revenue: net}\n"
#define HEADER "date,document,code,client,net\n"

/* an import and what was said of its rows, one to a line */
struct import {
	struct importer importer;
	struct map map[2];
	char *text[2];
	struct findings found;
	struct buf said;
	struct buf out;
	struct error err;
	bool stop; /* at the next reject */
};

static int
on_reject(void *data, const struct reject *reject, struct error *err)
{
	struct import *import = data;
	struct error shown;

	if (import->stop)
		return error_set(err, "stopped");
	buf_printf(&import->said, "%s: ", reject->kind);
	error_at(&shown, reject->file, reject->line, reject->column, "%s", reject->text);
	error_format(&shown, &import->said);
	buf_addc(&import->said, '\n');
	return 0;
}

static int
on_header(void *data, const struct map *map, const struct csvread *reader, const struct csv_row *header,
	  struct error *err)
{
	(void)data;
	(void)map;
	(void)reader;
	(void)err;
	assert_true(header->n > 0);
	return 0;
}

static void
begin(struct import *import, const char *map)
{
	memset(import, 0, sizeof *import);
	findings_init(&import->found);
	import->importer.reject = on_reject;
	import->importer.header = on_header;
	import->importer.data = import;
	import->text[0] = xstrdup(map);
	map_read(&import->map[0], (struct str){import->text[0], strlen(map)}, "m.yaml", &import->found.sink);
	assert_string_equal(findings_text(&import->found), "");
}

static int
read_file(struct import *import, size_t map, const char *csv)
{
	FILE *f = tmpfile();
	int status;

	assert_non_null(f);
	assert_int_equal(fwrite(csv, 1, strlen(csv), f), strlen(csv));
	assert_int_equal(fflush(f), 0);
	assert_int_equal(lseek(fileno(f), 0, SEEK_SET), 0);
	status = importer_file(&import->importer, &import->map[map], fileno(f), "e.csv", &import->err);
	fclose(f);
	return status;
}

/* reads the export and writes the accounts that rows were about */
static void
import_csv(struct import *import, const char *csv)
{
	if (read_file(import, 0, csv) < 0)
		fail_msg("%s", import->err.text);
}

static void
finish(struct import *import)
{
	size_t i;

	assert_int_equal(importer_finish(&import->importer, &import->found.sink), 0);
	for (i = 0; i < import->importer.book.n; i++)
		if (import->importer.book.entry[i]->touched)
			importer_write(&import->importer, import->importer.book.entry[i], &import->out);
}

static const char *
said(const struct import *import)
{
	return import->said.data ? import->said.data : "";
}

static void
end(struct import *import)
{
	size_t i;

	assert_int_equal(import->importer.rows,
			 import->importer.imported + import->importer.skipped + import->importer.rejected);
	importer_free(&import->importer);
	for (i = 0; i < 2; i++) {
		if (import->text[i])
			map_free(&import->map[i]);
		free(import->text[i]);
	}
	buf_free(&import->found.text);
	buf_free(&import->said);
	buf_free(&import->out);
}

/* an export by a map becomes these accounts, and this is said of its rows */
static void
becomes(const char *map, const char *csv, const char *accounts, const char *words)
{
	struct import import;

	begin(&import, map);
	import_csv(&import, csv);
	finish(&import);
	assert_string_equal(said(&import), words);
	assert_string_equal(import.out.data ? import.out.data : "", accounts);
	end(&import);
}

/* an export that cannot be imported at all */
static void
stops(const char *map, const char *csv, size_t line, const char *words)
{
	struct import import;

	begin(&import, map);
	assert_int_equal(read_file(&import, 0, csv), -1);
	assert_string_equal(import.err.text, words);
	assert_string_equal(import.err.file, "e.csv");
	assert_int_equal(import.err.line, line);
	import.importer.rows = import.importer.imported + import.importer.skipped + import.importer.rejected;
	end(&import);
}

static void
rows_become_months_of_accounts(void **state)
{
	(void)state;
	becomes(SALES,
		HEADER "2026-02-01,1,007,Beta,10\n2026-01-31,2,007,Beta,2.505\n"
		       "2026-02-28,3,K,Alpha,1\n2026-02-02,4,007,,-0.5\n",
		"---\nid: alpha\nname: Alpha\nexternal: {shop: \"K\"}\nsales:\n"
		"  - {month: 2026-02, source: shop, revenue: 1.00, returns: 0.00, orders: 1, on: [28]}\n"
		"---\nid: beta\nname: Beta\nexternal: {shop: \"007\"}\nsales:\n"
		"  - {month: 2026-01, source: shop, revenue: 2.51, returns: 0.00, orders: 1, on: [31]}\n"
		"  - {month: 2026-02, source: shop, revenue: 9.50, returns: 0.50, orders: 1, on: [1]}\n",
		"");
}

static void
a_row_that_cannot_be_used_is_said_with_place_column_and_cell(void **state)
{
	(void)state;
	becomes(SALES,
		HEADER "2026-02-30,1,1,A,10\n2026-02-01,1,1,A,1O\n2026-02-01,1,,,10\n2026-02-01,1,1,A,\n"
		       "2026-02-01,1,1,A,10,x\n2026-02-01,1,1,A,10,\n2026-02-01,1,-,,10\n"
		       "\"2026-02-01\"x,1,1,A,1\n,,1,,1\n",
		"---\nid: a\nname: A\nexternal: {shop: \"1\"}\nsales:\n"
		"  - {month: 2026-02, source: shop, revenue: 10.00, returns: 0.00, orders: 1, on: [1]}\n",
		"not a date: e.csv:2: date: not a date as \"%Y-%m-%d\": \"2026-02-30\"\n"
		"not a number: e.csv:3: net: not a number with decimal mark '.': \"1O\"\n"
		"no account: e.csv:4: no account: code, client are empty\n"
		"empty cell: e.csv:5: net: empty cell, a number is needed: \"\"\n"
		"too many cells: e.csv:6: 6 cells, the header has 5\n"
		"no id: e.csv:8: no id can be made of \"-\"\n"
		"not readable: e.csv:9:13: stray quote: a cell that holds quotes stands in quotes, and each "
		"inside is "
		"doubled\n"
		"empty cell: e.csv:10: date: empty cell, a date is needed: \"\"\n");
}

static void
an_account_of_rejected_rows_alone_is_not_written(void **state)
{
	(void)state;
	becomes(SALES, HEADER "2026-02-01,1,5,Ghost,x\n2026-02-01,1,6,Real,1\n",
		"---\nid: real\nname: Real\nexternal: {shop: \"6\"}\nsales:\n"
		"  - {month: 2026-02, source: shop, revenue: 1.00, returns: 0.00, orders: 1, on: [1]}\n",
		"not a number: e.csv:2: net: not a number with decimal mark '.': \"x\"\n");
}

/* what was made of a cell is kept while it stays the same; not beyond a row that was not used */
static void
nothing_leaks_from_a_row_that_was_left_out_or_rejected(void **state)
{
	(void)state;
	becomes(SALES
		"skip-rows: {column: document, match: ^skip}\nclean: [{column: net, match: '^(a+)+$'}]\n",
		HEADER "2026-01-01,1,1,A,1\n2026-02-02,skip,2,B,50\n2026-02-02,2,2,B,2\n2026-01-01,3,1,A,4\n"
		       "2026-03-03,4,3,C,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaX\n"
		       "2026-03-03,5,3,C,8\n2026-13-01,6,1,A,16\n2026-13-01,7,1,A,16\n2026-01-01,8,1,A,32\n"
		       "2026-01-01,9,,,64\n2026-01-01,10,,,64\n2026-01-01,11,1,A,128\n",
		"---\nid: a\nname: A\nexternal: {shop: \"1\"}\nsales:\n"
		"  - {month: 2026-01, source: shop, revenue: 165.00, returns: 0.00, orders: 4, on: [1]}\n"
		"---\nid: b\nname: B\nexternal: {shop: \"2\"}\nsales:\n"
		"  - {month: 2026-02, source: shop, revenue: 2.00, returns: 0.00, orders: 1, on: [2]}\n"
		"---\nid: c\nname: C\nexternal: {shop: \"3\"}\nsales:\n"
		"  - {month: 2026-03, source: shop, revenue: 8.00, returns: 0.00, orders: 1, on: [3]}\n",
		"pattern: e.csv:6: net: the pattern needs too many steps on this text: match limit exceeded\n"
		"not a date: e.csv:8: date: not a date as \"%Y-%m-%d\": \"2026-13-01\"\n"
		"not a date: e.csv:9: date: not a date as \"%Y-%m-%d\": \"2026-13-01\"\n"
		"no account: e.csv:11: no account: code, client are empty\n"
		"no account: e.csv:12: no account: code, client are empty\n");
}

static void
amounts_may_be_products_and_margins_come_from_costs(void **state)
{
	static const char map[] = "kind: sales\nsource: s\naccount: {name: c}\n"
				  "columns: {date: d, quantity: q, price: p, cost: k}\n";

	(void)state;
	becomes(map, "d,c,q,p,k\n2026-01-01,A,3,0.335,1\n2026-01-02,A,-1,0.335,-0.3\n",
		"---\nid: a\nname: A\nsales:\n"
		"  - {month: 2026-01, source: s, revenue: 0.67, margin: -0.03, returns: 0.34, orders: 1, on: "
		"[1]}\n",
		"");
	becomes(map, "d,c,q,p,k\n2026-01-01,A,99999999999999999999,99999999999999999999,1\n", "",
		"too large: e.csv:2: q × p: too large or too precise\n");
}

static void
a_row_without_cost_or_margin_leaves_its_month_without_margin(void **state)
{
#define MAP "kind: sales\nsource: s\naccount: {external: {s: c}}\n"
	const char *written =
	    "---\nid: \"1\"\nexternal: {s: \"1\"}\nsales:\n"
	    "  - {month: 2026-01, source: s, revenue: 8.00, returns: 0.00, orders: 1, on: [1]}\n"
	    "  - {month: 2026-02, source: s, revenue: 5.00, margin: 2.00, returns: 0.00, orders: "
	    "1, on: [1]}\n";

	(void)state;
	becomes(MAP "columns: {date: d, revenue: r, cost: k}\n",
		"d,c,r,k\n2026-01-01,1,5,3\n2026-01-01,1,3, \n2026-02-01,1,5,3\n", written, "");
	becomes(MAP "columns: {date: d, revenue: r, margin: k}\n",
		"d,c,r,k\n2026-01-01,1,5,2\n2026-01-01,1,3,\n2026-02-01,1,5,2\n", written, "");
	becomes(MAP "columns: {date: d, quantity: q, price: p, cost: k}\n",
		"d,c,q,p,k\n2026-01-01,1,,1,3\n2026-01-01,1,1,,3\n", "",
		"empty cell: e.csv:2: q: empty cell, a number is needed: \"\"\n"
		"empty cell: e.csv:3: p: empty cell, a number is needed: \"\"\n");
	becomes(MAP "columns: {date: d, revenue: r, cost: k}\n", "d,c,r,k\n2026-01-01,1,,3\n", "",
		"empty cell: e.csv:2: r: empty cell, a number is needed: \"\"\n");
#undef MAP
}

static void
a_header_beyond_the_file_is_laid_to_skip(void **state)
{
	(void)state;
	stops(
	    "csv: {skip: 3}\n" SALES, HEADER "2026-01-01,1,1,A,1\n", 0,
	    "there is no header: csv.skip is 3, and the file has no more lines than that, blank ones aside");
	stops(
	    "csv: {skip: 2}\n" SALES, HEADER "2026-01-01,1,1,A,1\n\n", 0,
	    "there is no header: csv.skip is 2, and the file has no more lines than that, blank ones aside");
	stops("csv: {skip: 3}\n" SALES, "", 0, "the file is empty: there is no header");
	stops(SALES, "", 0, "the file is empty: there is no header");
}

static void
a_return_is_told_by_its_pattern_and_its_amount_is_not_above_zero(void **state)
{
	(void)state;
	becomes(SALES "returns: {column: document, match: ^R}\n",
		HEADER "2026-01-01,1,1,A,10\n2026-01-02,R1,1,A,-4\n2026-01-03,2,1,A,-1\n2026-01-04,R2,1,A,3\n"
		       "2026-01-05,R3,1,A,0\n",
		"---\nid: a\nname: A\nexternal: {shop: \"1\"}\nsales:\n"
		"  - {month: 2026-01, source: shop, revenue: 5.00, returns: 4.00, orders: 2, on: [1, 3]}\n",
		"contradiction: e.csv:5: document: the row is a return, but its amount is above zero\n");
}

static void
columns_that_lack_are_all_named_with_those_there_are(void **state)
{
	(void)state;
	stops(
	    SALES, "day,code,client,sum\n1,2,3,4\n", 1,
	    "m.yaml names the columns \"date\", \"document\", \"net\", which are not in the header: \"day\", "
	    "\"code\", \"client\", \"sum\"");
	stops(
	    SALES "clean: [{column: nett, match: x}]\n", HEADER, 1,
	    "m.yaml names the column \"nett\", which is not in the header: \"date\", \"document\", \"code\", "
	    "\"client\", \"net\"");
	stops(SALES, "date,document,code,client,net, net \n", 1,
	      "m.yaml names \"net\", which is in the header twice; add #1, #2 … to the name, or "
	      "call it by its place, as \"#4\"");
	stops(SALES, "", 0, "the file is empty: there is no header");
}

static void
titles_of_columns_may_have_blanks_around(void **state)
{
	(void)state;
	becomes("kind: accounts\naccount: {name: ' client'}\ncolumns: {manager: 'who'}\n"
		"clean: [{column: 'who ', match: '^\\s+x'}]\n",
		"client ,\u00A0who\nA, xyz \n", "---\nid: a\nname: A\nmanager: yz\n", "");
}

static void
rows_of_one_account_must_agree(void **state)
{
	static const char map[] = "kind: accounts\naccount: {external: {crm: code}}\n"
				  "columns: {manager: m, tier: t, profile.region: r, profile.industry: i}\n";

	(void)state;
	becomes(map, "code,m,t,r,i\n1,ann,,Riga,\n1,ann,Key,,wood\n1,bob,key,Riga,\n2,,x,,\n2,,,,\n",
		"---\nid: \"1\"\nexternal: {crm: \"1\"}\nmanager: ann\ntier: key\nprofile:\n  region: Riga\n"
		"  industry: wood\n---\nid: \"2\"\nexternal: {crm: \"2\"}\n",
		"contradiction: e.csv:4: m: a row before says otherwise: ann\n"
		"wrong value: e.csv:5: t: wrong value, not one of key, large, standard, prospect: \"x\"\n");
}

static void
nothing_of_a_rejected_row_is_kept(void **state)
{
	(void)state;
	becomes(
	    "kind: accounts\naccount: {name: n}\ncolumns: {manager: m, tier: t}\n",
	    "n,m,t\nA,ann,gold\nA,bob,key\n", "---\nid: a\nname: A\nmanager: bob\ntier: key\n",
	    "wrong value: e.csv:2: t: wrong value, not one of key, large, standard, prospect: \"gold\"\n");
}

static void
a_currency_may_be_a_column_of_accounts(void **state)
{
	(void)state;
	becomes(
	    "kind: accounts\naccount: {name: n}\ncolumns: {currency: c}\n",
	    "n,c\nA,EUR\nA,EUR\nB,rub\nB,\nC,USD\nC,GBP\n",
	    "---\nid: a\nname: A\ncurrency: EUR\n---\nid: b\nname: B\n---\nid: c\nname: C\ncurrency: USD\n",
	    "wrong value: e.csv:4: c: wrong value, not a currency, as EUR: \"rub\"\n"
	    "contradiction: e.csv:7: c: a row before says otherwise: USD\n");
}

static void
items_have_keys_and_say_one_thing(void **state)
{
	(void)state;
	becomes("kind: invoices\ncurrency: EUR\naccount: {external: {l: code}}\n"
		"columns: {id: no, due: due, amount: sum}\n",
		"code,no,due,sum\n1,I-1,2026-01-01,10.555\n1,I-1,2026-01-01,10.56\n1,I-1,2026-01-02,10.56\n"
		"2,I-1,2026-01-02,1\n1,,2026-01-02,1\n",
		"---\nid: \"1\"\nexternal: {l: \"1\"}\ncurrency: EUR\ninvoices:\n"
		"  - {id: I-1, due: 2026-01-01, amount: 10.56}\n"
		"---\nid: \"2\"\nexternal: {l: \"2\"}\ncurrency: EUR\ninvoices:\n"
		"  - {id: I-1, due: 2026-01-02, amount: 1.00}\n",
		"contradiction: e.csv:4: due: a row before says otherwise of \"I-1\": 2026-01-01\n"
		"empty cell: e.csv:6: no: empty cell, the id is needed\n");
}

static void
contacts_without_an_id_get_it_from_their_name(void **state)
{
	(void)state;
	becomes("kind: contacts\naccount: {name: client}\ncolumns: {name: n, level: l, primary: p}\n",
		"client,n,l,p\nA,Отдел закупок,4,да\nA,«»,,\nA,Head,6,\nA,,1,\n",
		"---\nid: a\nname: A\ncontacts:\n"
		"  - {id: otdel-zakupok, name: Отдел закупок, level: 4, primary: yes}\n",
		"no id: e.csv:3: nothing tells this row from others: it needs an id\n"
		"wrong value: e.csv:4: l: wrong value, not one of 1, 2, 3, 4, 5: \"6\"\n"
		"empty cell: e.csv:5: n: empty cell, the name is needed\n");
}

static void
two_currencies_of_one_account_stop_the_import(void **state)
{
	struct import import;

	(void)state;
	begin(&import, SALES "currency: EUR\n");
	import.text[1] = xstrdup(SALES "currency: RUB\n");
	map_read(&import.map[1], (struct str){import.text[1], strlen(import.text[1])}, "n.yaml",
		 &import.found.sink);
	assert_int_equal(read_file(&import, 0, HEADER "2026-01-01,1,1,A,10\n"), 0);
	assert_int_equal(read_file(&import, 1, HEADER "2026-01-01,1,2,B,10\n2026-01-01,1,1,A,10\n"), -1);
	assert_string_equal(import.err.text,
			    "the account \"A\" (code \"1\") is in EUR, this map's money is in RUB");
	assert_int_equal(import.err.line, 3);
	import.importer.rows = import.importer.imported;
	end(&import);
}

static void
maps_of_one_source_sum_into_the_same_months(void **state)
{
	struct import import;

	(void)state;
	begin(&import, SALES);
	import.text[1] = xstrdup(SALES);
	map_read(&import.map[1], (struct str){import.text[1], strlen(SALES)}, "n.yaml", &import.found.sink);
	assert_int_equal(read_file(&import, 0, HEADER "2026-01-01,1,1,A,10\n"), 0);
	assert_int_equal(read_file(&import, 1, HEADER "2026-01-02,2,1,A,5\n"), 0);
	finish(&import);
	assert_string_equal(
	    import.out.data,
	    "---\nid: a\nname: A\nexternal: {shop: \"1\"}\nsales:\n"
	    "  - {month: 2026-01, source: shop, revenue: 15.00, returns: 0.00, orders: 2, on: [1, 2]}\n");
	end(&import);
}

static void
rows_of_two_accounts_are_rejected(void **state)
{
	(void)state;
	becomes(
	    "kind: accounts\naccount: {external: {x: x, y: y}}\n", "x,y\n1,\n,2\n1,2\n",
	    "---\nid: \"1\"\nexternal: {x: \"1\"}\n---\nid: \"2\"\nexternal: {y: \"2\"}\n",
	    "two accounts: e.csv:4: the code \"1\" is that of the account \"1\", but \"2\" that of \"2\"\n");
}

static void
two_clients_of_one_id_are_refused_when_all_is_read(void **state)
{
	struct import import;

	(void)state;
	begin(&import, SALES);
	import_csv(&import, HEADER "2026-01-01,1,1,A,10\n2026-01-01,1,2,A,10\n");
	assert_int_equal(importer_finish(&import.importer, &import.found.sink), -1);
	assert_string_equal(
	    findings_text(&import.found),
	    "error id: e.csv:3: \"A\" (code \"2\") would get the id a, which is that of \"A\" (code "
	    "\"1\") (e.csv:2); give one of them a dossier of its own with its code in external:, and "
	    "import with -a\n");
	end(&import);
}

static void
a_caller_who_wants_to_stop_is_heard(void **state)
{
	struct import import;

	(void)state;
	begin(&import, SALES);
	import.stop = true;
	assert_int_equal(read_file(&import, 0, HEADER "x,1,1,A,10\n2026-01-01,1,2,A,10\n"), -1);
	assert_string_equal(import.err.text, "stopped");
	assert_int_equal(import.importer.imported, 0);
	end(&import);
}

/* repeats an export's rows and gives the bytes that the accounts take */
static size_t
memory_of(const char *map, const char *header, const char *row, size_t times)
{
	struct import import;
	struct buf csv = {0};
	size_t i, bytes;

	begin(&import, map);
	buf_adds(&csv, header);
	for (i = 0; i < times; i++)
		buf_printf(&csv, row, i % 20);
	import_csv(&import, csv.data);
	assert_int_equal(import.importer.rejected + import.importer.imported, times);
	bytes = arena_size(&import.importer.book.arena) + arena_size(&import.importer.sales.arena);
	buf_free(&csv);
	end(&import);
	return bytes;
}

static void
memory_does_not_grow_with_rows_of_any_kind_or_fate(void **state)
{
	static const struct {
		const char *map, *header, *row;
	} cases[] = {
	    {SALES, HEADER, "2026-01-01,%zu,1,A,10\n"},
	    {SALES, HEADER, "2026-01-01,%zu,,,10\n"},
	    {SALES, HEADER, "2026-01-01,%zu,-,«»,10\n"},
	    {"kind: accounts\naccount: {external: {c: code}}\ncolumns: {manager: m, profile.region: r, team: "
	     "t}\n",
	     "code,m,r,t\n", "%zu,ann,Riga,bob;eve\n"},
	    {"kind: contacts\naccount: {external: {c: code}}\ncolumns: {name: n, function: f, primary: p}\n",
	     "code,n,f,p\n", "%zu,Head Office,finance,yes\n"},
	    {"kind: contacts\naccount: {external: {c: code}}\ncolumns: {name: n, function: f, primary: p}\n",
	     "code,n,f,p\n", "%zu,Head Office,finance,perhaps\n"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(memory_of(cases[i].map, cases[i].header, cases[i].row, 30),
				 memory_of(cases[i].map, cases[i].header, cases[i].row, 3000));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_become_months_of_accounts),
	    cmocka_unit_test(a_row_that_cannot_be_used_is_said_with_place_column_and_cell),
	    cmocka_unit_test(an_account_of_rejected_rows_alone_is_not_written),
	    cmocka_unit_test(nothing_leaks_from_a_row_that_was_left_out_or_rejected),
	    cmocka_unit_test(amounts_may_be_products_and_margins_come_from_costs),
	    cmocka_unit_test(a_row_without_cost_or_margin_leaves_its_month_without_margin),
	    cmocka_unit_test(a_header_beyond_the_file_is_laid_to_skip),
	    cmocka_unit_test(a_return_is_told_by_its_pattern_and_its_amount_is_not_above_zero),
	    cmocka_unit_test(columns_that_lack_are_all_named_with_those_there_are),
	    cmocka_unit_test(titles_of_columns_may_have_blanks_around),
	    cmocka_unit_test(rows_of_one_account_must_agree),
	    cmocka_unit_test(nothing_of_a_rejected_row_is_kept),
	    cmocka_unit_test(a_currency_may_be_a_column_of_accounts),
	    cmocka_unit_test(items_have_keys_and_say_one_thing),
	    cmocka_unit_test(contacts_without_an_id_get_it_from_their_name),
	    cmocka_unit_test(two_currencies_of_one_account_stop_the_import),
	    cmocka_unit_test(maps_of_one_source_sum_into_the_same_months),
	    cmocka_unit_test(rows_of_two_accounts_are_rejected),
	    cmocka_unit_test(two_clients_of_one_id_are_refused_when_all_is_read),
	    cmocka_unit_test(a_caller_who_wants_to_stop_is_heard),
	    cmocka_unit_test(memory_does_not_grow_with_rows_of_any_kind_or_fate),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
