"""Answer scales in words: which label stands where, in five languages, and which words mean no answer at all.

A label is looked up as a whole; a digit inside it never counts, because it may number another scale.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_AGREEMENT = "agreement"
# One scale a block, lowest point first; one language a line (what is indented goes on with the line before), points
# parted by "|", other spellings of one point by "=".
_BLOCKS: tuple[tuple[str, str], ...] = (
    (
        _AGREEMENT,
        """
        strongly disagree | disagree | agree | strongly agree
        stimme überhaupt nicht zu = stimme gar nicht zu | stimme nicht zu | stimme zu | stimme voll und ganz
            zu
        pas du tout d'accord | pas d'accord | d'accord | tout à fait d'accord
        totalmente en desacuerdo | en desacuerdo | de acuerdo | totalmente de acuerdo
        discordo totalmente | discordo | concordo | concordo totalmente
        """,
    ),
    (
        _AGREEMENT,
        """
        strongly disagree | somewhat disagree = slightly disagree | somewhat agree = slightly agree |
            strongly agree
        stimme überhaupt nicht zu = stimme gar nicht zu | stimme eher nicht zu | stimme eher zu | stimme
            voll und ganz zu
        trifft überhaupt nicht zu = trifft gar nicht zu | trifft eher nicht zu | trifft eher zu | trifft
            voll und ganz zu
        pas du tout d'accord | plutôt pas d'accord | plutôt d'accord | tout à fait d'accord
        totalmente en desacuerdo | algo en desacuerdo | algo de acuerdo | totalmente de acuerdo
        discordo totalmente | discordo parcialmente | concordo parcialmente | concordo totalmente
        """,
    ),
    (
        _AGREEMENT,
        """
        strongly disagree = completely disagree | disagree | neutral = neither agree nor disagree = neither
            = undecided | agree | strongly agree = completely agree
        stimme überhaupt nicht zu = stimme gar nicht zu | stimme nicht zu | neutral = teils/teils = teils,
            teils = weder noch = unentschieden | stimme zu | stimme voll und ganz zu = stimme voll zu =
            stimme völlig zu
        pas du tout d'accord | pas d'accord | neutre = ni d'accord ni pas d'accord = sans opinion | d'accord
            | tout à fait d'accord
        totalmente en desacuerdo = muy en desacuerdo | en desacuerdo | neutral = ni de acuerdo ni en
            desacuerdo | de acuerdo | totalmente de acuerdo = muy de acuerdo
        discordo totalmente | discordo | neutro = nem concordo nem discordo = não concordo nem discordo |
            concordo | concordo totalmente
        """,
    ),
    (
        _AGREEMENT,
        """
        strongly disagree | somewhat disagree = slightly disagree | neutral = neither agree nor disagree =
            neither | somewhat agree = slightly agree | strongly agree
        stimme überhaupt nicht zu = stimme gar nicht zu | stimme eher nicht zu | neutral = teils/teils =
            teils, teils = weder noch | stimme eher zu | stimme voll und ganz zu = stimme voll zu = stimme
            völlig zu
        trifft überhaupt nicht zu = trifft gar nicht zu | trifft eher nicht zu | neutral = teils/teils =
            teils, teils | trifft eher zu | trifft voll und ganz zu = trifft voll zu
        pas du tout d'accord | plutôt pas d'accord | neutre = ni d'accord ni pas d'accord | plutôt d'accord
            | tout à fait d'accord
        totalmente en desacuerdo | algo en desacuerdo | neutral = ni de acuerdo ni en desacuerdo | algo de
            acuerdo | totalmente de acuerdo
        discordo totalmente | discordo parcialmente | neutro = nem concordo nem discordo = não concordo nem
            discordo | concordo parcialmente | concordo totalmente
        """,
    ),
    (
        _AGREEMENT,
        """
        strongly disagree | disagree | somewhat disagree = slightly disagree | neutral = neither agree nor
            disagree = neither | somewhat agree = slightly agree | agree | strongly agree
        stimme überhaupt nicht zu = stimme gar nicht zu | stimme nicht zu | stimme eher nicht zu | neutral =
            teils/teils = weder noch | stimme eher zu | stimme zu | stimme voll und ganz zu
        pas du tout d'accord | pas d'accord | plutôt pas d'accord | neutre = ni d'accord ni pas d'accord |
            plutôt d'accord | d'accord | tout à fait d'accord
        totalmente en desacuerdo | en desacuerdo | algo en desacuerdo | neutral = ni de acuerdo ni en
            desacuerdo | algo de acuerdo | de acuerdo | totalmente de acuerdo
        discordo totalmente | discordo | discordo parcialmente | neutro = nem concordo nem discordo |
            concordo parcialmente | concordo | concordo totalmente
        """,
    ),
    (
        "satisfaction",
        """
        very dissatisfied = very unsatisfied | dissatisfied = unsatisfied | neutral = neither satisfied nor
            dissatisfied = neither | satisfied | very satisfied
        sehr unzufrieden | unzufrieden | neutral = weder noch = teils/teils | zufrieden | sehr zufrieden
        très insatisfait = très insatisfaite | insatisfait = insatisfaite | neutre = ni satisfait ni
            insatisfait | satisfait = satisfaite | très satisfait = très satisfaite
        muy insatisfecho = muy insatisfecha | insatisfecho = insatisfecha | neutral = ni satisfecho ni
            insatisfecho | satisfecho = satisfecha | muy satisfecho = muy satisfecha
        muito insatisfeito = muito insatisfeita | insatisfeito = insatisfeita | neutro = nem satisfeito nem
            insatisfeito | satisfeito = satisfeita | muito satisfeito = muito satisfeita
        """,
    ),
    (
        "satisfaction",
        """
        extremely dissatisfied = very dissatisfied | somewhat dissatisfied | neutral = neither satisfied nor
            dissatisfied | somewhat satisfied | extremely satisfied = very satisfied
        sehr unzufrieden | eher unzufrieden | neutral = weder noch = teils/teils | eher zufrieden | sehr
            zufrieden
        très insatisfait | plutôt insatisfait | neutre = ni satisfait ni insatisfait | plutôt satisfait |
            très satisfait
        muy insatisfecho | algo insatisfecho | neutral = ni satisfecho ni insatisfecho | algo satisfecho |
            muy satisfecho
        muito insatisfeito | um pouco insatisfeito | neutro = nem satisfeito nem insatisfeito | um pouco
            satisfeito | muito satisfeito
        """,
    ),
    (
        "satisfaction",
        """
        extremely dissatisfied | moderately dissatisfied | slightly dissatisfied | neither satisfied nor
            dissatisfied | slightly satisfied | moderately satisfied | extremely satisfied
        """,
    ),
    (
        "frequency",
        """
        never | rarely = seldom | sometimes = occasionally | often = frequently = usually | always
        nie = niemals | selten | manchmal = gelegentlich | oft = häufig = meistens | immer
        jamais | rarement | parfois = quelquefois | souvent | toujours
        nunca | raramente = rara vez = casi nunca | a veces = algunas veces | a menudo = frecuentemente =
            casi siempre | siempre
        nunca | raramente = quase nunca | às vezes = algumas vezes | frequentemente = muitas vezes = quase
            sempre | sempre
        """,
    ),
    (
        "frequency",
        """
        never | sometimes = once in a while | about half the time | most of the time = usually | always
        nie | manchmal | etwa die hälfte der zeit = ungefähr die hälfte der zeit | meistens | immer
        jamais | parfois | environ la moitié du temps | la plupart du temps | toujours
        nunca | a veces | la mitad del tiempo = aproximadamente la mitad del tiempo | la mayor parte del
            tiempo = la mayoría de las veces | siempre
        nunca | às vezes | cerca de metade do tempo | a maior parte do tempo = na maioria das vezes | sempre
        """,
    ),
    (
        "likelihood",
        """
        very unlikely | unlikely | neutral = neither likely nor unlikely | likely | very likely
        sehr unwahrscheinlich | unwahrscheinlich | neutral = weder noch | wahrscheinlich | sehr
            wahrscheinlich
        très improbable = très peu probable | improbable = peu probable | neutre = ni probable ni improbable
            | probable | très probable
        muy improbable | improbable = poco probable | neutral = ni probable ni improbable | probable | muy
            probable
        muito improvável | improvável = pouco provável | neutro = nem provável nem improvável | provável |
            muito provável
        """,
    ),
    (
        "likelihood",
        """
        extremely unlikely = very unlikely | somewhat unlikely | neutral = neither likely nor unlikely |
            somewhat likely | extremely likely = very likely
        sehr unwahrscheinlich | eher unwahrscheinlich | neutral = weder noch | eher wahrscheinlich | sehr
            wahrscheinlich
        """,
    ),
    (
        "likelihood",
        """
        not at all likely | not so likely = slightly likely | somewhat likely = moderately likely | very
            likely | extremely likely
        """,
    ),
    (
        "confidence",
        """
        not at all confident = not confident at all | slightly confident = not so confident = not very
            confident | somewhat confident = moderately confident = fairly confident | very confident =
            quite confident | extremely confident = completely confident
        überhaupt nicht sicher = gar nicht sicher | wenig sicher = eher unsicher | teilweise sicher = mäßig
            sicher | eher sicher = ziemlich sicher | sehr sicher = völlig sicher
        pas du tout confiant = pas du tout confiante | peu confiant = peu confiante | moyennement confiant =
            moyennement confiante | assez confiant = assez confiante | très confiant = très confiante
        nada seguro = nada segura | poco seguro = poco segura | algo seguro = algo segura | bastante seguro
            = bastante segura | muy seguro = muy segura
        nada confiante | pouco confiante | moderadamente confiante = mais ou menos confiante | bastante
            confiante | muito confiante = extremamente confiante
        """,
    ),
)
_NO_ANSWER_WORDS = """
n/a | na | not applicable | does not apply | doesn't apply | no answer | no opinion | don't know | do not know
i don't know | i do not know | dk | unsure / don't know | prefer not to say | prefer not to answer | i prefer not to say
i prefer not to answer | i'd rather not say | i would rather not say | decline to answer | declined | refused | skip
skipped | not asked | cannot say | can't say | unable to rate | not answered
keine angabe | k. a | k.a | nicht zutreffend | nicht anwendbar | weiß nicht | weiss nicht
ich weiß nicht | möchte ich nicht sagen | keine antwort
sans objet | non applicable | ne sait pas | je ne sais pas | ne se prononce pas | préfère ne pas répondre
je préfère ne pas répondre | pas de réponse
no aplica | no procede | no sabe | no sé | no lo sé | no sabe/no contesta | ns/nc | prefiero no decirlo
prefiero no contestar | prefiero no responder | sin respuesta
não se aplica | não aplicável | não sei | não sabe | prefiro não dizer | prefiro não responder | sem resposta
-99
"""


@dataclass(frozen=True)
class Scale:
    """Labels (as `key` writes them) and the point of each, from 1 to `points`."""

    family: str
    points: int
    of: Mapping[str, int]


@dataclass(frozen=True)
class Reading:
    """One way to read the labels of a column: a score for each, and the ends of its scale."""

    family: str
    scores: Mapping[str, int]
    low: int
    high: int

    @property
    def whole(self) -> bool:
        """Whether every point of the scale is there."""
        return len(set(self.scores.values())) == self.high - self.low + 1


def key(label: str) -> str:
    """A label as it is compared: case, spaces, apostrophes and a full stop at the end do not matter."""
    text = unicodedata.normalize("NFKC", label).casefold().replace("’", "'").replace("‘", "'")
    return re.sub(r"\s+", " ", text).strip().rstrip(".").strip()


def words_of(label: str) -> str:
    """A label without its digits and signs: "(3): agree" and "4 (Agree)" are the same words."""
    return " ".join(re.findall(r"[^\W\d_]+", key(label)))


def no_answer(label: str) -> bool:
    """Whether the label says that there is no answer: not applicable, don't know, prefer not to say."""
    return key(label) in NO_ANSWER


