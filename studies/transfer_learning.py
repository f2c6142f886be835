"""What does a trained encoder bring? A U-Net on MobileNetV3 with few labelled pages, three ways.

    python studies/transfer_learning.py pretrain --material material/train
    python studies/transfer_learning.py compare --out results/transfer

`pretrain` trains the encoder as a classifier of crops that the typesetter makes, into data/weights:
it learns which kind of thing a crop shows and never sees the label of a pixel. `compare` trains the
U-Net on 5, 20 and 80 bundled pages with three seeds: from random weights, with that encoder frozen,
and with it unfrozen in stages (--weights imagenet, or a file, for another encoder). It goes on
after an interruption, and writes transfer.json, transfer.md and transfer.png.
"""

import json
import time
from dataclasses import asdict, replace
from pathlib import Path
from statistics import mean
from typing import Annotated

import typer

from seglab.backend import start_keras
from seglab.commands.options import BUNDLED
from seglab.files import write_bytes
from seglab.recipe import Recipe

app = typer.Typer(add_completion=False)
Out = Annotated[Path, typer.Option(help="Folder for table and figure.")]
Work = Annotated[Path, typer.Option(help="Folder for what an interruption should not lose.")]
WORK = Path("comparison/transfer")
MODEL = "unet_mobilenet_v3"
SIDE = 96  # pixels of a crop that is classified
COUNTS = 5, 20, 80
HEIGHT, EPOCHS, RATE = 224, 4, 2e-3  # epochs of the most pages; with fewer, as many steps
VALIDATED = 4  # pages that choose the epoch: who has 5 labelled pages has not 16 more
FROZEN_SHARE = 0.5  # of the epochs, before the encoder joins
FROM_SCRATCH, FROZEN, STAGED = WAYS = {  # and their names in files
    "random weights": "random",
    "pre-trained, frozen": "frozen",
    "pre-trained, unfrozen in stages": "staged",
}
SOURCES = {
    "pages": "no photographs, but crops of typeset pages, of which the encoder learnt as a "
    "classifier what kind of thing they show, without a label of any pixel "
    "(data/weights/mobilenet_v3_small.json).",
    "imagenet": "ImageNet's, from keras.applications.",
}
SEED = 800  # of the crops: no seed of the bundled pages


