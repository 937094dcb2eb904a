"""Takes the pictures of docs/pictures anew: runs the browser tests that make them and copies them.

    make pictures, or: python scripts/docs_pictures.py [--check]

`--check` only tells whether the table below, the folder and the pages that show them agree. Needs
Chromium (MAM_TEST_CHROMIUM, else `chromium`).
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TAKEN, SHOWN = ROOT / "report/pictures", ROOT / "docs/pictures"
BROWSER = "tests/browser"
CHAT = f"{BROWSER}/test_parent_and_counsellors.py"
PAGES = (
    f"{BROWSER}/test_every_page.py::test_every_page_of_staff_fits_can_be_touched_and_satisfies_axe"
)
TRAINER = f"{BROWSER}/test_trainer.py::test_an_edit_is_live_in_the_chat_and_gone_when_taken_back"
DESK = (
    f"{BROWSER}/test_console_desk.py::"
    "test_one_claims_the_other_is_refused_and_takes_over_with_what_was_typed"
)
# Name of the picture → the test that takes it.
PICTURES = {
    "board": PAGES,
    "queue-phone": PAGES,
    "case-desktop": DESK,
    "case-phone": (
        f"{CHAT}::test_a_danger_sign_is_answered_before_consent_and_a_counsellor_takes_the_case"
    ),
    "chat-phone": f"{CHAT}::test_a_first_question_is_answered_as_soon_as_the_parent_has_agreed",
    "library-edit": TRAINER,
    "library-list": TRAINER,
}


def main() -> None:
    if "--check" in sys.argv:
        sys.exit("\n".join(faults()) or 0)
    begun = time.time()
    tests = sorted(set(PICTURES.values()))
    command = [sys.executable, "-m", "pytest", *tests]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:  # noqa: S603
        sys.exit("pictures: a test failed, so docs/pictures stays as it was")
    old = [name for name in PICTURES if not is_new(TAKEN / f"{name}.png", begun)]
    if old:
        sys.exit(f"pictures: not taken by the tests: {', '.join(old)}")
    for name in PICTURES:
        shutil.copyfile(TAKEN / f"{name}.png", SHOWN / f"{name}.png")
        sys.stdout.write(f"docs/pictures/{name}.png\n")


def is_new(path: Path, begun: float) -> bool:
    return path.is_file() and path.stat().st_mtime >= begun


def faults() -> list[str]:
    """Pictures that nobody takes, that are not there, or that no page shows."""
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    there = {path.stem for path in SHOWN.glob("*.png")}
    found = [f"{name}.png: no test takes it" for name in sorted(there - set(PICTURES))]
    for name, test in PICTURES.items():
        module, function = test.split("::")
        code = (ROOT / module).read_text(encoding="utf-8")
        if f"def {function}(" not in code or f'"{name}"' not in code:
            found.append(f"{name}.png: not taken by {test}")
        if name not in there or f"pictures/{name}.png" not in text:
            found.append(f"{name}.png: not in docs/pictures, or on no page")
    return found


if __name__ == "__main__":
    main()