def readings(labels: Iterable[str]) -> list[Reading]:
    """All ways in which a built-in scale holds every one of these labels, each on a point of its own."""
    wanted = {label: key(label) for label in labels}
    found: list[Reading] = []
    for scale in SCALES:
        if not wanted or not all(name in scale.of for name in wanted.values()):
            continue
        scores = {label: scale.of[name] for label, name in wanted.items()}
        if len(set(scores.values())) < len(set(wanted.values())):
            continue  # two different answers would get one score
        reading = Reading(scale.family, scores, 1, scale.points)
        if reading not in found:
            found.append(reading)
    return found


def families(labels: Iterable[str]) -> frozenset[str]:
    """The families of scales that some of these labels belong to and no other family has."""
    homes = [frozenset(scale.family for scale in SCALES if key(label) in scale.of) for label in labels]
    return frozenset(family for home in homes if len(home) == 1 for family in home)


def _scale(family: str, block: str) -> Scale:
    points: dict[str, int] = {}
    highest = 0
    for line in re.split(r"\n {8}(?! )", block.strip()):
        for point, spellings in enumerate(line.split("|"), start=1):
            highest = max(highest, point)
            for spelling in spellings.split("="):
                points[key(spelling)] = point
    return Scale(family, highest, points)


SCALES: tuple[Scale, ...] = tuple(_scale(family, block) for family, block in _BLOCKS)
NO_ANSWER = frozenset(key(word) for line in _NO_ANSWER_WORDS.strip().splitlines() for word in line.split("|"))
