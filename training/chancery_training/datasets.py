"""Reads the training sets into one form of example.

An example is a dictionary over the words of a window of whole sentences:
  words       list of str
  sentence    list of int, the sentence number of each word
  upos xpos lemma rel   list of str (lemma as script), absent where the set has none
  head        list of int, 0 = root, else 1 + index of the head word in the window
  names       list of BIO tags or absent
  roles       {predicate word: {argument head word: role}} with `rolled` the words of sentences that have roles
  factuality  {word: value in -3..3}
  events      list of {trigger, act, mode, modality, polarity, aspect, background, spans: {participant: set of words}}
              with `evented`: True when unlisted words are known to be no triggers
  pair        {actor: [words], recipient: [words], root: str}
  quad        0 for "no event", 1-4 for "an event of this quad class is here"
"""
import collections
import json
import pathlib
import random
import re

from . import labels, lemma
from .labels import corpus_form

WORD = re.compile(
    r"(?:[A-Z]\.){2,}|[A-Z]\.(?=\s)|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Capt|Sen|Rep|Gov|St|Jr|Sr|No|Prof|Rev)\."
    r"|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:n['’]t)?|\w+|\S",
    re.UNICODE,
)
CLITIC = re.compile(r"(.+?)(n['’]t)$", re.I)


def simple_words(text):
    """Words with character offsets, close to UD's, for sets that come as plain text."""
    out = []
    for m in WORD.finditer(text):
        start, end = m.span()
        clitic = CLITIC.match(m.group())
        if clitic:
            cut = start + len(clitic.group(1))
            out += [(start, cut), (cut, end)]
        elif out and text[start:end] in ("s", "S") and out[-1][1] == start and text[out[-1][0] : start] in "'’":
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def covered(offsets, spans):
    """Indexes of the words that overlap any of the character spans."""
    return [i for i, (a, b) in enumerate(offsets) if any(a < e and b > s for s, e in spans)]


def json_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_conllu(path):
    """Yield (document id, sentence id, rows); a row is the list of the ten cells."""
    document, key, rows = None, None, []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            document = line
        elif line.startswith("# sent_id = "):
            key = line.split(" = ")[1]
        elif line and line[0] != "#":
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif not line and rows:
            yield document, key, rows
            rows = []


def syntax_sentences(data, name, part, silver=None):
    """Sentences of a treebank as examples, grouped by document."""
    documents = collections.OrderedDict()
    data = pathlib.Path(data)
    roles = {}
    if name == "ud_ewt":
        for row in json_lines(data / f"propbank_ewt/ewt_srl-{part}.jsonl"):
            roles[row["sent_id"]] = row
        facts = {
            " ".join(r["tokens"]): {t["start"]: t["factuality"] for t in r["targets"]}
            for r in json_lines(data / f"factuality/uds_ih2-{part}.jsonl")
        }
    path = next((data / name).glob(f"*-{part}.conllu"))
    for document, key, rows in read_conllu(path):
        words = [r[1] for r in rows]
        heads = [int(r[6]) for r in rows]
        example = {
            "words": words,
            "sentence": [0] * len(words),
            "upos": [r[3] for r in rows],
            "xpos": [r[4] for r in rows],
            "lemma": [lemma.script_of(r[1], r[2]) for r in rows],
            "gold_lemma": [r[2] for r in rows],
            "head": heads,
            "rel": [r[7] for r in rows],
        }
        if silver and key in silver:
            example["names"] = sifted(silver[key], example["xpos"])
        if name == "ud_ewt":
            if " ".join(words) in facts:
                example["factuality"] = facts[" ".join(words)]
            if key in roles and roles[key]["words"] == words:
                example["roles"], example["rolled"] = role_heads(roles[key], heads), True
        documents.setdefault(document, []).append(example)
    return list(documents.values())


def sifted(tags, xpos):
    """Silver names held against gold tags: a name without a proper noun is none (nationalities apart), and
    a proper noun that the teacher left out is left open."""
    out, start = [], 0
    while start < len(tags):
        end = start + 1
        while tags[start] != "O" and end < len(tags) and tags[end] == "I-" + tags[start][2:]:
            end += 1
        proper = any(x.startswith("NNP") for x in xpos[start:end])
        if tags[start] == "O":
            out.append(None if proper else "O")
        else:
            out += tags[start:end] if proper or tags[start][2:] == "NAT" else ["O"] * (end - start)
        start = end
    return out


