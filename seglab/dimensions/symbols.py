"""Sizes that are not known yet: `H/8`, `(H-124)/16`, and the counts `6,400·H·W` made of them.

A page model takes pages of any size, so its table is written in H and W. `Polynomial` computes
with them just as the formulas compute with integers. Only division differs: `//` assumes that
nothing is left over, because H stands for the sizes that fit.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm


@dataclass(frozen=True)
class Polynomial:
    """A sum of terms: ((("H", "W"), Fraction(3)), ((), Fraction(1))) is 3·H·W + 1."""

    terms: tuple

    def __add__(self, other):
        total = dict(self.terms)
        for symbols, factor in _terms(other):
            total[symbols] = total.get(symbols, 0) + factor
        return _polynomial(total)

    def __mul__(self, other):
        total = {}
        for symbols, factor in self.terms:
            for more, by in _terms(other):
                product = tuple(sorted(symbols + more))
                total[product] = total.get(product, 0) + factor * by
        return _polynomial(total)

    def __floordiv__(self, divisor):
        """Exact division: the sizes that H stands for leave no remainder."""
        return self * Fraction(1, divisor)

    def __mod__(self, divisor):
        return 0

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -1 * other

    def __rsub__(self, other):
        return other + -self

    __radd__ = __add__
    __rmul__ = __mul__

    @property
    def symbols(self):
        """The names in it: {"H"} for H/8."""
        return {name for names, _ in self.terms for name in names}

    def at(self, **values):
        """The number that results when every symbol has a value: `size.at(H=601, W=425)`."""
        total = Fraction(0)
        for symbols, factor in self.terms:
            for name in symbols:
                factor *= values[name]
            total += factor
        return int(total) if total.denominator == 1 else total

    def __str__(self):
        bottom = lcm(*(factor.denominator for _, factor in self.terms))
        text = " ".join(_signed(int(factor * bottom), names) for names, factor in self.terms)
        text = text.removeprefix("+ ")
        if len(self.terms) == 1:
            return text if bottom == 1 else f"{text}/{bottom}"
        text = text.replace("- ", "-").replace(" -", "-") if _is_size(self) else text
        text = text.replace(" + ", "+") if _is_size(self) else text
        return text if bottom == 1 else f"({text})/{bottom}"


def symbol(name):
    """The unknown size itself: `symbol("H") // 8` is H/8."""
    return Polynomial((((name,), Fraction(1)),))


def _terms(value):
    return value.terms if isinstance(value, Polynomial) else (((), Fraction(value)),)


def _polynomial(terms):
    """The polynomial of the terms that do not vanish, or a plain number when no symbol is left."""
    kept = {symbols: factor for symbols, factor in terms.items() if factor}
    if not any(kept):
        number = kept.get((), Fraction(0))
        return int(number) if number.denominator == 1 else number
    return Polynomial(tuple(sorted(kept.items(), key=lambda term: (-len(term[0]), term[0]))))


def _is_size(polynomial):
    return all(len(symbols) < 2 and abs(factor) < 1000 for symbols, factor in polynomial.terms)


def _signed(factor, symbols):
    sign = "-" if factor < 0 else "+"
    number = f"{abs(factor):,}"
    if not symbols:
        return f"{sign} {number}"
    number = "" if number == "1" else number
    joined = "·".join(symbols)
    separator = "·" if number and len(symbols) > 1 else ""
    return f"{sign} {number}{separator}{joined}"
