"""Makes data/programme/pictures/*.png from the SVG files beside them, for Telegram.

    python scripts/build_pictures.py [--check]

Needs Chromium (MAM_TEST_CHROMIUM, else `chromium`). `--check` only tells which are missing.
"""

import os
import shutil
import sys
from io import BytesIO

from PIL import Image
from playwright.sync_api import sync_playwright

from bot.programme.pictures import all_pictures

WIDTH, HEIGHT, SCALE = 480, 360, 2
# Flat drawings: so many colours are enough, and a picture stays below 60 kB.
COLOURS = 96


def main() -> None:
    pictures = all_pictures().values()
    if "--check" in sys.argv:
        missing = [picture.name for picture in pictures if not picture.png.is_file()]
        sys.exit(f"missing: {', '.join(missing)}" if missing else 0)
    browser_path = os.environ.get("MAM_TEST_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE
        )
        for picture in pictures:
            page.goto(picture.svg.as_uri())
            image = Image.open(BytesIO(page.screenshot()))
            image = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            image.save(picture.png, optimize=True)
            sys.stdout.write(f"{picture.name} {picture.png.stat().st_size // 1024} kB\n")
        browser.close()


if __name__ == "__main__":
    main()
