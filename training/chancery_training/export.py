"""Write the weights as they ship, and a file that holds the Rust reader against this framework.

The weights file is safetensors: int8 rows with one float32 scale each for the word embeddings, float16
for matrices, float32 for biases and norms. Its metadata carries the label sets and the vocabulary.
"""
import hashlib
import json
import pathlib

import torch
from safetensors.torch import save_file

from . import collate, datasets, labels, losses

POSITIONS = 256
CHECK_SENTENCES = [
    "Foreign Minister Adrian Kovac flew to Ankara on Tuesday and held talks with his Turkish counterpart.",
    "\u201cWe will not accept an ultimatum,\u201d the Prime Minister\u2019s spokeswoman told reporters (Kyodo, May 3).",
    "Protesters blocked roads in La Paz.",
    "The U.S.-brokered cease-fire, which took effect at 3:30 a.m., collapsed after rebels shelled Góma.",
]


def shipped(network):
    """(tensors to write, state dict with the dequantised values)."""
    state = {k: v.detach().clone() for k, v in network.state_dict().items()}
    out, back = {}, {}
    word = state.pop("encoder.word.weight")
    scale = word.abs().amax(1).clamp(min=1e-8) / 127
    rows = (word / scale[:, None]).round().clamp(-127, 127).to(torch.int8)
    out["encoder.word.rows"], out["encoder.word.scale"] = rows, scale.contiguous()
    back["encoder.word.weight"] = rows.float() * scale[:, None]
    for name, value in state.items():
        small = value.dim() < 2
        out[name] = (value[:POSITIONS] if name == "encoder.position.weight" else value).to(
            torch.float32 if small else torch.float16
        ).contiguous()
        back[name] = value if small else value.half().float()
    return out, back


@torch.no_grad()
def check_tensors(network, wordpiece, inventory):
    """Inputs and logits of the check sentences, one window each and the first two together."""
    network.eval()
    out, windows = {}, []
    sentences = [[s[a:b] for a, b in datasets.simple_words(s)] for s in CHECK_SENTENCES]
    groups = [[s] for s in sentences] + [sentences[:2]]
    for number, group in enumerate(groups):
        example = datasets.join([{"words": w} for w in group])
        batch = collate.tensors([example], wordpiece, inventory)
        w = network.words(batch)
        n = len(example["words"])
        arcs = losses.masked_arcs(network, w, batch)
        heads = arcs.argmax(-1)
        rows = (torch.zeros(n, dtype=torch.long), torch.arange(n))
        e = network.event(w)
        tensors = {
            "words": w[0], "upos": network.upos(w)[0], "xpos": network.xpos(w)[0],
            "lemma": network.lemma(w)[0], "names": network.names(w)[0], "arc": arcs[0],
            "heads": heads[0].to(torch.int32), "relation": network.relations(w, heads)[0],
            "predicate": network.predicate(w)[0], "role": network.roles(w, rows),
            "act": network.act(e)[0], "mode": network.mode(e)[0], "modality": network.modality(e)[0],
            "polarity": network.polarity(e)[0], "aspect": network.aspect(e)[0],
            "background": network.background(e)[0], "factuality": network.factuality(e)[0],
            "participant": network.participants(w, rows),
            "pair": network.pair_acts(
                network.pair_trigger(w[0]), network.pair_actor(w[0]).mean(0), network.null_recipient
            ),
        }  # fmt: skip
        pieces = [wordpiece.cls] + [p for x in example["words"] for p in wordpiece.pieces(x)] + [wordpiece.sep]
        tensors["pieces"] = torch.tensor(pieces, dtype=torch.int32)
        for name, value in tensors.items():
            out[f"{number}.{name}"] = value.contiguous().clone()
        windows.append(group)
    return out, {"windows": json.dumps(windows, ensure_ascii=False)}


def with_sums(card, data):
    """The card with the SHA-256 of the training files, so that `chancery eval` can warn of them.

    `files` are relative to the folder of the data sets; those under `corpus/` to the repository.
    """
    root = pathlib.Path(__file__).resolve().parents[2]
    for entry in card["trained_on"]:
        found = []
        for pattern in entry.pop("files", []):
            found += sorted((root if pattern.startswith("corpus/") else pathlib.Path(data)).glob(pattern))
        entry["sha256"] = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}
    return card


def export(network, wordpiece, inventory, path, check_path, card):
    """Write both files; `card` is a dictionary for the metadata (base, data, licences)."""
    tensors, back = shipped(network)
    pieces = sorted(wordpiece.ids, key=wordpiece.ids.get)
    metadata = {
        "format": "chancery-reader/1",
        "vocabulary": "\n".join(pieces),
        "names": json.dumps(labels.NAME_TAGS),
        "roles": json.dumps(labels.ROLES),
        "acts": json.dumps(labels.ACTS),
        "modes": json.dumps(labels.MODES),
        "modalities": json.dumps(labels.MODALITIES),
        "aspects": json.dumps(labels.ASPECTS),
        "participants": json.dumps(labels.PARTICIPANTS),
        "roots": json.dumps(labels.ROOTS),
        "card": json.dumps(card),
    } | {k: json.dumps(v) for k, v in inventory.as_dict().items()}
    save_file(tensors, path, metadata)
    full = network.state_dict()["encoder.position.weight"].clone()
    network.load_state_dict(back)
    check, windows = check_tensors(network, wordpiece, inventory)
    save_file(check, check_path, windows)
    assert full.shape == network.state_dict()["encoder.position.weight"].shape
    return pathlib.Path(path).stat().st_size
