"""How well a run keeps the contact rhythm of companies: days off the due day, overdue, forgotten."""

from typing import NamedTuple

from api.run.run import Run

FORGOTTEN_DAYS = 28


class CadenceFigures(NamedTuple):
    """Contacts of care and requests over the horizon, by the days between each and its due day.

    `overdue` contacts lie outside the window that rhythm and drift allow. `forgotten` ones are overdue by
    more than 28 days and neither planned in the run's weeks nor listed there as not planned. `proved` of the
    `choices` are proved optimal.
    """

    contacts: int
    drift_mean_days: float
    drift_95_days: int
    overdue: int
    forgotten: int
    choices: int
    proved: int


def cadence_figures(run: Run) -> CadenceFigures:
    """Return the figures of the choices behind a run's weeks."""
    choices = [own.cadence for own in run.weeks if own.cadence is not None]
    contacts = [contact for choice in choices for contact in choice.contacts]
    away = sorted(contact.off_days + contact.overdue_days for contact in contacts)
    plans = [plan for own in run.weeks for plan in own.weeks]
    settled = {stop.id for plan in plans for day in plan.days if day for stop in day.stops}
    settled |= {left_out.id for plan in plans for left_out in plan.unplanned}
    settled |= {call.id for plan in plans for call in plan.calls or ()}
    forgotten = [
        contact for contact in contacts if contact.overdue_days > FORGOTTEN_DAYS and contact.id not in settled
    ]
    return CadenceFigures(
        contacts=len(contacts),
        drift_mean_days=round(sum(away) / max(1, len(away)), 2),
        drift_95_days=away[int(0.95 * (len(away) - 1))] if away else 0,
        overdue=sum(contact.overdue_days > 0 for contact in contacts),
        forgotten=len(forgotten),
        choices=len(choices),
        proved=sum(choice.value == choice.bound for choice in choices),
    )
