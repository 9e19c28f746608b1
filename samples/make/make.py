"""Writes ../2024Q1 and ../2024Q1.truth again, the same bytes each time: python3 make.py"""
import importlib
import json
import sys
from collections import Counter

from lib import OUT, TRUTH

MODULES = sys.argv[1:] or ["beiao", "dongping", "yuanjue", "niyu", "damen", "others"]


def main():
    for folder in (OUT, TRUTH):
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
    truths = [truth for name in MODULES for truth in importlib.import_module(name).build()]
    run = {
        "schema": "hedui/truth/1",
        "period": "2024Q1",
        "findings": [
            {"code": "missing-submission", "township": "鹿西乡", "task": None, "file": None, "sheet": None, "cell": None},
            {"code": "duplicate-submission", "township": "元觉街道", "task": None, "file": None, "sheet": None, "cell": None},
        ],
        "files": [{"file": t.file, "status": t.status, "township": t.township} for t in truths],
    }
    (TRUTH / "run.json").write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    for truth in truths:
        kinds = Counter(row["kind"] for row in truth.rows)
        print(truth.file, truth.status, len(truth.rows), dict(kinds))
        for problem in truth.problems:
            print("  ?", problem)
    print(dict(sorted(Counter(f["code"] for t in truths for f in t.findings).items())))
    import check
    check.main(truths)


if __name__ == "__main__":
    main()
