#!/usr/bin/env python3
"""Check the annotated sentences of corpus/sentences against GUIDELINES.md.

Usage: python3 corpus/validate.py [FILE...]   (default: all files of corpus/sentences)

Prints one line `file:line: what is wrong` for each fault and a table of counts;
exits 1 if there is a fault.
"""
import collections
import pathlib
import re
import sys

ACTS = """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST
SANCTION MOBILIZE COERCE ASSAULT STATEMENT""".split()
MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "REJECT": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack "
    "aerial drone heavy-weapons crowd-control unconventional",
}
CLOSED = {
    "polarity": {"affirmed", "negated"},
    "modality": {"actual", "planned", "offered", "requested", "threatened", "attempted", "hypothetical"},
    "aspect": {"event", "situation", "start", "end", "habitual"},
    "background": {"yes", "no"},
    "reciprocal": {"yes", "no"},
    "disposition": {"kept", "postponed", "called_off"},
    "stance": {"asserts", "denies", "doubts", "claims"},
}
QUANTITIES = {"dead", "injured", "arrested", "participants", "displaced", "money"}
SPANS = {"actor", "recipient", "companion", "backer", "place", "time", "holder", "cue"} | QUANTITIES
RELATIONS = {"content_of", "part_of", "same_act", "response_to", "outcome_of"}


def find(sentence, value):
    """Return (start, end) of the value in the sentence, or None. `words@2` is the second occurrence."""
    match = re.fullmatch(r"(.*)@(\d+)", value)
    words, nth = (match.group(1), int(match.group(2))) if match else (value, 1)
    pattern = re.compile(r"(?<!\w)" + re.escape(words) + r"(?!\w)")
    hits = [m.span() for m in pattern.finditer(sentence)]
    return hits[nth - 1] if 0 < nth <= len(hits) else None


def parse(path):
    """Yield (line number, sentence, attributes, events, faults) for each block of a file.

    A `document` or `report` attribute begins a document; words after an arrow must stand earlier in it.
    """
    sentence, number, attributes, events, faults = None, 0, {}, [], []
    before = ""
    lines = pathlib.Path(path).read_text(encoding="utf-8").split("\n") + [""]
    for at, line in enumerate(lines, 1):
        if not line.strip():
            if sentence is not None:
                if "document" in attributes or "report" in attributes:
                    before = ""
                for event in events:
                    faults.extend(unanchored(event, events, before + " " + sentence))
                before += " " + sentence
                yield number, sentence, attributes, events, faults
            sentence, attributes, events, faults = None, {}, [], []
        elif line.startswith("# "):
            attributes.update(f.split("=", 1) for f in line[2:].split() if "=" in f)
        elif line.startswith("S "):
            if sentence is not None:
                faults.append((at, "two S lines in one block"))
            sentence, number = line[2:].strip(), at
        elif line.startswith("E ") and sentence is not None:
            event, wrong = parse_event(sentence, line[2:])
            event["line"] = at
            faults.extend((at, w) for w in wrong)
            events.append(event)
        else:
            faults.append((at, f"not an S, E or # line: {line[:60]!r}"))


def unanchored(event, events, text):
    """Faults of what an event points at: other triggers of the sentence, words earlier in the document."""
    for key, words in event["outside"]:
        if words not in text:
            yield event["line"], f"{key} => {words!r} does not stand earlier in the document"
    for relation, trigger in event["links"]:
        if trigger is None or trigger == event["trigger"] or all(e["trigger"] != trigger for e in events):
            yield event["line"], f"link {relation} points at no other trigger of the sentence"


def parse_event(sentence, line):
    """Read one E line; returns the event (spans as character offsets) and a list of faults.

    The lists `outside` (key, words from earlier in the document) and `links` (relation, trigger span) hold what
    is not a span of the field's own.
    """
    fields = [f.strip() for f in line.split("|")]
    faults = []
    trigger = find(sentence, fields[0])
    if trigger is None:
        faults.append(f"trigger {fields[0]!r} does not stand in the sentence")
    act, _, mode = (fields[1] if len(fields) > 1 else "").partition("/")
    if act not in ACTS:
        faults.append(f"no such act: {act!r}")
    if mode and mode not in MODES.get(act, "").split():
        faults.append(f"act {act} has no mode {mode!r}")
    event = {"trigger": trigger, "act": act, "mode": mode or None, "outside": [], "links": []}
    for field in fields[2:]:
        key, colon, value = field.partition(":")
        key, value = key.strip(), value.strip()
        if not colon:
            faults.append(f"field without a colon: {field!r}")
        elif key in CLOSED:
            if value not in CLOSED[key]:
                faults.append(f"{key} cannot be {value!r}")
            event[key] = value
        elif key == "link":
            relation, _, target = value.partition(" ")
            if relation not in RELATIONS:
                faults.append(f"no such link: {relation!r}")
            event["links"].append((relation, find(sentence, target.strip())))
        elif key in SPANS:
            value, arrow, antecedent = (part.strip() for part in value.partition("=>"))
            if arrow:
                event["outside"].append((key, antecedent))
                if not value:
                    continue
            span = find(sentence, value)
            if span is None:
                faults.append(f"{key} {value!r} does not stand in the sentence")
            event.setdefault(key, []).append(span)
        else:
            faults.append(f"no such field: {key!r}")
    return event, faults


def main(paths):
    counts, bad, seen = collections.Counter(), 0, {}
    for path in paths:
        for number, sentence, _, events, faults in parse(path):
            for at, fault in faults:
                print(f"{path}:{at}: {fault}")
                bad += 1
            skeleton = re.sub(r"[A-Z][\w.]*|\d+", "#", sentence)
            if skeleton in seen:
                print(f"{path}:{number}: the same sentence or skeleton as {seen[skeleton]}")
                bad += 1
            seen[skeleton] = f"{path}:{number}"
            counts["sentences"] += 1
            counts["sentences without event"] += not events
            for event in events:
                counts["act " + event["act"]] += 1
                for key in ("polarity", "modality", "aspect", "background", "disposition", "reciprocal"):
                    if key in event:
                        counts[f"{key} {event[key]}"] += 1
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")
    return 1 if bad else 0


if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent
    sys.exit(main(sys.argv[1:] or sorted(str(p) for p in here.glob("sentences/*.txt"))))
