"""WordPiece of BERT (uncased) over single words, as the Rust side does it.

Source: Devlin et al. 2019 and the tokeniser of the base model. A word is lower-cased, its accents
are stripped, it is split at punctuation, and every part is cut greedily into the longest pieces of the
vocabulary. `crates/chancery-language/src/model/wordpiece.rs` is the twin; a test holds both together.
"""
import unicodedata

CASE_LOWER, CASE_UPPER, CASE_TITLE, CASE_OTHER = range(4)


def case_of(word):
    """Case class of a word: the base model is uncased, so its letters' case is a feature of its own."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return CASE_OTHER
    if all(c.islower() for c in letters):
        return CASE_LOWER
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return CASE_UPPER
    return CASE_TITLE


def is_punctuation(char):
    """ASCII symbols count as punctuation too, as in the base model's tokeniser."""
    code = ord(char)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(char).startswith("P")


class WordPiece:
    """Cuts words into piece ids. `vocabulary` is a list of pieces, one a line of vocab.txt."""

    def __init__(self, vocabulary):
        self.ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.unknown = self.ids["[UNK]"]
        self.cls = self.ids["[CLS]"]
        self.sep = self.ids["[SEP]"]
        self.cache = {}

    def pieces(self, word):
        """Piece ids of one word; never empty."""
        if word not in self.cache:
            self.cache[word] = self._pieces(word)
        return self.cache[word]

    def _pieces(self, word):
        folded = unicodedata.normalize("NFD", word.lower())
        folded = "".join(c for c in folded if unicodedata.category(c) not in ("Mn", "Cc", "Cf"))
        parts, current = [], ""
        for c in folded:
            if c.isspace():
                parts, current = parts + [current], ""
            elif is_punctuation(c):
                parts, current = parts + [current, c], ""
            else:
                current += c
        ids = []
        for part in parts + [current]:
            if part:
                ids += self._greedy(part)
        return ids[:8] or [self.unknown]

    def _greedy(self, part):
        if len(part) > 100:
            return [self.unknown]
        ids, start = [], 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = ("##" if start else "") + part[start:end]
                if piece in self.ids:
                    ids.append(self.ids[piece])
                    start = end
                    break
            else:
                return [self.unknown]
        return ids