def role_heads(row, heads):
    """{predicate: {head word of the argument's span: role}}."""
    out = {}
    for predicate in row["predicates"]:
        arguments = {}
        for role, start, end in predicate["args"]:
            if role not in labels.ROLES:
                continue
            inside = [i for i in range(start, end + 1) if not start <= heads[i] - 1 <= end]
            if inside:
                arguments.setdefault(inside[0], role)
        out[predicate["i"]] = arguments
    return out


def join(examples):
    """One window out of consecutive sentences."""
    window = {"words": [], "sentence": []}
    for number, e in enumerate(examples):
        base = len(window["words"])
        n = len(e["words"])
        window["words"] += e["words"]
        window["sentence"] += [number] * n
        for key, blank in (("upos", None), ("xpos", None), ("lemma", None), ("rel", None), ("names", None)):
            window.setdefault(key, [blank] * base)
            window[key] += e.get(key) or [blank] * n
        window.setdefault("head", [None] * base)
        window["head"] += [h + base if h else 0 for h in e["head"]] if e.get("head") else [None] * n
        for p, arguments in e.get("roles", {}).items():
            window.setdefault("roles", {})[p + base] = {a + base: r for a, r in arguments.items()}
        if e.get("rolled"):
            window.setdefault("rolled", set()).update(range(base, base + n))
        for at, value in e.get("factuality", {}).items():
            window.setdefault("factuality", {})[at + base] = value
        for event in e.get("events", []):
            spans = {name: [w + base for w in words] for name, words in event["spans"].items()}
            moved = event | {"trigger": event["trigger"] + base, "spans": spans}
            window.setdefault("events", []).append(moved)
        if e.get("evented"):
            window["evented"] = True
        for key in ("pair", "quad"):
            if key in e:
                assert len(examples) == 1
                window[key] = e[key]
    return window


def windows(documents, limit, rng, pieces):
    """Cut documents into windows of whole sentences of varying length, at most `limit` pieces."""
    for document in documents:
        at = 0
        while at < len(document):
            goal = rng.choice([0, 40, 80, limit])
            group, size = [], 0
            while at < len(document):
                n = pieces(document[at])
                if group and size + n > goal:
                    break
                group.append(document[at])
                size += n
                at += 1
            yield join(group)


def bio(tags):
    """IOB1 or IOB2 tags as IOB2."""
    out, before = [], "O"
    for tag in tags:
        if tag[0] == "I" and (before == "O" or before[2:] != tag[2:]):
            tag = "B" + tag[1:]
        out.append(tag)
        before = tag
    return out


def names_sets(data, silver_path):
    """Hand-labelled and silver sentences with names; None where a set cannot tell."""
    data = pathlib.Path(data)
    political = {
        "politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG",
        "location": "LOC", "country": "LOC", "election": "EVT", "event": "EVT",
    }  # fmt: skip
    gold, silver = [], {}
    for row in json_lines(data / "ner_wikigold/wikigold.jsonl"):
        tags = [None if t.endswith("MISC") else t for t in bio(row["tokens"] and row["tags"])]
        gold.append({"words": row["tokens"], "names": tags})
    for row in json_lines(data / "crossner_politics/train.jsonl"):
        tags = []
        for t in row["tags"]:
            kind = political.get(t[2:])
            tags.append("O" if t == "O" else f"{t[0]}-{kind}" if kind else None)
        gold += [{"words": row["tokens"], "names": tags}] * 3
    loose = []
    for row in json_lines(silver_path):
        if row["key"]:
            silver[row["key"]] = row["tags"]
        else:
            loose.append({"words": row["tokens"], "names": row["tags"]})
    return gold, loose, silver


def normal(text):
    """Key of a sentence across the internal sets: letters and digits alone."""
    return "".join(c for c in text.lower() if c.isalnum())


def pair_examples(data):
    """PLV_train rows: actor and recipient marked, a strict root label."""
    out = []
    for row in json_lines(pathlib.Path(data) / "plv/PLV_train.jsonl"):
        offsets = simple_words(row["plain"])
        out.append(
            {
                "words": [row["plain"][a:b] for a, b in offsets],
                "key": normal(row["plain"]),
                "quad_label": row["gold_penta"],
                "pair": {
                    "actor": covered(offsets, row["source_spans"] or []),
                    "recipient": covered(offsets, row["target_spans"] or []),
                    "root": row["gold_root"],
                },
            }
        )
    return out


