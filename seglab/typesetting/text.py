"""Words as they stood in books: Latin, French and German, from short lists and their letters.

A page should look written, not read. The commonest words of each language are listed here; the
rest of its lexicon is invented from the trigrams of that list, so that word lengths, letter
frequencies, ascenders and accents are those of the language.
"""

from functools import lru_cache

import numpy as np

COMMON_WORDS = {
    "latin": """et in est non ut ad cum quod qui sed si quae ex per de esse nec ab aut enim etiam
        hoc quam autem atque ille rerum omnia tamen nobis deus dominus homo homines terra caelum
        tempus tempore anno urbis populus senatus rex regis bellum bella arma virum virtus animus
        animi corpus corporis natura naturae ratio rationis causa causae modo modum nomine dicitur
        fuisse videtur potest possunt habet habere facere factum scripsit scriptum liber libri
        capitulum sententia iudicium lex legis gratia gloria fortuna consilium exercitus provincia
        magister discipulus philosophus ecclesia sanctus spiritus misericordia beneficium verborum
        litterarum quidem quoniam propterea igitur semper nunquam saepe tandem vero inter contra
        super apud ante post sine pro magnus magna multa pauca omnis omnibus universa quicquid""",
    "french": """de la le et les des en un une que qui il est dans pour par plus pas sur au avec ce
        se ne vous nous mais ou comme tout fait son ses leur bien sans être même aussi celui cette
        homme hommes femme roi reine prince ville monde temps jour jours année siècle coeur esprit
        ame vertu gloire amour guerre paix maison terre ciel mer nature raison vérité liberté
        auteur ouvrage livre lettre chapitre histoire discours manière chose choses grand grande
        petit beau belle nouveau première dernier toujours jamais encore alors ainsi donc enfin
        après avant depuis contre entre pendant jusques seigneur monsieur madame français royaume
        avoir avait était furent pouvait faire dire voir donner prendre trouver rendre croire
        sçavoir connaissance gouvernement entreprise particulier véritablement plusieurs""",
    "german": """der die das und in zu den von mit sich des auf ist im dem nicht ein eine als auch
        es an werden aus er hat dass sie nach wird bei noch nur so wie über aber vor durch wenn man
        haben diese oder sein seine Herr König Kaiser Fürst Land Stadt Haus Mann Frau Mensch
        Menschen Gott Kirche Geist Seele Leben Tod Liebe Freiheit Wahrheit Natur Kunst Wissenschaft
        Geschichte Buch Brief Wort Sprache Jahr Jahre Zeit Tag Nacht Welt Himmel Erde Wasser Feuer
        Volk Krieg Friede Gesetz Recht Ordnung Regierung groß große klein alt neu schön gut gute
        immer niemals endlich daher darum jedoch zwischen gegen während wollen können müssen sollen
        geworden gewesen gekommen gegeben genommen geschrieben gesprochen Gesellschaft Verfassung
        Begebenheit Untersuchung Bewegung Empfindung vortrefflich außerordentlich""",
}
LEXICON_WORDS = 1600
# What scholars quoted; a face without these letters leaves the words out.
GREEK = """καὶ τὸν λόγος ἀρχῇ θεὸς ἄνθρωπος ψυχή φύσις ἀρετή πόλις νόμος βίος ἔργον τῶν περὶ
    πάντα οὐκ ἐστὶν γὰρ σοφία χρόνος ἀλήθεια μῦθος ὀνόματα"""
HEBREW = "אלהים תורה שמים ארץ דבר מלך בית יום רוח אור עולם שלום"


@lru_cache
def lexicon(language):
    """The words of a language, commonest first: listed ones, then invented ones."""
    listed = COMMON_WORDS[language].split()
    followers = {}
    for word in listed:
        marked = f"^^{word}$"
        for first, second, third in zip(marked, marked[1:], marked[2:], strict=False):
            followers.setdefault(first + second, []).append(third)
    draw = np.random.default_rng(len(listed))
    invented = (invented_word(draw, followers) for _ in range(5 * LEXICON_WORDS))
    new = [word for word in dict.fromkeys(invented) if 3 <= len(word) <= 15]
    return listed + new[:LEXICON_WORDS]


def invented_word(rng, followers):
    """A word spelt letter by letter, each drawn from what follows the two before it."""
    word = "^^"
    while word[-1] != "$" and len(word) < 20:
        letters = followers[word[-2:]]
        word += letters[rng.integers(len(letters))]
    return word.strip("^$")


def words(rng, language, count):
    """`count` words without punctuation; the frequencies fall like Zipf's."""
    known = lexicon(language)
    return [known[int(len(known) * u**3)] for u in rng.random(count)]


def prose(rng, language, count):
    """About `count` words as sentences: capitals, commas, full stops, now and then a date."""
    text = []
    while len(text) < count:
        sentence = words(rng, language, int(rng.integers(5, 24)))
        for i in np.flatnonzero(rng.random(len(sentence)) < 0.10):
            sentence[i] += ",;:"[rng.choice(3, p=[0.75, 0.13, 0.12])]
        for i in np.flatnonzero(rng.random(len(sentence)) < 0.03):
            sentence[i] = capitalised(sentence[i])
        if rng.random() < 0.08:
            sentence.insert(int(rng.integers(1, len(sentence))), year(rng))
        if rng.random() < 0.05:
            quoted = GREEK if rng.random() < 0.8 else HEBREW
            i = int(rng.integers(1, len(sentence)))
            sentence[i:i] = rng.choice(quoted.split(), int(rng.integers(1, 5))).tolist()
        sentence[0] = capitalised(sentence[0])
        sentence[-1] = sentence[-1].rstrip(",;:") + ".?!"[rng.choice(3, p=[0.9, 0.06, 0.04])]
        text += sentence
    return text


def phrase(rng, language, count):
    """`count` words as a title: a capital in front, a full stop behind as the period liked it."""
    title = words(rng, language, count)
    title[0] = capitalised(title[0])
    return " ".join(title) + ("." if rng.random() < 0.6 else "")


def verse_line(rng, language, syllables):
    """One line of verse, a capital in front and most often a mark behind."""
    line, length = [], 0
    while length < 2.6 * syllables:
        line += words(rng, language, 1)
        length += len(line[-1])
    mark = rng.choice(["", ",", ".", ";", ":"], p=[0.4, 0.3, 0.15, 0.1, 0.05])
    return capitalised(" ".join(line)) + str(mark)


def capitalised(word):
    """The word with its first letter as a capital, the others as they are."""
    return word[:1].upper() + word[1:]


def year(rng):
    """A year between 1480 and 1900, in figures or as a Roman numeral."""
    number = int(rng.integers(1480, 1901))
    return roman(number) if rng.random() < 0.3 else str(number)


def roman(number):
    """A positive integer as a Roman numeral in capitals."""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    numeral = ""
    for value, sign in zip(values, signs, strict=True):
        numeral += sign * (number // value)
        number %= value
    return numeral
