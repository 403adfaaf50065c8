"""The right to be forgotten: one person out of the store, from every table and every version that is kept.

A version is written anew, row by row without the person, because DuckDB leaves the bytes of deleted rows in a file.
What is derived is computed again. The older versions are removed: each of them holds the person, and written anew they
would no longer be what was published under their number. Nothing is kept by which the person could be told again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.imports.ledger import mark_key, read_ledger
from analysis.imports.pseudonyms import Pseudonyms, find_key, tidy_id
from analysis.imports.report import LoadError
from analysis.load import rebuild
from analysis.store import Cursor, Reader, Store, audited, older_versions
from analysis.store.model import KINDS

_EVENT, _ABOUT = "erasure", "one person"
# Written anew by whoever computes them, or by the migrations.
_NOT_COPIED = ("schema_migration", "computed_by", "stored_finding", "forgotten_line")
_OF_A_PERSON = ("id", "email")
_GONE = "(select id from gone_id)"


class NobodyForgotten(LoadError):
    """Nobody was forgotten; the message is a sentence for people."""


@dataclass(frozen=True)
class Forgotten:
    """What went. lines: lines of loaded files, in so many loads; pairs: whose other half stays; versions: that were
    removed; data_version: the one that holds now."""

    lines: int
    loads: int
    pairs: int
    versions: int
    data_version: int

    @property
    def sentence(self) -> str:
        pairs = (
            f" {self.pairs:,} of their pairs went with their sessions and goals; the colleagues in them stay, and "
            "count as participants through their other pairs only."
            if self.pairs
            else ""
        )
        return (
            f"Forgotten: {self.lines:,} lines of {self.loads:,} loads are gone.{pairs} Everything was computed again: "
            f"the data are now version {self.data_version}, and the {self.versions:,} versions before it were removed."
        )


def forget(
    store: Store, person: str, by: str | None = None, progress: Callable[[str, int, int], None] = lambda *_: None
) -> Forgotten:
    """Remove one person, by the id or e-mail address that stands in the exports, as it stands there.

    Raises NobodyForgotten where no version knows the person or something of them would be left, in which case nothing
    is changed; StoreError.
    """
    store.finish_removing()  # where this was done before and cut off, nobody of that id is found any more
    ledger = read_ledger(store)
    if not ledger.has_loads:
        raise NobodyForgotten("No data has been loaded yet, so there is nobody to forget.")
    pseudonyms = Pseudonyms(find_key(store.key_path, ledger.key_mark, True))
    names = {pseudonyms.of(person.strip()), pseudonyms.of(tidy_id(person))}
    if "@" in person:
        names.add(pseudonyms.of_email(person.strip()))
    reader = store.reader()
    versions = (reader, *older_versions(reader))
    known = [ids for version in versions if (ids := _ids_of(version, names))]
    if not known:
        with audited(store, _EVENT, _ABOUT, by) as doing:  # ends itself, and nothing that was cut off before
            doing.outcome = "not done: not in the data"
        raise NobodyForgotten("Nobody of that id is in the data, in no version that is kept. Nothing was changed.")
    found = sorted(set[str]().union(*known))
    kept = len(list(store.folder.glob("v*.duckdb")))
    with audited(store, _EVENT, _ABOUT, by), store.writing(anew=True) as draft:
        connection = draft.connection
        progress("Copying what is about others", 0, 4)
        lines, loads, pairs = _copy(connection, found)
        mark_key(connection, find_key(store.key_path, ledger.key_mark, True))
        connection.execute("detach before")
        rebuild(draft, progress, 1, 4)
        _refuse_what_is_left(connection, found)
    return Forgotten(lines, loads, pairs, kept, draft.data_version)


def _ids_of(version: Reader, names: set[str]) -> set[str]:
    """All pseudonyms that stand for the person there: ids and addresses nobody else has; empty where it has none."""
    with version.cursor() as cursor:
        ids = {
            row[0]
            for row in cursor.execute(
                "select any_value(employee_id) from people_row where email in (select unnest(?)) "
                "group by email having count(distinct employee_id) = 1",
                [sorted(names)],
            ).fetchall()
        }
        names = names | ids
        own = cursor.execute(
            "select email from people_row where email is not null group by email "
            "having bool_and(employee_id in (select unnest(?)))",
            [sorted(names)],
        ).fetchall()
        names |= {email for (email,) in own}
        for kind in KINDS.values():
            for column in kind.columns:
                if column.type in _OF_A_PERSON:
                    row = cursor.execute(
                        f"select count(*) from {kind.name}_row where {column.name} in (select unnest(?))",
                        [sorted(names)],
                    ).fetchone()
                    if row and row[0]:
                        return names
    return set()


def _copy(connection: Cursor, ids: list[str]) -> tuple[int, int, int]:
    """Every loaded row that is not the person's; numbers of lines, loads and pairs that were left out."""
    connection.execute("create temp table gone_id as select unnest(?) as id", [ids])
    connection.execute(
        f"create temp table gone_pair as select distinct pair_id from before.pairs_row "
        f"where mentor_id in {_GONE} or mentee_id in {_GONE}"
    )
    connection.execute(
        "create temp table gone_response as select distinct survey_id, response_id from before.survey_row "
        f"where employee_id in {_GONE} or response_id in {_GONE}"
    )
    gone = {f"{kind.name}_row": _is_gone(kind.name) for kind in KINDS.values()}
    connection.execute("create temp table gone_line (load_id text, line integer)")
    for table, condition in gone.items():
        connection.execute(f"insert into gone_line select distinct load_id, line from before.{table} where {condition}")
    named = "contains({0}, id)"
    gone["row_issue"] = (
        "(load_id, line) in (select (load_id, line) from gone_line) "
        f"or exists (select 1 from gone_id where {named.format('message')})"
    )
    gone["mapping_row"] = f"exists (select 1 from gone_id where {named.format('body')})"
    tables = connection.execute(
        "select table_name from duckdb_tables() where database_name = current_database() and not temporary"
    ).fetchall()
    for (table,) in sorted(tables):
        if table in _NOT_COPIED:
            continue
        columns = "*"
        if table == "people_row":  # the person may be somebody's manager
            columns = f"* replace (case when manager_id in {_GONE} then null else manager_id end as manager_id)"
        left = f"where not coalesce({gone[table]}, false)" if table in gone else ""
        connection.execute(f"insert into {table} by name select {columns} from before.{table} {left}")
    connection.execute(
        "insert into forgotten_line select load_id, sum(lines)::integer from ("
        "select load_id, lines from before.forgotten_line union all "
        "select load_id, count(*) as lines from gone_line group by load_id) group by load_id"
    )
    row = connection.execute(
        "select (select count(*) from gone_line), (select count(distinct load_id) from gone_line), "
        "(select count(*) from gone_pair)"
    ).fetchone()
    for name in ("gone_line", "gone_response", "gone_pair", "gone_id"):
        connection.execute(f"drop table temp.{name}")
    return (int(row[0]), int(row[1]), int(row[2])) if row else (0, 0, 0)


