"""How fast are the lecture's models? The experiment behind `seglab time`.

result = experiment.measure(Settings(models=("fcn", "unet"), sizes=((900, 640),)))
report.write(result, Path("speed"))        time.json, time.md, time.png
"""
