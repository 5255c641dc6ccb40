import json

from PIL import Image

from infra.website.images import FOLDER, ICONS, LINK_SIZE, icon


def stored(name):
    with Image.open(FOLDER / name) as image:
        image.load()
        return image


def test_the_images_of_the_site_have_their_sizes():
    sizes = {name: stored(name).size for name in (*ICONS, "og.png")}

    assert sizes == {**{name: (side, side) for name, side in ICONS.items()}, "og.png": LINK_SIZE}


def test_the_manifest_names_icons_that_exist():
    manifest = json.loads((FOLDER / "site.webmanifest").read_text())

    assert all((FOLDER / image["src"].lstrip("/")).is_file() for image in manifest["icons"])


def test_an_icon_is_drawn_again_as_it_is_stored():
    assert icon(180).tobytes() == stored("apple-touch-icon.png").tobytes()
