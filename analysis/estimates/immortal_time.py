"""Immortal time: how a programme without any effect looks when "ever joined" is set against "never joined".

To be counted as having joined, somebody must still have been there to join, so those who left early can only be among
those who never did (Suissa, Am J Epidemiol 2008;167:492; Hernan and others, J Clin Epidemiol 2016;79:70).
Exact expectations by month, no random draws.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ImmortalTime:
    """Shares still employed, as proportions of an invented workforce in which joining changes nothing.

    ever, never: at the end of the window, both counted from its first day, by whether they had joined by then.
    participants, colleagues: a year after the day of joining, against those there on that day who had not joined.
    joined: the share of the workforce that did join.
    """

    ever: float
    never: float
    participants: float
    colleagues: float
    joined: float

    @property
    def false_benefit(self) -> float:
        return self.ever - self.never

    @property
    def same_day(self) -> float:
        return self.participants - self.colleagues


def immortal_time(yearly_exit: float, signing_up: float, spread: int, window: int = 24) -> ImmortalTime:
    """What both ways of counting would find, in expectation.

    yearly_exit: the share of people that leaves in a year, alike for everybody and every month. signing_up: the share
    that means to join, drawn at random. spread: their months are drawn evenly from 1 to `spread`; whoever has left by
    then does not join. window: months from the first day to the count. Proportions; raises ValueError outside
    0 <= yearly_exit < 1, 0 < signing_up < 1 and 1 <= spread <= window.
    """
    if not (0.0 <= yearly_exit < 1.0 and 0.0 < signing_up < 1.0 and 1 <= spread <= window):
        raise ValueError("exit lies in 0 to 1, signing up strictly between, joining within the window")
    stays = (1.0 - yearly_exit) ** (1.0 / 12.0)
    here_to_join = sum(stays**month for month in range(1, spread + 1)) / spread
    at_end, joined = stays**window, signing_up * here_to_join
    # Who has joined and is still there at the end are all who meant to join and never left.
    ever = signing_up * at_end / joined
    never = (1.0 - signing_up) * at_end / (1.0 - joined)
    # From any one day on both face the same months.
    year = stays**12
    return ImmortalTime(ever, never, year, year, joined)
