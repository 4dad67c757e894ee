#!/usr/bin/env python3
"""Check the corpus against GUIDELINES.md.

Usage: python3 corpus/validate.py [FILE...]   (default: the whole corpus, with its floors)

Prints one line `file:line: what is wrong` for each fault and a table of counts; exits 1 if there is a fault.
Checked are the form and spans of every file, labels, links, that the codebook's derivation table knows every
act with its status, near duplicates; of the whole corpus also the real part and the floors.
"""
import collections
import hashlib
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent

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


def status(event):
    """The summary of a status by the published precedence (`StatusParts::status` of chancery-core)."""
    modality, disposition = event.get("modality", "actual"), event.get("disposition")
    if modality == "hypothetical":
        return "hypothetical"
    if event.get("polarity") == "negated":
        return "denied"
    if disposition == "called_off":
        return "called_off"
    if modality == "requested":
        return "requested"
    if modality in ("planned", "offered", "threatened") or disposition == "postponed":
        return "planned"
    background = event.get("background") == "yes"
    if event.get("aspect") in ("situation", "habitual") and not background:
        return "ongoing"
    return "historical" if background else "happened"


def derivations():
    """Rows (acts, statuses, modalities) of the codebook's derivation table; an empty set is any."""
    rows = []
    table = HERE.parent / "knowledge/codebook/derivation.tsv"
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and not line.startswith("act\t"):
            cells = line.split("\t")[:3]
            rows.append([set() if c.strip() == "*" else {v.strip() for v in c.split(",")} for c in cells])
    return rows


def underived(event, rows):
    """Whether the derivation table has no row for an event's act, status and modality."""
    values = (event["act"], status(event), event.get("modality", "actual"))
    return not any(all(not allowed or value in allowed for value, allowed in zip(values, row)) for row in rows)


def masked(sentence):
    """The words of a sentence with names, numbers and dates masked."""
    words = re.findall(r"[\w'’-]+", sentence)
    name = lambda w: w[0].isupper() or any(c.isdigit() for c in w)
    return ["#" if name(w) else w.lower() for w in words]


SHARED_RUNS = 0.5


def near_duplicates(sentences):
    """Pairs (place, place) of sentences that share half of their runs of five words once names are masked."""
    runs, holders, found = {}, collections.defaultdict(list), []
    for number, (_, sentence) in enumerate(sentences):
        words = masked(sentence)
        if len(words) < 6:
            continue  # "By Jane Doe", "(Laughter.)"
        own = {tuple(words[i : i + 5]) for i in range(len(words) - 4)}
        runs[number] = {run for run in own if run.count("#") < 4} or {tuple(words)}
        shared = collections.Counter(other for run in runs[number] for other in holders[run])
        for other, count in shared.items():
            if count / len(runs[number] | runs[other]) >= SHARED_RUNS:
                found.append((sentences[other][0], sentences[number][0]))
        for run in runs[number]:
            holders[run].append(number)
    return found


def real_faults(folder):
    """Faults of the stand-off files, which can be seen without the text."""
    documents, counts, test = set(), collections.Counter(), hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            documents.add(row["document"])
            counts[row["part"]] += 1
            counts["mentions"] += len(row["mentions"])
            if row["part"] == "test":
                test.update(line.encode() + b"\n")
            start, end = row["span"]
            inside = lambda span: start <= span[0] < span[1] <= end
            triggers = {tuple(m["trigger"]) for m in row["mentions"]}
            if row["part"] != path.stem or not re.fullmatch(r"[0-9a-f]{64}", row["text_sha256"]):
                yield f"{path}:{at}: wrong part or no SHA-256", None
            for m in row["mentions"]:
                spans = [m["trigger"], *(span for key in SPANS for span in m.get(key, []))]
                labels = [m["act"] in ACTS, m.get("mode") is None or m["mode"] in MODES.get(m["act"], "").split()]
                labels += [m[key] in values for key, values in CLOSED.items() if key in m]
                links = [r in RELATIONS and (a, b) in triggers for r, a, b in m.get("links", [])]
                if not all(inside(span) for span in spans) or not all(labels + links):
                    yield f"{path}:{at}: a span outside of the sentence, an unknown label or a link to nothing", None
    counts["documents"] = len(documents)
    sums = folder / "TEST.sha256"
    if sums.exists() and sums.read_text(encoding="utf-8").split()[0] != test.hexdigest():
        yield f"{sums}: the test part is not the one that was frozen", None
    yield None, counts


