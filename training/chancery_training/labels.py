"""The closed label sets, in the order of the weights. The Rust side reads them from the weights' header."""
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "corpus"))
import validate as corpus_form  # noqa: E402  (the corpus' own list of modes)

NAME_TYPES = ["PER", "ORG", "LOC", "NAT", "FAC", "EVT"]
NAME_TAGS = ["O"] + [f"{p}-{t}" for t in NAME_TYPES for p in "BI"]
ROLES = ["_", "ARG0", "ARG1", "ARG2", "ARG3", "ARG4"] + [
    "ARGM-" + m for m in "TMP ADV MOD NEG LOC MNR PRP CAU DIR GOL PRD COM EXT".split()
]
ACTS = """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST
SANCTION MOBILIZE COERCE ASSAULT STATEMENT""".split()
# An act alone, and each act with each of its modes; a softmax runs over the entries of one act.
MODES = [m for a in ACTS for m in [a, *(f"{a}/{mode}" for mode in corpus_form.MODES.get(a, "").split())]]
MODALITIES = "actual planned offered requested threatened attempted hypothetical".split()
ASPECTS = "event situation start end habitual".split()
PARTICIPANTS = ["actor", "recipient", "place", "time"]

# The fifteen roots of the PLV test set (Hu et al. 2023): CONCEDE and RETREAT are both YIELD.
ROOTS = """ACCUSE AGREE AID ASSAULT COERCE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST SANCTION
SUPPORT THREATEN YIELD""".split()
ROOT_QUAD = dict(zip(ROOTS, [3, 1, 2, 4, 4, 1, 2, 4, 4, 3, 3, 4, 1, 3, 2]))


def strict_root(act, modality):
    """The root that PLOVER's own rules give an act with a modality; None where it has none.

    PLOVER folds modality into type: what is planned of cooperation is AGREE, of conflict THREATEN.
    """
    if act == "STATEMENT":
        return None
    plain = "YIELD" if act in ("CONCEDE", "RETREAT") else act
    if modality in ("planned", "offered"):
        if act in ("CONSULT", "SUPPORT", "COOPERATE", "AID"):
            return "AGREE"
        if act in ("ASSAULT", "COERCE", "SANCTION", "MOBILIZE"):
            return "THREATEN"
    if modality == "threatened" and act not in ("AGREE", "CONSULT", "SUPPORT", "AID", "COOPERATE"):
        return "THREATEN"
    if modality == "requested":
        return "REQUEST"
    return plain


def strict_tensor():
    """(acts, modalities, roots) with ones where act and modality make the root."""
    out = torch.zeros(len(ACTS), len(MODALITIES), len(ROOTS))
    for a, act in enumerate(ACTS):
        for m, modality in enumerate(MODALITIES):
            root = strict_root(act, modality)
            if root:
                out[a, m, ROOTS.index(root)] = 1
    return out
