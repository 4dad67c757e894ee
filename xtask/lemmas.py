#!/usr/bin/env python3
"""Rebuild crates/chancery-language/data/lemmas.tsv.gz from the package lemminflect 0.2.3.

Usage: python3 xtask/lemmas.py [OUT]     (needs `pip install lemminflect==0.2.3`)

The package (MIT) carries forms and lemmas of the NIH's SPECIALIST lexicon. Kept are the forms of verbs, nouns
and adjectives that differ from their lemma: `form TAB class TAB lemma[;lemma]`, class v, n or a, sorted.
"""
import gzip
import importlib.util
import io
import pathlib
import sys

CLASSES = {"verb": "v", "noun": "n", "adj": "a"}


def main(out):
    package = pathlib.Path(importlib.util.find_spec("lemminflect").origin).parent
    rows = []
    with gzip.open(package / "resources/lemma_lu.csv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            form, word_class, lemmas = line.strip().split(",")
            kind = CLASSES.get(word_class)
            if kind and form.isalpha() and form.islower() and form not in lemmas.split("/"):
                rows.append(f"{form}\t{kind}\t{lemmas.replace('/', ';')}")
    data = "\n".join(sorted(rows)) + "\n"
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, compresslevel=9) as packed:
        packed.write(data.encode())
    pathlib.Path(out).write_bytes(buffer.getvalue())
    print(len(rows), "forms,", len(buffer.getvalue()), "bytes")


if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent
    main(sys.argv[1] if len(sys.argv) > 1 else here.parent / "crates/chancery-language/data/lemmas.tsv.gz")