@app.command()
def pretrain(
    material: Annotated[Path | None, typer.Option(help="What `make material` collects.")] = None,
    count: int = 3300,
    epochs: int = 10,
    work: Work = WORK,
):
    """Train MobileNetV3 to tell kinds of crops apart; ship its convolutions."""
    start_keras()
    import keras

    from seglab.training import JIT_COMPILE
    from seglab.transfer import encoders
    from seglab.transfer.kinds import KINDS

    started = time.perf_counter()
    images, kinds = made_crops(work / "crops.npz", SEED, count, material)
    keras.utils.set_random_seed(SEED)
    encoder = encoders.classifier("mobilenet_v3")
    model = classifier_of_crops(encoder, len(KINDS))
    rate = keras.optimizers.schedules.CosineDecay(2e-3, epochs * -(-count // 32))
    loss = "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"], jit_compile=JIT_COMPILE)
    model.fit(images, kinds, batch_size=32, epochs=epochs, verbose=2)
    held_out = made_crops(work / "held_out.npz", SEED + 1, count // 10, material)
    _, accuracy = model.evaluate(*held_out, verbose=0)
    about = {
        "about": f"MobileNetV3Small of keras.applications, trained from random weights as a "
        f"classifier of {count} crops of {SIDE}x{SIDE} pixels into {len(KINDS)} kinds that the "
        f"typesetter made; no pixel was labelled. Without its dense layers, float16.",
        "kinds": list(KINDS),
        "epochs": epochs,
        "accuracy": {"crops": len(held_out[1]), "share": round(accuracy, 4)},
        "seconds": round(time.perf_counter() - started),
        "keras": keras.__version__,
    }
    encoders.pack(encoder, encoders.SHIPPED / encoders.PAGES["mobilenet_v3"], about)
    print(json.dumps(about, indent=2))


def made_crops(file, seed, count, material):
    """Crops and their kinds, from the file if they were made before."""
    import numpy as np

    from seglab.transfer.kinds import crops
    from seglab.typesetting.material import bundled_material, material_in

    if not file.exists():
        house = material_in(str(material)) if material else bundled_material()
        images, kinds = crops(seed, count, SIDE, house)
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(file, images=images.astype("float16"), kinds=kinds)
    with np.load(file) as made:
        return made["images"].astype("float32"), made["kinds"]


def classifier_of_crops(encoder, count):
    """A page's crop in, the probabilities of kinds out."""
    from keras import Input, Model, layers

    from seglab.layers import Photograph

    image = Input((SIDE, SIDE, 1), name="image")
    x = encoder(Photograph(name="photograph")(image))
    x = layers.GlobalAveragePooling2D(name="everywhere")(x)
    x = layers.Dropout(0.2, name="dropout")(x)
    return Model(image, layers.Dense(count, activation="softmax", name="kind")(x))


@app.command()
def compare(
    out: Out,
    pages: Path = BUNDLED,
    weights: str = "pages",
    height: int = HEIGHT,
    epochs: int = EPOCHS,
    seeds: int = 3,
    work: Work = WORK,
):
    """Train with few pages, three ways; table and figure."""
    start_keras()
    from seglab import plots
    from seglab.reports import json_text
    from seglab.runs import evenly, read_test_pages, read_training_pages

    data, test = read_training_pages(pages, height), read_test_pages(pages)
    data = replace(data, validation=evenly(data.validation, VALIDATED))
    rows = []
    for seed in range(seeds):
        for count in COUNTS:
            few = replace(data, train=evenly(data.train, count) * (COUNTS[-1] // count))
            for start in WAYS:
                recipe = recipe_of(start, height, epochs, seed)
                encoder = None if start == FROM_SCRATCH else weights
                file = work / f"{count}_{WAYS[start]}_{seed}.json"
                rows.append({"start": start, "pages": count, "seed": seed})
                rows[-1] |= remembered(file, recipe, encoder, few, test)
        write_bytes(out / "transfer.json", json_text(rows).encode())
        write_bytes(out / "transfer.md", table(rows, weights, height, epochs).encode())
        curves = {start: [mean(ious(rows, start, n)) for n in COUNTS] for start in WAYS}
        plots.save(plots.learning_curves(COUNTS, curves), out / "transfer.png")
        print(f"Table and figure of {seed + 1} seeds written to {out}.")


def recipe_of(start, height, epochs, seed):
    """All of the epochs, or some, or none with a frozen encoder."""
    frozen = {FROM_SCRATCH: 0, FROZEN: epochs, STAGED: max(1, round(FROZEN_SHARE * epochs))}[start]
    return Recipe(MODEL, height, epochs, seed=seed, learning_rate=RATE, frozen_epochs=frozen)


def remembered(file, recipe, encoder, pages, test):
    """The scores of a training: those in the file if just this one has been run before."""
    from seglab.transfer import phases

    asked = json.loads(json.dumps([asdict(recipe), phases(recipe), encoder]))
    if file.exists() and (known := json.loads(file.read_text()))["asked"] == asked:
        return known["scores"]
    scores = trained_scores(recipe, encoder, pages, test)
    write_bytes(file, json.dumps({"asked": asked, "scores": scores}).encode())
    return scores


def trained_scores(recipe, encoder, pages, test):
    """Train, then score the test pages at their own size."""
    import keras

    from seglab import metrics, prediction, staged_training
    from seglab.weights import untrained

    keras.utils.clear_session()
    started = time.perf_counter()
    model = untrained(recipe, encoder)
    staged_training.train(model, pages.train, pages.validation, recipe)
    seconds = time.perf_counter() - started
    area, ink = sum(
        metrics.area_and_ink(
            page.labels,
            prediction.labels(model, page.image, recipe.height),
            3,
            page.image[..., 0] > 0.5,
        )
        for page in test
    )
    report = metrics.report(area, ink)
    scores = {name: report[name] for name in ("mean_iou", "iou", "ink_accuracy")}
    return {**scores, "epochs": recipe.epochs, "seconds": round(seconds, 1)}


def ious(rows, start, count):
    """Mean IoU of every seed."""
    return [row["mean_iou"] for row in rows if (row["start"], row["pages"]) == (start, count)]


def table(rows, weights, height, epochs):
    """Markdown: ways to start and numbers of pages, mean IoU over the seeds and its range."""
    lines = ["| encoder | " + " | ".join(f"{count} pages" for count in COUNTS) + " |"]
    lines += ["| :-- | " + " | ".join("--:" for _ in COUNTS) + " |"]
    for start in WAYS:
        cells = [ious(rows, start, count) for count in COUNTS]
        ranges = [f" ({min(cell):.3f} to {max(cell):.3f})" * (len(cell) > 1) for cell in cells]
        texts = [f"{mean(cell):.3f}{reach}" for cell, reach in zip(cells, ranges, strict=True)]
        lines.append(f"| {start} | {' | '.join(texts)} |")
    seeds = len({row["seed"] for row in rows})
    over = f"mean over {seeds} seeds (least to most)" if seeds > 1 else "one seed"
    source = SOURCES.get(weights, f"those of {weights}")
    return "\n".join(lines) + (
        f"\n\nMean IoU on the bundled test pages, {over}. U-Net on MobileNetV3Small, page height "
        f"{height}; as many steps for any number of pages, those of {epochs} epochs of "
        f"{COUNTS[-1]}; learning rate {RATE:g}, {VALIDATED} validation pages. In stages: "
        f"{FROZEN_SHARE:.0%} of the epochs with a frozen encoder, so the decoder learns at the "
        f"full rate for as long only. Pre-trained weights: {source}\n"
    )


if __name__ == "__main__":
    app()
