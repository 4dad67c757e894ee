"""Development measures on gold tokens. The figures of record come from `chancery eval`, not from here."""
import collections
import pathlib

import numpy as np
import torch
from sklearn.metrics import f1_score

from . import collate, datasets, labels, losses


@torch.no_grad()
def forward(network, wordpiece, inventory, examples, act):
    """Calls act(batch, group, words) for batches of the examples, in evaluation mode."""
    network.eval()
    for group in collate.batches(examples, wordpiece, datasets.RANDOM(0), 4000):
        batch = collate.tensors(group, wordpiece, inventory)
        act(batch, group, network.words(batch))


def spans(tags):
    """Set of (start, end, type) of BIO tags."""
    out, start, kind = set(), None, None
    for i, tag in enumerate(list(tags) + ["O"]):
        if start is not None and not tag.startswith("I-" + kind):
            out.add((start, i, kind))
            start = None
        if tag[0] == "B" or (tag[0] == "I" and start is None):
            start, kind = i, tag[2:]
    return out


def f1(hit, predicted, gold):
    return 2 * hit / max(1, predicted + gold)


def syntax(network, wordpiece, inventory, data):
    n = np.zeros(5)

    def act(batch, _, w):
        real = batch["head"] >= 0
        arcs = losses.masked_arcs(network, w, batch).argmax(-1)
        rel = network.relations(w, arcs).argmax(-1)
        right = (arcs == batch["head"]) & real
        n[0] += int(real.sum())
        n[1] += int(((network.upos(w).argmax(-1) == batch["upos"]) & real).sum())
        n[2] += int(right.sum())
        n[3] += int((right & (rel == batch["rel"])).sum())
        n[4] += int(((network.lemma(w).argmax(-1) == batch["lemma"]) & real).sum())

    documents = datasets.syntax_sentences(data, "ud_ewt", "dev")
    forward(network, wordpiece, inventory, datasets.single([s for d in documents for s in d]), act)
    return {k: round(float(v / n[0]), 4) for k, v in zip(("upos", "uas", "las", "lemma"), n[1:])}


def name_f1(network, wordpiece, inventory, rows, mapping):
    """F1 over PER ORG LOC of rows (words, gold spans)."""
    n = np.zeros(3)
    gold = {tuple(words): spans_ for words, spans_ in rows}

    def act(batch, group, w):
        predicted = network.names(w).argmax(-1)
        for r, e in enumerate(group):
            tags = [labels.NAME_TAGS[i] for i in predicted[r, : len(e["words"])]]
            mine = {(a, b, mapping.get(k, k)) for a, b, k in spans(tags) if mapping.get(k, k)}
            want = gold[tuple(e["words"])]
            n[:] += (len(mine & want), len(mine), len(want))

    forward(network, wordpiece, inventory, datasets.single([{"words": list(w)} for w, _ in rows]), act)
    return round(f1(*n), 4)


def read_iob2(path):
    rows, words, tags = [], [], []
    for line in open(path, encoding="utf-8"):
        if line[0] == "#":
            continue
        if line.strip():
            cells = line.rstrip("\n").split("\t")
            words.append(cells[1])
            tags.append(cells[2])
        elif words:
            rows.append((words, spans(tags)))
            words, tags = [], []
    return rows


def events(network, wordpiece, inventory, work):
    """Events of the corpus' calibration part, by the likeliest label of each head; a rough guide, without any rule."""
    n = collections.Counter()
    documents = datasets.corpus_documents(sorted((pathlib.Path(work) / "real").glob("*.txt")), part="calibration")

    def act(batch, _, w):
        e = network.event(w)
        acts = network.act(e).argmax(-1)
        seen = batch["act"] != collate.IGNORE
        n["predicted"] += int((acts[seen] < losses.NO_ACT).sum())
        n["gold"] += len(batch["events"])
        for r, event in batch["events"]:
            at = event["trigger"]
            n["found"] += int(acts[r, at] < losses.NO_ACT)
            n["act"] += int(acts[r, at] == labels.ACTS.index(event["act"]))
            for key, names in (("modality", labels.MODALITIES), ("aspect", labels.ASPECTS)):
                n[key] += names[int(getattr(network, key)(e[r, at]).argmax())] == event[key]
            modes = network.mode(e[r, at]).masked_fill(~losses.MODES_OF_ACT[labels.ACTS.index(event["act"])], -1e4)
            n["mode"] += labels.MODES[int(modes.argmax())] == event["mode"]
            scores = network.participants(w, (torch.tensor([r]), torch.tensor([at])))[0]
            for p, name in enumerate(labels.PARTICIPANTS):
                mine = set((scores[:, p] > 0).nonzero()[:, 0].tolist())
                n[name, "hit"] += len(mine & set(event["spans"][name]))
                n[name, "both"] += len(mine) + len(event["spans"][name])

    windows = list(datasets.windows(documents, 120, datasets.RANDOM(0), lambda e: collate.size(e, wordpiece) - 2))
    forward(network, wordpiece, inventory, windows, act)
    share = lambda a, b: round(float(a / max(1, b)), 4)
    out = {"mention": f1(n["found"], n["predicted"], n["gold"]), "act": f1(n["act"], n["predicted"], n["gold"])}
    out |= {key: share(n[key], n["gold"]) for key in ("modality", "aspect", "mode")}
    out |= {name: share(2 * n[name, "hit"], n[name, "both"]) for name in labels.PARTICIPANTS}
    return out


def development(network, wordpiece, inventory, data, work=None):
    out = syntax(network, wordpiece, inventory, data)
    three = {"NAT": None, "FAC": None, "EVT": None}
    uner = read_iob2(f"{data}/uner_ewt/en_ewt-ud-dev.iob2")
    out["uner_ewt"] = name_f1(network, wordpiece, inventory, uner, three | {"FAC": "LOC"})
    kinds = {
        "politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG",
        "location": "LOC", "country": "LOC",
    }  # fmt: skip
    political = []
    for row in datasets.json_lines(f"{data}/crossner_politics/dev.jsonl"):
        gold = {(a, b, kinds[k]) for a, b, k in spans(row["tags"]) if k in kinds}
        political.append((row["tokens"], gold))
    out["crossner"] = name_f1(network, wordpiece, inventory, political, three)
    if work:
        out["calibration"] = events(network, wordpiece, inventory, work)
    return out


def relations(network, wordpiece, inventory, examples):
    """Gold and predicted roots and quads of pair examples."""
    gold, mine, gold_quad, mine_quad = [], [], [], []

    def act(batch, group, w):
        scores = losses.pair_scores(network, w, batch, batch["pairs"]).exp()
        for (r, pair), s in zip(batch["pairs"], scores):
            gold.append(pair["root"])
            mine.append(labels.ROOTS[int(s.argmax())])
            gold_quad.append(group[r]["quad_label"])
            by_quad = [0.0] * 5
            for root, p in zip(labels.ROOTS, s.tolist()):
                by_quad[labels.ROOT_QUAD[root]] += p
            mine_quad.append(int(np.argmax(by_quad)))

    pairs = [e | {"quad_label": q["quad_label"]} for e, q in zip(datasets.single(examples), examples)]
    forward(network, wordpiece, inventory, pairs, act)
    return gold, mine, gold_quad, mine_quad


def relation_figures(gold, mine, gold_quad, mine_quad):
    return {
        "n": len(gold),
        "root.macro_f1": f1_score(gold, mine, average="macro"),
        "root.accuracy": float(np.mean(np.array(gold) == np.array(mine))),
        "quad.macro_f1": f1_score(gold_quad, mine_quad, average="macro"),
    }
