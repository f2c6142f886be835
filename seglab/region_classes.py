"""Which class a region of PAGE-XML or ALTO belongs to: the whole map, as data.

Text is what was printed to be read, graphic what was printed to be looked at. Background is
everything else, marks that came later (stamps, damage, handwriting) and separators included:
a thin rule between two blocks of text is neither.
"""

BACKGROUND, TEXT, GRAPHIC = 0, 1, 2
IGNORE = 255  # no class is known: the "void" of PASCAL VOC, the "ignore" of Cityscapes

# PAGE-XML, all region types of the versions 2013-07-15 to 2019-07-15.
PAGE_XML_REGIONS = {
    "TextRegion": TEXT,  # whatever its type: headings, marginalia, drop capitals, page numbers
    "TableRegion": TEXT,  # read cell by cell; its rules go with it
    "MathsRegion": TEXT,  # formulas are set in type
    "ChemRegion": TEXT,  # as formulas
    "AdvertRegion": TEXT,  # mostly type; pictures in it are regions of their own
    "ImageRegion": GRAPHIC,
    "LineDrawingRegion": GRAPHIC,
    "GraphicRegion": GRAPHIC,  # but see PAGE_XML_LATER_MARKS
    "ChartRegion": GRAPHIC,
    "MapRegion": GRAPHIC,
    "MusicRegion": GRAPHIC,  # staves look like drawings, not like lines of text
    "SeparatorRegion": BACKGROUND,
    "NoiseRegion": BACKGROUND,
    "UnknownRegion": BACKGROUND,  # nobody knows what it is
    "CustomRegion": BACKGROUND,  # by definition none of the above
}

# Types of GraphicRegion that are no part of the print.
PAGE_XML_LATER_MARKS = frozenset(
    ("handwritten-annotation", "stamp", "signature", "barcode", "paper-grow", "punch-hole")
)

# ALTO's blocks, where no label says more. None: a frame around other blocks, painted by them.
ALTO_BLOCKS = {
    "TextBlock": TEXT,
    "Illustration": GRAPHIC,
    "GraphicalElement": BACKGROUND,  # by ALTO's definition a line or frame that separates blocks
    "ComposedBlock": None,
}

# ALTO's labels (LABEL of the tags that a block's TAGREFS name), in lower case and without the
# ending "zone": the zones of SegmOnto, with those subtypes whose class differs from their zone's,
# and the older names and eScriptorium's defaults that editors still offer.
ALTO_LABELS = {
    "main": TEXT,
    "title": TEXT,
    "titlepage": TEXT,
    "pagetitle": TEXT,  # LADaS for titlepage
    "runningtitle": TEXT,
    "numbering": TEXT,
    "quiremarks": TEXT,  # signatures and catchwords
    "margintext": TEXT,
    "commentary": TEXT,
    "dropcapital": TEXT,  # the first letter of the text, however richly decorated
    "table": TEXT,
    "custom": TEXT,  # SegmOnto's examples are poems, quotations and dictionary entries
    "graphic": GRAPHIC,
    "graphic:legend": TEXT,  # LADaS: a caption ...
    "graphic:p": TEXT,  # ... a paragraph inside a picture ...
    "graphic:maths": TEXT,  # ... and a formula
    "figure": GRAPHIC,
    "illustration": GRAPHIC,
    "decoration": GRAPHIC,
    "music": GRAPHIC,
    "stamp": BACKGROUND,
    "seal": BACKGROUND,
    "damage": BACKGROUND,
    "digitizationartefact": BACKGROUND,
}
