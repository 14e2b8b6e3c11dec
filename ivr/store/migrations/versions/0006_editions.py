"""Editions in the making: recordings' bytes, every version of a text, the draft, the releases."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

MOMENT = sa.DateTime(timezone=True)
PLACE = ("kind", "language", "key")


def _place() -> tuple[sa.Column[str], ...]:
    lengths = {"kind": 16, "language": 16, "key": 64}
    return tuple(sa.Column(name, sa.String(lengths[name]), nullable=False) for name in PLACE)


def upgrade() -> None:
    """Make the tables."""
    _make_clips()
    _make_versions()
    op.create_table(
        "draft",
        *_place(),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint(*PLACE, name="pk_draft"),
        sa.ForeignKeyConstraint(["version"], ["versions.id"]),
    )
    op.create_table(
        "releases",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_releases"),
    )


def _make_clips() -> None:
    op.create_table(
        "clips",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("short", sa.String(16), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("level", sa.Float, nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_clips"),
        sa.UniqueConstraint("short", name="uq_clips_short"),
        sa.CheckConstraint("origin IN ('person', 'synthetic')", name="ck_clips_origin"),
    )


def _make_versions() -> None:
    op.create_table(
        "versions",
        sa.Column("id", sa.Integer, nullable=False),
        *_place(),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
    )
    op.create_index("ix_versions_place", "versions", [*PLACE, "id"])


def downgrade() -> None:
    """Take them away, with what staff made that is in no edition."""
    op.drop_table("releases")
    op.drop_table("draft")
    op.drop_index("ix_versions_place", "versions")
    op.drop_table("versions")
    op.drop_table("clips")
