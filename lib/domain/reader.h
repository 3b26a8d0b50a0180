/*
 * Reading accounts: documents of streams, files and folders, parsed and read
 * by several threads at once, handed over one by one in their order.
 */
#ifndef KAM_READER_H
#define KAM_READER_H

#include "data/stream.h"
#include "domain/account.h"

/* one document and what was found in it; valid until the next one */
struct reading {
	struct doc doc;
	struct account account;
	bool usable;	  /* it could be parsed, and no field of it is wrong */
	struct buf bytes; /* what doc.bytes stands in */
	struct finding *finding;
	size_t findings, findings_cap;
	size_t unkept; /* findings beyond those */
	void *made;    /* by the reader's work; NULL: none, or not usable */
};

struct reader;

/* as stream_open */
struct reader *reader_open(char *const *inputs, size_t n, int threads);
/* What is made of each usable document, on several threads at once, in the arena of its doc, and what is found wrong with
 * it besides, into the sink; before the first reader_next. */
void reader_work(struct reader *, void *(*work)(const void *data, struct reading *, struct sink *),
		 const void *data);
/* 1: the next document; its findings were put into the sink, those of a document that cannot be parsed too (the first
 * hundred of each, then how many more there are).
 * 0: the end. -1: the input cannot be read on; the error says why. */
int reader_next(struct reader *, struct reading **, struct sink *, struct error *);
void reader_free(struct reader *);

#endif
