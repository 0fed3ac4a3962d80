"""Invented hosts, of the kinds and at the seats that could really have employed buddies."""

from dataclasses import dataclass

from data.invented.draws import Weighted
from data.invented.figures import Figures

NAMES = {
    "district": "Musterverwaltung",
    "chamber": "Beispielkammer",
    "crafts chamber": "Modellkammer des Handwerks",
    "training provider": "Lernwerk Vorlage",
    "association": "Fantasieverband",
    "union": "Probegewerkschaft",
}
# By kind: the share of buddies that it employs, and the mandates it gives them. Our assumption.
EMPLOYS: Weighted[str] = [
    ("district", 36),
    ("chamber", 22),
    ("crafts chamber", 14),
    ("training provider", 12),
    ("association", 10),
    ("union", 6),
]
MANDATES: dict[str, Weighted[str]] = {
    "district": [("region", 85), ("either", 15)],
    "chamber": [("either", 50), ("sector", 30), ("region", 20)],
    "crafts chamber": [("sector", 60), ("both", 20), ("either", 20)],
    "training provider": [("either", 60), ("sector", 20), ("region", 20)],
    "association": [("sector", 80), ("both", 20)],
    "union": [("sector", 50), ("either", 50)],
}
ALONE = "union"  # a host of this kind shares with no other host


@dataclass(frozen=True)
class Host:
    """One invented host."""

    id: str
    kind: str
    seat: str
    name: str

    @property
    def cross_host(self) -> bool:
        """Whether it shares its buddies and companies with other hosts."""
        return self.kind != ALONE

    @property
    def row(self) -> dict[str, str]:
        """The host as a table row."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "seat": self.seat,
            "cross_host": "yes" if self.cross_host else "no",
        }


def hosts(figures: Figures) -> list[Host]:
    """Return one invented host for every kind and seat of the figures, numbered within a kind."""
    made: list[Host] = []
    for i, (kind, seat) in enumerate(figures.hosts, start=1):
        before = sum(host.kind == kind and host.seat == seat for host in made)
        name = f"{NAMES[kind]} {seat}" + (f" {before + 1}" if before else "")
        made.append(Host(f"h{i:02d}", kind, seat, name))
    return made
