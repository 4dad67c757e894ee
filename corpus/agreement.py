#!/usr/bin/env python3
"""Agreement of two annotators over the same sentences.

Usage: python3 corpus/agreement.py ONE TWO [--list]

ONE and TWO are files (or comma-separated lists of files) in the form of GUIDELINES.md with the same sentences.
Prints Cohen's kappa of the act over all words (an act, or none), F1 of the mentions, kappa of act and of status over
the mentions that both marked, and the F1 of the heads of actors and recipients of these. `--list` prints every
difference, for adjudication.
"""
import collections
import re
import sys

import validate


def kappa(pairs):
    """Cohen's kappa of pairs of labels."""
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs) / n
    one, two = (collections.Counter(side) for side in zip(*pairs))
    chance = sum(one[label] * two[label] for label in one) / n**2
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def head(sentence, span):
    """Span of the head word: the last word before a preposition, comma or relative pronoun."""
    words = sentence[slice(*span)]
    stop = re.search(r",|\s(of|in|from|for|at|on|with|to|against|near|who|that|which|and)\s", words)
    words = words[: stop.start()] if stop and stop.start() else words
    last = re.search(r"(\w[\w'’.-]*)\W*$", words)
    return (span[0] + last.start(1), span[0] + last.end(1)) if last else span


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def sides(event, sentence):
    """Heads of actors and recipients; of a reciprocal act both sides together."""
    actors = [head(sentence, s) for s in event.get("actor", []) + event.get("companion", [])]
    recipients = [head(sentence, s) for s in event.get("recipient", [])]
    return (actors + recipients, []) if event.get("reciprocal") == "yes" else (actors, recipients)


def main(arguments):
    listing = "--list" in arguments
    one, two = (names.split(",") for names in arguments if names != "--list")
    read = lambda files: [block for path in files for block in validate.parse(path)]
    words, acts, statuses = [], [], []
    marked, found = [0, 0], collections.Counter()
    for (place, sentence, _, a, _), (_, other, _, b, _) in zip(read(one), read(two), strict=True):
        assert sentence == other, f"line {place}: not the same sentence"
        pairs = []
        for event in a:
            match = next((e for e in b if overlap(e["trigger"], event["trigger"]) and all(e is not p for _, p in pairs)), None)
            if match:
                pairs.append((event, match))
        marked[0] += len(a)
        marked[1] += len(b)
        act_at = lambda events, span: next((e["act"] for e in events if overlap(e["trigger"], span)), "none")
        words += [(act_at(a, m.span()), act_at(b, m.span())) for m in re.finditer(r"\w+", sentence)]
        for x, y in pairs:
            acts.append((x["act"], y["act"]))
            statuses.append((validate.status(x), validate.status(y)))
            either = "yes" if "yes" in (x.get("reciprocal"), y.get("reciprocal")) else "no"
            for name, left, right in zip(
                ("actor", "recipient"), sides(x | {"reciprocal": either}, sentence), sides(y | {"reciprocal": either}, sentence)
            ):
                found[name] += sum(any(overlap(p, q) for q in right) for p in left)
                found[name + " all"] += len(left) + len(right)
        if listing:
            differ(place, sentence, a, b, pairs)
    print(f"sentences, mentions of one and two: {len(set(read_places(one)))}, {marked[0]}, {marked[1]}")
    print(f"act over all words, kappa      {kappa(words):.3f}")
    print(f"mentions, F1                   {2 * len(acts) / sum(marked):.3f}")
    print(f"act given the mention, kappa   {kappa(acts):.3f}")
    print(f"status given the mention, kappa {kappa(statuses):.3f}")
    for name in ("actor", "recipient"):
        print(f"{name} heads, F1 {2 * found[name] / found[name + ' all']:.3f}")


def read_places(files):
    return [(path, number) for path in files for number, *_ in validate.parse(path)]


def differ(place, sentence, a, b, pairs):
    tell = lambda e: f"{sentence[slice(*e['trigger'])]} {e['act']} {validate.status(e)}"
    only = [("one", e) for e in a if all(e is not x for x, _ in pairs)]
    only += [("two", e) for e in b if all(e is not y for _, y in pairs)]
    unlike = [(x, y) for x, y in pairs if (x["act"], validate.status(x)) != (y["act"], validate.status(y))]
    if only or unlike:
        print(f"{place}: {sentence}")
        for side, event in only:
            print(f"    only {side}: {tell(event)}")
        for x, y in unlike:
            print(f"    {tell(x)} / {tell(y)}")


if __name__ == "__main__":
    main(sys.argv[1:])
