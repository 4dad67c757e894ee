#!/usr/bin/env python3
"""Fit the weights of the codebook's decisions.tsv: is a word an event mention, is a phrase its actor or recipient.

Usage: python decisions.py CHANCERY TABLE FILE...

CHANCERY is the binary, TABLE the file to write (`knowledge/codebook/decisions.tsv`), FILEs are annotated files
(`corpus/GUIDELINES.md`) that the binary's language model was **not** trained on; otherwise its probabilities look
surer than they are on new text. Three logistic regressions; the thresholds lie where F1 is best in a
cross-validation by document, on the side of precision.
"""
import argparse
import collections
import concurrent.futures
import json
import pathlib
import subprocess
import sys

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "corpus"))
import validate as corpus_form  # noqa: E402


# The F1 curve is flat around its top, and where exactly the top lies is chance. The threshold is taken from the stretch
# that comes this near to it, at two thirds of the way up: what was never said is a worse fault than what is lacking.
NEAR = 0.01


def documents(path):
    """Lists of (sentence, item, events) that stand together, as `eval mentions` joins them."""
    found, joined = [], False
    for _, sentence, attributes, events, _ in corpus_form.parse(path):
        if not sentence:
            continue
        if "document" in attributes or "report" in attributes or not joined:
            joined = "document" in attributes or "report" in attributes
            found.append([])
        found[-1].append((sentence, attributes.get("item"), events))
    return found


def explained(binary, document):
    """The explanations of a document's sentences, with the start of each gold sentence in its text."""
    text, starts, before = "", [], None
    for sentence, item, _ in document:
        if text:
            text += " " if item == before else "\n\n"
        before = item
        starts.append(len(text))
        text += sentence
    run = subprocess.run([binary, "explain", "--text", text, "--format", "json"], capture_output=True, text=True)
    lines = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    return list(zip(document, starts)), lines, text


def token_spans(explanation):
    """Character spans of the words of a sentence in the document's text."""
    at, (start, _), text = 0, explanation["sentence"]["span"], explanation["sentence"]["text"]
    spans = []
    for token in explanation["tokens"]:
        at = text.index(token["text"], at)
        spans.append((start + at, start + at + len(token["text"])))
        at += len(token["text"])
    return spans


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def head_of(span, spans, tokens):
    """The word of a span whose head lies outside of it."""
    inside = [i for i, s in enumerate(spans) if overlap(s, span)]
    for i in inside:
        head = (tokens[i]["head"] or 0) - 1
        if head not in inside:
            return i
    return inside[0] if inside else None


def collect(binary, document, rows, group):
    gold, lines, _ = explained(binary, document)
    for line in lines:
        spans, tokens = token_spans(line), line["tokens"]
        start, end = line["sentence"]["span"]
        events = []
        for (_, _, annotated), begin in gold:
            for e in annotated:
                moved = {k: [(a + begin, b + begin) for a, b in e.get(k, [])] for k in ("actor", "companion", "recipient")}
                trigger = (e["trigger"][0] + begin, e["trigger"][1] + begin)
                if start <= trigger[0] < end:
                    events.append((trigger, moved["actor"] + moved["companion"], moved["recipient"], e.get("reciprocal") == "yes"))
        for candidate in line["candidates"]:
            word = spans[candidate["index"] - 1]
            match = next((e for e in events if overlap(e[0], word)), None)
            rows["mention"].append((candidate["features"], match is not None, group))
            if match is None:
                continue
            _, actors, recipients, _ = match
            heads = [{head_of(s, spans, tokens) for s in side} for side in (actors, recipients)]
            for phrase in candidate["participants"]:
                head = phrase["head"] - 1
                for role, name in enumerate(("actor", "recipient")):
                    side = (actors, recipients)[role]
                    right = head in heads[role] or any(overlap(s, spans[head]) for s in side)
                    rows[name].append((phrase["features"][role], right, group))


def fit(name, rows, out):
    features, labels, groups = zip(*rows)
    vectorizer = DictVectorizer(sparse=False)
    x, y, groups = vectorizer.fit_transform(features), np.array(labels), np.array(groups)
    model = LogisticRegression(C=0.5, max_iter=2000)
    p = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(8), method="predict_proba")[:, 1]
    scores = []
    for threshold in np.arange(0.1, 0.9, 0.02):
        right, found = int(((p >= threshold) & y).sum()), int((p >= threshold).sum())
        precision, recall = right / max(1, found), right / y.sum()
        f = 2 * precision * recall / max(1e-9, precision + recall)
        scores.append((f, threshold, precision, recall))
    best = max(scores)[0]
    near = [score for score in scores if score[0] >= best - NEAR]
    f, threshold, precision, recall = near[2 * len(near) // 3]
    print(f"{name}: {len(y)} rows, {y.sum()} yes; F {f:.3f} (P {precision:.3f} R {recall:.3f}) at {threshold:.2f}")
    model.fit(x, y)
    out.append((name, "bias", model.intercept_[0]))
    out.append((name, "threshold", threshold))
    out += [(name, f, w) for f, w in sorted(zip(vectorizer.get_feature_names_out(), model.coef_[0])) if abs(w) >= 0.005]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("files", nargs="+")
    arguments = parser.parse_args()
    rows = collections.defaultdict(list)
    groups = [d for path in arguments.files for d in documents(path)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        tasks = [pool.submit(collect, arguments.binary, d, rows, n) for n, d in enumerate(groups)]
        for task in tasks:
            task.result()
    out = []
    for name in ("mention", "actor", "recipient"):
        fit(name, rows[name], out)
    lines = [
        "# What the reading weighs, fitted by training/decisions.py on annotated text that the model was not trained on.",
        "# Each decision is a logistic regression; `threshold` is the probability from which it is yes.",
        "decision\tfeature\tweight",
    ]
    lines += [f"{name}\t{feature}\t{weight:.3f}" for name, feature, weight in out]
    arguments.table.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
