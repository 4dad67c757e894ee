"""Lemma scripts: a lemma as an edit of the form's end, so that lemmatising is tagging.

After Straka & Straková 2017 (UDPipe), without prefixes. A script is written
`L2+e` (lower-case the form, drop two letters, add "e"), `K0+` (keep the form) or `=be` (the lemma itself).
"""


def script_of(form, lemma):
    """The script that turns `form` into `lemma`."""
    options = [("L", form.lower()), ("K", form)]
    best = None
    for name, base in options:
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        script = f"{name}{len(base) - common}+{lemma[common:]}"
        cost = (len(base) - common) + len(lemma) - common
        if common and (best is None or cost < best[0]):
            best = (cost, script)
    return best[1] if best else f"={lemma}"


def apply(script, form):
    """The lemma that `script` makes of `form`; the form itself where the script does not fit."""
    if script.startswith("="):
        return script[1:]
    base = form.lower() if script[0] == "L" else form
    drop, _, add = script[1:].partition("+")
    drop = int(drop)
    if drop > len(base):
        return form.lower()
    return base[: len(base) - drop] + add
