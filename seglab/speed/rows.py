"""From seconds to what a reader wants to know: ratios, rates, shares, growth."""

from statistics import median

import numpy as np

from seglab.comparison import LECTURE_SECONDS


def row(case, seconds, batch, work, peak, apart):
    """One row of the result, a dict; None where there is nothing to tell.

    case: its model, variant and size. seconds: {case: Seconds of a page, (case, "network"): Seconds
    of a batch}. work: multiply-adds of a page, or None. peak: multiply-adds per second of the
    machine. apart: what `alone` measured, or {}.
    """
    own, network = seconds[case], seconds.get((case, "network"))
    fcn = case._replace(model="fcn")
    fcn, fcn_network = seconds.get(fcn), seconds.get((fcn, "network"))
    rate = work and network and work * batch / network.median
    lecture = LECTURE_SECONDS.get(case.model)
    return {
        "model": case.model,
        "variant": str(case.variant),
        "height": case.size[0],
        "width": case.size[1],
        "seconds_per_page": own.median,
        "middle_half": own.middle_half,
        "seconds": own.later,
        "pages_per_second": 1 / own.median,
        "times_fcn": fcn and ratio(own, fcn),
        "lecture_times_fcn": lecture and lecture / LECTURE_SECONDS["fcn"],
        "first_page_seconds": apart.get("first_page_seconds"),
        "memory_bytes": apart.get("memory_bytes"),
        "network_seconds_per_page": network and network.median / batch,
        "network_seconds": network and network.later,
        "network_pages_per_second": network and batch / network.median,
        "network_times_fcn": network and fcn_network and ratio(network, fcn_network),
        "multiply_adds": work,
        "multiply_adds_per_second": rate,
        "share_of_peak": rate and rate / peak,
    }


def ratio(own, other):
    """How much longer a call takes than another: the median of the ratios within each round.

    Within a round both were timed in the same minute, so a drift of the machine cancels.
    """
    return median(mine / its for mine, its in zip(own.later, other.later, strict=True))


def peaks(convolutions, seconds):
    """The rates of large convolutions: [{precision, xla, channels, multiply_adds_per_second}].

    convolutions: {(variant, channels): Convolution}. seconds: {(variant, channels): Seconds}.
    """
    return [
        {
            **variant._asdict(),
            "channels": channels,
            "multiply_adds_per_second": work / seconds[variant, channels].median,
        }
        for (variant, channels), (_, work) in convolutions.items()
    ]


def best(peaks, precision):
    """The machine's peak in a precision: multiply-adds per second of its fastest convolution."""
    return max(p["multiply_adds_per_second"] for p in peaks if p["precision"] == precision)


def growth(rows):
    """How seconds grow with a page's pixels: [{model, variant, exponent}], from two sizes on.

    The exponent p of seconds = c · pixels^p is a least-squares fit to the logarithms.
    """
    curves = {}
    for r in rows:
        point = r["height"] * r["width"], r["seconds_per_page"]
        curves.setdefault((r["model"], r["variant"]), []).append(point)
    return [
        {"model": model, "variant": variant, "exponent": _slope(points)}
        for (model, variant), points in curves.items()
        if len({pixels for pixels, _ in points}) > 1
    ]


def _slope(points):
    return float(np.polyfit(*np.log(points).T, deg=1)[0])