def class_examples(data):
    """cameo_sentences class-train: no event, or one of a quad class."""
    out = []
    for row in json_lines(pathlib.Path(data) / "cameo_sentences/class-train.jsonl"):
        offsets = simple_words(row["text"])
        words = [row["text"][a:b] for a, b in offsets]
        out.append({"words": words, "key": normal(row["text"]), "quad": row["label"]})
    return out


def corpus_documents(paths, part=None):
    """Our annotated files: lists of sentences that stand together; `part` leaves out documents of another part."""
    documents, joined = [], False
    for path in sorted(paths):
        for _, sentence, attributes, events, faults in corpus_form.parse(path):
            if not sentence:
                continue
            if faults:
                raise ValueError(f"{path}: {faults[0]}; run corpus/validate.py")
            begins = "document" in attributes or "report" in attributes
            if begins:
                joined, wanted = True, part is None or attributes.get("part", part) == part
            elif not joined:
                begins, wanted = True, True
            if begins:
                documents.append([])
            if wanted:
                documents[-1].append(corpus_example(sentence, events))
        joined = False
    return [d for d in documents if d]


def corpus_example(sentence, events):
    """One annotated sentence."""
    offsets = simple_words(sentence)
    example = {"words": [sentence[a:b] for a, b in offsets], "events": [], "evented": True, "key": normal(sentence)}
    for e in events:
        trigger = covered(offsets, [e["trigger"]])
        if not trigger:
            continue
        e = e | {"actor": e.get("actor", []) + e.get("companion", [])}
        example["events"].append(
            {
                "trigger": trigger[-1] if len(trigger) > 1 and e["act"] else trigger[0],
                "act": e["act"],
                "mode": f"{e['act']}/{e['mode']}" if e["mode"] else e["act"],
                "modality": e.get("modality", "actual"),
                "polarity": e.get("polarity", "affirmed"),
                "aspect": e.get("aspect", "event"),
                "background": e.get("background", "no"),
                "spans": {p: covered(offsets, e.get(p, [])) for p in labels.PARTICIPANTS},
            }
        )
    return example


# Categories of Wikipedia's current events that hold no politics, and words that may bring it in all the same.
QUIET = {
    "Sport", "Sports", "Disasters", "Disasters and accidents", "Arts and culture", "Science", "Science and technology",
}  # fmt: skip
LOUD = re.compile(
    r"\b(attack|bomb|shoot|shot|gunm|kill(?!ing|s|ed)|polic|govern|minist|president|aid\b|rescu|arrest|milita|army|troops|"
    r"protest|boycott|ban|sanction|court|trial|charg|accus|condemn|strike|war|terror|rebel|soldier|hostage|kidnap|"
    r"state of emergency|evacuat|parliament|senat|congress|embass|visit|meet|treaty|agree|demand|call|urge|warn|court|"
    r"sue|law|jail|prison|suspend|expel|resign|apolog|refus|reject|investigat|relief|donat|fund)",
    re.IGNORECASE,
)


def quiet_examples(data, corpus, before="2018"):
    """Items of current events (before a year) on sport, accidents, culture and science: sentences without an event.

    Items that the corpus annotates are left out; later years are left to measure on.
    """
    taken = set()
    for path in (pathlib.Path(corpus) / "real").glob("*.jsonl"):
        taken |= {row["item"] for row in json_lines(path)}
    out = []
    for row in json_lines(pathlib.Path(data) / "news_wikipedia_current_events/current_events.jsonl"):
        if row["category"] in QUIET and row["date"] < before and row["id"] not in taken and not LOUD.search(row["text"]):
            words = [row["text"][a:b] for a, b in simple_words(row["text"])]
            out.append({"words": words, "events": [], "evented": True, "key": normal(row["text"])})
    return out


def factuality_examples(data):
    """MEANTIME (CC BY) beside the UDS labels that ride on the treebank."""
    out = []
    for row in json_lines(pathlib.Path(data) / "factuality/meantime-train.jsonl"):
        out.append({"words": row["tokens"], "factuality": {t["start"]: t["factuality"] for t in row["targets"]}})
    return out


def single(examples):
    """Plain sentences as windows of one."""
    return [join([e]) | {"key": e.get("key")} for e in examples]


def shuffled(items, rng):
    items = list(items)
    rng.shuffle(items)
    return items


RANDOM = random.Random
