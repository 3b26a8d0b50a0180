#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "domain/guess.h"
#include "domain/importer.h"
#include "findings.h"

#define FOLDER "tests/data/guess/" /* as seen from where the tests are run, the project's folder */
#define HOSTILE_RUNS 400

/* a map that was guessed, and read */
struct guessed {
	struct buf text;
	struct findings found;
	struct map map;
	struct error err;
	int status;
};

static void
guess_files(struct guessed *r, const struct guess_file *file, size_t n)
{
	memset(r, 0, sizeof *r);
	findings_init(&r->found);
	r->status = guess_map(file, n, &r->text, &r->err);
	if (r->status == 0)
		map_read(&r->map, (struct str){r->text.data, r->text.len}, "guessed.yaml", &r->found.sink);
}

static int
text_file(const char *bytes, size_t n)
{
	char name[] = "/tmp/kam-guess.XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	unlink(name);
	assert_int_equal(write(fd, bytes, n), n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static void
guess_text(struct guessed *r, const char *csv)
{
	struct guess_file file = {text_file(csv, strlen(csv)), "export.csv"};

	guess_files(r, &file, 1);
	close(file.fd);
	if (r->status < 0)
		fail_msg("%s", r->err.text);
}

static void
guessed_free(struct guessed *r)
{
	if (r->status == 0)
		map_free(&r->map);
	buf_free(&r->text);
	buf_free(&r->found.text);
}

/* the map is one that can be read */
static void
is_good(const struct guessed *r)
{
	if (r->found.text.len > 0)
		fail_msg("%s\nin:\n%s", r->found.text.data, r->text.data);
}

static bool
says(const struct guessed *r, const char *words)
{
	return strstr(r->text.data, words) != NULL;
}

#define assert_says(r, words)                                                     \
	do {                                                                      \
		if (!says(r, words))                                              \
			fail_msg("not said: %s\nin:\n%s", words, (r)->text.data); \
	} while (0)

/* the column that the map has for a field, or "" */
static const char *
column(const struct guessed *r, const char *field)
{
	for (size_t i = 0; i < r->map.columns.n; i++)
		if (strcmp(r->map.columns.name[i], field) == 0)
			return r->map.columns.text[i];
	return "";
}

static const char *
external(const struct guessed *r, const char *system)
{
	for (size_t i = 0; i < r->map.account.external.n; i++)
		if (strcmp(r->map.account.external.name[i], system) == 0)
			return r->map.account.external.text[i];
	return "";
}

static void
guess_fixture(struct guessed *r, const char *name)
{
	struct guess_file file = {open(name, O_RDONLY), name};

	assert_true(file.fd >= 0);
	guess_files(r, &file, 1);
	close(file.fd);
	if (r->status < 0)
		fail_msg("%s", r->err.text);
}

static int
on_reject(void *data, const struct reject *reject, struct error *err)
{
	(void)err;
	buf_printf(data, "reject: %s\n", reject->kind);
	return 0;
}

static int
on_header(void *data, const struct map *map, const struct csvread *reader, const struct csv_row *header,
	  struct error *err)
{
	(void)data;
	(void)map;
	(void)reader;
	(void)header;
	(void)err;
	return 0;
}

/* the accounts that a file becomes by a map, rejected rows before them */
static void
import_file(const struct map *map, const char *name, struct buf *out)
{
	struct importer importer = {.reject = on_reject, .header = on_header, .data = out, .threads = 1};
	struct findings found;
	struct error err;
	int fd = open(name, O_RDONLY);

	findings_init(&found);
	assert_true(fd >= 0);
	if (importer_file(&importer, map, fd, name, &err) < 0)
		fail_msg("%s", err.text);
	close(fd);
	assert_int_equal(importer_finish(&importer, &found.sink), 0);
	for (size_t i = 0; i < importer.book.n; i++)
		importer_write(&importer, importer.book.entry[i], out);
	importer_free(&importer);
	buf_free(&found.text);
}

/* the guessed map imports the file to the same accounts as one that a person wrote */
static void
imports_as(const char *name, const char *by_hand)
{
	struct guessed r;
	struct findings found;
	struct map map;
	struct buf guessed = {0}, wanted = {0};

	guess_fixture(&r, name);
	is_good(&r);
	import_file(&r.map, name, &guessed);
	findings_init(&found);
	map_read(&map, (struct str){by_hand, strlen(by_hand)}, "hand.yaml", &found.sink);
	assert_string_equal(findings_text(&found), "");
	import_file(&map, name, &wanted);
	assert_string_equal(guessed.data, wanted.data);
	map_free(&map);
	buf_free(&guessed);
	buf_free(&wanted);
	guessed_free(&r);
}

static void
a_web_shop_imports_as_by_hand(void **state)
{
	(void)state;
	imports_as(FOLDER "retail.csv",
		   "kind: sales\nsource: retail\ndate: \"%Y-%m-%d %H:%M:%S\"\n"
		   "account: {external: {retail: CustomerID}}\n"
		   "clean: [{column: CustomerID, match: '\\.0$'}]\n"
		   "columns: {date: InvoiceDate, document: InvoiceNo, quantity: Quantity, price: UnitPrice}\n"
		   "returns: {column: InvoiceNo, match: '^C'}\n");
}

static void
an_accounting_export_imports_as_by_hand(void **state)
{
	(void)state;
	imports_as(FOLDER "1c-sales.csv",
		   "kind: sales\nsource: 1c-sales\n"
		   "csv: {encoding: windows-1251, delimiter: \";\", skip: 4}\n"
		   "number: {decimal: \",\", group: \" \"}\ndate: \"%d.%m.%Y\"\n"
		   "account: {external: {1c-sales: Код контрагента}, name: Контрагент}\n"
		   "columns: {date: Дата, document: Документ, revenue: Сумма без НДС, cost: Себестоимость}\n"
		   "clean: [{column: Контрагент, match: '\\s+', replace: ' '}]\n"
		   "skip-rows: {column: Дата, match: '^(Итого|Всего)'}\n"
		   "returns: {column: Документ, match: '^Возврат'}\n");
}

static void
a_latvian_export_imports_as_by_hand(void **state)
{
	(void)state;
	imports_as(FOLDER "latvian.csv",
		   "kind: sales\nsource: latvian\ncurrency: EUR\n"
		   "csv: {encoding: windows-1257, delimiter: \";\"}\n"
		   "number: {decimal: \",\", group: \" \"}\ndate: \"%d.%m.%Y\"\n"
		   "account: {external: {reg: Reģ. Nr.}, name: Klients}\n"
		   "columns: {date: Rēķina datums, document: Rēķina Nr., revenue: \"Summa bez PVN, EUR\",\n"
		   "          cost: Pašizmaksa}\n"
		   "skip-rows: {column: Klients, match: '^Kopā'}\n");
}

static void
an_american_export_imports_as_by_hand(void **state)
{
	(void)state;
	imports_as(FOLDER "us.csv",
		   "kind: sales\nsource: us\ncurrency: USD\nnumber: {group: \",\"}\ndate: \"%m/%d/%Y\"\n"
		   "account: {external: {us: Customer Number}, name: Customer Name}\n"
		   "columns: {date: Order Date, document: Order No, revenue: Sales Amount, cost: Cost}\n");
}

static void
a_utf16_export_with_tabs_imports_as_by_hand(void **state)
{
	(void)state;
	imports_as(FOLDER "utf16.txt",
		   "kind: sales\nsource: utf16\ncsv: {encoding: utf-16le, delimiter: tab}\n"
		   "number: {group: \",\"}\naccount: {external: {utf16: Client code}, name: Client}\n"
		   "columns: {date: Date, document: Invoice, revenue: Net amount, margin: Margin}\n");
}

static void
contacts_import_as_by_hand(void **state)
{
	(void)state;
	imports_as(FOLDER "contacts.csv",
		   "kind: contacts\ncsv: {delimiter: \";\"}\ndate: \"%d.%m.%Y\"\naccount: {name: Company}\n"
		   "columns: {name: Full name, position: Position, email: E-mail, phone: Phone,\n"
		   "          birthday: Birthday}\n");
}

static void
invoices_import_as_by_hand(void **state)
{
	(void)state;
	imports_as(
	    FOLDER "invoices.csv",
	    "kind: invoices\ncurrency: RUB\ncsv: {delimiter: \";\"}\nnumber: {decimal: \",\"}\n"
	    "date: \"%d.%m.%y\"\naccount: {external: {inn: ИНН}, name: Покупатель}\n"
	    "columns: {id: Счёт, date: Дата, due: Срок оплаты, amount: \"Сумма, руб.\", paid: Оплачено}\n");
}

static void
columns_without_titles_of_their_own_import_as_by_hand(void **state)
{
	(void)state;
	imports_as(FOLDER "noheader.txt",
		   "kind: sales\nsource: noheader\ncsv: {delimiter: \"|\", header: no}\n"
		   "account: {name: \"#3\"}\ncolumns: {date: \"#2\", document: \"#1\", revenue: \"#4\"}\n");
	imports_as(FOLDER "repeated.csv", "kind: sales\nsource: repeated\naccount: {name: \"#1\"}\n"
					  "columns: {date: Date, revenue: \"#3\"}\n");
}

static void
other_encodings_import_as_by_hand(void **state)
{
	(void)state;
	imports_as(FOLDER "koi8.csv", "kind: sales\nsource: koi8\ncsv: {encoding: koi8-r}\n"
				      "account: {name: Клиент}\ncolumns: {date: Дата, revenue: Сумма}\n");
	imports_as(FOLDER "dos.csv", "kind: sales\nsource: dos\ncsv: {encoding: cp866, delimiter: \";\"}\n"
				     "number: {decimal: \",\"}\ndate: \"%d.%m.%Y\"\n"
				     "account: {name: Клиент}\ncolumns: {date: Дата, revenue: Сумма}\n");
	imports_as(FOLDER "german.csv",
		   "kind: sales\nsource: german\ncsv: {encoding: windows-1252, delimiter: \";\"}\n"
		   "number: {decimal: \",\", group: \".\"}\ndate: \"%d.%m.%Y\"\n"
		   "account: {name: Client}\ncolumns: {date: Date, revenue: Amount}\n");
	imports_as(
	    FOLDER "months.csv",
	    "kind: sales\nsource: months\ncsv: {delimiter: \";\"}\nnumber: {decimal: \",\"}\n"
	    "date: \"%d %B %Y г.\"\naccount: {name: Клиент}\ncolumns: {date: Дата, revenue: Выручка}\n");
}

static void
without_a_header_columns_go_by_number(void **state)
{
	struct guessed r;

	(void)state;
	guess_fixture(&r, FOLDER "noheader.txt");
	assert_says(&r, "\n  header: no");
	assert_says(&r, "\n  delimiter: \"|\"");
	assert_says(&r, "\n  name: \"#3\"");
	assert_says(&r, "\n  date: \"#2\"");
	assert_says(&r, "\n  document: \"#1\"");
	assert_says(&r, "\n  revenue: \"#4\"");
	is_good(&r);
	guessed_free(&r);
}

static void
titles_that_repeat_are_told_apart(void **state)
{
	struct guessed r;

	(void)state;
	guess_fixture(&r, FOLDER "repeated.csv");
	is_good(&r);
	assert_string_equal(r.map.account.name, "Client#1");
	assert_string_equal(column(&r, "revenue"), "Amount#1");
	assert_says(&r, "\n#   \"Amount#2\": \"15.13\"\n#   \"#5\": \"x\"\n#   \"Client#2\": \"a\"\n");
	guessed_free(&r);
}

static void
a_day_or_month_first_is_decided_by_the_whole_column(void **state)
{
	struct guessed r;

	(void)state;
	guess_text(&r, "Date,Client,Net\n01/02/2026,A,1.5\n05/06/2026,A,1.5\n13/06/2026,A,1.5\n");
	is_good(&r);
	assert_string_equal(r.map.date, "%d/%m/%Y");
	assert_says(&r, "3 of 3 cells are days with the day first, 2 with the month first");
	guessed_free(&r);
	guess_text(&r, "Date,Client,Net\n01/02/2026,A,1.5\n05/26/2026,A,1.5\n");
	assert_string_equal(r.map.date, "%m/%d/%Y");
	guessed_free(&r);
	guess_text(&r, "Дата;Клиент;Сумма\n01.02.26;А;1,5\n05.06.26;А;1,5\n");
	assert_string_equal(r.map.date, "%d.%m.%y");
	assert_says(&r, "Dates: unsure.");
	guessed_free(&r);
}

static void
the_order_of_rows_hints_at_the_day(void **state)
{
	struct guessed r;

	(void)state;
	/* three days in a row, or the same day of three months and more */
	guess_text(&r, "Date,Client,Net\n03/01/2026,A,1.5\n03/02/2026,A,1.5\n03/03/2026,A,1.5\n"
		       "03/04/2026,A,1.5\n03/05/2026,A,1.5\n");
	assert_string_equal(r.map.date, "%m/%d/%Y");
	assert_says(&r, "the month first, as the rows are then in order");
	guessed_free(&r);
	guess_text(&r, "Date,Client,Net\n01/03/2026,A,1.5\n02/03/2026,A,1.5\n03/03/2026,A,1.5\n"
		       "04/03/2026,A,1.5\n");
	assert_string_equal(r.map.date, "%d/%m/%Y");
	guessed_free(&r);
}

static void
what_stays_open_is_called_unsure(void **state)
{
	struct guessed r;

	(void)state;
	guess_fixture(&r, FOLDER "ambiguous.csv");
	is_good(&r);
	assert_says(&r, "Dates: unsure.");
	assert_says(&r, "Numbers: unsure.");
	assert_string_equal(r.map.date, "%m/%d/%Y");
	assert_string_equal(r.map.number.group, ",");
	guessed_free(&r);
}

static void
dates_are_known_in_many_formats(void **state)
{
	static const struct {
		const char *cells[2];
		const char *format;
	} cases[] = {
	    {{"2026-01-05", "2026-01-31"}, "%Y-%m-%d"},
	    {{"2026/1/5", "2026/12/31"}, "%Y/%m/%d"},
	    {{"20260105", "20260131"}, "%Y%m%d"},
	    {{"5.1.2026", "31.12.2026"}, "%d.%m.%Y"},
	    {{"05.01.26", "31.12.26"}, "%d.%m.%y"},
	    {{"2026-01-05T08:26:00", "2026-01-31T23:59:59"}, "%Y-%m-%dT%H:%M:%S"},
	    {{"5.01.2026 8:26", "31.01.2026 23:59"}, "%d.%m.%Y %H:%M"},
	    {{"1/5/2026 8:26:00 AM", "1/31/2026 11:00:00 PM"}, "%m/%d/%Y %I:%M:%S %p"},
	    {{"5 Jan 2026", "31 Dec 2026"}, "%d %b %Y"},
	    {{"Jan 5, 2026", "Dec 31, 2026"}, "%b %d, %Y"},
	    {{"05-Jan-26", "31-Dec-26"}, "%d-%b-%y"},
	    {{"5 янв. 2026", "31 мая 2026"}, "%d %b %Y"},
	    {{"5 января 2026 г.", "31 мая 2026 г."}, "%d %b %Y г."},
	    {{"2026. gada 5. janvāris", "2026. gada 31. maijs"}, "%Y. gada %d. %b"},
	    {{"2026-01-05 08:26:00.123", "2026-01-31 08:26:00.5"}, "%Y-%m-%d %H:%M:%S.%f"},
	    {{"2026-01-05T08:26:00Z", "2026-01-31T08:26:00Z"}, "%Y-%m-%dT%H:%M:%SZ"},
	    {{"2026-01-05T08:26:00+03:00", "2026-01-31T08:26:00+0200"}, "%Y-%m-%dT%H:%M:%S%z"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct guessed r;
		struct buf csv = {0};

		buf_printf(&csv, "Date;Client;Net\n%s;A;1.5\n%s;B;2.5\n", cases[i].cells[0],
			   cases[i].cells[1]);
		guess_text(&r, csv.data);
		is_good(&r);
		if (!r.map.date)
			fail_msg("no date: %s", cases[i].format);
		assert_string_equal(r.map.date, cases[i].format);
		buf_free(&csv);
		guessed_free(&r);
	}
}

static void
days_of_a_spreadsheet_are_taken_under_a_title_for_dates(void **state)
{
	struct guessed r;

	(void)state;
	guess_fixture(&r, FOLDER "excel.csv");
	is_good(&r);
	assert_string_equal(r.map.date, "excel");
	assert_string_equal(r.map.kind, "sales");
	guessed_free(&r);
	guess_text(&r, "Alpha;Client;Net\n46023;A;1,5\n46024;B;2,5\n");
	is_good(&r);
	assert_null(r.map.date);
	guessed_free(&r);
}

static void
numbers_are_read_by_the_whole_column(void **state)
{
	static const struct {
		const char *cells[2];
		const char *decimal, *group; /* "": not stated */
	} cases[] = {
	    {{"1 234,56", "10,00"}, ",", " "},
	    {{"1\u00A0234,56", "10"}, ",", " "},
	    {{"1\u202F234,56", "10,5"}, ",", " "},
	    {{"1'234.56", "10.00"}, ".", "'"},
	    {{"1.234,56", "10,00"}, ",", "."},
	    {{"1.234,56", "10"}, ",", "."},
	    {{"\"1,234.56\"", "10.00"}, ".", ","},
	    {{"1.234.567", "10"}, ",", "."},
	    {{"1.234", "10.5"}, ".", ""},
	    {{"1,234", "10,5"}, ",", ""},
	    {{"0,234", "1,234"}, ",", ""},
	    {{"-1 234,5", "(10,00)"}, ",", " "},
	    {{"100", "250"}, "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct guessed r;
		struct buf csv = {0};

		buf_printf(&csv, "Date;Client;Net\n2026-01-05;A;%s\n2026-01-06;B;%s\n", cases[i].cells[0],
			   cases[i].cells[1]);
		guess_text(&r, csv.data);
		is_good(&r);
		if (strcmp(r.map.number.decimal ? r.map.number.decimal : "", cases[i].decimal) != 0 ||
		    strcmp(r.map.number.group ? r.map.number.group : "", cases[i].group) != 0)
			fail_msg("case %zu:\n%s", i, r.text.data);
		buf_free(&csv);
		guessed_free(&r);
	}
}

static void
a_column_decides_for_one_that_is_open(void **state)
{
	struct guessed r;

	(void)state;
	guess_text(&r, "Date;Client;Net;Cost\n2026-01-05;A;1.234;1.000,50\n2026-01-06;B;2.500;2.000,25\n");
	is_good(&r);
	assert_string_equal(r.map.number.decimal, ",");
	assert_string_equal(r.map.number.group, ".");
	assert_false(says(&r, "Numbers: unsure"));
	guessed_free(&r);
}

static void
columns_are_known_by_words_of_three_languages(void **state)
{
	struct guessed r;

	(void)state;
	guess_text(&r, "№ накладной;Дата;Покупатель;ИНН покупателя;Кол-во;Цена;Сумма НДС;Номенклатура\n"
		       "РН-1;05.01.2026;Ромашка;7700000001;2;10,50;4,20;Коробка\n"
		       "РН-2;25.01.2026;Ёлка;7700000002;3;10,50;6,30;Пакет\n");
	is_good(&r);
	assert_string_equal(column(&r, "document"), "№ накладной");
	assert_string_equal(column(&r, "quantity"), "Кол-во");
	assert_string_equal(column(&r, "price"), "Цена");
	assert_string_equal(column(&r, "revenue"), "");
	assert_string_equal(external(&r, "inn"), "ИНН покупателя");
	assert_string_equal(r.map.account.name, "Покупатель");
	guessed_free(&r);
	guess_text(&r, "Pircejs,Klienta kods,DATUMS,Dokumenta Nr.,SUMMA\nA,7,2026-01-05,D1,1.50\n"
		       "B,8,2026-01-06,D2,2.50\n");
	is_good(&r);
	assert_string_equal(external(&r, "export"), "Klienta kods");
	assert_string_equal(r.map.account.name, "Pircejs");
	assert_string_equal(column(&r, "document"), "Dokumenta Nr.");
	guessed_free(&r);
	guess_text(&r, "order_date,customer_name,customer_id,order_id,net_amount,currency\n"
		       "2026-01-05,A,1,O1,1.50,EUR\n2026-01-06,B,2,O2,2.50,EUR\n");
	is_good(&r);
	assert_string_equal(external(&r, "export"), "customer_id");
	assert_string_equal(column(&r, "revenue"), "net_amount");
	assert_string_equal(r.map.currency, "EUR");
	guessed_free(&r);
}

static void
the_currency_is_told_by_titles_signs_or_a_column(void **state)
{
	struct guessed r;

	(void)state;
	guess_text(&r, "Дата;Клиент;Сумма, руб.\n05.01.2026;А;1,5\n");
	assert_string_equal(r.map.currency, "RUB");
	guessed_free(&r);
	guess_text(&r, "Date;Client;Net\n05.01.2026;A;€1,5\n05.01.2026;A;2,5 €\n");
	is_good(&r);
	assert_string_equal(r.map.currency, "EUR");
	guessed_free(&r);
	guess_text(&r, "Date;Client;Net;Currency\n05.01.2026;A;1,5;EUR\n05.01.2026;A;1,5;USD\n");
	is_good(&r);
	assert_null(r.map.currency);
	assert_says(&r, "# Several currencies are in the column \"Currency\"");
	assert_says(&r, "# currency: EUR");
	guessed_free(&r);
}

static void
cells_tell_where_titles_do_not(void **state)
{
	struct guessed r;

	(void)state;
	guess_text(&r, "Alpha,Beta,Gamma\nSIA Ozols,2026-01-05,12.50\nSIA Egle,2026-01-06,13.75\n");
	is_good(&r);
	assert_string_equal(r.map.kind, "sales");
	assert_string_equal(r.map.account.name, "Alpha");
	assert_string_equal(column(&r, "date"), "Beta");
	assert_string_equal(column(&r, "revenue"), "Gamma");
	assert_says(&r, "revenue: Gamma  # unsure: by its cells alone");
	guessed_free(&r);
}

static void
a_title_counts_only_if_its_cells_fit(void **state)
{
	struct guessed r;

	(void)state;
	/* a "customer" of numbers is a code, and an "amount" of words none */
	guess_text(&r, "Customer,Date,Amount,Total\n17,2026-01-05,much,1.50\n18,2026-01-06,little,2.50\n");
	is_good(&r);
	assert_string_equal(external(&r, "export"), "Customer");
	assert_null(r.map.account.name);
	assert_string_equal(column(&r, "revenue"), "Total");
	guessed_free(&r);
}

static void
a_table_of_clients_is_accounts(void **state)
{
	struct guessed r;

	(void)state;
	guess_text(
	    &r, "Код;Наименование;Регион;Менеджер;Телефон\n001;ООО Ромашка;Тула;i.example;+7 487 200-00-01\n"
		"002;АО Ёлка;Псков;i.example;+7 487 200-00-02\n");
	is_good(&r);
	assert_string_equal(r.map.kind, "accounts");
	assert_string_equal(external(&r, "export"), "Код");
	assert_string_equal(r.map.account.name, "Наименование");
	assert_string_equal(column(&r, "profile.region"), "Регион");
	assert_string_equal(column(&r, "manager"), "Менеджер");
	assert_says(&r, "#   \"Телефон\": \"+7 487 200-00-01\"");
	guessed_free(&r);
}

static void
returns_are_told_by_a_word_only_if_it_is_theirs_alone(void **state)
{
	struct guessed r;

	(void)state;
	guess_text(&r, "Date,Client,Document,Net\n2026-01-05,A,R-1,1.5\n2026-01-06,A,R-2,-2.5\n");
	is_good(&r);
	assert_null(r.map.returns.match);
	assert_says(&r, "Returns are the 1 rows below zero");
	guessed_free(&r);
	guess_text(&r, "Date,Client,Document,Net\n2026-01-05,A,I-1,1.5\n2026-01-06,A,I-2,3.5\n"
		       "2026-01-06,A,IR-2,-2.5\n2026-01-06,A,K-2,-2.5\n2026-01-06,A,Krd-2,4.5\n");
	is_good(&r);
	assert_string_equal(r.map.returns.column, "Document");
	assert_string_equal(r.map.returns.match, "^(IR|K)(?!\\pL)");
	guessed_free(&r);
}

static void
a_company_that_is_called_total_is_no_total(void **state)
{
	struct guessed r;

	(void)state;
	guess_text(&r, "Client,Date,Net\nTotal Glass,2026-01-05,1.5\nA,2026-01-06,2.5\nTotal,,4.0\n");
	is_good(&r);
	assert_string_equal(r.map.skip_rows.column, "Client");
	assert_string_equal(r.map.skip_rows.match, "(?i)^(total)\\s*:?$");
	guessed_free(&r);
	guess_text(&r, "Client,Date,Net\nTotal,2026-01-05,1.5\nA,2026-01-06,2.5\n");
	assert_null(r.map.skip_rows.match);
	guessed_free(&r);
}

static void
codes_that_are_codes_are_left_alone(void **state)
{
	struct guessed r;

	(void)state;
	guess_text(&r, "Client code,Date,Net\n1.0,2026-01-05,1.5\n1.5,2026-01-06,2.5\n1.10,2026-01-06,2.5\n");
	is_good(&r);
	assert_int_equal(r.map.clean.n, 0);
	guessed_free(&r);
}

static void
bytes_behind_the_sample_tell_the_encoding_too(void **state)
{
	struct guessed r;
	struct buf csv = {0};

	(void)state;
	buf_adds(&csv, "Client,Date,Net\n");
	while (csv.len < 1100000)
		buf_adds(&csv, "Harbour Cartons,2026-01-05,1.50\n");
	buf_adds(&csv, "SIA \xCD"
		       "eguma Koks un J\xFBras V\xE7j\xF0,2026-01-06,2.50\n");
	guess_text(&r, csv.data);
	is_good(&r);
	assert_string_equal(r.map.csv.encoding, "windows-1257");
	assert_false(says(&r, "cannot be read"));
	buf_free(&csv);
	guessed_free(&r);
}

static void
files_of_one_kind_are_guessed_together(void **state)
{
	const char a[] = "Date,Client,Net\n01/02/2026,A,1.5\n",
		   b[] = "Client,Net,Date,More\nB,2.5,13/02/2026,x\n";
	struct guess_file files[] = {{text_file(a, strlen(a)), "a.csv"}, {text_file(b, strlen(b)), "b.csv"}};
	struct guessed r;

	(void)state;
	guess_files(&r, files, 2);
	assert_int_equal(r.status, 0);
	is_good(&r);
	assert_string_equal(r.map.date, "%d/%m/%Y");
	assert_says(&r, "guessed from all 2 rows of 2 of them");
	close(files[0].fd);
	close(files[1].fd);
	guessed_free(&r);
}

static void
refuses(const char *a, const char *b, const char *reason)
{
	struct guess_file files[] = {{text_file(a, strlen(a)), "a.csv"}, {text_file(b, strlen(b)), "b.csv"}};
	struct guessed r;
	struct buf text = {0};

	guess_files(&r, files, 2);
	assert_int_equal(r.status, -1);
	error_format(&r.err, &text);
	assert_string_equal(text.data, reason);
	close(files[0].fd);
	close(files[1].fd);
	buf_free(&text);
	guessed_free(&r);
}

static void
a_file_that_differs_is_named(void **state)
{
	(void)state;
	refuses(
	    "Date,Client,Net\n2026-01-05,A,1.5\n", "Date;Client;Net\n2026-01-05;A;1.5\n",
	    "b.csv: its delimiter is not that of a.csv; what is written otherwise needs a map of its own");
	refuses(
	    "Date,Client,Net\n2026-01-05,A,1.5\n", "Date,Name,Net\n2026-01-05,A,1.5\n",
	    "b.csv:1: there is no column \"Client\", which a.csv has; what is written otherwise needs a map "
	    "of its own");
	refuses("Date,Client,Net\n2026-01-05,A,1.5\n", "",
		"b.csv: the file is empty: there is nothing to guess from");
	refuses("Date,Client,Net\n2026-01-05,Ķeguma Jūras Vējš,1.5\n",
		"Date,Client,Net\n2026-01-05,\xCD"
		"eguma J\xFBras V\xE7j\xF0,1.5\n",
		"b.csv: it seems to be in windows-1257, and a.csv in utf-8; what is written otherwise needs "
		"a map of "
		"its own");
}

static void
what_cannot_be_read_is_an_error(void **state)
{
	struct guess_file file = {-1, "gone.csv"};
	struct guessed r;
	int ends[2];

	(void)state;
	guess_files(&r, &file, 1);
	assert_int_equal(r.status, -1);
	assert_string_equal(r.err.file, "gone.csv");
	guessed_free(&r);
	assert_int_equal(pipe(ends), 0);
	file.fd = ends[0];
	guess_files(&r, &file, 1);
	assert_int_equal(r.status, -1);
	close(ends[0]);
	close(ends[1]);
	guessed_free(&r);
}

static void
a_header_alone_makes_a_map(void **state)
{
	struct guessed r;

	(void)state;
	guess_text(&r, "Date,Client,Net amount,Document\n");
	is_good(&r);
	assert_string_equal(r.map.kind, "sales");
	assert_string_equal(column(&r, "revenue"), "Net amount");
	guessed_free(&r);
}

static void
the_source_is_a_tidy_name(void **state)
{
	static const struct {
		const char *file, *source;
	} cases[] = {
	    {"/data/Продажи за 10.2026.csv", "prodazhi-za"},
	    {"sales-2026-10.csv.txt", "sales"},
	    {"-", "export"},
	    {"../2026.csv", "export"},
	    {"\n:{}", "export"},
	    {"yes.csv", "yes"},
	};
	const char csv[] = "Date,Client,Net\n2026-01-05,A,1.5\n";

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct guess_file file = {text_file(csv, strlen(csv)), cases[i].file};
		struct guessed r;

		guess_files(&r, &file, 1);
		is_good(&r);
		assert_string_equal(r.map.source, cases[i].source);
		close(file.fd);
		guessed_free(&r);
	}
}

static unsigned
below(unsigned long long *state, unsigned n)
{
	*state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(*state >> 33) % n;
}

static void
hostile_cell(unsigned long long *state, struct buf *out)
{
	static const char *const pieces[] = {
	    "Date",   "Сумма",	"#4",	  "#",		": ",	"{",	  "}",	      "\"\"",
	    "'",      "\n",	"\r\n",	  "\t",		"\x01", "\x7F",	  "\xC2\x85", "\u2028",
	    "\uFEFF", "\uFFFE", "\u202E", "\xFF",	"\xC3", "---",	  "...",      "&a",
	    "*a",     "!!x",	"%d",	  "%s%n",	"- ",	"? ",	  "no",	      "~",
	    "null",   "08",	"1,5",	  "2026-01-05", "@",	"a@b.cc", "Итого",    "\U0001F4B6",
	    "€ 1.5",  "[x",	"\\",	  "Client#2",	" ",	"\u00A0", "Client",   "17.0",
	    "-3",     "(4,5)",	"=cmd()", "\xEF\xBF",	"Net",	"ИНН",
	};
	unsigned n = below(state, 5);

	buf_addc(out, '"');
	while (n-- > 0)
		buf_adds(out, pieces[below(state, sizeof pieces / sizeof *pieces)]);
	if (below(state, 60) == 0)
		for (n = 0; n < 700; n++)
			buf_adds(out, "long ");
	buf_addc(out, '"');
}

/* whatever titles, cells and file names say, the map can be read */
static void
hostile_exports_make_good_maps(void **state)
{
	unsigned long long random = 20261122;

	(void)state;
	for (int run = 0; run < HOSTILE_RUNS; run++) {
		unsigned columns = 1 + below(&random, 9), rows = 1 + below(&random, 8);
		struct buf csv = {0}, name = {0};
		struct guess_file file;
		struct guessed r;

		for (unsigned i = 0; i <= rows; i++)
			for (unsigned j = 0; j < columns; j++) {
				hostile_cell(&random, &csv);
				buf_addc(&csv, j + 1 < columns ? ";,\t|"[run % 4] : '\n');
			}
		hostile_cell(&random, &name);
		file = (struct guess_file){text_file(csv.data, csv.len), name.data};
		guess_files(&r, &file, 1);
		if (r.status == 0)
			is_good(&r);
		close(file.fd);
		buf_free(&csv);
		buf_free(&name);
		guessed_free(&r);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_web_shop_imports_as_by_hand),
	    cmocka_unit_test(an_accounting_export_imports_as_by_hand),
	    cmocka_unit_test(a_latvian_export_imports_as_by_hand),
	    cmocka_unit_test(an_american_export_imports_as_by_hand),
	    cmocka_unit_test(a_utf16_export_with_tabs_imports_as_by_hand),
	    cmocka_unit_test(contacts_import_as_by_hand),
	    cmocka_unit_test(invoices_import_as_by_hand),
	    cmocka_unit_test(columns_without_titles_of_their_own_import_as_by_hand),
	    cmocka_unit_test(other_encodings_import_as_by_hand),
	    cmocka_unit_test(without_a_header_columns_go_by_number),
	    cmocka_unit_test(titles_that_repeat_are_told_apart),
	    cmocka_unit_test(a_day_or_month_first_is_decided_by_the_whole_column),
	    cmocka_unit_test(the_order_of_rows_hints_at_the_day),
	    cmocka_unit_test(what_stays_open_is_called_unsure),
	    cmocka_unit_test(dates_are_known_in_many_formats),
	    cmocka_unit_test(days_of_a_spreadsheet_are_taken_under_a_title_for_dates),
	    cmocka_unit_test(numbers_are_read_by_the_whole_column),
	    cmocka_unit_test(a_column_decides_for_one_that_is_open),
	    cmocka_unit_test(columns_are_known_by_words_of_three_languages),
	    cmocka_unit_test(the_currency_is_told_by_titles_signs_or_a_column),
	    cmocka_unit_test(cells_tell_where_titles_do_not),
	    cmocka_unit_test(a_title_counts_only_if_its_cells_fit),
	    cmocka_unit_test(a_table_of_clients_is_accounts),
	    cmocka_unit_test(returns_are_told_by_a_word_only_if_it_is_theirs_alone),
	    cmocka_unit_test(a_company_that_is_called_total_is_no_total),
	    cmocka_unit_test(codes_that_are_codes_are_left_alone),
	    cmocka_unit_test(bytes_behind_the_sample_tell_the_encoding_too),
	    cmocka_unit_test(files_of_one_kind_are_guessed_together),
	    cmocka_unit_test(a_file_that_differs_is_named),
	    cmocka_unit_test(what_cannot_be_read_is_an_error),
	    cmocka_unit_test(a_header_alone_makes_a_map),
	    cmocka_unit_test(the_source_is_a_tidy_name),
	    cmocka_unit_test(hostile_exports_make_good_maps),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
