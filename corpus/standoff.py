#!/usr/bin/env python3
"""The real part of the corpus: annotation as spans over text that is not ours, and back.

Usage: python3 corpus/standoff.py compile DATA FOLDER FILE...   working files -> FOLDER/PART.jsonl
       python3 corpus/standoff.py restore DATA FOLDER OUT       FOLDER/*.jsonl -> OUT/PART.txt

DATA holds the data sets that `pick.py` names. FOLDER is `corpus/real`. A line of the JSON Lines files is a
sentence: its document, the row of the data set (`item`) with the SHA-256 of that row's text, and spans in
Unicode scalar values of that text; there is no text in it. `restore` checks every hash and writes the readable
form of GUIDELINES.md, which the training and `chancery eval mentions` take.
"""
import hashlib
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import validate  # noqa: E402

SETS = {
    "news_state_department_pr": "news_state_department_pr/press_releases.jsonl",
    "news_wikipedia_current_events": "news_wikipedia_current_events/current_events.jsonl",
    "re3d": "re3d/re3d.jsonl",
    "ecbplus": "ecbplus/ecbplus.jsonl",
}
PLAIN = {"polarity": "affirmed", "modality": "actual", "aspect": "event", "background": "no", "reciprocal": "no"}


def text_of(row):
    """The text of a row; ECB+ has words alone, which are written as a newspaper would, a sentence a line."""
    if "text" in row:
        return row["text"]
    lines = {}
    for word, number in zip(row["tokens"], row["sentence"]):
        lines.setdefault(number, []).append({"``": "\u201c", "''": "\u201d"}.get(word, word))
    text = "\n".join(" ".join(words) for _, words in sorted(lines.items()))
    text = re.sub(r" (?=[.,;:!?%)\]\u201d]|'s\b|n't\b|'(?:re|ve|ll|d|m)\b)", "", text)
    return re.sub(r"(?<=[(\[$\u201c]) ", "", text)


def texts(data, wanted):
    """Texts of the rows whose ids are wanted, by id."""
    found = {}
    for path in SETS.values():
        with open(pathlib.Path(data) / path, encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row["id"] in wanted:
                    found[row["id"]] = text_of(row)
    missing = wanted - found.keys()
    if missing:
        raise SystemExit(f"{len(missing)} rows are not in the data sets, for instance {min(missing)}")
    return found


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def compile_files(data, files):
    """Sentences of the working files as dictionaries with spans."""
    blocks = []
    for path in files:
        for number, sentence, attributes, events, faults in validate.parse(path):
            if faults:
                raise SystemExit(f"{path}:{faults[0][0]}: {faults[0][1]}")
            blocks.append((f"{path}:{number}", sentence, attributes, events))
    rows = texts(data, {attributes["item"] for _, _, attributes, _ in blocks})
    out, document, part, cursor, before = [], None, None, {}, []
    for place, sentence, attributes, events in blocks:
        if "document" in attributes:
            document, part, before = attributes["document"], attributes["part"], []
        item = attributes["item"]
        start = rows[item].find(sentence, cursor.get(item, 0))
        if start < 0:
            raise SystemExit(f"{place}: the sentence does not stand in the text of {item}")
        cursor[item] = start + len(sentence)
        before.append((item, start, sentence))
        out.append(
            {
                "document": document,
                "part": part,
                "item": item,
                "text_sha256": sha256(rows[item]),
                "span": [start, start + len(sentence)],
                "mentions": [compile_mention(event, start, before) for event in events],
            }
        )
    return out


def compile_mention(event, start, before):
    move = lambda span: [span[0] + start, span[1] + start]
    mention = {"trigger": move(event["trigger"]), "act": event["act"]}
    if event["mode"]:
        mention["mode"] = event["mode"]
    for key in sorted(validate.CLOSED):
        if key in event and event[key] != PLAIN.get(key):
            mention[key] = event[key]
    for key in sorted(validate.SPANS):
        if event.get(key):
            mention[key] = [move(span) for span in event[key]]
    outside = []
    for key, words in event["outside"]:
        # The nearest place before, this sentence included.
        for item, begin, sentence in reversed(before):
            at = sentence.rfind(words)
            if at >= 0:
                outside.append([key, item, begin + at, begin + at + len(words)])
                break
    if outside:
        mention["outside"] = outside
    if event["links"]:
        mention["links"] = [[relation, *move(target)] for relation, target in event["links"]]
    return mention


def quoted(sentence, start, end):
    """The words of a span, with `@n` if they are not the first such words of the sentence."""
    words = sentence[start:end]
    for n in range(1, 60):
        found = validate.find(sentence, f"{words}@{n}")
        if found is None:
            break
        if found == (start, end):
            return words if n == 1 else f"{words}@{n}"
    raise SystemExit(f"{words!r} is not cut at words in {sentence!r}")


def restore_line(mention, sentence, start, rows):
    cut = lambda a, b: quoted(sentence, a - start, b - start)
    act = mention["act"] + (f"/{mention['mode']}" if "mode" in mention else "")
    fields = [cut(*mention["trigger"]), act]
    for key in sorted(validate.SPANS):
        fields += [f"{key}: {cut(a, b)}" for a, b in mention.get(key, [])]
    fields += [f"{key}: => {rows[item][a:b]}" for key, item, a, b in mention.get("outside", [])]
    fields += [f"{key}: {mention[key]}" for key in sorted(validate.CLOSED) if key in mention]
    fields += [f"link: {relation} {cut(a, b)}" for relation, a, b in mention.get("links", [])]
    return "E " + " | ".join(fields)


def restore(data, folder, out):
    """Write the readable form of every part into the folder `out`."""
    for path in sorted(pathlib.Path(folder).glob("*.jsonl")):
        sentences = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        rows = texts(data, {s["item"] for s in sentences})
        blocks, document = [], None
        for s in sentences:
            text = rows[s["item"]]
            if sha256(text) != s["text_sha256"]:
                raise SystemExit(f"{path}: the text of {s['item']} has changed; take the edition that README.md names")
            start, end = s["span"]
            mark = "" if s["document"] == document else f"# document={s['document']} part={s['part']}\n"
            document = s["document"]
            lines = [restore_line(m, text[start:end], start, rows) for m in s["mentions"]]
            blocks.append(f"{mark}# item={s['item']}\n" + "\n".join([f"S {text[start:end]}", *lines]) + "\n")
        pathlib.Path(out).mkdir(parents=True, exist_ok=True)
        (pathlib.Path(out) / f"{path.stem}.txt").write_text("\n".join(blocks), encoding="utf-8")


def main(arguments):
    if len(arguments) >= 4 and arguments[0] == "compile":
        _, data, folder, *files = arguments
        sentences = compile_files(data, files)
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        for part in ("train", "calibration", "test"):
            lines = [json.dumps(s, ensure_ascii=False) + "\n" for s in sentences if s["part"] == part]
            (pathlib.Path(folder) / f"{part}.jsonl").write_text("".join(lines), encoding="utf-8")
    elif len(arguments) == 4 and arguments[0] == "restore":
        restore(*arguments[1:])
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