def _is_gone(kind: str) -> str:
    """The condition under which a row of a kind is the person's: it is theirs, of a pair of theirs, or their answer."""
    own = [
        f"{column.name} in {_GONE}"
        for column in KINDS[kind].columns
        if column.type in _OF_A_PERSON and column.name != "manager_id"
    ]
    if "pair_id" in KINDS[kind].headers:
        own.append("pair_id in (select pair_id from gone_pair)")
    if "response_id" in KINDS[kind].headers:
        own.append("(survey_id, response_id) in (select (survey_id, response_id) from gone_response)")
    return " or ".join(f"coalesce({one}, false)" for one in own) or "false"


def _refuse_what_is_left(connection: Cursor, ids: list[str]) -> None:
    """Look for the person in every text of every table, the derived ones too."""
    texts = connection.execute(
        "select table_name, column_name from duckdb_columns() where database_name = current_database() "
        "and not internal and data_type in ('VARCHAR', 'VARCHAR[]')"
        " and table_name in (select table_name from duckdb_tables() where not temporary)"
    ).fetchall()
    for table, column in texts:
        row = connection.execute(
            f'select count(*) from "{table}" where exists (select 1 from (select unnest(?) as id) '
            f'where contains("{column}"::text, id))',
            [ids],
        ).fetchone()
        if row and row[0]:
            raise NobodyForgotten(
                f"Something of the person would be left in {table}.{column}, so nothing was changed. Please report "
                "this."
            )
