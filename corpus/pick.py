#!/usr/bin/env python3
"""Choose the documents and sentences of the corpus' real part at random, from a fixed seed.

Usage: python3 corpus/pick.py DATA OUT [--per-file N] [--beside corpus/real [--seed N]]

DATA holds `news_state_department_pr` (United States Department of State, public domain) and
`news_wikipedia_current_events` (Wikipedia, CC BY-SA). OUT gets working files in the form of GUIDELINES.md
with the sentences and no annotation: a stretch of up to ten sentences from each of 100 press releases, and
up to eight items of each of 110 days of current events. Every third document goes to the test part; of the others
the first 800 sentences are for training, the rest for calibration. `--beside` picks more of both, from
documents that the folder does not hold yet, with stretches of the documents of `re3d` (governments and Wikipedia on Syria and
Iraq; its NonCommercial collection stays out) or, with the second seed, of the newspaper reports of ECB+ (CC BY 3.0). The working files hold other people's text and are never committed; `standoff.py` takes the spans out of them.
"""
import argparse
import json
import pathlib
import random
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import standoff  # noqa: E402

SEED = 20061218
RELEASES, RELEASE_SENTENCES = 100, 10
DAYS, DAY_ITEMS = 110, 8
TRAIN_SENTENCES = 800
# Seeds and numbers of documents of the choices beside the first; after so many sentences for training the rest is for
# calibration.
BESIDE = {
    20061219: {"releases": 40, "days": 65, "re3d": 24, "ecbplus": 0, "train": 860},
    20061220: {"releases": 25, "days": 60, "re3d": 0, "ecbplus": 40, "train": 10_000},
}
ECB_TOPICS = {8, 9, 11, 12, 14, 16, 19, 24, 26, 28, 30, 34, 37, 41}
OPEN_COLLECTIONS = {"UK Government", "CENTCOM", "US State Department", "Wikipedia", "Australian Department of Foreign Affairs"}
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


def rows_of(data, path):
    with open(data / path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def newspapers(data):
    """Reports of ECB+ on politics, unrest and war, or of crime and disasters beside them, without their web address."""
    rows = [r for r in rows_of(data, "ecbplus/ecbplus.jsonl") if r["topic"] in ECB_TOPICS]
    return [r | {"text": text} for r in rows if not (text := standoff.text_of(r)).startswith("http")]


def stretches(rows, collection, many, rng, known):
    """Stretches of up to ten sentences from `many` documents that are not known, in a random order of documents."""
    picked = []
    for row in rng.sample(rows, len(rows)):
        name = f"{collection}/{row['id']}"
        spans = [(a, b) for a, b in sentences(row["text"]) if b - a > 30 and " " in row["text"][a:b]]
        if len(spans) < 3 or name in known:
            continue
        first = rng.randrange(max(1, len(spans) - RELEASE_SENTENCES + 1))
        picked.append((name, [(row["id"], row["text"][a:b]) for a, b in spans[first : first + RELEASE_SENTENCES]]))
        if len(picked) == many:
            break
    return picked


def documents(data, rng, releases, days, known=frozenset()):
    """(document name, [(item id, sentence)]) in a random order."""
    rows = rows_of(data, "news_state_department_pr/press_releases.jsonl")
    picked = stretches(rows, "news_state_department_pr", releases, rng, known)
    by_day = {}
    for row in rows_of(data, "news_wikipedia_current_events/current_events.jsonl"):
        by_day.setdefault(row["date"], []).append(row)
    for day in rng.sample(sorted(d for d in by_day if f"news_wikipedia_current_events/{d}" not in known), days):
        items = by_day[day]
        first = rng.randrange(max(1, len(items) - DAY_ITEMS + 1))
        found = [(r["id"], r["text"][a:b]) for r in items[first : first + DAY_ITEMS] for a, b in sentences(r["text"])]
        picked.append(("news_wikipedia_current_events/" + day, found))
    rng.shuffle(picked)
    return picked


def parts_beside(data, folder, seed):
    """More documents for training and calibration, beside those of the folder."""
    known = {json.loads(line)["document"] for path in folder.glob("*.jsonl") for line in path.open(encoding="utf-8")}
    rng, many = random.Random(seed), BESIDE[seed]
    picked = documents(data, rng, many["releases"], many["days"], known)
    rows = [row for row in rows_of(data, "re3d/re3d.jsonl") if row["collection"] in OPEN_COLLECTIONS]
    if many["re3d"]:
        picked += stretches(rows, "re3d", many["re3d"], rng, known)
    if many["ecbplus"]:
        picked += stretches(newspapers(data), "ecbplus", many["ecbplus"], rng, known)
    parts, trained = {"train": [], "calibration": []}, 0
    for name, found in picked:
        part = "train" if trained < many["train"] else "calibration"
        parts[part].append((name, found))
        trained += len(found)
    return parts


def parts_first(data):
    """The first choice: a third for the test part, the rest for training and calibration."""
    parts, trained = {"test": [], "train": [], "calibration": []}, 0
    for number, (name, found) in enumerate(documents(data, random.Random(SEED), RELEASES, DAYS)):
        part = "test" if number % 3 == 0 else "train" if trained < TRAIN_SENTENCES else "calibration"
        parts[part].append((name, found))
        trained += len(found) if part == "train" else 0
    return parts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--per-file", type=int, default=260, help="sentences of a working file, about")
    parser.add_argument("--beside", type=pathlib.Path, metavar="FOLDER", help="more, beside the documents of this folder")
    parser.add_argument("--seed", type=int, choices=sorted(BESIDE), default=min(BESIDE), help="which choice beside the first")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    parts = parts_beside(arguments.data, arguments.beside, arguments.seed) if arguments.beside else parts_first(arguments.data)
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
