/*
 * Names of months and weekdays as people write them, a language or a way of
 * writing to a row.
 */
#ifndef KAM_TEST_DATEFORMS_H
#define KAM_TEST_DATEFORMS_H

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const char *const month_forms[][12] = {
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
     "November", "December"},
    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"},
    {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"},
    {"Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь",
     "Декабрь"},
    {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
     "ноября", "декабря"},
    {"ЯНВАРЯ", "ФЕВРАЛЯ", "МАРТА", "АПРЕЛЯ", "МАЯ", "ИЮНЯ", "ИЮЛЯ", "АВГУСТА", "СЕНТЯБРЯ", "ОКТЯБРЯ",
     "НОЯБРЯ", "ДЕКАБРЯ"},
    {"янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"},
    {"янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.", "сент.", "окт.", "нояб.", "дек."},
    {"janvāris", "februāris", "marts", "aprīlis", "maijs", "jūnijs", "jūlijs", "augusts", "septembris",
     "oktobris", "novembris", "decembris"},
    {"janvāra", "februāra", "marta", "aprīļa", "maija", "jūnija", "jūlija", "augusta", "septembra", "oktobra",
     "novembra", "decembra"},
    {"JANVĀRĪ", "FEBRUĀRĪ", "MARTĀ", "APRĪLĪ", "MAIJĀ", "JŪNIJĀ", "JŪLIJĀ", "AUGUSTĀ", "SEPTEMBRĪ", "OKTOBRĪ",
     "NOVEMBRĪ", "DECEMBRĪ"},
    {"janv.", "febr.", "marts", "apr.", "mai.", "jūn.", "jūl.", "aug.", "sept.", "okt.", "nov.", "dec."},
    {"jan", "feb", "mar", "apr", "mai", "jūn", "jūl", "aug", "sep", "okt", "nov", "dec"},
};

static const char *const weekday_forms[][7] = {
    {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
    {"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"},
    {"Mon.", "Tues.", "Wed.", "Thurs.", "Fri.", "Sat.", "Sun."},
    {"понедельник", "Вторник", "СРЕДА", "четверг", "пятница", "суббота", "воскресенье"},
    {"пн", "вт", "ср", "чт", "пт", "сб", "вс"},
    {"Пн.", "Вт.", "Ср.", "Чт.", "Пт.", "Сб.", "Вс."},
    {"pirmdiena", "Otrdiena", "TREŠDIENA", "ceturtdiena", "piektdiena", "sestdiena", "svētdiena"},
    {"pirmdien", "otrdien", "trešdien", "ceturtdien", "piektdien", "sestdien", "svētdien"},
    {"P", "O", "T", "C", "Pk", "S", "Sv"},
    {"pirmd.", "otrd.", "trešd.", "ceturtd.", "piektd.", "sestd.", "svētd."},
};

#endif
