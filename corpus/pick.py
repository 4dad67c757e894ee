#!/usr/bin/env python3
"""Choose the documents and sentences of the corpus' real part at random, from a fixed seed.

Usage: python3 corpus/pick.py DATA OUT [--per-file N]

DATA holds `news_state_department_pr` (United States Department of State, public domain) and
`news_wikipedia_current_events` (Wikipedia, CC BY-SA). OUT gets working files in the form of GUIDELINES.md
with the sentences and no annotation: a stretch of up to ten sentences from each of 100 press releases, and
up to eight items of each of 110 days of current events. Every third document goes to the test part; of the others
the first 800 sentences are for training, the rest for calibration. The working files hold other people's text and are never committed; `standoff.py` takes the spans out of them.
"""
import argparse
import json
import pathlib
import random
import re

SEED = 20061218
RELEASES, RELEASE_SENTENCES = 100, 10
DAYS, DAY_ITEMS = 110, 8
TRAIN_SENTENCES = 800
ABBREVIATIONS = set(
    "Mr Mrs Ms Dr Gen Lt Col Maj Capt Sgt Sen Rep Gov Prof Rev St Jr Sr No vs U.S U.N U.K D.C E.U Jan Feb Mar Apr Jun "
    "Jul Aug Sep Sept Oct Nov Dec Inc Ltd Corp Co Hon Amb Adm Brig Cmdr a.m p.m".split()
)


def sentences(text):
    """Spans of the sentences of a text: line by line, cut after . ! ? before a capital, not after abbreviations."""
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in re.finditer(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])", line.group()):
            word = re.search(r"(\S*)$", line.group()[: end.start()]).group(1).lstrip("(\"“‘'")
            if word in ABBREVIATIONS or re.fullmatch(r"[A-Z]", word):
                continue
            stop = line.start() + len(line.group()[: end.end()].rstrip())
            yield start, stop
            start = line.start() + end.end()
        stop = line.start() + len(line.group().rstrip())
        if stop > start:
            yield start, stop


def documents(data, rng):
    """Yield (document name, [(item id, sentence)]) in a random order."""
    rows = [json.loads(r) for r in open(data / "news_state_department_pr/press_releases.jsonl", encoding="utf-8")]
    picked = []
    for row in rng.sample(rows, len(rows)):
        spans = [(a, b) for a, b in sentences(row["text"]) if b - a > 30 and " " in row["text"][a:b]]
        if len(spans) < 3:
            continue
        first = rng.randrange(max(1, len(spans) - RELEASE_SENTENCES + 1))
        chosen = spans[first : first + RELEASE_SENTENCES]
        name = "news_state_department_pr/" + row["id"]
        picked.append((name, [(row["id"], row["text"][a:b]) for a, b in chosen]))
        if len(picked) == RELEASES:
            break
    days = {}
    for line in open(data / "news_wikipedia_current_events/current_events.jsonl", encoding="utf-8"):
        row = json.loads(line)
        days.setdefault(row["date"], []).append(row)
    for day in rng.sample(sorted(days), DAYS):
        items = days[day]
        first = rng.randrange(max(1, len(items) - DAY_ITEMS + 1))
        found = [(r["id"], r["text"][a:b]) for r in items[first : first + DAY_ITEMS] for a, b in sentences(r["text"])]
        picked.append(("news_wikipedia_current_events/" + day, found))
    rng.shuffle(picked)
    return picked


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--per-file", type=int, default=260, help="sentences of a working file, about")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    parts, trained = {"test": [], "train": [], "calibration": []}, 0
    for number, (name, found) in enumerate(documents(arguments.data, random.Random(SEED))):
        part = "test" if number % 3 == 0 else "train" if trained < TRAIN_SENTENCES else "calibration"
        parts[part].append((name, found))
        trained += len(found) if part == "train" else 0
    for part, chosen in parts.items():
        blocks, count, at = [], 0, 1
        for number, (name, found) in enumerate(chosen):
            for index, (item, sentence) in enumerate(found):
                mark = f"# document={name} part={part}\n" if index == 0 else ""
                blocks.append(f"{mark}# item={item}\nS {sentence}\n")
                count += 1
            if count >= arguments.per_file or number == len(chosen) - 1:
                (arguments.out / f"{part}-{at}.txt").write_text("\n".join(blocks), encoding="utf-8")
                print(f"{part}-{at}.txt: {count} sentences")
                blocks, count, at = [], 0, at + 1


if __name__ == "__main__":
    main()
