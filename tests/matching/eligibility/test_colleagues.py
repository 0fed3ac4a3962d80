"""Who may visit a company instead of its buddy."""

from data.model.programme import Host
from data.model.relation import Ban, Pin
from matching.eligibility.colleagues import colleagues
from tests.builders import HALLE, buddy, company, problem, times


def test_the_company_s_host_comes_first_and_bans_hold() -> None:
    of = problem(
        (
            buddy("anna", host="ihk"),
            buddy("bert", host="hwk"),
            buddy("cem", host="ihk"),
            buddy("dora", host="ihk"),
        ),
        (company("c1", host="ihk"),),
        hosts=(Host(id="ihk"), Host(id="hwk")),
        bans=(Ban(buddy="dora", company="c1"),),
    )
    first, second = colleagues(of, times(of))("c1")
    assert (set(first), set(second)) == ({"anna", "cem"}, {"bert"})


def test_pins_do_not_bind_a_cover_but_hosts_that_keep_to_themselves_do() -> None:
    of = problem(
        (buddy("anna", host="ihk"), buddy("bert", host="hwk"), buddy("cem", host="ihk")),
        (company("c1", host="ihk"),),
        hosts=(Host(id="ihk", cross_host=False), Host(id="hwk")),
        pins=(Pin(buddy="anna", company="c1"),),
    )
    first, second = colleagues(of, times(of))("c1")
    assert (set(first), second) == ({"anna", "cem"}, ())


def test_who_would_drive_too_far_or_has_another_mandate_is_no_colleague() -> None:
    of = problem(
        (buddy("anna", base=HALLE, max_one_way_min=30), buddy("bert", districts=("15090",))), (company("c1"),)
    )
    assert colleagues(of, times(of))("c1") == ((), ())


def test_an_appointment_without_a_company_has_no_colleagues() -> None:
    of = problem((buddy("anna"),), (company("c1"),))
    assert colleagues(of, times(of))("") == ()
