#include "domain/guesswords.h"

/* Titles as accounting and customer systems write them. Words are compared in small letters, without marks and
 * punctuation; of several meanings the heavier and longer one counts. */
const struct meaning meanings[] = {
    /* the client */
    {"код контрагента|код клиента|код покупателя|код партнера|код заказчика|контрагент код|id клиента|"
     "id контрагента|клиент id|номер клиента",
     "@code", NULL, 92},
    {"klienta kods|klienta nr|klienta numurs|klienta id|pircēja kods|partnera kods|maksātāja kods|debitora "
     "kods",
     "@code", NULL, 92},
    {"customer id|customer code|customer no|customer number|customer nr|client id|client code|client no|"
     "client number|account id|account code|account no|account number|partner id|partner code|buyer id|"
     "company id|debtor id|debtor no|debtor number|cust id|cust no",
     "@code", NULL, 92},
    {"код|kods|code", "@code", NULL, 42},
    {"id", "@code id", NULL, 30},
    {"контрагент|клиент|покупатель|заказчик|klients|pircējs|pasūtītājs|customer|client|buyer|дебитор|"
     "debitors|debtor",
     "@client @code", NULL, 88},
    {"наименование контрагента|наименование клиента|наименование покупателя|название клиента|"
     "название компании|наименование организации|klienta nosaukums|pircēja nosaukums|uzņēmuma nosaukums|"
     "customer name|client name|account name|company name|buyer name|debtor name",
     "@client", NULL, 96},
    {"партнер|компания|предприятие|юрлицо|partneris|uzņēmums|firma|company|partner|sold to|bill to",
     "@client", NULL, 74},
    {"организация|плательщик|грузополучатель|maksātājs|saņēmējs|organization|organisation|account|payer|"
     "consignee",
     "@client", NULL, 56},
    {"наименование|название|nosaukums|name", "@client", NULL, 38},
    {"инн|инн контрагента|инн клиента|инн кпп", "@inn", NULL, 96},
    {"reģ nr|reģ numurs|reģistrācijas nr|reģistrācijas numurs|reg nr|vienotais reģistrācijas numurs", "@reg",
     NULL, 96},
    {"pvn nr|pvn numurs|pvn reģ nr|pvn maksātāja nr|vat no|vat nr|vat number|vat id|vat reg no", "@vat", NULL,
     96},
    {"tax id|tax no|tax number|tin|company number|registration no|registration number", "@tax", NULL, 94},

    /* dates */
    {"дата|datums|date", "date opened start", NULL, 70},
    {"дата документа|дата продажи|дата реализации|дата накладной|дата операции|дата проводки|дата счета|"
     "дата отгрузки|dokumenta datums|rēķina datums|pavadzīmes datums|pārdošanas datums|darījuma datums|"
     "invoice date|document date|doc date|sale date|sales date|posting date|transaction date|booking date|"
     "issue date|date issued|issued",
     "date", NULL, 84},
    {"период|день|periods|diena|day|period", "date", NULL, 45},
    {"дата заказа|pasūtījuma datums|order date|ordered", "ordered date", NULL, 82},
    {"срок оплаты|срок платежа|дата оплаты до|оплатить до|оплата до|apmaksas termiņš|maksājuma termiņš|"
     "apmaksāt līdz|termiņš|due date|due|payment due|pay by",
     "due", NULL, 96},
    {"дата оплаты|дата платежа|дата погашения|apmaksas datums|apmaksāts datums|payment date|paid date|"
     "date paid|paid on|settlement date",
     "settled", NULL, 94},
    {"оплачено|сумма оплаты|погашено|apmaksāts|samaksāts|apmaksātā summa|paid|amount paid|paid amount",
     "paid", NULL, 92},
    {"оплата|apmaksa|payments|payment", "paid", NULL, 66},
    {"дата создания|создан|дата открытия|дата обращения|izveidots|izveides datums|created|created date|"
     "creation date|open date",
     "opened", NULL, 84},
    {"дата закрытия|закрыт|slēgts|closed date|closed on", "closed expected-close", NULL, 86},
    {"ожидаемая дата закрытия|плановая дата закрытия|plānotais slēgšanas datums|expected close date|"
     "close date|expected date",
     "expected-close", NULL, 94},
    {"дата доставки|доставлено|фактическая дата|piegādes datums|piegādāts|delivery date|actual delivery",
     "delivered", NULL, 88},
    {"обещано|срок поставки|плановая дата поставки|плановая дата|обещанная дата|solītais datums|"
     "plānotais datums|promised date|requested date|planned delivery",
     "promised", NULL, 88},
    {"дата начала|начало|действует с|sākuma datums|sākums|start date|valid from", "start", NULL, 90},
    {"дата окончания|окончание|действует до|срок действия|beigu datums|beigas|derīgs līdz|end date|"
     "valid until|valid to|expiry date|expires",
     "end", NULL, 90},
    {"дата рождения|день рождения|dzimšanas diena|dzimšanas datums|date of birth|birth date|dob", "birthday",
     NULL, 96},

    /* documents */
    {"документ|dokuments|document", "document id", NULL, 80},
    {"номер документа|no документа|регистратор|документ продажи|документ реализации|документ отгрузки|"
     "номер накладной|no накладной|номер счета|no счета|dokumenta numurs|dokumenta nr|rēķina numurs|"
     "rēķina nr|pavadzīmes numurs|pavadzīmes nr|document no|document number|document id|doc no|doc number|"
     "invoice no|invoice number|invoice id|invoice nr",
     "document id", NULL, 92},
    {"накладная|счет фактура|счет|rēķins|pavadzīme|invoice|voucher", "document id", NULL, 76},
    {"номер заказа|no заказа|pasūtījuma numurs|pasūtījuma nr|order no|order number|order id|transaction id|"
     "receipt no|receipt number",
     "document id", NULL, 82},
    {"заказ|чек|pasūtījums|order|receipt|reference", "document id", NULL, 58},
    {"номер|no|numurs|nr|number", "document id", NULL, 50},
    {"номер строки|no строки|строка|rindas nr|rindas numurs|rinda|line no|line number|line id|line|"
     "position no",
     "line", NULL, 86},

    /* amounts */
    {"сумма без ндс|выручка без ндс|стоимость без ндс|summa bez pvn|amount excl vat|amount without vat|"
     "amount net|net amount|net value|net revenue|neto summa",
     "revenue amount", NULL, 100},
    {"выручка|revenue|net sales|apgrozījums|ieņēmumi|turnover|оборот", "revenue amount", NULL, 92},
    {"сумма продажи|сумма продаж|сумма реализации|сумма отгрузки|сумма счета|сумма документа|rēķina summa|"
     "dokumenta summa|invoice amount|sales amount|line amount|line total|extended price",
     "revenue amount", NULL, 86},
    {"сумма|summa|amount", "revenue amount value", NULL, 75},
    {"сумма с ндс|summa ar pvn|gross amount|total amount|amount incl vat|bruto summa|net|neto",
     "revenue amount", NULL, 64},
    {"стоимость|продажи|реализация|vērtība|pārdošana|sales|value", "revenue amount value", NULL, 58},
    {"итого|всего|kopā|kopsumma|total|subtotal", "revenue amount", NULL, 50},
    {"ндс|сумма ндс|ставка ндс|pvn|pvn summa|pvn likme|vat|vat amount|vat rate|tax|tax amount|tax rate", "-",
     NULL, 100},
    {"себестоимость|себест*|стоимость закупки|закупочная стоимость|pašizmaksa|iepirkuma summa|cost|"
     "total cost|cost amount|cogs|cost of goods|cost of goods sold",
     "cost", NULL, 90},
    {"себестоимость единицы|себестоимость за ед*|закупочная цена|iepirkuma cena|unit cost|cost price|"
     "cost per unit",
     "-", NULL, 100},
    {"маржа|прибыль|валовая прибыль|маржинальный доход|peļņa|bruto peļņa|marža|margin|gross margin|profit|"
     "gross profit",
     "margin", NULL, 90},
    {"маржа %|маржинальность|рентабельность|наценка|наценка %|marža %|uzcenojums|margin %|margin pct|markup|"
     "profit %",
     "-", NULL, 100},
    {"количество|кол во|колво|daudzums|skaits|quantity|qty", "quantity", NULL, 90},
    {"кол|шт|units|pieces|pcs", "quantity", NULL, 55},
    {"цена|цена за ед*|цена единицы|cena|vienības cena|price|unit price|price per unit", "price", NULL, 88},
    {"цена без ндс|cena bez pvn|net price", "price", NULL, 95},
    {"скидка|скидка %|atlaide|discount|discount %", "discount -", NULL, 90},
    {"валюта|valūta|currency|currency code", "currency", NULL, 96},
    {"курс|kurss|exchange rate", "-", NULL, 90},
    {"номенклатура|товар|продукт|prece|produkts|product|наименование товара|наименование номенклатуры|"
     "preces nosaukums|product name|item name|product line|product group|номенклатурная группа|"
     "группа товаров|preču grupa",
     "product", NULL, 92},
    {"артикул|описание|artikuls|apraksts|item|article|sku|description", "product", NULL, 55},
    {"код товара|код номенклатуры|код продукта|preces kods|produkta kods|stock code|item code|item no|"
     "product code|product id|item id|ед изм|единица|mērvienība|unit|uom",
     "-", NULL, 96},

    /* people */
    {"фио|контактное лицо|kontaktpersona|vārds uzvārds|vārds un uzvārds|contact name|contact person|full "
     "name",
     "name", "contacts", 96},
    {"контакт|сотрудник|имя|kontakts|vārds|contact|person", "name", "contacts", 78},
    {"name", "name", "contacts", 44},
    {"телефон|тел|мобильный|мобильный телефон|моб телефон|рабочий телефон|tālrunis|tālr|telefons|mobilais|"
     "phone|telephone|phone number|phone no|mobile|mobile phone|tel|work phone",
     "phone", NULL, 94},
    {"e mail|email|mail|эл почта|электронная почта|почта|емейл|e pasts|epasts|e pasta adrese|email address|"
     "e mail address|email адрес",
     "email", NULL, 95},
    {"должность|amats|position|job title|должность контакта", "position", NULL, 95},
    {"title", "position title", NULL, 60},
    {"менеджер|ответственный менеджер|account manager|manager|куратор|menedžeris|sales rep|sales manager",
     "manager by", NULL, 90},
    {"ответственный|atbildīgais|vadītājs|owner|responsible|автор", "manager by", NULL, 72},
    {"адрес|юридический адрес|адрес клиента|adrese|address|street|индекс|pasta indekss|zip|postcode", "-",
     NULL, 96},

    /* companies */
    {"регион|область|регион клиента|reģions|region|territory", "profile.region", NULL, 90},
    {"город|pilsēta|city|country|страна|valsts", "profile.region", NULL, 58},
    {"отрасль|сфера деятельности|nozare|industry|sector", "profile.industry", NULL, 90},
    {"холдинг|группа компаний|головная организация|koncerns|grupa|parent|parent company|holding", "parent",
     NULL, 82},
    {"категория|класс|сегмент|kategorija|segments|category|segment|class", "tier", NULL, 58},

    /* other kinds */
    {"номер сделки|id сделки|darījuma nr|deal id|deal no|opportunity id", "id", "deals", 96},
    {"сделка|название сделки|darījums|deal|deal name|opportunity|opportunity name", "title", "deals", 90},
    {"стадия|этап|этап сделки|posms|stadija|stage|deal stage", "stage", NULL, 92},
    {"вероятность|varbūtība|probability", "probability", NULL, 94},
    {"номер договора|no договора|договор|līguma nr|līguma numurs|līgums|contract no|contract number|"
     "contract id|contract|agreement",
     "id", "contracts", 95},
    {"договор|договор контрагента|līgums|contract|agreement", "-", NULL, 80},
    {"сумма договора|līguma summa|contract value", "value amount", NULL, 92},
    {"год|gads|year", "year", NULL, 80},
    {"потенциал|емкость|potenciāls|potential", "amount", "potential", 98},
    {"конкурент|konkurents|competitor", "name", "competitors", 98},
    {"доля|доля %|daļa|share|share %", "share", NULL, 80},
    {"оценка|балл|nps|vērtējums|score|rating|баллы", "score", NULL, 90},
    {"комментарий|komentārs|comment|примечание|piezīmes|remark", "comment", NULL, 80},
    {"вид|тип|вид контакта|veids|tips|kind|type", "kind", NULL, 60},
    {"тема|содержание|суть|temats|saturs|subject|topic|notes|about", "about subject", NULL, 82},
    {"номер рекламации|рекламация|номер претензии|sūdzības nr|complaint no|complaint id|claim no", "id",
     "complaints", 96},
    {"причина|cēlonis|cause|reason", "cause reason", NULL, 84},
    {"серьезность|важность|severity", "severity", NULL, 88},
    {"дата ответа|atbildēts|answered", "answered", NULL, 88},
    {"пожелание|замечание|vēlme|wish", "wish", NULL, 90},
    {"заголовок|новость|virsraksts|headline", "title", "news", 94},
    {"ссылка|saite|url|link", "url", NULL, 88},
};
const size_t n_meanings = sizeof meanings / sizeof *meanings;
