"""Tests of the corpus tools: python3 -m unittest discover corpus"""
import json
import pathlib
import tempfile
import unittest

import agreement
import pick
import standoff
import validate

RELEASE = (
    "Our envoy met the ministers of Ghana and Togo. He then asked Ghana to free two reporters.\n\n"
    "The ministers of Ghana and Togo had refused before that."
)
WORKING = """# document=news_state_department_pr/r1 part=test
# item=r1
S Our envoy met the ministers of Ghana and Togo.
E met | CONSULT | actor: Our envoy | actor: the ministers of Ghana and Togo | reciprocal: yes

# item=r1
S He then asked Ghana to free two reporters.
E asked | REQUEST/yield | actor: He => Our envoy | recipient: Ghana
E free | RETREAT/release | actor: Ghana | recipient: two reporters | modality: requested | link: content_of asked

# item=r1
S The ministers of Ghana and Togo had refused before that.
E refused | REJECT | actor: The ministers of Ghana and Togo | background: yes
"""


class Standoff(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for path in standoff.SETS.values():
            (self.folder / path).parent.mkdir(parents=True)
            (self.folder / path).write_text("", encoding="utf-8")
        row = {"id": "r1", "text": RELEASE}
        (self.folder / standoff.SETS["news_state_department_pr"]).write_text(json.dumps(row) + "\n", encoding="utf-8")
        self.working = self.folder / "working.txt"
        self.working.write_text(WORKING, encoding="utf-8")

    def test_back_and_forth(self):
        standoff.main(["compile", str(self.folder), str(self.folder / "real"), str(self.working)])
        lines = (self.folder / "real/test.jsonl").read_text(encoding="utf-8")
        self.assertNotIn("envoy", lines)
        self.assertEqual(json.loads(lines.splitlines()[1])["mentions"][0]["outside"], [["actor", "r1", 0, 9]])
        standoff.main(["restore", str(self.folder), str(self.folder / "real"), str(self.folder / "out")])
        restored = list(validate.parse(self.folder / "out/test.txt"))
        again = standoff.compile_files(self.folder, [self.folder / "out/test.txt"])
        self.assertEqual([json.loads(line) for line in lines.splitlines()], again)
        self.assertEqual([s for _, s, *_ in restored], [s for _, s, *_ in validate.parse(self.working)])
        self.assertFalse([f for *_, faults in restored for f in faults])

    def test_changed_text_is_refused(self):
        standoff.main(["compile", str(self.folder), str(self.folder / "real"), str(self.working)])
        path = self.folder / standoff.SETS["news_state_department_pr"]
        path.write_text(json.dumps({"id": "r1", "text": RELEASE + " "}), encoding="utf-8")
        with self.assertRaises(SystemExit):
            standoff.main(["restore", str(self.folder), str(self.folder / "real"), str(self.folder / "out")])


class Validate(unittest.TestCase):
    def faults(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "x.txt"
            path.write_text(text, encoding="utf-8")
            return [f[1] for *_, faults in validate.parse(path) for f in faults]

    def test_spans_and_labels(self):
        self.assertEqual(self.faults("S Peru left.\nE left | RETREAT | actor: Peru\n"), [])
        for line, says in [
            ("E went | RETREAT", "does not stand"),
            ("E left | LEAVE", "no such act"),
            ("E left | RETREAT/visit", "no mode"),
            ("E left | RETREAT | modality: maybe", "cannot be"),
            ("E left | RETREAT | actor: => Chile", "earlier"),
            ("E left | RETREAT | link: content_of Peru", "no other trigger"),
        ]:
            self.assertIn(says, " ".join(self.faults(f"S Peru left.\n{line}\n")), line)

    def test_near_duplicates(self):
        one = "The finance minister of Peru told a crowded hall in Lima that the loan from Japan would be repaid in May."
        two = "The finance minister of Togo told a crowded hall in Lome that the loan from China would be repaid in June."
        other = "Nobody in the crowded hall believed that any loan would ever be repaid."
        self.assertTrue(validate.near_duplicates([("a", one), ("b", two)]))
        self.assertFalse(validate.near_duplicates([("a", one), ("b", other)]))

    def test_status_is_the_published_precedence(self):
        status = validate.status
        self.assertEqual(status({"modality": "hypothetical", "polarity": "negated"}), "hypothetical")
        self.assertEqual(status({"modality": "requested", "disposition": "called_off"}), "called_off")
        self.assertEqual(status({"aspect": "situation", "background": "yes"}), "historical")
        self.assertEqual(status({"disposition": "postponed"}), "planned")
        self.assertEqual(status({}), "happened")


class Pick(unittest.TestCase):
    def test_sentences_are_cut_at_full_stops_but_not_after_titles(self):
        text = "Gen. Otto spoke. “We left.” He sat\nNext line"
        self.assertEqual([text[a:b] for a, b in pick.sentences(text)], ["Gen. Otto spoke.", "“We left.”", "He sat", "Next line"])


class Agreement(unittest.TestCase):
    def test_kappa(self):
        self.assertEqual(agreement.kappa([("a", "a"), ("b", "b")]), 1.0)
        self.assertAlmostEqual(agreement.kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]), 0.0)

    def test_heads(self):
        head = lambda words: words[slice(*agreement.head(words, (0, len(words))))]
        self.assertEqual(head("the Foreign Minister of Chile"), "Minister")
        self.assertEqual(head("Ghana's president, John Mahama"), "president")


if __name__ == "__main__":
    unittest.main()
