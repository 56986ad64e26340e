"""``hoso custody``: assignments, signed hand-overs and store-room lists of an office, which override the rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import JsonOption, StoreOption, answering, refuse_existing
from kg.cli.custody_display import (
    show_list,
    show_lists,
    show_loaded,
    show_refused,
)
from kg.cli.custody_rules_display import show_rules
from kg.cli.printing import plain, put
from kg.errors import HosoError
from kg.messages import say
from kg.questions.failures import translated

if TYPE_CHECKING:
    from kg.custody.rows import Defaults
    from kg.custody.taking import Taking

UserOption = Annotated[
    str | None, typer.Option("--user", metavar="NAME", help="Who does it, kept with it (default: the login name).")
]
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="A list, as 'hoso custody list' shows it.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    custody = typer.Typer(help="Who holds what by paper: assignments, hand-overs, store-room lists (căn cứ lưu giữ).")
    custody.command()(load)
    custody.command(name="list")(list_facts)
    custody.command()(show)
    custody.command()(withdraw)
    custody.command()(rules)
    custody.command()(template)
    app.add_typer(custody, name="custody")


def load(
    files: Annotated[list[Path], typer.Argument(metavar="FILE.csv|xlsx...", help="Lists, each with a heading.")],
    *,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind", metavar="KIND", help="assignment, arrangement, handover, store_list, task, open_matter."
        ),
    ] = None,
    paper: Annotated[
        str | None, typer.Option("--paper", metavar="NUMBER", help="Number of the paper, for rows without their own.")
    ] = None,
    paper_name: Annotated[str | None, typer.Option("--paper-name", metavar="TEXT", help="What the paper is.")] = None,
    paper_date: Annotated[str | None, typer.Option("--paper-date", metavar="DATE", help="The paper's day.")] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", metavar="BODY", help="Who issued the paper.")] = None,
    fonds: Annotated[
        str | None, typer.Option("--fonds", metavar="CODE", help="The fonds of rows that name none.")
    ] = None,
    giver: Annotated[
        str | None, typer.Option("--giver", metavar="BODY", help="Who gave, for the whole list.")
    ] = None,
    receiver: Annotated[
        str | None, typer.Option("--receiver", metavar="BODY", help="Who received or holds it, for the whole list.")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="ROLE=HEADING", help="The column of a role; may be repeated."),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Read and report; write nothing.")] = False,
    partial: Annotated[
        bool, typer.Option("--partial/--whole", help="Load the good rows and say which are bad, or nothing then.")
    ] = True,
    user: UserOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load lists of facts: the good rows of each, the others told (nạp căn cứ)."""
    seen: list[Taking] = []

    def action() -> list[dict[str, Any]]:
        from kg.custody.headings import parse_columns
        from kg.custody.taking import read_lists, take
        from kg.custody.users import login_name
        from kg.workspace import open_workspace

        try:
            columns = parse_columns(column or [])
            paper_of_all = (paper_name, paper, paper_date, issuer)
            defaults = _defaults(kind, paper_of_all, fonds=fonds, giver=giver, receiver=receiver)
            seen.extend(read_lists(files, columns, defaults))  # all before the first is written
            with open_workspace(store) as workspace:
                return take(workspace.store, seen, login_name(user), check=check, partial=partial)
        except Exception as error:  # the translation re-raises what is no error of ours
            problem = translated(error)
            if not as_json:
                show_refused(problem.candidates, [one.read for one in seen])
            raise problem from None

    answering(action, as_json=as_json, show=show_loaded)


def list_facts(*, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """The lists that are loaded, and where they contradict one another (các căn cứ đã nạp)."""

    def action() -> dict[str, Any]:
        from kg.custody.reports import lists_json
        from kg.workspace import open_workspace

        with open_workspace(store) as workspace:
            return lists_json(workspace.store)

    answering(action, as_json=as_json, show=show_lists)


def show(identifier: IdArgument, *, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """The facts of a list (xem căn cứ)."""

    def action() -> dict[str, Any]:
        from kg.custody.reports import list_json
        from kg.workspace import open_workspace

        with open_workspace(store) as workspace:
            return list_json(workspace.store, identifier)

    answering(action, as_json=as_json, show=show_list)


def withdraw(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="A list, or one fact of it (LIST#N).")],
    *,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason, kept with it.")] = None,
    user: UserOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a list, or one fact, out of use; what was loaded is kept (rút căn cứ)."""

    def action() -> dict[str, Any]:
        from kg.custody.lists import withdraw as take_out
        from kg.custody.users import login_name
        from kg.workspace import open_workspace

        with open_workspace(store) as workspace:
            return {"withdrawn": identifier, "facts": take_out(workspace.store, identifier, why, login_name(user))}

    answering(
        action,
        as_json=as_json,
        show=lambda value: put(say("facts_withdrawn", id=plain(value["withdrawn"]), n=value["facts"])),
    )


def rules(
    out: Annotated[Path | None, typer.Argument(metavar="[OUT.csv]", help="Write the table, to be edited.")] = None,
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: JsonOption = False,
) -> None:
    """The table of rules in use, checked; with OUT a copy of it (bảng quy tắc)."""

    def action() -> dict[str, Any]:
        from kg.custody.table import in_use

        refuse_existing(out, force=force)
        return in_use(out)

    answering(action, as_json=as_json, show=show_rules)


def template(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="The kind of list: phân công, giao nhận, sổ kho, ...")],
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="The workbook to write.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write an empty list with the headings of its kind (mẫu danh sách)."""

    def action() -> dict[str, Any]:
        from kg.custody.templates import write

        refuse_existing(out, force=force)
        return write(kind, out)

    answering(
        action,
        as_json=as_json,
        show=lambda value: put(say("facts_template_written", path=plain(value["written"]), kind=value["title"])),
    )


def _defaults(kind: str | None, paper: tuple[str | None, ...], **given: str | None) -> Defaults:
    """``paper``: name, number, day as the user writes it, issuer."""
    from kg.custody.cells import whole_day
    from kg.custody.kinds import kind_of
    from kg.custody.rows import Defaults
    from kg.localities.rows import BadRow

    name, number, date, issuer = paper
    try:
        day = whole_day(date, past=True) if date else None
    except BadRow as error:
        raise HosoError(error.why) from None
    return Defaults((kind_of(kind) or kind) if kind else None, name, number, day, issuer, **given)