# What the corpus promises.
FLOOR_OF_ACTS, FLOOR_OF_STATUSES, FLOOR_OF_RARE, FLOOR_OF_MODES = 80, 60, 30, 15
RARE = ("status called_off", "modality threatened")
COMMON_MODES = """CONSULT/visit CONSULT/multilateral CONSULT/phone CONSULT/third-party RETREAT/withdraw RETREAT/release
RETREAT/ceasefire RETREAT/resign REQUEST/assist REQUEST/change REQUEST/yield REQUEST/meet REJECT/change REJECT/yield
REJECT/meet ACCUSE/disapprove ACCUSE/investigate ACCUSE/allege THREATEN/violence THREATEN/relations PROTEST/demo
PROTEST/strike PROTEST/riot SANCTION/convict SANCTION/expel SANCTION/withdraw SANCTION/discontinue MOBILIZE/troops
MOBILIZE/weapons COERCE/seize COERCE/restrict COERCE/censor COERCE/arrest COERCE/deport ASSAULT/abduct ASSAULT/targeted
ASSAULT/destroy ASSAULT/firearms ASSAULT/explosives ASSAULT/aerial ASSAULT/heavy-weapons""".split()
FLOORS = {"own sentences": 2000, "reports": 60, "real sentences": 1500, "real documents": 200, "real test sentences": 500}
STATUSES = "happened ongoing historical planned requested denied called_off hypothetical".split()


def floors(counts):
    """What the corpus has too few of."""
    wanted = {f"act {act}": FLOOR_OF_ACTS for act in ACTS} | FLOORS
    wanted |= {f"status {value}": FLOOR_OF_STATUSES for value in STATUSES}
    wanted |= {f"mode {mode}": FLOOR_OF_MODES for mode in COMMON_MODES} | {name: FLOOR_OF_RARE for name in RARE}
    wanted["own sentences without event"] = counts["own sentences"] // 2
    for name, floor in wanted.items():
        if counts[name] < floor:
            yield f"{counts[name]} of {name}; the floor is {floor}"


def main(paths):
    whole = not paths
    paths = paths or sorted(str(p) for p in [*HERE.glob("sentences/*.txt"), *HERE.glob("reports/*.txt")])
    counts, bad, sentences, rows = collections.Counter(), [], [], derivations()
    for path in paths:
        for number, sentence, attributes, events, faults in parse(path):
            bad += [f"{path}:{at}: {fault}" for at, fault in faults]
            sentences.append((f"{path}:{number}", sentence))
            counts["own sentences"] += 1
            counts["reports"] += "report" in attributes
            counts["own sentences without event"] += not events
            for event in events:
                if event["act"] in ACTS and underived(event, rows):
                    bad.append(f"{path}:{event['line']}: derivation.tsv has no row for {event['act']} {status(event)}")
                counts["mentions"] += 1
                counts[f"act {event['act']}"] += 1
                counts[f"status {status(event)}"] += 1
                counts["links"] += len(event["links"])
                if event["mode"]:
                    counts[f"mode {event['act']}/{event['mode']}"] += 1
                for key in CLOSED:
                    if key in event:
                        counts[f"{key} {event[key]}"] += 1
    if whole or len(paths) > 1 or "real" not in paths[0]:
        bad += [f"{two}: almost the same words as {one}" for one, two in near_duplicates(sentences)]
    if whole:
        for fault, found in real_faults(HERE / "real"):
            if fault:
                bad.append(fault)
            else:
                counts["real sentences"] = found["train"] + found["calibration"] + found["test"]
                counts["real test sentences"] = found["test"]
                counts["real documents"] = found["documents"]
                counts["real mentions"] = found["mentions"]
        bad += floors(counts)
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")
    for fault in bad:
        print(fault)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
